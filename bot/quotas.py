"""What a chat's own library may hold. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import QuotaError
from index.stats import Stats
from index.types import Article

BYTES_A_CHARACTER = 6
"""What a library takes for each character of a text, with its vectors and words: 5.3, as measured."""

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Quotas:
    """At most so much: articles, characters of their newest versions, bytes of the file with all it holds."""

    articles: int
    characters: int
    bytes: int

    def check(self, article: Article, held: Stats | None, earlier: Article | None) -> None:
        """Return if ``article`` fits beside what is ``held``, in the place of its ``earlier`` version.

        Raises QuotaError, which says what is too much and what to do.
        """
        if not self.articles:
            raise QuotaError("No articles can be added in this chat; who operates the bot has set it so.")
        articles = (held.articles if held else 0) - (earlier is not None)
        characters = (held.characters if held else 0) - (len(earlier.text) if earlier else 0)
        if articles >= self.articles:
            raise QuotaError(
                f"There are {articles:,} articles already, and no more fit in; /articles shows them, to "
                "remove some."
            )
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
        taken = len(article.text) * BYTES_A_CHARACTER + len(article.original or b"")
        if taken > self.bytes:
            raise QuotaError(
                f"It takes {_megabytes(taken)}, and a chat's articles may take {_megabytes(self.bytes)} in "
                "all; send a smaller file, or its text."
            )
        room = max(0, self.bytes - (held.used_bytes if held else 0))
        if taken > room:
            raise QuotaError(
                f"It takes {_megabytes(taken)}, and only {_megabytes(room)} more fit in; /articles shows "
                "what could be removed."
            )


def _megabytes(count: int) -> str:
    return f"{count / MEGABYTE:.1f} MB"
