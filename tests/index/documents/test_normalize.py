"""The normal form of a text, and the way back to the original."""

from __future__ import annotations

import itertools
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.normalize import MOST_MARKS, is_in_normal_form, normal_form, normalize

ANY = st.characters(exclude_categories=())  # lone surrogates too
TRICKY = st.sampled_from(
    [
        *"aeo \n\r\t\x00\x85\u2028",
        *"\u0301\u0323\u0308\u0338\u200b\ufeff\u202e",
        *"\u1100\u1161\u11a8\uac00\u09c7\u09be\u212a\u037e\ufb01½\ud800",
    ]
)
PILES = st.tuples(
    st.sampled_from(["", "e", "é", "\u0958", "各"]),
    st.lists(
        st.sampled_from("\u0301\u0316\u0344\u0f71\u0f73\u0345\u093c\U0001d165"), min_size=20, max_size=60
    ),
).map(lambda pile: pile[0] + "".join(pile[1]))
WITHOUT_PILES = st.lists(st.one_of(ANY, TRICKY), max_size=40).map("".join)
TEXTS = st.lists(st.one_of(ANY, TRICKY, PILES), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("Cafe\u0301", "Café"),
        ("½ ﬁ ² Ⅳ …", "½ ﬁ ² Ⅳ …"),  # NFKC would say other words than the article
        ("one\r\ntwo\rthree\x0bfour\u2028five\x85", "one\ntwo\nthree\nfour\nfive\n"),
        ("a\x00b\x07c\x9fd", "abcd"),
        ("evil\u202elive\u2066 \u200bzero\ufeff soft\u00adly", "evillive zero softly"),
        ("broken \ud800 half", "broken \ufffd half"),
        (
            "family 👨\u200d👩\u200d👧",
            "family 👨\u200d👩\u200d👧",
        ),  # a joiner shows: without it there are three
        ("\u1112\u1161\u11ab", "한"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_normal_form(original: str, text: str) -> None:
    assert normalize(original).text == text


def test_offsets_say_where_each_character_began() -> None:
    assert normalize("e\u0301a\r\n\u200bb").offsets == (0, 2, 3, 6, 7)


def test_a_span_of_the_original_is_found_again() -> None:
    normalized = normalize("\ufeffCafe\u0301 au\u200b lait")
    start, end = normalized.span(7, 9)
    assert normalized.text[start:end] == "au"
    assert normalized.span(9, 10) == (7, 7)  # the zero-width space is gone


@given(TEXTS)
def test_the_text_is_the_same_without_offsets(original: str) -> None:
    assert normal_form(original) == normalize(original).text


def test_accents_beyond_those_of_any_language_are_left_out() -> None:
    pile = "\u0301\u0316" * MOST_MARKS
    kept = normal_form(f"Zalgo{pile}, café")
    assert kept == unicodedata.normalize("NFC", f"Zalgo{pile[:MOST_MARKS]}, café")


def test_a_pile_of_accents_takes_no_longer_than_its_length() -> None:
    """Unicode's algorithm takes two minutes of processor time for these, in the bot's own process."""
    text = "a" + "\u0301\u0316" * 200_000
    begun = time.thread_time()
    assert len(normalize(text).text) == len(normal_form(text)) == MOST_MARKS  # "á", and the others
    assert time.thread_time() - begun < 3


@given(TEXTS)
def test_a_second_time_changes_nothing(original: str) -> None:
    once = normalize(original).text
    assert normalize(once).text == once


@given(TEXTS)
def test_a_text_in_normal_form_is_known(original: str) -> None:
    assert is_in_normal_form(normal_form(original))
    before_accents_were_limited = unicodedata.normalize("NFC", "".join(map(normal_form, original)))
    assert is_in_normal_form(before_accents_were_limited)


@pytest.mark.parametrize("text", ["Cafe\u0301", "one\r\ntwo", "soft\u00adly", "\u202elive"])
@pytest.mark.parametrize("pile", ["", "\u0316" * 2 * MOST_MARKS])
def test_a_text_in_another_form_is_known(text: str, pile: str) -> None:
    assert not is_in_normal_form(f"a{pile} {text}")
    assert not is_in_normal_form(f"{text}{pile}")


@given(TEXTS)
def test_the_text_is_nfc_and_can_be_written(original: str) -> None:
    text = normalize(original).text
    assert unicodedata.is_normalized("NFC", text)
    assert text.encode("utf-8").decode("utf-8") == text
    assert not {"\r", "\x00", "\u200b"} & set(text)


@given(WITHOUT_PILES)  # a part of a pile is none
def test_offsets_lead_back_to_the_original(original: str) -> None:
    normalized = normalize(original)
    offsets = normalized.offsets
    assert len(offsets) == len(normalized.text) + 1
    assert offsets[-1] == len(original)
    assert all(before <= after for before, after in itertools.pairwise(offsets))
    begins = [i for i in range(len(offsets)) if i == 0 or offsets[i] > offsets[i - 1]]
    for begin, end in itertools.pairwise(begins):
        assert normalize(original[offsets[begin] : offsets[end]]).text == normalized.text[begin:end]
