"""The commands of the chat, its buttons, and which handler takes what else arrives."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import Any

from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from bot.telegram.admission import Admission
from bot.telegram.handlers import article_list, settings, views
from bot.telegram.handlers.add import add
from bot.telegram.handlers.ask import ask
from bot.telegram.handlers.membership import on_migration, on_our_membership
from bot.telegram.handlers.offer import keep, offer
from bot.telegram.handlers.routing import Button, ByPurpose, TooMuch, by_button
from bot.telegram.handlers.start import help_, media, start, unknown
from bot.telegram.handlers.summary import summary
from bot.telegram.messages import keyboards
from bot.telegram.messages.addressing import MEDIA, OFFER, UNKNOWN
from bot.telegram.messages.commands import Command, Commands
from bot.telegram.services import Services

Handler = BaseHandler[Any, Any, None]

COMMANDS: Commands = MappingProxyType(
    {
        command.name: command
        for command in (
            Command(
                "ask",
                ask,
                in_groups="Ask a question about the articles",
                takes_words=True,
                is_question=True,
                follows_edits=True,
            ),
            Command(
                "articles",
                article_list.articles,
                in_private="See what you can ask about",
                in_groups="See what you can ask about",
            ),
            Command(
                "add",
                add,
                in_private="Add an article: a link, file or forwarded post",
                in_groups="Add an article: a link, file or forwarded post",
                takes_words=True,
            ),
            Command(
                "summary",
                summary,
                in_private="Get an article's key points: /summary + words from its title",
                in_groups="Get an article's key points: /summary + words from its title",
                takes_words=True,
                is_question=True,
                follows_edits=True,
            ),
            Command(
                "settings",
                settings.settings,
                in_private="Choose how many quotes you get",
                for_admins="Choose how many quotes you get, where I answer and who adds articles",
            ),
            Command("help", help_, in_private="Learn how I work", in_groups="Learn how I work"),
            Command("start", start),
        )
    }
)
"""A question without a command is one of ``ask``, what brings an article one of ``add``."""

BUTTONS = (
    Button(keyboards.VIEW, views.change_view, is_there=views.is_kept),
    Button(keyboards.PAGE, article_list.show_page),
    Button(keyboards.ARTICLE, article_list.show_article),
    Button(keyboards.REMOVE, article_list.ask_to_remove),
    Button(keyboards.REMOVE_SURELY, article_list.remove),
    Button(keyboards.KEEP, keep),
    Button(keyboards.QUOTES, settings.set_quotes),
    Button(keyboards.KEEPERS, settings.set_keepers),
    Button(keyboards.FREE_TOPIC, settings.set_free_topic),
)
"""What a press of each kind of button does."""


def handlers(services: Services, admission: Admission) -> list[Handler]:
    """Return all handlers, in the order in which they are tried."""
    handles = {name: command.handle for name, command in services.known_commands.items()}
    return [
        TooMuch(services, admission),
        ByPurpose(services, admission, {**handles, UNKNOWN: unknown, MEDIA: media, OFFER: offer}),
        MessageHandler(filters.StatusUpdate.MIGRATE, partial(on_migration, services)),
        CallbackQueryHandler(partial(by_button, services, BUTTONS)),
        ChatMemberHandler(partial(on_our_membership, services), ChatMemberHandler.MY_CHAT_MEMBER),
    ]
