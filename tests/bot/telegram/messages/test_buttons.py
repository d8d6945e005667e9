"""The data of buttons: those that people have go on working, and each says one thing only."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.handlers import BUTTONS
from bot.telegram.messages import keyboards
from bot.telegram.messages.buttons import ButtonKind, Values
from bot.telegram.messages.keyboards import (
    ARTICLE,
    FREE_TOPIC,
    KEEP,
    KEEPERS,
    PAGE,
    QUOTES,
    REMOVE,
    REMOVE_SURELY,
    VIEW,
)

KINDS = [value for value in vars(keyboards).values() if isinstance(value, ButtonKind)]
KEY = "aZ09_-aZ09_-aZ09"
ID = "0123456789ab"

IN_CHATS: list[tuple[str, ButtonKind, Values]] = [
    (f"a:{KEY}:", VIEW, {"key": KEY, "view": ""}),
    (f"a:{KEY}:f", VIEW, {"key": KEY, "view": "f"}),
    (f"a:{KEY}:c", VIEW, {"key": KEY, "view": "c"}),
    (f"a:{KEY}:fc", VIEW, {"key": KEY, "view": "fc"}),
    ("p:0", PAGE, {"page": "0"}),
    ("p:10000", PAGE, {"page": "10000"}),
    (f"l:{ID}:0", ARTICLE, {"article": ID, "page": "0"}),
    (f"r:{ID}:12", REMOVE, {"article": ID, "page": "12"}),
    (f"R:{ID}:12", REMOVE_SURELY, {"article": ID, "page": "12"}),
    ("k:1", KEEP, {"yes": "1"}),
    ("k:0", KEEP, {"yes": "0"}),
    ("s:q:1", QUOTES, {"count": "1"}),
    ("s:q:5", QUOTES, {"count": "5"}),
    ("s:k:1", KEEPERS, {"everybody": "1"}),
    ("s:k:0", KEEPERS, {"everybody": "0"}),
    ("s:t:7:1", FREE_TOPIC, {"topic": "7", "free": "1"}),
    ("s:t:2147483647:0", FREE_TOPIC, {"topic": "2147483647", "free": "0"}),
]
"""Data of buttons that stand under messages already, of every kind."""


def readers(data: str) -> list[str]:
    """The prefixes of all kinds that ``data`` is read as."""
    return [kind.prefix for kind in KINDS if kind.read(data) is not None]


@pytest.mark.parametrize(("data", "kind", "values"), IN_CHATS)
def test_buttons_that_people_have_go_on_working(data: str, kind: ButtonKind, values: Values) -> None:
    assert kind.read(data) == values
    assert kind.data(**values) == data
    assert readers(data) == [kind.prefix]


def test_a_press_of_every_kind_does_something() -> None:
    assert [button.kind for button in BUTTONS] == KINDS


def test_of_every_kind_people_have_some() -> None:
    assert {kind.prefix for _, kind, _ in IN_CHATS} == {kind.prefix for kind in KINDS}
    assert len({kind.prefix for kind in KINDS}) == len(KINDS) == 9


@given(st.data())
def test_what_is_written_is_read_again_by_its_own_kind_only(drawn: st.DataObject) -> None:
    kind = drawn.draw(st.sampled_from(KINDS))
    fields = {name: st.from_regex(pattern, fullmatch=True) for name, pattern in kind.fields.items()}
    values = drawn.draw(st.fixed_dictionaries(fields))
    data = kind.data(**values)
    assert kind.read(data) == values
    assert readers(data) == [kind.prefix]


@given(st.text(":aplrRkstqfc01\n٣", max_size=64) | st.text(max_size=64))
def test_nothing_is_read_by_two_kinds(data: str) -> None:
    assert len(readers(data)) <= 1


@pytest.mark.parametrize(
    "data",
    [
        "", "x", ":", "a", "a::", "a:short:f", f"a:{KEY}", f"a:{KEY}:cf", f"a:{KEY}:f:", f"a:{KEY}:f\n",
        "p", "p:", "p:-1", "p:x", "p:٣", "p:0:0", f"p:{ID}:0", "p:1234567890", "l:0", "l::0", f"L:{ID}:0",
        f"r:{ID}", f"R:{ID}-:0", "k", "k:", "k:2", "k:1:1", "s:q:", "s:q:0", "s:q:6", "s:q:03", "s:q:1:1",
        "s:k:2", "s:k:1:1", "s:t:4", "s:t:4:2", "s:t:x:1", "s:x:1", "s", "S:q:1", " p:0", "p:0 ",
    ],
)  # fmt: skip
def test_what_no_button_says_is_not_read(data: str) -> None:
    assert readers(data) == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (PAGE, {"page": -1}),
        (PAGE, {"page": ""}),
        (PAGE, {}),
        (PAGE, {"page": 0, "article": ID}),
        (QUOTES, {"count": 6}),
        (KEEP, {"yes": True}),
        (VIEW, {"key": "short", "view": "f"}),
        (VIEW, {"key": KEY}),
        (ARTICLE, {"article": "a:b", "page": 0}),
    ],
)
def test_no_button_is_made_that_could_not_be_read(kind: ButtonKind, values: dict[str, str | int]) -> None:
    with pytest.raises(ValueError, match=f"a button '{kind.prefix}' cannot say "):
        kind.data(**values)


def test_no_button_is_made_that_telegram_would_not_take() -> None:
    words = ButtonKind("w", {"words": re.compile(r"[^:]*")})
    assert words.data(words="é" * 31) == "w:" + "é" * 31  # 64 bytes
    with pytest.raises(ValueError, match="is longer than a button's data may be"):
        words.data(words="é" * 31 + "e")


def test_words_with_a_colon_would_be_read_as_two_values() -> None:
    words = ButtonKind("w", {"words": re.compile(r".*")})
    with pytest.raises(ValueError, match="cannot say"):
        words.data(words="a:b")


def test_a_kind_may_say_nothing_but_itself() -> None:
    again = ButtonKind("again", {})
    assert (again.data(), again.read("again"), again.read("again:")) == ("again", {}, None)
