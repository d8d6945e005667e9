"""Whether there is room for one more article: in its chat, for who adds it, for all chats, on the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.chat.ingest.own_library import own_library
from bot.chat.ingest.quotas import MEGABYTE, InstallationQuotas, PersonQuotas, Quotas, bytes_of
from bot.errors import NoRoomError, QuotaError
from bot.settings import BotSettings
from bot.store import Addition, Additions, Usage
from index.documents.ids import source_id
from index.protocols import Library, Store
from index.types import Article, ArticleInfo, Stats

log = logging.getLogger(__name__)


class Capacity:
    """Checks the quotas, and counts what is added. It reads libraries: not for the event loop.

    The ``library`` of a check is the chat's own, open; None where there is none yet. Everything raises
    StateError, and what opening a library raises.
    """

    def __init__(self, store: Store, additions: Additions, settings: BotSettings) -> None:
        self._store = store
        self._additions = additions
        self._chat = Quotas(
            settings.chat_articles, settings.chat_characters, settings.chat_megabytes * MEGABYTE
        )
        self._person = PersonQuotas(
            settings.person_articles, settings.person_characters, settings.person_megabytes * MEGABYTE
        )
        self._installation = InstallationQuotas(
            settings.installation_articles,
            settings.installation_megabytes * MEGABYTE,
            settings.free_megabytes * MEGABYTE,
        )

    def check_before(
        self, library: Library | None, chat_id: int, person: int, source: str, coming_bytes: int
    ) -> None:
        """Return unless it is clear already that there is no room, before anything is fetched and read.

        ``source`` is where the article comes from, as far as that is known. Raises QuotaError, NoRoomError.
        """
        known = source_id(source)
        replaces = known in _sources_in(library)
        self._chat.check_one_more(_stats_of(library), replaces=replaces)
        self._check_person(person, chat_id, known, self._person.check_one_more)
        self._check_installation(coming_bytes, replaces=replaces)

    def check(self, library: Library | None, chat_id: int, person: int, article: Article) -> None:
        """Return if there is room for ``article``. Raises QuotaError, NoRoomError."""
        earlier = library.current_version(article.source_id) if library else None
        self._chat.check(article, _stats_of(library), earlier)
        self._check_person(person, chat_id, article.source_id, lambda used: self._person.check(article, used))
        self._check_installation(bytes_of(article), replaces=earlier is not None)

    @contextmanager
    def taken(self, library: Library | None, chat_id: int, person: int, article: Article) -> Iterator[None]:
        """Check once more, since another article may have come in, and count it unless the block fails."""
        self.check(library, chat_id, person, article)
        addition = Addition(
            chat_id, article.source_id, person, len(article.text), bytes_of(article), time.time()
        )
        with self._additions.counting(addition):
            yield

    def give_back(self, chat_id: int, info: ArticleInfo) -> None:
        """Give who added an article, which is removed, the room that it took."""
        self._additions.forget(chat_id, info.source_id)

    def _check_person(self, person: int, chat_id: int, source: str, check: Callable[[Usage], None]) -> None:
        """Check what a person has added; where it is too much, only what is really there still counts."""
        try:
            check(self._additions.usage(person, without=(chat_id, source)))
        except QuotaError:
            self._compare(person)
            check(self._additions.usage(person, without=(chat_id, source)))

    def _compare(self, person: int) -> None:
        """Forget what is counted and is not there: removed by a command, or lost when the process died."""
        there: dict[int, set[str]] = {}
        for chat_id, source in self._additions.of(person):
            if chat_id not in there:
                with own_library(self._store, chat_id) as library:
                    there[chat_id] = _sources_in(library)
            if source not in there[chat_id]:
                self._additions.forget(chat_id, source)

    def _check_installation(self, taken: int, *, replaces: bool) -> None:
        try:
            self._installation.check(self._store.totals(), taken, replaces=replaces)
        except NoRoomError as error:
            log.error("%s", error.for_operator, extra={"fault": type(error).__name__})
            raise


def _sources_in(library: Library | None) -> set[str]:
    """Return the ids of the sources that are searched in a library."""
    return {info.source_id for info in library.articles()} if library else set()


def _stats_of(library: Library | None) -> Stats | None:
    return library.stats() if library else None
