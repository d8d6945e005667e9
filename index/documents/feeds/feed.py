"""A feed as it was fetched -> its items. feedparser reads it in a process of its own, under limits."""

from __future__ import annotations

import json
from dataclasses import dataclass

from index.documents import child_process
from index.documents.child_process import TooMuchSaidError
from index.documents.web.address import shown
from index.documents.web.fetcher import Fetched
from index.errors import FeedError

READ_S = 20.0
MOST_SAID_BYTES = 64 << 20
"""The most bytes of the items of a 5 MB feed: JSON may take six for one, and addresses are absolute."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article that a feed names. ``mark`` becomes another when the feed says that it has changed."""

    id: str  # as the feed says, else the link
    title: str
    url: str  # absolute; "" where the feed gives no link
    mark: str


def read_feed(fetched: Fetched) -> tuple[Item, ...]:
    """Return the items of the feed in ``fetched``, in its own order: the newest is mostly first.

    Raises FeedError when it is none, or cannot be read in time and memory.
    """
    where = shown(fetched.url)
    head = json.dumps({"url": fetched.url, "content_type": fetched.content_type})
    given = head.encode("ascii") + b"\n" + fetched.data
    try:
        done = child_process.run_program(
            "index.documents.feeds.parse", given, most_bytes=MOST_SAID_BYTES, wall_s=READ_S
        )
    except (TimeoutError, TooMuchSaidError):
        raise _odd(where) from None
    if done.exit_code:
        raise _odd(where)
    said = json.loads(done.said)
    if not said["is_feed"]:
        if said["kind"]:
            raise FeedError(f"{where} is {_other_kind(said['kind'], said['feeds'])}.")
        named = " or ".join(map(shown, said["feeds"]))
        what = f"It links to one: watch {named}" if named else "Look on the site for the address of its feed"
        raise FeedError(f"{where} isn't an RSS, Atom or JSON feed. {what}.")
    return tuple(Item(**item) for item in said["items"])


def _other_kind(kind: str, feeds: list[str]) -> str:
    """Say what a file is that programs take for a feed, and what to do about it."""
    if kind == "opml":
        todo = f"watch one that it names: {', '.join(map(shown, feeds))}" if feeds else "it names none"
        return f"a list of feeds (OPML); {todo}"
    return "a site map, which lists pages but not what is new; look on the site for the address of its feed"


def _odd(where: str) -> FeedError:
    return FeedError(f"{where} is too big or too broken to be read as a feed. Please watch another one.")
