"""Every fixed sentence the bot says."""

from __future__ import annotations

START = (
    "I answer questions about a set of articles, in the articles' own words: every answer is a quote, with "
    "the article and the paragraph it stands in. When no article answers, I say so."
)

HOW_IN_PRIVATE = (
    "Just write your question. /articles shows what I have read, /summary what one of them is about."
)

_COMMANDS = (
    "/articles shows what I have read, /summary and words of a title say what an article is about, "
    "/help says how I work."
)

NO_ARTICLES = "There are no articles yet, so I have nothing to quote from. Please ask again later."

NOTHING = "No article here comes near that. /articles shows what you can ask about."

CLOSE = (
    "An article here is about this, but none says what you ask. Other words or a narrower question may help."
)

WELCOME = "You are welcome."

GOODBYE = "Goodbye!"

UNKNOWN_COMMAND = "I do not know this command. Just write your question, or see /help."

MEDIA = "I can only read text. Please write your question as a message."

FAILED = "Something went wrong on my side. Please ask again in a little while."

ARTICLES = "You can ask about:"


def how_in_group(username: str) -> str:
    """How to ask where others talk, too."""
    return f"Write /ask and your question, mention @{username} in it, or reply to one of my messages."


def how(username: str | None) -> str:
    """How to ask; ``username`` is the bot's in a group, None in a private chat."""
    return HOW_IN_PRIVATE if username is None else how_in_group(username)


def start(username: str | None) -> str:
    """Who the bot is, and how to ask."""
    return f"{START}\n\n{how(username)}"


def help_text(username: str | None) -> str:
    """The same, and the commands."""
    return f"{START}\n\n{how_in_group(username)}\n\n{_COMMANDS}" if username else f"{START}\n\n{how(None)}"


def greeting(username: str | None) -> str:
    """Good day, and how to ask."""
    return f"Hello! {how(username)}"


def language(languages: str) -> str:
    """The question is in none of ``languages``, the only ones that can be searched."""
    return f"I cannot search in this language. Please ask in {languages}."


def about(topic: str | None) -> str:
    """Above a list of articles; ``topic`` is what they are about, if that was asked."""
    return ARTICLES if topic is None else f"Articles about {topic}:"


def none_about(topic: str) -> str:
    """No article is about ``topic``."""
    return f"No article here is about {topic}. /articles shows what you can ask about."


def more_articles(count: int) -> str:
    """Under a list that does not show them all."""
    return f"and {count} more." if count > 1 else "and one more."


COMMANDS_IN_PRIVATE = (
    ("articles", "What you can ask about"),
    ("summary", "What an article is about: /summary words of its title"),
    ("help", "How I work"),
)
COMMANDS_IN_GROUPS = (("ask", "Ask a question about the articles"), *COMMANDS_IN_PRIVATE)

WITHOUT_TELEGRAM = (
    "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather in Telegram, then "
    "`export TELEGRAM_BOT_TOKEN=…`. Until then, ask here."
)

MALFORMED = (
    "TELEGRAM_BOT_TOKEN does not look like a bot's token (numbers, a colon, 35 letters and digits): copy it "
    "again from @BotFather (/mybots, API Token)."
)

_REFUSED = (
    "Telegram does not know the token in TELEGRAM_BOT_TOKEN: copy it again from @BotFather (/mybots, API "
    "Token), then `export TELEGRAM_BOT_TOKEN=…`."
)


def refused(api_url: str | None) -> str:
    """Why the bot cannot start; with another Bot API server, that may be what is wrong."""
    return _REFUSED if api_url is None else f"{_REFUSED} Or [bot] api_url is wrong: {api_url}."
