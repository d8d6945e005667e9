"""What the bot says about articles that come into a chat's library and leave it."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import ArticleInfo

ADD_WHAT_IN_PRIVATE = "Send me a link or a file, or forward me a post, and I add it to your articles."

KEEP_WORDS = (
    "Shall I keep these words as an article of this chat? The name of who wrote them is not kept, and "
    "everybody here can have them quoted."
)
KEEP_PAGE = "Shall I add this page to the articles here?"
KEEP, DO_NOT_KEEP = "Keep them", "No"
NOT_KEPT = "Not kept."

MEMBERS_ONLY = "Only the members of this group can add and remove articles."

NO_KNOWN_MEMBER = (
    "Telegram does not tell me whether you are a member of this group. An admin can do this, or make me an "
    "admin, too."
)

KEEPERS_ONLY = "Only the admins of this group can add and remove articles; /settings can change that."

TOO_BIG = "This file is over 20 MB, more than Telegram lets me read. Split it, or send only the text."

DOWNLOAD_FAILED = "Telegram did not give me this file. Please send it again in a little while."

NO_ROOM = "I have no room for new articles at the moment. What is here can be asked about all the same."

_STAGES = {"read": "Reading it", "embed": "Taking it in", "ask": "Trying questions"}
_BAR = 12


def keep_pages(count: int) -> str:
    """Ask whether pages that somebody named are to be added."""
    return KEEP_PAGE if count == 1 else f"Shall I add these {count} pages to the articles here?"


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
        "replaced": f"Updated: {title} ({words:,} words). Earlier quotes still show what they showed.",
        "unchanged": f"I have this already, word for word: {title}.",
    }[did]
    if near_duplicates:
        said += f" {_nearly_the_same(near_duplicates)}"
    suggested = [f"• {question}" for question in questions]
    return "\n".join([said, *(["\nYou could ask:"] if suggested else []), *suggested])


def _nearly_the_same(near_duplicates: Sequence[ArticleInfo]) -> str:
    first = near_duplicates[0]
    named = f"“{first.title}”" + (f" ({first.publisher})" if first.publisher else "")
    others = "" if len(near_duplicates) == 1 else f" and {len(near_duplicates) - 1} more"
    return f"Nearly the same is here already: {named}{others}. What they share is quoted once."


def removed(title: str) -> str:
    """Say that an article is removed."""
    return f"Removed: {title}. Its words are gone; what was quoted in messages stays there."


def sure_to_remove(title: str) -> str:
    """Ask whether an article is to be removed."""
    return f"Remove {title}, and all its words?"


REMOVE, REMOVE_SURELY, BACK = "Remove", "Yes, remove it", "‹ Back"

NEWER, OLDER = "‹ Newer", "Older ›"

ARTICLE_GONE = "This article is not here any more."


def add_what(username: str) -> str:
    """Say how articles are added in a group."""
    return (
        f"Reply with /add@{username} to a link, a file, a post or a message, or write the link behind it: I "
        "add it to the articles of this group."
    )


def too_many_additions(wait_s: float) -> str:
    """Tell somebody who has added too much how long to wait."""
    minutes = max(1, round(wait_s / 60))
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"These were many articles for one hour. Please wait {wait}."
