"""Whether there is room for one more article: in its chat, for who adds it, for all chats, on the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.chat.quotas import MEGABYTE, InstallationQuotas, PersonQuotas, Quotas, bytes_of
from bot.errors import NoRoomError, QuotaError
from bot.settings import BotSettings
from bot.store import Addition, Additions, Usage
from index.documents.ids import source_id
from index.library_name import LibraryName
from index.protocols import Store
from index.types import Article, ArticleInfo

log = logging.getLogger(__name__)


class Capacity:
    """Checks the quotas, and counts what is added. It reads libraries: not for the event loop.

    Everything raises StateError, and what opening a library raises.
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

    def check_before(self, chat_id: int, person: int, source: str, coming_bytes: int) -> None:
        """Return unless it is clear already that there is no room, before anything is fetched and read.

        ``source`` is where the article comes from, as far as that is known. Raises QuotaError, NoRoomError.
        """
        known, own = source_id(source), LibraryName.of_chat(chat_id)
        replaces = known in self._store.sources(own)
        self._chat.check_one_more(self._store.stats(own), replaces=replaces)
        self._check_person(person, chat_id, known, self._person.check_one_more)
        self._check_installation(coming_bytes, replaces=replaces)

    def check(self, chat_id: int, person: int, article: Article) -> None:
        """Return if there is room for ``article``. Raises QuotaError, NoRoomError."""
        own = LibraryName.of_chat(chat_id)
        earlier = self._store.current_version(own, article.source_id)
        self._chat.check(article, self._store.stats(own), earlier)
        self._check_person(person, chat_id, article.source_id, lambda used: self._person.check(article, used))
        self._check_installation(bytes_of(article), replaces=earlier is not None)

    @contextmanager
    def taken(self, chat_id: int, person: int, article: Article) -> Iterator[None]:
        """Check once more, since another article may have come in, and count it unless the block fails."""
        self.check(chat_id, person, article)
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
                there[chat_id] = self._store.sources(LibraryName.of_chat(chat_id))
            if source not in there[chat_id]:
                self._additions.forget(chat_id, source)

    def _check_installation(self, taken: int, *, replaces: bool) -> None:
        try:
            self._installation.check(self._store.totals(), taken, replaces=replaces)
        except NoRoomError as error:
            log.error("%s", error.for_operator, extra={"fault": type(error).__name__})
            raise
