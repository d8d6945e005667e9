"""Messages as apps send them, a line each in tests/files/cases/telegram.jsonl, and what they want."""

from __future__ import annotations

import json
from typing import Any

import pytest
from telegram import Message, User

from bot.chat.ingest.sources import File, Link, Post, Source
from bot.telegram.handlers import COMMANDS
from bot.telegram.messages.addressing import IGNORED, MEDIA, OFFER, Addressed, Ignored, address
from bot.telegram.messages.message_sources import links_in, question_beside, source_of
from tests.command import ROOT

US = User(999, "V", is_bot=True, username="VerbatimTestBot")
CASES: dict[str, dict[str, Any]] = {
    case["case"].split()[0]: case["message"]
    for case in map(
        json.loads,
        (ROOT / "tests/files/cases/telegram.jsonl").read_text(encoding="utf-8").splitlines(),
    )
}
WEIR = "https://example.org/weir"
WEIR_PDF = File("f", "weir.pdf", 1000)
WHO = "who lowered the weir?"

TAKEN_FOR: list[tuple[str, Addressed | Ignored]] = [
    ("1", Addressed("ask", WHO)),
    ("2", Addressed("add")),
    ("3", Addressed("add")),
    ("4", Addressed("add", question="Who lowered the weir?")),
    ("5", Addressed(OFFER)),
    ("6", Addressed(OFFER)),
    ("7", Addressed(OFFER)),
    ("8", Addressed(OFFER, question="What did it cost?")),
    ("9", Addressed("ask", WHO)),
    ("10", Addressed("ask", WHO)),
    ("11", Addressed("ask", "Who said this?", about="nobody will miss the sill")),
    ("12", Addressed("ask", WHO, about="forty centimetres")),
    ("13", Addressed("add")),
    ("14", Addressed("ask", "Who lowered it?")),
    ("15", IGNORED),
    ("16", Addressed("ask", "👍🏽 view: who lowered it?")),
    ("17", IGNORED),
    ("18", Addressed("ask", "Who lowered the weir?")),
    ("19", IGNORED),
    ("20", Addressed("add")),
    ("21", Addressed("add")),
    ("22", Addressed("add", WEIR)),
    ("23", Addressed("add", f"please: {WEIR} .")),
    ("24", Addressed("add")),
    ("25", Addressed(OFFER)),
    ("26", Addressed(MEDIA)),
    ("27", Addressed(MEDIA)),
    ("28", Addressed(MEDIA)),
    ("29", Addressed("ask", "and this one?")),
]

BROUGHT: list[tuple[str, Source]] = [
    ("2", WEIR_PDF),
    ("3", WEIR_PDF),
    ("4", WEIR_PDF),
    ("13", WEIR_PDF),
    ("21", Link(WEIR)),
    ("22", Link(WEIR)),
    ("23", Link(WEIR)),
    ("24", Link(WEIR)),
]


def message(case: str) -> Message:
    written = Message.de_json(CASES[case], None)
    assert written is not None
    return written


def test_every_case_is_looked_at() -> None:
    assert [case for case, _ in TAKEN_FOR] == list(CASES)


@pytest.mark.parametrize(("case", "taken_for"), TAKEN_FOR)
def test_what_a_message_is_taken_for(case: str, taken_for: Addressed | Ignored) -> None:
    assert address(message(case), US, COMMANDS) == taken_for


@pytest.mark.parametrize(("case", "source"), BROUGHT)
def test_what_a_message_brings(case: str, source: Source) -> None:
    taken_for = address(message(case), US, COMMANDS)
    assert isinstance(taken_for, Addressed)
    assert source_of(message(case), taken_for.text) == source


def test_a_post_of_a_channel_is_added_as_one() -> None:
    found = source_of(message("20"), "")
    assert isinstance(found, Post)
    assert (found.text, found.publisher) == ("The river board lowered the weir.", "Mill")


@pytest.mark.parametrize(
    ("case", "links"),
    [
        ("5", (WEIR,)),
        ("6", ("https://example.org/a", "https://example.org/b")),
        ("7", (f"{WEIR}?utm_source=x",)),
        ("8", (WEIR,)),
        ("25", (WEIR,)),
    ],
)
def test_which_pages_are_offered(case: str, links: tuple[str, ...]) -> None:
    assert links_in(message(case)) == links


def test_a_topic_that_is_free_hears_questions_and_leaves_remarks_alone() -> None:
    assert address(message("19"), US, COMMANDS, is_free=True) is IGNORED
    asked = Message.de_json(CASES["19"] | {"text": "who lowered it"}, None)
    assert asked is not None
    assert address(asked, US, COMMANDS, is_free=True) == Addressed("ask", "who lowered it")
    assert address(asked, US, COMMANDS) is IGNORED


def test_a_name_with_a_dot_in_it_is_no_link() -> None:
    text = "What did Booking.com pay?"
    asked = CASES["5"] | {"text": text, "entities": [{"type": "url", "offset": 9, "length": 11}]}
    written = Message.de_json(asked, None)
    assert written is not None
    assert address(written, US, COMMANDS) == Addressed("ask", text)


def test_what_is_too_long_for_a_question_is_offered_to_be_kept() -> None:
    for chars, taken_for in ((1_000, "ask"), (1_001, OFFER)):
        written = Message.de_json(CASES["5"] | {"text": "x" * chars, "entities": []}, None)
        assert written is not None
        found = address(written, US, COMMANDS)
        assert isinstance(found, Addressed)
        assert found.purpose == taken_for


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (f"What does {WEIR} say?", "What does this article say?"),
        (f"{WEIR} What did it cost?", "What did it cost?"),
        (f"What did it cost? {WEIR}", "What did it cost?"),
        (f"The weir is lowered\n{WEIR}\nwho paid?", "The weir is lowered who paid?"),
        (f"Look: {WEIR} and tell me who paid?", "Look: and tell me who paid?"),
        (f"Read {WEIR}", ""),
    ],
)
def test_what_is_asked_beside_a_link(text: str, question: str) -> None:
    assert question_beside(text, [WEIR]) == question


def test_a_question_beside_a_mention_and_a_link_has_neither() -> None:
    text = f"@VerbatimTestBot what did it cost? {WEIR}"
    entities = [
        {"type": "mention", "offset": 0, "length": 16},
        {"type": "url", "offset": text.index(WEIR), "length": len(WEIR)},
    ]
    written = Message.de_json(CASES["1"] | {"text": text, "entities": entities}, None)
    assert written is not None
    assert address(written, US, COMMANDS) == Addressed(OFFER, question="what did it cost?")
