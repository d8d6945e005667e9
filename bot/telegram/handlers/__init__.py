"""What people do in Telegram, a file each. A handler asks, renders and replies."""

from __future__ import annotations

from bot.telegram.handlers.table import COMMANDS, handlers

__all__ = ["COMMANDS", "handlers"]
