"""What the bot says about articles that are added to a chat's library and removed from it."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import ArticleInfo

ADD_WHAT_IN_PRIVATE = "Send me a link or a file, or forward me a post, and I'll add it to your articles."

KEEP_WORDS = (
    "Save this message as an article? Everyone here can then get quotes from it. The sender's name isn't "
    "stored."
)
KEEP_PAGE = "Add this page to the articles here?"
KEEP, DO_NOT_KEEP = "Save", "Don't save"
NOT_KEPT = "Not saved."
MESSAGE_GONE = "The original message is gone, so I can't save it."

MEMBERS_ONLY = "Only members of this group can add and remove articles."

NO_KNOWN_MEMBER = (
    "Telegram won't tell me whether you're a member of this group. Ask an admin to do this "
    "for you, or to make me an admin."
)

KEEPERS_ONLY = "Only admins of this group can add and remove articles. They can change that in /settings."

TOO_BIG = "This file is over 20 MB, the most Telegram lets me read. Please split it, or send only the text."

DOWNLOAD_FAILED = "I couldn't get this file from Telegram. Please send it again in a little while."

NO_ROOM = "I have no room for new articles at the moment. You can still ask about the ones that are here."

_STAGES = {"read": "Reading", "embed": "Indexing", "ask": "Preparing example questions"}
_BAR = 12


def keep_pages(count: int) -> str:
    """Ask whether pages that somebody named are to be added."""
    return KEEP_PAGE if count == 1 else f"Add these {count} pages to the articles here?"


def here_already(title: str) -> str:
    """Say that a page that somebody named can be asked about."""
    return f"I have this already: {title}. Just ask me about it."


def progress_of(stage: str, share: float) -> str:
    """Say how far an article is, with a bar; ``share`` is 0 to 1."""
    done = round(share * _BAR)
    return f"{_STAGES[stage]} …\n{'▓' * done}{'░' * (_BAR - done)}"


def added(
    did: str, title: str, words: int, questions: Sequence[str], near_duplicates: Sequence[ArticleInfo] = ()
) -> str:
    """Say what became of an article, which others say nearly the same, and what it can be asked."""
    said = {
        "added": f"Added: {title} ({words:,} words).",
        "replaced": f"Updated: {title} ({words:,} words). Quotes I've already sent stay as they are.",
        "unchanged": f"I already have this, word for word: {title}.",
    }[did]
    if near_duplicates:
        said += f" {_nearly_the_same(near_duplicates)}"
    suggested = [f"• {question}" for question in questions]
    return "\n".join([said, *(["\nTry asking:"] if suggested else []), *suggested])


def _nearly_the_same(near_duplicates: Sequence[ArticleInfo]) -> str:
    first = near_duplicates[0]
    named = f"“{first.title}”" + (f" ({first.publisher})" if first.publisher else "")
    others = "" if len(near_duplicates) == 1 else f" and {len(near_duplicates) - 1} more"
    return f"This has a lot in common with {named}{others}. I quote shared passages only once."


def removed(title: str) -> str:
    """Say that an article is removed."""
    return f"Removed: {title}. I won't quote it again, but quotes I've already sent stay in the chat."


def sure_to_remove(title: str) -> str:
    """Ask whether an article is to be removed."""
    return f"Remove {title}? This can't be undone."


REMOVE, REMOVE_SURELY, BACK = "Remove", "Yes, remove it", "‹ Back"

NEWER, OLDER = "‹ Newer", "Older ›"

ARTICLE_GONE = "This article is no longer here."


def add_what(username: str) -> str:
    """Say how articles are added in a group."""
    return (
        f"To add an article to this group, reply to a link, file, post or message with /add@{username}. You "
        f"can also write /add@{username} followed by a link."
    )


def too_many_additions(wait_s: float) -> str:
    """Tell somebody who has added too much how long to wait."""
    minutes = max(1, round(wait_s / 60))
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"That's the hourly limit for new articles. Please wait {wait}."
