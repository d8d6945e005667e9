"""One file a thing people do. A handler only routes: it asks, renders and replies."""

from __future__ import annotations

from functools import partial
from typing import Any

from telegram.ext import BaseHandler, MessageHandler

from bot.answering import Answering
from bot.conversations import Conversations
from bot.handlers.articles import articles
from bot.handlers.ask import ask
from bot.handlers.routing import wants
from bot.handlers.start import Media, help_, start, unknown
from bot.handlers.summary import summary

Handler = BaseHandler[Any, Any, None]


def handlers(answering: Answering) -> list[Handler]:
    """All of them."""
    conversations = Conversations()
    return [
        MessageHandler(wants("ask"), partial(ask, answering, conversations)),
        MessageHandler(wants("summary"), partial(summary, answering, conversations)),
        MessageHandler(wants("articles"), partial(articles, answering)),
        MessageHandler(wants("start"), start),
        MessageHandler(wants("help"), help_),
        MessageHandler(wants("unknown"), unknown),
        MessageHandler(wants("media"), Media()),
    ]
