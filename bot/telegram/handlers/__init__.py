"""One file a thing people do. A handler only routes: it asks, renders and replies."""

from __future__ import annotations

from functools import partial
from typing import Any

from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from bot.telegram.admission import Arrivals
from bot.telegram.handlers import article_list as shelf
from bot.telegram.handlers import settings, views
from bot.telegram.handlers.add import add, keep
from bot.telegram.handlers.ask import ask
from bot.telegram.handlers.membership import on_migration, on_our_membership
from bot.telegram.handlers.routing import OfStrangers, TooMuch, gone, stranger, wants, wants_now
from bot.telegram.handlers.start import help_, media, start, unknown
from bot.telegram.handlers.summary import summary
from bot.telegram.messages.keyboards import KEEP_PATTERN, SHELF_PATTERN, VIEW_PATTERN
from bot.telegram.services import Desk

Handler = BaseHandler[Any, Any, None]


def handlers(desk: Desk, arrivals: Arrivals) -> list[Handler]:
    """All of them, in the order in which they are tried."""
    return [
        TooMuch(desk, arrivals),
        MessageHandler(wants(desk, "ask"), partial(ask, desk)),
        MessageHandler(wants(desk, "summary"), partial(summary, desk)),
        MessageHandler(wants(desk, "articles"), partial(shelf.articles, desk)),
        MessageHandler(wants(desk, "add"), partial(add, desk)),
        MessageHandler(wants(desk, "settings"), partial(settings.settings, desk)),
        MessageHandler(wants(desk, "start"), partial(start, desk)),
        MessageHandler(wants(desk, "help"), partial(help_, desk)),
        MessageHandler(wants(desk, "unknown"), partial(unknown, desk)),
        MessageHandler(wants(desk, "media"), partial(media, desk)),
        MessageHandler(wants_now(desk, "ask"), partial(ask, desk)),
        MessageHandler(wants_now(desk, "summary"), partial(summary, desk)),
        MessageHandler(filters.UpdateType.MESSAGE & OfStrangers(desk), partial(stranger, desk)),
        MessageHandler(filters.StatusUpdate.MIGRATE, partial(on_migration, desk)),
        CallbackQueryHandler(partial(settings.press, desk), pattern=settings.PATTERN),
        CallbackQueryHandler(partial(views.press, desk), pattern=VIEW_PATTERN),
        CallbackQueryHandler(partial(shelf.press, desk), pattern=SHELF_PATTERN),
        CallbackQueryHandler(partial(keep, desk), pattern=KEEP_PATTERN),
        CallbackQueryHandler(gone),
        ChatMemberHandler(partial(on_our_membership, desk), ChatMemberHandler.MY_CHAT_MEMBER),
    ]
