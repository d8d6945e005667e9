"""The words of an RTF file, in order -> paragraphs, and rows of tables."""

from __future__ import annotations

import sys

from index.documents.formats.pieces import Piece, text_of
from index.documents.formats.rtf.control_words import OF_SYMBOLS
from index.documents.formats.styles import Paragraph, in_row
from index.documents.normalize import REPLACEMENT


class Stream:
    """Words that follow one another, and the paragraphs they become: of the body, a note, a box, a title."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._pieces: list[Piece] = []
        self._place = ""
        self._bytes = bytearray()
        self._codec = OF_SYMBOLS
        self._cell: list[Paragraph] = []
        self._row: list[list[Paragraph]] = []

    def add_bytes(self, data: bytes, codec: str, place: str = "") -> None:
        """Add ``data``, which may end, or begin, within a letter, and stands at ``place`` to the line."""
        if (codec, place) != (self._codec, self._place):
            self._decode()
            self._codec, self._place = codec, place
        self._bytes += data

    def add(self, text: str, place: str = "") -> None:
        self._decode()
        self._pieces.append(Piece(text, place))

    def add_char(self, number: int, place: str = "") -> None:
        """Add a code point, or half a surrogate pair."""
        self.add(chr(number) if 0 <= number <= sys.maxunicode else REPLACEMENT, place)

    def take(self) -> str:
        """Return what was added since the last time."""
        self._decode()
        text = text_of(self._pieces)
        self._pieces.clear()
        if not text.isascii():  # the halves of a surrogate pair come one by one
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text.strip()

    def end_paragraph(self, kind: str, *, in_table: bool) -> None:
        if not in_table:
            self.end_row()
        if text := self.take():
            (self._cell if in_table else self._paragraphs).append((kind, text))

    def end_cell(self, kind: str) -> None:
        self.end_paragraph(kind, in_table=True)
        self._row.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        """End a row of a table; nothing where there is none."""
        self._paragraphs.extend(in_row([*self._row, self._cell] if self._cell else self._row))
        self._row, self._cell = [], []

    def _decode(self) -> None:
        if self._bytes:
            errors = "ignore" if self._codec == OF_SYMBOLS else "replace"
            self._pieces.append(Piece(self._bytes.decode(self._codec, errors), self._place))
            self._bytes.clear()
