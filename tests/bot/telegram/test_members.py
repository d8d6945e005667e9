"""Where everybody in a group may add and remove articles: who presses, and what Telegram says of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat import article_texts, texts
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.bot.inside import Inside
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.refusals import Refusal, bad
from tests.standin.said import Said
from tests.standin.telegram import Telegram

REMOVE = f"r:{'A' * 12}:0"


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[Telegram]:
    with Telegram() as server, Inside(server, tmp_path, FakeAnswerer, FakeLibraries(article())):
        yield server


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann")


@pytest.fixture
def ben(telegram: Telegram) -> Person:
    return telegram.person("Ben")


@pytest.fixture
def listing(telegram: Telegram, ann: Person, ben: Person) -> Said:
    """The articles of a group of Ann's in which everybody may remove them."""
    readers: Group = telegram.group("Readers", ann, ben)
    shown = ann.says("/settings@verbatim_bot", to=readers).answer()
    assert ann.presses(shown, data="s:k:1")["text"] == texts.SAVED
    return ann.says("/articles@verbatim_bot", to=readers).answer()


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (bad("CHAT_ADMIN_REQUIRED"), article_texts.NO_KNOWN_MEMBER),
        (bad("PARTICIPANT_ID_INVALID"), article_texts.NO_KNOWN_MEMBER),
        (Refusal(403, "Forbidden: bot is not a member of the supergroup chat"), texts.CANNOT_TELL),
    ],
)
def test_a_member_whom_telegram_does_not_show_is_told_the_way_out(
    telegram: Telegram, listing: Said, ben: Person, refusal: Refusal, said: str
) -> None:
    telegram.fail("getChatMember", refusal)
    assert ben.presses(listing, data=REMOVE)["text"] == said
    assert "text" not in ben.presses(listing, data=REMOVE)  # Telegram shows Ben again


def test_an_admin_needs_no_word_of_telegrams(telegram: Telegram, listing: Said, ann: Person) -> None:
    telegram.fail("getChatMember", bad("CHAT_ADMIN_REQUIRED"))
    assert "text" not in ann.presses(listing, data=REMOVE)
    assert not any(call.method == "getChatMember" for call in telegram.calls)


def test_who_has_left_may_not(telegram: Telegram, listing: Said, ben: Person) -> None:
    telegram.do(lambda: listing.chat.members.pop(ben.id))
    assert ben.presses(listing, data=REMOVE)["text"] == article_texts.MEMBERS_ONLY
