"""A feed -> its articles in a library: what is new is added, what has changed becomes a new version.

Polite: nothing is fetched that a server says is unchanged, no host is asked twice within a few seconds, and
one that asks to be left alone, or fails, is asked less and less often.
"""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from index.documents.feeds.feed import Item, read_feed
from index.documents.feeds.state import FeedState, Seen, load_state, save_state
from index.documents.web.address import shown
from index.documents.web.fetcher import Fetched, Fetcher, Limits
from index.errors import FeedError, FetchError, SourceError, TryLaterError
from index.ingest.ingest import Outcome
from index.types import Article

BETWEEN_S = 3.0
ITEMS_A_LOOK = 200
LONGEST_PAUSE_S = 86_400.0
FEED_LIMITS = Limits(bytes=5_000_000)

Make = Callable[[Fetched], Article]
"""The article in what was fetched. Raises SourceError."""

Ingest = Callable[[str, Callable[[], Article]], Outcome]
"""Brings the library up to date with what is read from the named place."""


class Pace:
    """Keeps two requests to one host some seconds apart."""

    def __init__(
        self,
        between_s: float = BETWEEN_S,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._between_s, self._now, self._sleep = between_s, now, sleep
        self._free_at: dict[str, float] = {}

    def wait(self, url: str) -> None:
        """Return when the host of ``url`` may be asked."""
        host = _host(url)
        self._sleep(max(0.0, self._free_at.get(host, 0.0) - self._now()))
        self._free_at[host] = self._now() + self._between_s


class Watch:
    """One feed that fills a library. ``state`` is the file in which it remembers.

    ``has_library`` says whether the library is there: where it is not, all is to be read again.
    """

    def __init__(
        self,
        url: str,
        state: Path,
        has_library: Callable[[], bool],
        *,
        feeds: Fetcher,
        articles: Fetcher,
        make: Make,
        pace: Pace,
        every_s: float,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.url = url
        self._path, self._has_library = state, has_library
        self._feeds, self._articles, self._make, self._pace = feeds, articles, make, pace
        self._every_s, self._now = every_s, now

    def pause_s(self) -> float:
        """Return how long to wait until the next look; with jitter, so that not all ask at once."""
        return max(self._every_s * _jitter(), self._state().not_before - self._now())

    def has_worked(self) -> bool:
        """Return whether the feed has been read before."""
        return self._state().has_worked

    def look(self, ingest: Ingest) -> Iterator[Outcome]:
        """Take what is new and what has changed, one outcome an item, as they are done.

        Raises SourceError when the feed itself cannot be read, TryLaterError when it asks to wait: then
        ``pause_s`` grows. Raises FeedStateError when what is remembered of it cannot be read or written.
        """
        state = self._state()
        if state.not_before > self._now():
            until = time.strftime("%H:%M", time.localtime(state.not_before))
            raise TryLaterError(f"I'm leaving {_host(self.url)} alone until {until}, so nothing was fetched.")
        try:
            self._pace.wait(self.url)
            fetched = self._feeds.fetch(self.url, etag=state.etag, modified=state.modified)
            items = () if fetched.is_unchanged else read_feed(fetched)
        except SourceError as error:
            asked_s = error.wait_s if isinstance(error, TryLaterError) else None
            save_state(self._path, self._failed(state, asked_s))
            raise
        state = replace(state, has_worked=True, failures=0, not_before=0.0)
        if fetched.is_unchanged:
            save_state(self._path, state)
            return
        # Without its etag the feed is read again: so it stays until every item is done.
        state = replace(state, etag=None, modified=None)
        closed: set[str] = set()
        for item in [item for item in items if not state.is_done(item)][:ITEMS_A_LOOK]:
            if _host(item.url) in closed:
                continue
            outcome, seen = self._take(item, state.items.get(item.id), ingest)
            has_filled = state.has_filled or outcome.did != "failed"
            state = replace(state, items={**_without(state, item), item.id: seen}, has_filled=has_filled)
            if isinstance(outcome.error, TryLaterError):
                closed.add(_host(item.url))
                state = replace(state, not_before=self._asked_for(outcome.error, state))
            save_state(self._path, state)
            yield outcome
        if all(map(state.is_done, items)):
            state = replace(state, etag=fetched.etag, modified=fetched.modified)
        save_state(self._path, state)

    def _state(self) -> FeedState:
        """Return what is remembered; without what was taken, where the library it went into is gone."""
        state = load_state(self._path)
        if state.has_filled and not self._has_library():
            return FeedState(
                has_worked=state.has_worked, failures=state.failures, not_before=state.not_before
            )
        return state

    def _take(self, item: Item, before: Seen | None, ingest: Ingest) -> tuple[Outcome, Seen]:
        """Take ``item``; return what became of it, and what is remembered of it."""
        if not item.url:
            nameless = FeedError(
                f"The item {item.title!r} of {shown(self.url)} has no link, so it was skipped."
            )
            return Outcome(item.title, "failed", error=nameless), Seen(item.mark)
        etag, modified = (before.etag, before.modified) if before else (None, None)
        try:
            self._pace.wait(item.url)
            fetched = self._articles.fetch(item.url, etag=etag, modified=modified)
        except TryLaterError as error:
            tries = before.tries + 1 if before and before.mark == item.mark else 1
            return Outcome(item.url, "failed", error=error), Seen(item.mark, etag, modified, tries)
        except FetchError as error:
            return Outcome(item.url, "failed", error=error), Seen(item.mark)
        if fetched.is_unchanged:
            return Outcome(item.url, "unchanged"), Seen(item.mark, etag, modified)
        outcome = ingest(item.url, functools.partial(self._make, fetched))
        if outcome.did == "failed":
            return outcome, Seen(item.mark)
        return outcome, Seen(item.mark, fetched.etag, fetched.modified)

    def _failed(self, state: FeedState, asked_s: float | None) -> FeedState:
        """Return ``state`` after a look that failed: the pause doubles, up to a day."""
        longest = max(self._every_s, LONGEST_PAUSE_S)
        pause_s = min(self._every_s * 2.0 ** min(state.failures, 30), longest)
        not_before = self._now() + max(pause_s, asked_s or 0.0) * _jitter()
        return replace(state, failures=state.failures + 1, not_before=not_before)

    def _asked_for(self, error: TryLaterError, state: FeedState) -> float:
        """Return when the next look may be, after a server of an article may have asked to wait."""
        return state.not_before if error.wait_s is None else max(state.not_before, self._now() + error.wait_s)


def _without(state: FeedState, item: Item) -> dict[str, Seen]:
    """Return the items of ``state`` but this one: put back, it is the last, and the last to be forgotten."""
    return {key: seen for key, seen in state.items.items() if key != item.id}


def _host(url: str) -> str:
    """Return the server in ``url``; "" where it is no address, as the links of a feed may be."""
    try:
        return (urlsplit(url).hostname or "") if "://" in url else ""
    except ValueError:
        return ""


def _jitter() -> float:
    return 1.0 + random.random() / 10  # noqa: S311 - no secret
