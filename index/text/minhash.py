"""How alike two texts are, by their words: estimated from a small MinHash signature of each.

MinHash (Broder, "On the resemblance and containment of documents", 1997) over shingles: three words in a row.
The library ``datasketch`` has it, too; but it takes seconds to import, for the scipy it brings, and what its
signatures are has changed with its version 2. Ours lie in libraries: they depend on nothing but this file.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Signature: TypeAlias = "npt.NDArray[np.uint32]"
"""SIZE numbers of 32 bits: the lowest value that a shingle has, for each of SIZE hash functions."""

SIZE = 256
SHINGLE_WORDS = 3

NEAR_DUPLICATE_SHARE = 0.4
"""From this share of shingles in common on, 0 to 1, two articles are near-duplicates (docs/quality.md)."""

_WORD = re.compile(r"\w+")
_AT_ONCE = 4096  # shingles that are hashed together: what a long text needs of memory has a bound


def _numbers(name: str) -> npt.NDArray[np.uint64]:
    digests = [hashlib.blake2b(f"{name} {place}".encode(), digest_size=8).digest() for place in range(SIZE)]
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)[:, None]


_FACTORS, _SUMMANDS = _numbers("factor") | np.uint64(1), _numbers("summand")


def shingles_of(text: str) -> set[str]:
    """Return every three words in a row, in lower case, whatever stands between.

    Of fewer words, return all as one.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    return {" ".join(words[place : place + SHINGLE_WORDS]) for place in range(last)}


def signature_of(text: str) -> Signature:
    """Return the signature of ``text``, equal on every machine."""
    shingles = (shingle.encode(errors="replace") for shingle in shingles_of(text))
    digests = b"".join(hashlib.blake2b(shingle, digest_size=8).digest() for shingle in shingles)
    hashes = np.frombuffer(digests, "<u8").astype(np.uint64)
    lowest = np.full(SIZE, np.iinfo(np.uint64).max, np.uint64)
    for first in range(0, len(hashes), _AT_ONCE):
        # Wrapping around is meant: it is the remainder by 2**64, and with an odd factor nothing collides.
        values = _FACTORS * hashes[first : first + _AT_ONCE] + _SUMMANDS
        np.minimum(lowest, values.min(axis=1), out=lowest)
    return (lowest >> np.uint64(32)).astype(np.uint32)


def likeness(signature: Signature, other: Signature) -> float:
    """Return about which share of the shingles of two texts both have, 0 to 1.

    It is off by 0.03 in two cases of three.
    """
    return float(np.mean(signature == other))


def are_near_duplicates(signature: Signature, other: Signature) -> bool:
    """Return whether two articles with these signatures are near-duplicates of each other."""
    return likeness(signature, other) >= NEAR_DUPLICATE_SHARE


def group_near_duplicates(signatures: Mapping[str, Signature]) -> dict[str, frozenset[str]]:
    """Find the near-duplicates of each of the articles with these signatures, by id, that has any.

    What is a near-duplicate of a near-duplicate is one, too: two sites may each cut another part of a story.
    """
    table = np.array([*signatures.values()])
    groups: list[set[str]] = []
    for article_id, signature in signatures.items():
        near = np.mean(table == signature, axis=1) >= NEAR_DUPLICATE_SHARE
        own = {other for other, is_near in zip(signatures, near, strict=True) if is_near} | {article_id}
        for group in [group for group in groups if group & own]:
            groups.remove(group)
            own |= group
        groups.append(own)
    return {
        article_id: frozenset(group - {article_id})
        for group in groups
        if len(group) > 1
        for article_id in group
    }


def likest(signature: Signature, packed: Sequence[bytes]) -> list[int]:
    """Return the places of the near-duplicates of ``signature`` among ``packed``, the likest first.

    Raises ValueError when one of them is no signature.
    """
    if not packed:
        return []
    shares = np.mean(np.array([from_bytes(data) for data in packed]) == signature, axis=1)
    return [
        int(place) for place in np.argsort(-shares, kind="stable") if shares[place] >= NEAR_DUPLICATE_SHARE
    ]


def to_bytes(signature: Signature) -> bytes:
    """Return the 1 KB that is stored of a signature."""
    return signature.astype("<u4").tobytes()


def from_bytes(packed: bytes) -> Signature:
    """Return the signature that was stored. Raises ValueError when it is none."""
    if len(packed) != 4 * SIZE:
        raise ValueError("a signature is not complete")
    return np.frombuffer(packed, "<u4").astype(np.uint32)
