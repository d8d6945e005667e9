"""What people do in Telegram, a file each. A handler asks, renders and replies."""

from __future__ import annotations

from bot.telegram.handlers.table import BUTTONS, COMMANDS, handlers

__all__ = ["BUTTONS", "COMMANDS", "handlers"]
