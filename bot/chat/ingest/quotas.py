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
            raise QuotaError("Articles can't be added in this chat. The bot's operator has turned that off.")
        articles = (used.articles if used else 0) - replaces
        if articles >= self.articles:
            raise QuotaError(
                f"This chat already has {articles:,} articles, the most it can hold. Use /articles to "
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
                f"This article has {len(article.text):,} characters, but all of a chat's articles "
                f"together can have only {self.characters:,}. Please add only part of it."
            )
        if characters + len(article.text) > self.characters:
            room = max(0, self.characters - characters)
            raise QuotaError(
                f"This article has {len(article.text):,} characters, but there's only room for {room:,} "
                "more. You can remove some with /articles."
            )
        taken = bytes_of(article)
        if taken > self.bytes:
            raise QuotaError(
                f"This article takes up {_megabytes(taken)}, but all of a chat's articles together can "
                f"take up only {_megabytes(self.bytes)}. Please send a smaller file, or just its text."
            )
        room = max(0, self.bytes - (used.used_bytes if used else 0))
        if taken > room:
            raise QuotaError(
                f"This article takes up {_megabytes(taken)}, but there's only room for {_megabytes(room)} "
                "more. You can remove some with /articles."
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
                f"You've reached the limit of {self.articles:,} articles that one person can add across "
                "all chats. Please remove some that you've added."
            )

    def check(self, article: Article, used: Usage) -> None:
        """Return if ``article`` fits beside what a person has added, without what it replaces.

        Raises QuotaError, which says what is too much and what to do.
        """
        self.check_one_more(used)
        if used.characters + len(article.text) > self.characters:
            raise QuotaError(
                f"This article has {len(article.text):,} characters. With it, you'd go over the "
                f"{self.characters:,} characters that one person can add across all chats. Please remove "
                "some articles that you've added, or add only part of this one."
            )
        taken = bytes_of(article)
        if used.bytes + taken > self.bytes:
            raise QuotaError(
                f"This article takes up {_megabytes(taken)}. With it, you'd go over the "
                f"{_megabytes(self.bytes)} that one person can add across all chats. Please remove some "
                "articles that you've added, or send a smaller file."
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
                f"The chats' own libraries hold {used.articles:,} articles, the most that [bot] "
                "installation_articles allows."
            )
        if used.bytes + taken > self.bytes:
            raise _no_room(
                f"The chats' own libraries take up {_megabytes(used.bytes)}, and {_megabytes(taken)} more "
                f"would exceed the {_megabytes(self.bytes)} that [bot] installation_megabytes allows."
            )
        if used.free_bytes - taken < self.free_bytes:
            raise _no_room(
                f"The disk mounted at {used.disk} has {_megabytes(used.free_bytes)} free. "
                f"{_megabytes(taken)} more would leave less than the {_megabytes(self.free_bytes)} that "
                "[bot] free_megabytes reserves."
            )


def bytes_of(article: Article) -> int:
    """Estimate how much a library grows by an article and its file."""
    return len(article.text) * BYTES_A_CHARACTER + len(article.original or b"")


def _no_room(why: str) -> NoRoomError:
    return NoRoomError(
        article_texts.NO_ROOM, for_operator=f"{why} No articles can be added until there's room."
    )


def _megabytes(count: int) -> str:
    return f"{count / MEGABYTE:,.1f} MB"
