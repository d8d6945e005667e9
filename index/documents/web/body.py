"""The bytes of an answer, unpacked with a bound: a few hundred bytes can stand for a gigabyte."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from index.errors import FetchError, TryLaterError

PACKED = "gzip"
"""The one packing that is asked for, and taken."""

_GZIP_MARK = b"\x1f\x8b"


def read_body(chunks: Iterable[bytes], packing: str, max_bytes: int, where: str) -> bytes:
    """Return the bytes in ``chunks``, unpacked; neither they nor what they unpack to exceed ``max_bytes``.

    ``packing`` is what the server says in Content-Encoding. Raises FetchError about ``where``: too long,
    broken, packed in a way that was not asked for. No more than ``max_bytes`` and a chunk are ever held.
    """
    bounded = _bounded(chunks, max_bytes, where)
    match packing.strip().lower():
        case "" | "identity":
            return b"".join(bounded)
        case "gzip" | "x-gzip":
            return b"".join(_bounded(_unzipped(bounded, where), max_bytes, where))
        case _:
            raise FetchError(
                f"{where} is compressed in an unexpected way, so I didn't unpack it. Please save the page "
                "as a file and add that."
            )


def too_long(where: str, max_bytes: int) -> FetchError:
    """Return the error that an answer is over ``max_bytes``."""
    return FetchError(
        f"{where} is over {max_bytes / 1_000_000:g} MB, too big for an article. Please save the "
        "part you need as a file and add that."
    )


def _bounded(chunks: Iterable[bytes], max_bytes: int, where: str) -> Iterator[bytes]:
    count = 0
    for chunk in chunks:
        count += len(chunk)
        if count > max_bytes:
            raise too_long(where, max_bytes)
        yield chunk


def _unzipped(chunks: Iterable[bytes], where: str, piece_bytes: int = 65_536) -> Iterator[bytes]:
    """Yield what ``chunks`` unpack to, in pieces; several gzip members in a row are one text."""
    member = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if member is None:
                member = zlib.decompressobj(16 + zlib.MAX_WBITS)
            elif member.eof:
                if not _GZIP_MARK.startswith(rest[:2]):
                    return  # what follows the last member is padding
                member = zlib.decompressobj(16 + zlib.MAX_WBITS)
            try:
                yield member.decompress(rest, piece_bytes)
            except zlib.error:
                raise FetchError(
                    f"{where} arrived damaged: its gzip data can't be unpacked. Please try again."
                ) from None
            rest = member.unused_data if member.eof else member.unconsumed_tail
    if member is not None and not member.eof:
        raise TryLaterError(f"{where} broke off in the middle. Please try again later.")
