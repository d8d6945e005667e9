"""Every fixed sentence the bot says."""

from __future__ import annotations

import math

from bot.chat import answer_texts
from bot.chat.answer_texts import Directions

HOW_IN_PRIVATE = (
    "Just write your question. /articles shows what I have read, /summary what one of them is about. Send me "
    "a link or a file, or forward me a post, and you can ask about that, too."
)

_COMMANDS = (
    "/articles shows what I have read, /summary and words of a title say what an article is about, "
    "/add puts one in, /settings says how many quotes you get, /help how I work."
)

SEE_ARTICLES = "/articles shows what you can ask about."

ADD_ARTICLE = "Use /add to add one."

UNREAD = "The articles of this chat cannot be read right now. Please ask again later."

PART_UNREAD = (
    "Some of the articles of this chat cannot be read right now, and the others do not answer this. Please "
    "ask again later."
)

PART_NOT_LISTED = "Some articles cannot be read right now and are not listed."

UNKNOWN_COMMAND = "I do not know this command. Just write your question, or see /help."

MEDIA = "I can only read text. Please write your question as a message."

FAILED = "Something went wrong on my side. Please try again in a little while."

SET_ASIDE = (
    "Sorry, something went wrong each time I worked on this message, so I've set it aside. Please try "
    "rephrasing it."
)


def articles_from(first: int, last: int, count: int) -> str:
    """Introduce one page of several, with the articles ``first`` to ``last`` of ``count``."""
    return f"You can ask about these ({first} to {last} of {count}):"


def how_in_group(username: str) -> str:
    """Say how to ask where others talk, too."""
    return f"Write /ask and your question, mention @{username} in it, or reply to one of my messages."


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
    """Say since when an article can be asked."""
    return f"Here since {day}."


WITHOUT_TELEGRAM = (
    "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather in Telegram, then "
    "`export TELEGRAM_BOT_TOKEN=…`. Until then, ask here."
)

MALFORMED = (
    "TELEGRAM_BOT_TOKEN does not look like a bot's token (numbers, a colon, 35 letters and digits): copy it "
    "again from @BotFather (/mybots, API Token)."
)

SECOND_BOT = (
    "Another program has been fetching this bot's messages with the same token for more than ten minutes, so "
    "this one ends. Stop the other one, or give this one a token of its own."
)

_REFUSED = (
    "Telegram does not know the token in TELEGRAM_BOT_TOKEN: copy it again from @BotFather (/mybots, API "
    "Token), then `export TELEGRAM_BOT_TOKEN=…`."
)


def refused(api_url: str | None) -> str:
    """Say why the bot cannot start; with another Bot API server, that may be what is wrong."""
    return _REFUSED if api_url is None else f"{_REFUSED} Or [bot] api_url is wrong: {api_url}."


STARTING = "I am just starting. Your question is not lost."

READING = "Reading …"


def in_line(ahead: int) -> str:
    """Say that ``ahead`` questions of others are read first."""
    return "One question before yours …" if ahead == 1 else f"{ahead} questions before yours …"


MORE, FEWER = "More quotes", "Fewer quotes"
CONTEXT, NO_CONTEXT = "Context", "Only the quotes"
OPEN = "Open"
NEAREST, NO_NEAREST = "Nearest", "Hide"

ABOVE_NEAREST = "What comes nearest, though it does not answer:"

QUOTES_GONE = "The articles that I quoted here have been removed."

NOT_ADMITTED = "I only answer people and groups whom my operator has listed."

EVERYBODY_KEEPS = "Everybody may add and remove articles"

CHANGED = {
    "kept": "This article has changed since; these words stand as they were.",
    "reworded": "This article has changed since. It now says:",
    "gone": "This article has changed since, and says this no more.",
}

ADMINS_ONLY = "Only the admins of this group can change its settings."

CANNOT_TELL = "Telegram does not say right now who may do this. Please try again in a minute."

BUTTON_GONE = "This button does not work any more."

SAVED = "Saved."

FREE_TOPIC = "Everything in this topic is a question"


def settings_of(where: str, *, has_topics: bool) -> str:
    """Introduce the buttons of the settings; ``where`` is this chat, or this group."""
    seen = f"\n\n{_FREE_TOPICS}" if has_topics else ""
    return f"Settings of {where}. The numbers: quotes in an answer, at most.{seen}"


_FREE_TOPICS = (
    "In a topic where everything is a question, I have to see everything: make me an admin, or switch off "
    "privacy mode at @BotFather and add me again."
)


def greeting_of_group(username: str) -> str:
    """Greet a group, once, when the bot comes into it."""
    return f"Hello! I answer in the words of the articles I have read. {how_in_group(username)}"


def not_admitted(chat_id: int) -> str:
    """Tell a group that is not on the list that the bot leaves it."""
    return (
        f"I only answer in groups that my operator has listed, and this one ({chat_id}) is not among them. "
        "Goodbye!"
    )


def not_admitted_person(user_id: int) -> str:
    """Tell a person who is not on the list what an operator needs to list them."""
    return f"I only answer people whom my operator has listed. Your id, to be listed: {user_id}."


def too_many_questions(wait_s: float) -> str:
    """Tell somebody who has asked too much how long to wait."""
    return f"That was a lot of questions. Please wait {_seconds(wait_s)} before the next one."


def too_much(wait_s: float) -> str:
    """Tell somebody who presses or commands too often how long to wait."""
    return f"That was a lot at once. Please wait {_seconds(wait_s)}."


def _seconds(wait_s: float) -> str:
    count = max(1, math.ceil(wait_s))
    if count > 5:
        count = 5 * math.ceil(count / 5)  # nobody counts them
    return "a second" if count == 1 else f"{count} seconds"
