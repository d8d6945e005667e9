"""What a chat's own library may hold."""

from __future__ import annotations

import pytest

from bot.errors import QuotaError
from bot.quotas import MEGABYTE, Quotas
from index.stats import Stats
from index.types import Article
from tests.fakes import MADE_WITH, make_article

QUOTAS = Quotas(articles=2, characters=1000, bytes=2 * MEGABYTE)
OWLS = make_article("Owls sleep.", "owls.md")


def held(articles: int, characters: int, used_bytes: int = 0) -> Stats:
    return Stats(articles, 0, 0, characters, 0, used_bytes, 9 * MEGABYTE, MADE_WITH)


def refusal(article: Article, stats: Stats | None, earlier: Article | None = None) -> str:
    with pytest.raises(QuotaError) as caught:
        QUOTAS.check(article, stats, earlier)
    return str(caught.value)


def test_what_just_fits_comes_in() -> None:
    QUOTAS.check(make_article("a" * 1000), None, None)
    QUOTAS.check(OWLS, held(1, 989), None)
    QUOTAS.check(make_article("Owls", original=bytes(2 * MEGABYTE - 24)), None, None)
    QUOTAS.check(OWLS, held(1, 0, 2 * MEGABYTE - 66), None)


def test_what_does_not_is_told_what_is_too_much() -> None:
    assert refusal(OWLS, held(2, 0)) == (
        "There are 2 articles already, and no more fit in; /articles shows them, to remove some."
    )
    assert refusal(make_article("a" * 1001), held(1, 500)) == (
        "It has 1,001 characters, and a chat's articles may have 1,000 in all; split it."
    )
    assert refusal(make_article("a" * 501), held(1, 500)) == (
        "It has 501 characters, and only 500 more fit in; /articles shows what could be removed."
    )
    assert refusal(OWLS, held(1, 1200)) == (
        "It has 11 characters, and only 0 more fit in; /articles shows what could be removed."
    )
    scan = make_article("Owls", original=bytes(MEGABYTE))
    assert refusal(scan, held(1, 4, MEGABYTE * 3 // 2)) == (
        "It takes 1.0 MB, and only 0.5 MB more fit in; /articles shows what could be removed."
    )
    large = make_article("Owls", original=bytes(2 * MEGABYTE))
    assert refusal(large, None) == (
        "It takes 2.0 MB, and a chat's articles may take 2.0 MB in all; send a smaller file, or its text."
    )


def test_where_nothing_may_be_added_it_is_said_so() -> None:
    with pytest.raises(QuotaError, match=r"^No articles can be added in this chat; who operates"):
        Quotas(0, 1000, MEGABYTE).check(OWLS, None, None)


def test_a_new_version_takes_the_place_of_the_one_before() -> None:
    QUOTAS.check(OWLS, held(2, 1000), make_article("a" * 500, "owls.md"))
    assert refusal(make_article("a" * 501), held(2, 1000), make_article("a" * 500)).startswith(
        "It has 501 characters, and only 500 more fit in"
    )
