"""What a chat's own library, a person, and all chats together may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat import article_texts
from bot.chat.ingest.quotas import MEGABYTE, InstallationQuotas, PersonQuotas, Quotas, bytes_of
from bot.errors import NoRoomError, QuotaError
from bot.store import Usage
from index.types import Article, Stats, Totals
from tests.fakes import CONFIGURATION, make_article

QUOTAS = Quotas(articles=2, characters=1000, bytes=2 * MEGABYTE)
OWLS = make_article("Owls sleep.", "owls.md")


def stats(articles: int, characters: int, used_bytes: int = 0) -> Stats:
    return Stats(articles, 0, 0, characters, 0, used_bytes, 9 * MEGABYTE, CONFIGURATION)


def refusal(article: Article, usage: Stats | None, earlier: Article | None = None) -> str:
    with pytest.raises(QuotaError) as caught:
        QUOTAS.check(article, usage, earlier)
    return str(caught.value)


def test_what_just_fits_comes_in() -> None:
    QUOTAS.check(make_article("a" * 1000), None, None)
    QUOTAS.check(OWLS, stats(1, 989), None)
    QUOTAS.check(make_article("Owls", original=bytes(2 * MEGABYTE - 24)), None, None)
    QUOTAS.check(OWLS, stats(1, 0, 2 * MEGABYTE - 66), None)


def test_a_library_grows_by_six_bytes_a_character_and_by_the_file() -> None:
    assert bytes_of(make_article("Owls sleep.")) == 66
    assert bytes_of(make_article("Owls sleep.", original=bytes(100))) == 166


def test_the_only_article_of_a_chat_fits() -> None:
    Quotas(articles=1, characters=1000, bytes=MEGABYTE).check(OWLS, None, None)


def test_what_just_fits_beside_what_a_person_has_added_comes_in() -> None:
    quotas = PersonQuotas(articles=2, characters=22, bytes=132)
    quotas.check(OWLS, Usage(articles=1, characters=11, bytes=66))
    with pytest.raises(QuotaError, match=r"This article takes up 0\.0 MB"):
        quotas.check(OWLS, Usage(articles=1, characters=11, bytes=67))


def test_what_does_not_is_told_what_is_too_much() -> None:
    assert refusal(OWLS, stats(2, 0)) == (
        "This chat already has 2 articles, the most it can hold. Use /articles to remove some."
    )
    assert refusal(make_article("a" * 1001), stats(1, 500)) == (
        "This article has 1,001 characters, but all of a chat's articles together can have "
        "only 1,000. Please add only part of it."
    )
    assert refusal(make_article("a" * 501), stats(1, 500)) == (
        "This article has 501 characters, but there's only room for 500 more. You can "
        "remove some with /articles."
    )
    assert refusal(OWLS, stats(1, 1200)) == (
        "This article has 11 characters, but there's only room for 0 more. You can remove "
        "some with /articles."
    )
    scan = make_article("Owls", original=bytes(MEGABYTE))
    assert refusal(scan, stats(1, 4, MEGABYTE * 3 // 2)) == (
        "This article takes up 1.0 MB, but there's only room for 0.5 MB more. You can "
        "remove some with /articles."
    )
    large = make_article("Owls", original=bytes(2 * MEGABYTE))
    assert refusal(large, None) == (
        "This article takes up 2.0 MB, but all of a chat's articles together can take up "
        "only 2.0 MB. Please send a smaller file, or just its text."
    )


def test_where_nothing_may_be_added_it_is_said_so() -> None:
    with pytest.raises(QuotaError, match=r"^Articles can't be added in this chat"):
        Quotas(0, 1000, MEGABYTE).check(OWLS, None, None)


def test_a_new_version_takes_the_place_of_the_one_before() -> None:
    QUOTAS.check(OWLS, stats(2, 1000), make_article("a" * 500, "owls.md"))
    assert refusal(make_article("a" * 501), stats(2, 1000), make_article("a" * 500)).startswith(
        "This article has 501 characters, but there's only room for 500 more"
    )


PERSON = PersonQuotas(articles=2, characters=1000, bytes=2 * MEGABYTE)


def test_what_a_person_may_add_is_counted_over_all_chats() -> None:
    PERSON.check(make_article("a" * 500), Usage(1, 500, MEGABYTE))
    with pytest.raises(QuotaError) as caught:
        PERSON.check(OWLS, Usage(2, 0, 0))
    assert str(caught.value) == (
        "You've reached the limit of 2 articles that one person can add across all chats. "
        "Please remove some that you've added."
    )
    with pytest.raises(QuotaError) as caught:
        PERSON.check(make_article("a" * 501), Usage(1, 500, 0))
    assert str(caught.value) == (
        "This article has 501 characters. With it, you'd go over the 1,000 characters that "
        "one person can add across all chats. Please remove some articles that you've added, "
        "or add only part of this one."
    )
    with pytest.raises(QuotaError) as caught:
        PERSON.check(make_article("Owls", original=bytes(MEGABYTE)), Usage(1, 0, MEGABYTE))
    assert str(caught.value) == (
        "This article takes up 1.0 MB. With it, you'd go over the 2.0 MB that one person can "
        "add across all chats. Please remove some articles that you've added, or send a "
        "smaller file."
    )


INSTALLATION = InstallationQuotas(articles=5, bytes=10 * MEGABYTE, free_bytes=3 * MEGABYTE)


def totals(articles: int = 0, held_bytes: int = 0, free_bytes: int = 100 * MEGABYTE) -> Totals:
    return Totals(articles, held_bytes, free_bytes, Path("/srv"))


@pytest.mark.parametrize(
    ("used", "why"),
    [
        (
            totals(articles=5),
            "The chats' own libraries hold 5 articles, the most that [bot] installation_articles allows",
        ),
        (
            totals(held_bytes=9 * MEGABYTE + 1),
            "The chats' own libraries take up 9.0 MB, and 1.0 MB more would exceed the 10.0 MB",
        ),
        (
            totals(free_bytes=4 * MEGABYTE - 1),
            "The disk mounted at /srv has 4.0 MB free. 1.0 MB more would leave less than",
        ),
    ],
)
def test_when_the_installation_is_full_only_its_operator_hears_why(used: Totals, why: str) -> None:
    with pytest.raises(NoRoomError) as caught:
        INSTALLATION.check(used, MEGABYTE, replaces=False)
    assert caught.value.public == article_texts.NO_ROOM
    assert caught.value.for_operator.startswith(why)


def test_what_just_fits_into_the_installation_comes_in() -> None:
    INSTALLATION.check(totals(4, 9 * MEGABYTE, 4 * MEGABYTE), MEGABYTE, replaces=False)
    INSTALLATION.check(totals(5, 0, 4 * MEGABYTE), MEGABYTE, replaces=True)
