"""How much a chat's own library, a person, and all chats together may hold. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat import article_texts
from bot.errors import NoRoomError, QuotaError
from bot.store import Usage
from index.types import Article, Stats, Totals

BYTES_A_CHARACTER = 6
"""What a library takes for each character of a text, with its vectors and words: 5.3, as measured."""

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Quotas:
    """How much a chat's own library may hold at most; its bytes are those of the file."""

    articles: int
    characters: int
    bytes: int

    def check_one_more(self, used: Stats | None, *, replaces: bool) -> None:
        """Return unless there are too many articles for another one. Raises QuotaError."""
        if not self.articles:
            raise QuotaError("No articles can be added in this chat; who operates the bot has set it so.")
        articles = (used.articles if used else 0) - replaces
        if articles >= self.articles:
            raise QuotaError(
                f"There are {articles:,} articles already, and no more fit in; /articles shows them, to "
                "remove some."
            )

    def check(self, article: Article, used: Stats | None, earlier: Article | None) -> None:
        """Return if ``article`` fits beside what is ``used``, in the place of its ``earlier`` version.

        Raises QuotaError, which says what is too much and what to do.
        """
        self.check_one_more(used, replaces=earlier is not None)
        characters = (used.characters if used else 0) - (len(earlier.text) if earlier else 0)
        if len(article.text) > self.characters:
            raise QuotaError(
                f"It has {len(article.text):,} characters, and a chat's articles may have "
                f"{self.characters:,} in all; split it."
            )
        if characters + len(article.text) > self.characters:
            room = max(0, self.characters - characters)
            raise QuotaError(
                f"It has {len(article.text):,} characters, and only {room:,} more fit in; /articles shows "
                "what could be removed."
            )
        taken = bytes_of(article)
        if taken > self.bytes:
            raise QuotaError(
                f"It takes {_megabytes(taken)}, and a chat's articles may take {_megabytes(self.bytes)} in "
                "all; send a smaller file, or its text."
            )
        room = max(0, self.bytes - (used.used_bytes if used else 0))
        if taken > room:
            raise QuotaError(
                f"It takes {_megabytes(taken)}, and only {_megabytes(room)} more fit in; /articles shows "
                "what could be removed."
            )


@dataclass(frozen=True, slots=True)
class PersonQuotas:
    """How much one person may have added to all chats together.

    A refusal says what the limit is, and not how much there is in which chat: others may read along.
    """

    articles: int
    characters: int
    bytes: int

    def check_one_more(self, used: Usage) -> None:
        """Return unless a person has added too many articles for another one. Raises QuotaError."""
        if used.articles >= self.articles:
            raise QuotaError(
                f"One person may add {self.articles:,} articles to all chats together, and you have; remove "
                "some that you added."
            )

    def check(self, article: Article, used: Usage) -> None:
        """Return if ``article`` fits beside what a person has added, without what it replaces.

        Raises QuotaError, which says what is too much and what to do.
        """
        self.check_one_more(used)
        if used.characters + len(article.text) > self.characters:
            raise QuotaError(
                f"It has {len(article.text):,} characters. With it, you would have added more than the "
                f"{self.characters:,} that one person may add to all chats together; remove some articles "
                "that you added, or split it."
            )
        taken = bytes_of(article)
        if used.bytes + taken > self.bytes:
            raise QuotaError(
                f"It takes {_megabytes(taken)}. With it, you would have added more than the "
                f"{_megabytes(self.bytes)} that one person may add to all chats together; remove some "
                "articles that you added, or send a smaller file."
            )


@dataclass(frozen=True, slots=True)
class InstallationQuotas:
    """How much all chats' own libraries may hold together, and how much of their disk stays free."""

    articles: int
    bytes: int
    free_bytes: int

    def check(self, used: Totals, taken: int, *, replaces: bool) -> None:
        """Return if one more article of ``taken`` bytes fits beside what is ``used``.

        Raises NoRoomError, whose words for the operator say what is full.
        """
        if used.articles - replaces >= self.articles:
            raise _no_room(
                f"The chats' own libraries hold {used.articles:,} articles, and [bot] installation_articles "
                "allows no more."
            )
        if used.bytes + taken > self.bytes:
            raise _no_room(
                f"The chats' own libraries take {_megabytes(used.bytes)}, and with {_megabytes(taken)} more "
                f"they would exceed the {_megabytes(self.bytes)} of [bot] installation_megabytes."
            )
        if used.free_bytes - taken < self.free_bytes:
            raise _no_room(
                f"The disk mounted at {used.disk} has {_megabytes(used.free_bytes)} free; with "
                f"{_megabytes(taken)} more it would have less than [bot] free_megabytes asks for, "
                f"{_megabytes(self.free_bytes)}."
            )


def bytes_of(article: Article) -> int:
    """Estimate how much a library grows by an article and its file."""
    return len(article.text) * BYTES_A_CHARACTER + len(article.original or b"")


def _no_room(why: str) -> NoRoomError:
    return NoRoomError(article_texts.NO_ROOM, for_operator=f"{why} Nothing is added until there is room.")


def _megabytes(count: int) -> str:
    return f"{count / MEGABYTE:,.1f} MB"
