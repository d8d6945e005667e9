"""Every fixed sentence the bot says."""

from __future__ import annotations

import math
from typing import Literal

from bot.chat import answer_texts
from bot.chat.answer_texts import Directions

HOW_IN_PRIVATE = (
    "Just type your question. /articles lists what you can ask about, and /summary gives an article's key "
    "points. To add an article, send me a link or a file, or forward me a post."
)

_COMMANDS = (
    "/articles: what you can ask about\n"
    "/summary + words from a title: an article's key points\n"
    "/add: add an article\n"
    "/settings: how many quotes you get\n"
    "/help: how I work"
)

SEE_ARTICLES = "Use /articles to see what you can ask about."

ADD_ARTICLE = "Use /add to add one."

UNREAD = "I can't read this chat's articles right now. Please try again later."

PART_UNREAD = (
    "I can't read some of this chat's articles right now, and the others don't answer this. Please try again "
    "later."
)

PART_NOT_LISTED = "I can't read some of the articles right now, so they aren't listed."

UNKNOWN_COMMAND = "I don't know that command. Just type your question, or see /help."

MEDIA = "I can only read text. Please type your question."

FAILED = "Something went wrong on my side. Please try again in a little while."

SET_ASIDE = (
    "Sorry, something went wrong every time I tried this message, so I've given up on it. Please try "
    "rephrasing it."
)


def articles_from(first: int, last: int, count: int) -> str:
    """Introduce one page of several, with the articles ``first`` to ``last`` of ``count``."""
    return f"You can ask about these ({first}–{last} of {count}):"


def how_in_group(username: str) -> str:
    """Say how to ask where others talk, too."""
    return (
        f"To ask me something, write /ask and your question, mention @{username}, or reply to one "
        "of my messages."
    )


def how(username: str | None) -> str:
    """Say how to ask; ``username`` is the bot's in a group, None in a private chat."""
    return HOW_IN_PRIVATE if username is None else how_in_group(username)


def directions(username: str | None) -> Directions:
    """Return how things are done where messages are written; ``username`` is as for ``how``."""
    return Directions(how(username), SEE_ARTICLES, ADD_ARTICLE)


NO_ARTICLES = answer_texts.no_articles(directions(None))


def start(username: str | None) -> str:
    """Say who the bot is, and how to ask."""
    return f"{answer_texts.START}\n\n{how(username)}"


def help_text(username: str | None) -> str:
    """Say who the bot is, how to ask, and which commands there are."""
    return f"{start(username)}\n\n{_COMMANDS}" if username else start(None)


def by(author: str) -> str:
    """Say who wrote an article."""
    return f"By {author}."


def added_on(day: str) -> str:
    """Say since when an article can be asked about."""
    return f"Added on {day}."


WITHOUT_TELEGRAM = (
    "TELEGRAM_BOT_TOKEN isn't set. To run the bot in Telegram, get a token from @BotFather, then "
    "`export TELEGRAM_BOT_TOKEN=…`. Meanwhile, you can ask here."
)

MALFORMED = (
    "TELEGRAM_BOT_TOKEN doesn't look like a bot token (digits, a colon, 35 letters and "
    "digits). Copy it again from @BotFather (/mybots, API Token)."
)

SECOND_BOT = (
    "Another program has been using the same token to fetch this bot's messages for more than ten minutes, "
    "so this one is stopping. Stop the other one, or use a different token here."
)

_REFUSED = (
    "Telegram doesn't accept the token in TELEGRAM_BOT_TOKEN. Copy it again from @BotFather (/mybots, API "
    "Token), then `export TELEGRAM_BOT_TOKEN=…`."
)


def refused(api_url: str | None) -> str:
    """Say why the bot cannot start; with another Bot API server, that may be what is wrong."""
    return (
        _REFUSED if api_url is None else f"{_REFUSED} If the token is right, check [bot] api_url: {api_url}."
    )


STARTING = "I'm just starting up. I'll answer your question in a moment."

READING = "Reading …"


def in_line(ahead: int) -> str:
    """Say that ``ahead`` questions of others are read first."""
    return "1 question ahead of yours …" if ahead == 1 else f"{ahead} questions ahead of yours …"


MORE, FEWER = "More quotes", "Fewer quotes"
CONTEXT, NO_CONTEXT = "Context", "Quotes only"
OPEN = "Open"
NEAREST, NO_NEAREST = "Show closest", "Hide"


def above_nearest(count: int) -> str:
    """Introduce the ``count`` passages that come closest to a question none of them answers."""
    return "Closest passage (not an answer):" if count == 1 else "Closest passages (not answers):"


QUOTES_GONE = "The articles I quoted here have been removed."

NOT_ADMITTED = "I'm limited to approved users and groups. Please ask the operator for access."

EVERYBODY_KEEPS = "Everyone can add and remove articles"

CHANGED = {
    "kept": "The article has since changed, but it still says this.",
    "reworded": "The article has since changed. It now says:",
    "gone": "The article has since changed and no longer says this.",
}

ADMINS_ONLY = "Only admins of this group can change its settings."

CANNOT_TELL = (
    "I can't check with Telegram right now whether you're allowed to do this. Please try again in a minute."
)

BUTTON_GONE = "This button no longer works. Please send your question or command again."

SAVED = "Saved."

FREE_TOPIC = "Answer every message in this topic"


def settings_of(where: Literal["chat", "group"], *, has_topics: bool) -> str:
    """Introduce the buttons of the settings, which begin with the numbers of quotes."""
    title, quotes = f"{where.capitalize()} settings.", "Maximum quotes per answer:"
    return f"{title}\n\n{_FREE_TOPICS}\n\n{quotes}" if has_topics else f"{title} {quotes}"


_FREE_TOPICS = (
    "To answer every message in a topic, I need to see them all: make me an admin, or turn off privacy mode "
    "in @BotFather and add me again."
)


def greeting_of_group(username: str) -> str:
    """Greet a group, once, when the bot comes into it."""
    return f"Hello! I answer questions with quotes from articles. {how_in_group(username)}"


def not_admitted(chat_id: int) -> str:
    """Tell a group that is not on the list that the bot leaves it."""
    return (
        "I'm limited to approved groups. To get access, send the operator this group's ID: "
        f"{chat_id}. Then add me again. Goodbye!"
    )


def not_admitted_person(user_id: int) -> str:
    """Tell a person who is not on the list what an operator needs to list them."""
    return f"I'm limited to approved users. To get access, send the operator your ID: {user_id}."


def too_many_questions(wait_s: float) -> str:
    """Tell somebody who has asked too much how long to wait."""
    return f"That's a lot of questions at once. Please wait {_seconds(wait_s)} before the next one."


def too_much(wait_s: float) -> str:
    """Tell somebody who presses or commands too often how long to wait."""
    return f"That's a lot at once. Please wait {_seconds(wait_s)} and try again."


def _seconds(wait_s: float) -> str:
    count = max(1, math.ceil(wait_s))
    if count > 5:
        count = 5 * math.ceil(count / 5)  # nobody counts them
    return "a second" if count == 1 else f"{count} seconds"
