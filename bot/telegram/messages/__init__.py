"""Telegram's messages, read and written: whom they address, what they bring, what an answer looks like. Pure."""
