"""Unpacked is what was packed, however it arrives, and never much more than the bound."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.web.body import read_body
from index.errors import FetchError, TryLaterError
from tests.index.web import gzip_bomb

MAX_BYTES = 1_000_000


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """``data`` in chunks."""
    borders = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in pairwise(borders)]


@given(
    members=st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 8000)), min_size=1, max_size=3),
    places=st.lists(st.integers(0, 10_000), max_size=8),
    padding=st.sampled_from([b"", b"\x00\x00", b"behind it"]),
)
def test_what_was_packed_comes_out_however_it_is_cut(
    members: list[tuple[bytes, int]], places: list[int], padding: bytes
) -> None:
    texts = [text * count for text, count in members]
    packed = b"".join(map(gzip.compress, texts)) + padding
    whole = b"".join(texts)
    if len(whole) > MAX_BYTES:
        with pytest.raises(FetchError, match="is over 1 MB, too big for an article"):
            read_body(cut(packed, places), "gzip", MAX_BYTES, "It")
    else:
        assert read_body(cut(packed, places), "gzip", MAX_BYTES, "It") == whole


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", " GZip "])
def test_a_bomb_in_one_chunk_is_not_unpacked_to_its_end(packing: str) -> None:
    bomb = gzip_bomb(300)
    tracemalloc.start()
    with pytest.raises(FetchError, match="is over 1 MB, too big for an article"):
        read_body([bomb], packing, MAX_BYTES, "It")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * MAX_BYTES


def test_up_to_the_bound_is_taken() -> None:
    for packing, chunks in (("", [b"a" * MAX_BYTES]), ("gzip", [gzip.compress(b"a" * MAX_BYTES)])):
        assert len(read_body(chunks, packing, MAX_BYTES, "It")) == MAX_BYTES
    for packing, chunks in (
        ("identity", [b"a" * MAX_BYTES, b"a"]),
        ("gzip", [gzip.compress(b"a" * MAX_BYTES + b"a")]),
    ):
        with pytest.raises(FetchError, match="is over 1 MB"):
            read_body(chunks, packing, MAX_BYTES, "It")


def test_what_arrives_is_bounded_too() -> None:
    nothing = gzip.compress(b"")
    with pytest.raises(FetchError, match="is over 1 MB"):
        read_body((nothing for _ in range(MAX_BYTES)), "gzip", MAX_BYTES, "It")


def test_what_is_not_packed_comes_in_one_piece() -> None:
    assert read_body([b"Bears ", b"like ", b"jam."], "", MAX_BYTES, "It") == b"Bears like jam."


def test_another_packing_is_not_taken_for_gzip() -> None:
    with pytest.raises(FetchError, match="It arrived damaged: its gzip data can't be unpacked"):
        read_body([zlib.compress(b"Bears like jam.")], "gzip", MAX_BYTES, "It")


def test_what_arrives_broken_or_in_part_is_said() -> None:
    packed = gzip.compress(b"Bears like jam. " * 100)
    broken = packed[:-8] + bytes(8)
    for data, kind, sentence in (
        (
            b"Bears like jam.",
            FetchError,
            "It arrived damaged: its gzip data can't be unpacked. Please try again.",
        ),
        (broken, FetchError, "It arrived damaged: its gzip data can't be unpacked. Please try again."),
        (packed[:-3], TryLaterError, "It broke off in the middle. Please try again later."),
        (packed[:12], TryLaterError, "It broke off in the middle. Please try again later."),
    ):
        with pytest.raises(FetchError) as caught:
            read_body([data], "gzip", MAX_BYTES, "It")
        assert (type(caught.value), str(caught.value)) == (kind, sentence)
    assert read_body([], "gzip", MAX_BYTES, "It") == b""
