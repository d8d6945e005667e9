"""The conversation, whatever surface it is held on: questions, answers, articles of a chat, limits, wording."""
