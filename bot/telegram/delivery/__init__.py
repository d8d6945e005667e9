"""What the bot says, on its way to Telegram: planned on disk, paced, sent, and sent again."""
