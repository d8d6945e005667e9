"""A feed as it was fetched -> its items. feedparser reads it in a process of its own, under limits."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from index.errors import FeedError
from index.fetch.address import shown
from index.fetch.fetcher import Fetched

READ_S = 20.0
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Item:
    """One article that a feed names. ``mark`` becomes another when the feed says that it has changed."""

    id: str  # as the feed says, else the link
    title: str
    url: str  # absolute; "" where the feed gives no link
    mark: str


def read_feed(fetched: Fetched) -> tuple[Item, ...]:
    """The items of the feed in ``fetched``, in its own order: the newest is mostly first.

    Raises FeedError when it is none, or cannot be read in time and memory.
    """
    where = shown(fetched.url)
    head = json.dumps({"url": fetched.url, "content_type": fetched.content_type})
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-B", "-X", "utf8", "-m", "index.feeds.parse"],
            input=head.encode("ascii") + b"\n" + fetched.data,
            capture_output=True,
            timeout=READ_S,
            cwd=_ROOT,
            env={},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise FeedError(f"{where} is a feed too large or too odd to be read; watch another one.") from None
    said = json.loads(done.stdout)
    if not said["is_feed"]:
        named = " or ".join(map(shown, said["feeds"]))
        what = f"it names one: watch {named}" if named else "look on the site for the address of its feed"
        raise FeedError(f"{where} is no RSS or Atom feed; {what}.")
    return tuple(Item(**item) for item in said["items"])
