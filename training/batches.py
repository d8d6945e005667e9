"""Pairs -> batches of tensors with about equally many tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from tokenizers import Encoding, Tokenizer

from training.pairs import Pair

TOKENS = 5600
"""Tokens of a batch, padding counted."""

MAX_TOKENS = 256
_NEAR = 40  # batches among which pairs are sorted by length


@dataclass(frozen=True, slots=True)
class Encoded:
    """A pair as the model takes it. ``first`` to the last but one token are the passage's own words."""

    ids: list[int]
    types: list[int]
    first: int  # the passage's first token
    spans: tuple[tuple[int, int], ...]  # the answer's first and last token


@dataclass(frozen=True, slots=True)
class Batch:
    """``inside`` marks where an answer may begin and end: the passage's words and, first, "no answer"."""

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    token_type_ids: torch.Tensor
    inside: torch.Tensor  # bool, shape (pairs, tokens)
    spans: list[tuple[tuple[int, int], ...]]  # of each pair; none where it does not answer


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the body's tokenizer, cutting passages (never questions) at MAX_TOKENS, without padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[Encoded]:
    """Return each pair that still holds its answer after cutting, encoded, in order."""
    encodings = tokenizer.encode_batch([(pair.question, pair.context + pair.text) for pair in pairs])
    found = (_encode(encoding, pair) for encoding, pair in zip(encodings, pairs, strict=True))
    return [encoded for encoded in found if encoded]


def _encode(encoding: Encoding, pair: Pair) -> Encoded | None:
    shift = len(pair.context)
    own = [
        token
        for token, sequence in enumerate(encoding.sequence_ids)
        if sequence == 1 and encoding.offsets[token][0] >= shift
    ]
    if not own:
        return None
    starts = {encoding.offsets[token][0] - shift: token for token in own}
    ends = {encoding.offsets[token][1] - shift: token for token in own}
    # A span whose border falls inside a token, or behind the cut, cannot be pointed at.
    spans = tuple((starts[s], ends[e]) for s, e in pair.spans if s in starts and e in ends)
    if pair.spans and not spans:
        return None
    return Encoded(encoding.ids, encoding.type_ids, own[0], spans)


def make_batches(encoded: Sequence[Encoded], random: Random, tokens: int = TOKENS) -> list[list[Encoded]]:
    """Return all pairs once, in random batches whose pairs are nearly of one length."""
    order = list(encoded)
    random.shuffle(order)
    batches: list[list[Encoded]] = []
    mean = sum(len(pair.ids) for pair in order) / max(1, len(order))
    near = max(1, round(_NEAR * tokens / max(1.0, mean)))
    for start in range(0, len(order), near):
        batches += _fill(sorted(order[start : start + near], key=lambda pair: len(pair.ids)), tokens)
    random.shuffle(batches)
    return batches


def _fill(order: Sequence[Encoded], tokens: int) -> Iterator[list[Encoded]]:
    batch: list[Encoded] = []
    for pair in order:  # rising in length: the newest is the longest
        if batch and len(pair.ids) * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        batch.append(pair)
    if batch:
        yield batch


def to_tensors(batch: Sequence[Encoded]) -> Batch:
    """Return the batch padded to its longest pair."""
    shape = (len(batch), max(len(pair.ids) for pair in batch))
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    inside = torch.zeros(shape, dtype=torch.bool)
    for row, pair in enumerate(batch):
        length = len(pair.ids)
        ids[row, :length] = torch.tensor(pair.ids)
        types[row, :length] = torch.tensor(pair.types)
        mask[row, :length] = 1
        inside[row, 0] = True
        inside[row, pair.first : length - 1] = True  # the last is a separator
    return Batch(ids, mask, types, inside, [pair.spans for pair in batch])
