"""What can be wrong with a library: each fault is a sentence that names where it is."""

from __future__ import annotations

import itertools
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.documents.formats.table import largest_bytes
from index.documents.ids import article_id, source_id
from index.documents.normalize import is_in_normal_form
from index.store import near_duplicates, rows
from index.types import Article, Passage, Vectors

if TYPE_CHECKING:
    from index.vectors import VectorIndex

SAME = 0.9
"""From this cosine on a vector is that of its words: in int8 models it varies with the rest of the batch."""

TRIED = 100
"""How many passages are searched by their own vectors."""


LARGEST = largest_bytes()
"""The most bytes that an original file may have, unpacked."""


def find_faults(connection: sqlite3.Connection) -> list[str]:
    """Find what is wrong with the file, its articles, passages and vectors; nothing if nothing is."""
    checks = (_in_file, _in_articles, _in_passages, _in_vectors)
    return [fault for check in checks for fault in check(connection)]


def find_foreign_vectors(
    article: str, passages: Sequence[Passage], held: Vectors, embedded: Vectors
) -> Iterator[str]:
    """Yield the passages of ``article`` with the vector of other words.

    ``embedded`` has the vector of each, made anew.
    """
    for passage, cosine in zip(passages, np.sum(held * embedded, axis=1), strict=True):
        if not cosine >= SAME:
            yield f"the vector of passage {passage.start}:{passage.end} of {article} isn't that of its words"


def find_disagreements(index: VectorIndex, numbers: Sequence[int], vectors: Vectors) -> Iterator[str]:
    """Yield where ``index`` does not hold or find just the passages of these numbers and ``vectors``."""
    held, their_vectors = index.contents()
    place_of = {number: place for place, number in enumerate(held)}
    tried = set(numbers[:: max(1, len(numbers) // TRIED)])
    for number, vector in zip(numbers, vectors, strict=True):
        if number not in place_of:
            yield f"passage number {number} isn't in FAISS"
        elif not np.array_equal(their_vectors[place_of[number]], vector):
            yield f"FAISS has another vector for passage number {number}"
        elif number in tried and not any(score > 0.999 for _, score in index.nearest(vector, 1)):
            yield f"FAISS doesn't find passage number {number} by its own vector"
    for number in sorted(place_of.keys() - set(numbers)):
        yield f"FAISS has passage number {number}, which isn't in the file"


def check_as_read(article: Article | None) -> None:
    """Return if ``article`` is what its id says; raise ValueError where its file has lost a letter of it."""
    if article is not None and not _has_its_ids(article):
        raise ValueError(f"the article {article.id} isn't what was read")


def _in_file(connection: sqlite3.Connection) -> Iterator[str]:
    yield from (row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok")
    for table, number, of, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {number} of {table} belongs to none of {of}"
    if connection.execute("SELECT count(*) FROM made_with").fetchone()[0] != 1:
        yield "it doesn't say what its passages were made with"


def _in_articles(connection: sqlite3.Connection) -> Iterator[str]:
    for *row, packed in connection.execute(
        f"SELECT {rows.INFO_COLUMNS}, text, packed FROM articles"  # noqa: S608 - a constant
        " LEFT JOIN originals ON article = number ORDER BY number"
    ):
        try:
            article = rows.to_article(tuple(row))
        except (ValueError, TypeError, RecursionError) as error:
            yield f"the details of {row[0]} can't be read: {error}"
            continue
        if not _is_as_read(article):
            yield f"{article.id} isn't what was read: its text or its details were changed"
        if packed is not None and not _unpacks(packed):
            yield f"the file of {article.id} is damaged"
    yield from (
        f"the MinHash signature of {wrong} isn't that of its text"
        for wrong in near_duplicates.wrong(connection)
    )
    nowhere = "SELECT DISTINCT source FROM articles GROUP BY source_id HAVING max(is_current) = 0"
    for (source,) in connection.execute(nowhere):
        yield f"no version of {source} is searched"


def _is_as_read(article: Article) -> bool:
    return _has_its_ids(article) and is_in_normal_form(article.text)


def _has_its_ids(article: Article) -> bool:
    """Return whether its ids are the digests of its text, of what is known of it, and of its source."""
    return article.id == article_id(article.source, article) and article.source_id == source_id(
        article.source
    )


def _unpacks(packed: bytes) -> bool:
    """Return whether ``packed`` is whole, and no larger than a file may be: it may be a stranger's."""
    unpacker, size, rest = zlib.decompressobj(), 0, packed
    try:
        while rest and size <= LARGEST and not unpacker.eof:
            size += len(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof and size <= LARGEST


def _in_passages(connection: sqlite3.Connection) -> Iterator[str]:
    found = connection.execute(
        f'SELECT articles.id, start, "end", is_current {rows.FROM_PASSAGES} ORDER BY articles.number, start'
    )
    spans = {key: list(group) for key, group in itertools.groupby(found, lambda row: row[0])}
    for held_id, text, is_current in connection.execute("SELECT id, text, is_current FROM articles"):
        end = 0
        for _, start, stop, _ in spans.get(held_id, ()):
            if not (is_current and 0 <= start < stop <= len(text)):
                yield f"passage {start}:{stop} of {held_id} isn't a slice of it"
            elif start < end:
                yield f"passage {start}:{stop} of {held_id} begins within the one before"
            elif text[end:start].strip():
                yield f"{end}:{start} of {held_id} is in no passage"
            end = max(end, min(stop, len(text)))
        if is_current and text[end:].strip():
            yield f"{end}:{len(text)} of {held_id} is in no passage"
    apart = connection.execute(
        f"SELECT articles.id {rows.FROM_PASSAGES} GROUP BY articles.id"
        " HAVING max(passages.number) - min(passages.number) >= count(*)"
    )
    for (held_id,) in apart:
        yield f"the passages of {held_id} aren't in a row"


def _in_vectors(connection: sqlite3.Connection) -> Iterator[str]:
    sizes = set()
    for number, vector in connection.execute("SELECT number, vector FROM passages"):
        sizes.add(len(vector))
        numbers = np.frombuffer(vector[: len(vector) // 4 * 4], dtype=np.float32)
        with np.errstate(over="ignore", invalid="ignore"):
            length = np.linalg.norm(numbers)
        if len(vector) % 4 or not np.isclose(length, 1.0, atol=1e-3):
            yield f"passage number {number} has no unit vector"
    if len(sizes) > 1:
        yield "its vectors differ in length"


def find_word_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence where the word index is wrong."""
    try:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError:  # busy: nothing is wrong with the words
        raise
    except sqlite3.DatabaseError:
        yield "the word index doesn't agree with the articles"
