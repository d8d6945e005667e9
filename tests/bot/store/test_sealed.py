"""What was sealed comes back, and no letter of it or beside it changes unseen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.sealed import seal, unseal

VALUES = st.dictionaries(st.text(max_size=9), st.none() | st.integers() | st.text(max_size=20), max_size=3)


@given(VALUES, st.integers(), st.none() | st.text())
def test_it_comes_back_and_is_json(value: object, number: int, key: str | None) -> None:
    sealed = seal(json.dumps(value), number, key)
    assert json.loads(unseal(sealed, number, key)) == value
    assert json.loads(sealed)[1] == value


@given(st.data(), VALUES)
def test_no_bit_of_it_changes_unseen(data: st.DataObject, value: object) -> None:
    sealed = seal(json.dumps(value), 7).encode()
    at, bit = data.draw(st.integers(0, len(sealed) - 1)), data.draw(st.integers(0, 7))
    damaged = sealed[:at] + bytes([sealed[at] ^ 1 << bit]) + sealed[at + 1 :]
    with pytest.raises(ValueError, match=r".*"):
        json.loads(unseal(damaged.decode(errors="replace"), 7))


def test_nor_what_stands_beside_it() -> None:
    sealed = seal('{"question": "Who?"}', "key", None)
    for others in (("kez", None), ("key", "None"), ("key",)):
        with pytest.raises(ValueError, match="its checksum doesn't match"):
            unseal(sealed, *others)


@pytest.mark.parametrize("text", ["null", '{"question": "Who?"}'])
def test_what_has_no_seal_yet_is_taken_as_it_is(text: str) -> None:
    assert unseal(text, "key") == text
