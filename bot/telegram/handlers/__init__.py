"""One file a thing people do. A handler only routes: it asks, renders and replies."""

from __future__ import annotations

from functools import partial
from typing import Any

from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from bot.telegram.admission import Admission
from bot.telegram.handlers import article_list, settings, views
from bot.telegram.handlers.add import add, keep
from bot.telegram.handlers.ask import ask
from bot.telegram.handlers.membership import on_migration, on_our_membership
from bot.telegram.handlers.routing import OfStrangers, TooMuch, gone, stranger, wants, wants_now
from bot.telegram.handlers.start import help_, media, start, unknown
from bot.telegram.handlers.summary import summary
from bot.telegram.messages.keyboards import ARTICLE_LIST_PATTERN, KEEP_PATTERN, VIEW_PATTERN
from bot.telegram.services import Services

Handler = BaseHandler[Any, Any, None]


def handlers(services: Services, admission: Admission) -> list[Handler]:
    """Return all handlers, in the order in which they are tried."""
    return [
        TooMuch(services, admission),
        MessageHandler(wants(services, "ask"), partial(ask, services)),
        MessageHandler(wants(services, "summary"), partial(summary, services)),
        MessageHandler(wants(services, "articles"), partial(article_list.articles, services)),
        MessageHandler(wants(services, "add"), partial(add, services)),
        MessageHandler(wants(services, "settings"), partial(settings.settings, services)),
        MessageHandler(wants(services, "start"), partial(start, services)),
        MessageHandler(wants(services, "help"), partial(help_, services)),
        MessageHandler(wants(services, "unknown"), partial(unknown, services)),
        MessageHandler(wants(services, "media"), partial(media, services)),
        MessageHandler(wants_now(services, "ask"), partial(ask, services)),
        MessageHandler(wants_now(services, "summary"), partial(summary, services)),
        MessageHandler(filters.UpdateType.MESSAGE & OfStrangers(services), partial(stranger, services)),
        MessageHandler(filters.StatusUpdate.MIGRATE, partial(on_migration, services)),
        CallbackQueryHandler(partial(settings.press, services), pattern=settings.PATTERN),
        CallbackQueryHandler(partial(views.press, services), pattern=VIEW_PATTERN),
        CallbackQueryHandler(partial(article_list.press, services), pattern=ARTICLE_LIST_PATTERN),
        CallbackQueryHandler(partial(keep, services), pattern=KEEP_PATTERN),
        CallbackQueryHandler(gone),
        ChatMemberHandler(partial(on_our_membership, services), ChatMemberHandler.MY_CHAT_MEMBER),
    ]
