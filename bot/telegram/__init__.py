"""The door to Telegram: updates come in, answers go out."""
