"""Pairs as the model takes them: the tokens of the answer, and batches that lose nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from training.batches import MAX_TOKENS, Encoded, encode, load_tokenizer, make_batches, to_tensors
from training.body import packaged_body
from training.pairs import Pair


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(packaged_body().folder)


def pair(text: str, answer: str, context: str = "") -> Pair:
    start = text.find(answer)
    return Pair("answer", "set", "Who sings?", context, text, ((start, start + len(answer)),))


def words(tokenizer: Tokenizer, encoded: Encoded) -> list[str]:
    return [tokenizer.decode(encoded.ids[first : last + 1]) for first, last in encoded.spans]


def test_the_tokens_of_the_answer(tokenizer: Tokenizer) -> None:
    [encoded] = encode(tokenizer, [pair("The Zelenskyys sing.", "Zelenskyys")])
    assert words(tokenizer, encoded) == ["zelenskyys"]


def test_the_title_is_read_but_no_answer_is_looked_for_in_it(tokenizer: Tokenizer) -> None:
    [encoded] = encode(tokenizer, [pair("Bears sing.", "Bears", "Bears\n")])
    assert words(tokenizer, encoded) == ["bears"]
    batch = to_tensors([encoded])
    inside = tokenizer.decode([int(token) for token in batch.input_ids[0][batch.inside[0]]])
    assert inside == "bears sing."  # and, first, the token that stands for "no answer"
    assert batch.inside[0, 0]
    assert tokenizer.decode(encoded.ids) == "who sings? bears bears sing."


def test_an_answer_behind_what_is_read_or_inside_a_token_is_left_out(tokenizer: Tokenizer) -> None:
    assert encode(tokenizer, [pair("Bears hum. " * MAX_TOKENS + "Wolves sing.", "Wolves")]) == []
    assert encode(tokenizer, [pair("Bears sing.", "ear")]) == []


def test_without_an_answer_there_is_nothing_to_point_at(tokenizer: Tokenizer) -> None:
    [encoded] = encode(tokenizer, [Pair("near", "set", "Who?", "", "Bears sing.", ())])
    assert encoded.spans == ()


@settings(deadline=None)
@given(st.lists(st.integers(3, 300), max_size=200), st.integers(0, 9), st.integers(300, 2000))
def test_every_pair_is_in_one_batch_and_no_batch_is_too_large(
    lengths: list[int], seed: int, tokens: int
) -> None:
    encoded = [Encoded([at] * length, [0] * length, 1, ()) for at, length in enumerate(lengths)]
    batches = make_batches(encoded, Random(seed), tokens)
    assert sorted(pair.ids[0] for batch in batches for pair in batch) == list(range(len(lengths)))
    assert all(to_tensors(batch).input_ids.numel() <= tokens for batch in batches)
