"""Whatever the text: nothing is lost, nothing is too long, and marks stay where they were."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.marked_text import Mark, Marked, joined
from bot.telegram.messages.rendered import MAX_ENTITIES, MAX_UNITS, Rendered, messages
from bot.telegram.messages.utf16 import code_points, units

PIECES = [
    "a", "word ", "A sentence. ", "Why? ", "\n", "\n\n", "\r\n", " ",
    "🦔", "👩‍👩‍👧‍👦", "👍🏽", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "é", "e\u0301", "שלום ", "مرحبا", "한국", "각", "汉字", "न्म",
]  # fmt: skip


@st.composite
def marked_texts(draw: st.DrawFn) -> Marked:
    """Any text, of many lengths; up to 250 marks in it."""
    pieces = draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25))
    text = "".join(piece * draw(st.sampled_from([1, 1, 2, 50, 700])) for piece in pieces)
    marks = []
    for _ in range(draw(st.sampled_from([0, 1, 5, 250])) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        marks.append(Mark("bold", start, draw(st.integers(start + 1, min(len(text), start + 6000)))))
    return Marked(text, tuple(marks))


def spans(parts: list[Rendered]) -> list[tuple[int, int]]:
    """Each entity of each part, as a span of the whole text."""
    before, found = 0, []
    for part in parts:
        for entity in part.entities:
            start, end = code_points(part.text, entity.offset, entity.length)
            found.append((before + start, before + end))
        before += len(part.text)
    return found


@settings(deadline=None)  # long texts take as long as the machine is slow
@given(marked_texts())
def test_no_text_is_lost_and_no_part_is_too_long(whole: Marked) -> None:
    parts = messages(whole)
    assert "".join(part.text for part in parts) == whole.text
    assert all(0 < units(part.text) <= MAX_UNITS for part in parts)
    assert all(len(part.entities) <= MAX_ENTITIES for part in parts)
    if units(whole.text) <= MAX_UNITS and len(whole.marks) <= MAX_ENTITIES:
        assert len(parts) == bool(whole.text)


@settings(deadline=None)  # long texts take as long as the machine is slow
@given(marked_texts())
def test_every_mark_goes_on_where_it_was(whole: Marked) -> None:
    if len(whole.marks) > MAX_ENTITIES:
        return
    marked = [0] * len(whole.text)
    for mark in whole.marks:
        for at in range(mark.start, mark.end):
            marked[at] += 1
    for start, end in spans(messages(whole)):
        for at in range(start, end):
            marked[at] -= 1
    assert not any(marked)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES[8:15]), min_size=600, max_size=1500))
def test_a_part_never_begins_inside_a_character(pieces: list[str]) -> None:
    starts, at = set(), 0
    for piece in pieces:
        starts.add(at)
        at += len(piece)
    at = 0
    for part in messages(Marked("".join(pieces))):
        assert at in starts
        at += len(part.text)


@given(st.text(max_size=60))
def test_units_are_what_utf_16_takes(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_code_points_find_what_telegram_marks(before: str, inside: str, after: str) -> None:
    start, end = code_points(before + inside + after, units(before), units(inside))
    assert (before + inside + after)[start:end] == inside


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("a" * 2000 + "\n\n" + "b" * 1000 + ". " + "c" * 3000, "\n\n"),
        ("a" * 3000 + ". " + "b" * 500 + " " + "c" * 3000, ". "),
        ("a" * 3000 + " " + "b" * 3000, "a "),
        ("\n" + "a" * 5000, "aaa"),  # a border at the very start would make a message of one line
    ],
)
def test_the_best_border_in_the_second_half_is_taken(text: str, ends: str) -> None:
    if ends == "\n\n":
        text = "x" * 100 + text
    assert messages(Marked(text))[0].text.endswith(ends)


def test_a_message_may_be_exactly_full() -> None:
    assert [len(part.text) for part in messages(Marked("a" * 4096))] == [4096]
    assert [len(part.text) for part in messages(Marked("🦔" * 2048))] == [2048]
    assert [len(part.text) for part in messages(Marked("a" + "🦔" * 2048))] == [2048, 1]


def test_more_than_a_hundred_marks_make_two_messages() -> None:
    links = joined("\n", [Marked("x").all("text_link", "https://a.example/")] * 150)
    assert [len(part.entities) for part in messages(links)] == [100, 50]


def test_a_flag_is_two_letters() -> None:
    (first, second) = messages(Marked("a" + "🇩🇪" * 1024))
    assert first.text == "a" + "🇩🇪" * 1023
    assert second.text == "🇩🇪"


def test_adding_moves_the_marks() -> None:
    both = Marked("ab").all("bold") + Marked("cd").all("italic")
    assert both == Marked("abcd", (Mark("bold", 0, 2), Mark("italic", 2, 4)))
    assert Marked("").all("bold") == Marked("")
    assert [c for c in both.text if unicodedata.category(c) != "Ll"] == []
