"""Telegram's messages, read and written: whom they address, what they bring, how an answer looks. Pure."""
