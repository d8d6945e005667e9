"""An RTF file -> an article: its paragraphs and notes, headings as sections."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

from index.documents.formats.blocks import one_line
from index.documents.formats.days import parse_day
from index.documents.formats.names import chosen_title, real_author
from index.documents.formats.pieces import LEAST_RAISED
from index.documents.formats.rtf.control_words import (
    APART,
    BREAKS,
    CHARS,
    CHARSETS,
    CODECS,
    ENDS,
    MATH_PROPERTIES,
    NOWHERE,
    OF_INFO,
    STARRED,
    TABLES,
    codec_of_page,
)
from index.documents.formats.rtf.stream import Stream
from index.documents.formats.styles import Paragraph, compose_styled, kind_named
from index.documents.formats.symbols import is_of_symbols, seen_char
from index.documents.formats.types import Extracted, Known
from index.errors import SourceError

_TOKEN = re.compile(
    rb"([^\\{}]++)|([{}])|\\([a-zA-Z]++)(-?\d++)? ?|\\'([\da-fA-F]{2})|\\(\r\n|[^a-zA-Z])", re.DOTALL
)
_TEXT, _BRACE, _WORD, _NUMBERED, _HEX, _SYMBOL = range(1, 7)
_MOST_DIGITS = 10  # of a number
_AS_TEXT = bytes.maketrans(b"\t", b" ")
_LEFT_BEHIND = b" \t\r\n\x00\x1a}"  # by programs, at the end of the file

_WITH_WORDS = frozenset(["text", "title", "author", "styles"])
_NAME_BYTES = 100  # of a font
_NO_FONT = -1
_NO_LEVEL = 9


def extract_rtf(data: bytes, name: str, url: str | None = None) -> Extracted:
    """Return the article in the bytes of an RTF file called ``name``, which came from ``url``, if known.

    Changes that were tracked are taken as accepted. Raises SourceError when it is damaged or has no text.
    """
    reader = _Reader()
    end = reader.read(data)
    if end is None:
        raise SourceError(f"{name} is damaged or incomplete. Please download it again.")
    if data[end:].strip(_LEFT_BEHIND):
        raise SourceError(
            f"{name} is damaged: its braces don't match. Please save it again with another program."
        )
    known = Known(
        title=chosen_title(one_line(reader.said.get("title"))),
        author=real_author(one_line(reader.said.get("author"))),
        published=parse_day("{yr}-{mo}-{dy}".format_map(reader.created)),
        url=url,
    )
    notes = (text for _, text in reader.notes)
    return compose_styled(reader.paragraphs, notes, known, name, has_pictures=reader.has_pictures)


def _is_raised(half_points: int | None) -> bool:
    return half_points is None or half_points >= LEAST_RAISED


class _Group(NamedTuple):
    """What holds until a group ends, and in the groups inside it."""

    stream: Stream
    into: str = "text"  # what its words are; "" for none
    into_before: str = ""  # of a group that says the same twice
    font: int | None = None
    fallback_count: int = 1  # of the characters behind one in Unicode, for programs that do not know it
    is_hidden: bool = False
    is_deleted: bool = False
    is_struck: bool = False
    place: str = ""  # of its words, to the line
    in_table: bool = False
    style: int = 0
    based_on: int = 0
    level: int = _NO_LEVEL

    @property
    def has_words(self) -> bool:
        is_unread = self.is_hidden or self.is_deleted or self.is_struck
        return self.into in _WITH_WORDS and not (is_unread and self.into == "text")


_PROPERTIES: Mapping[bytes, Callable[[_Group, int | None], _Group]] = {
    b"f": lambda group, number: group._replace(font=number),
    b"uc": lambda group, number: group._replace(fallback_count=1 if number is None else max(0, number)),
    b"v": lambda group, number: group._replace(is_hidden=number != 0),
    b"deleted": lambda group, number: group._replace(is_deleted=number != 0),
    b"mvf": lambda group, number: group._replace(is_deleted=number != 0),  # moved away from here
    b"strike": lambda group, number: group._replace(is_struck=number != 0),
    b"striked": lambda group, number: group._replace(is_struck=number != 0),
    b"super": lambda group, number: group._replace(place="super" if number != 0 else ""),
    b"sub": lambda group, number: group._replace(place="sub" if number != 0 else ""),
    b"nosupersub": lambda group, _: group._replace(place=""),
    b"up": lambda group, number: group._replace(place="super" if _is_raised(number) else ""),
    b"dn": lambda group, number: group._replace(place="sub" if _is_raised(number) else ""),
    b"msup": lambda group, _: group._replace(place="super"),
    b"msub": lambda group, _: group._replace(place="sub"),
    b"plain": lambda group, _: group._replace(
        font=None, is_hidden=False, is_deleted=False, is_struck=False, place=""
    ),
    b"pard": lambda group, _: group._replace(in_table=False, style=0, level=_NO_LEVEL),
    b"intbl": lambda group, _: group._replace(in_table=True),
    b"s": lambda group, number: group._replace(style=number or 0),
    b"sbasedon": lambda group, number: group._replace(based_on=number or 0),
    b"outlinelevel": lambda group, number: group._replace(level=number or 0),
    b"upr": lambda group, _: group._replace(into="", into_before=group.into),
}


class _Reader:
    """Reads a file token by token, in one go."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.notes: list[Paragraph] = []
        self.said: dict[str, str] = {}
        self.created: dict[str, int | None] = dict.fromkeys(("yr", "mo", "dy"))
        self.has_pictures = False
        self._boxes: list[Paragraph] = []  # those that belong behind the paragraph of the body
        self._body = Stream(self.paragraphs)
        self._group = _Group(self._body)
        self._groups: list[_Group] = []
        self._is_starred = False
        self._fallbacks_left = 0
        self._codec = "cp1252"
        self._codecs: dict[int | None, str] = {}  # by font
        self._default_font: int | None = None
        self._font: int | None = None  # that the table of fonts tells of
        self._font_names: dict[int | None, bytes] = {}
        self._styles: dict[int, tuple[str | None, int, int]] = {}  # what for, level, based on

    def read(self, data: bytes) -> int | None:
        """Read ``data``; return where the file ends in it, None where not all of it is there."""
        place = 0
        while found := _TOKEN.match(data, place):
            place = found.end()
            kind = found.lastindex
            if kind == _TEXT:
                self._text(found[_TEXT])
            elif kind == _HEX:
                self._text(bytes.fromhex(found[_HEX].decode()))
            elif kind == _SYMBOL:
                self._symbol(found[_SYMBOL])
            elif kind != _BRACE:
                number = int(found[_NUMBERED][:_MOST_DIGITS]) if found[_NUMBERED] else None
                if found[_WORD] == b"bin":
                    place += max(0, number or 0)
                else:
                    self._word(found[_WORD], number)
            elif found[_BRACE] == b"{":
                self._groups.append(self._group)
                self._fallbacks_left, self._is_starred = 0, False
            elif self._groups:
                self._end_group()
                if not self._groups:
                    return place
        return None

    def _text(self, data: bytes) -> None:
        group = self._group
        if group.into == "fonts":
            self._font_names[self._font] = (self._font_names.get(self._font, b"") + data)[:_NAME_BYTES]
        elif group.has_words:
            data = data.translate(_AS_TEXT, b"\r\n")
            passed_over = min(self._fallbacks_left, len(data))
            self._fallbacks_left -= passed_over
            if symbols := self._symbols_of(group):
                group.stream.add(
                    "".join(seen_char(byte, symbols) for byte in data[passed_over:]), group.place
                )
            else:
                codec = self._codecs.get(self._font_of(group), self._codec)
                group.stream.add_bytes(data[passed_over:], codec, group.place)

    def _font_of(self, group: _Group) -> int | None:
        return self._default_font if group.font is None else group.font

    def _symbols_of(self, group: _Group) -> str | None:
        """Return the name of the font that ``group`` is in, where it is one of symbols that are known."""
        name = self._font_names.get(self._font_of(group), b"").decode("ascii", "ignore").partition(";")[0]
        return name if is_of_symbols(name) else None

    def _symbol(self, symbol: bytes) -> None:
        if symbol in (b"\\", b"{", b"}"):
            self._text(symbol)
        else:
            self._word(symbol, None)
            self._is_starred = symbol == b"*"

    def _word(self, word: bytes, number: int | None) -> None:
        group = self._group
        is_starred, self._is_starred = self._is_starred, False
        self.has_pictures |= word == b"pict"
        if not group.into:
            if word == b"ud" and group.into_before:
                self._group = group._replace(into=group.into_before, into_before="")
        elif word in CHARS:
            if self._fallbacks_left:
                self._fallbacks_left -= 1
            elif group.has_words:
                group.stream.add(CHARS[word], group.place)
        elif word == b"u" and number is not None:
            if group.has_words:
                self._add_char(group, number + ((number < 0) << 16))
            self._fallbacks_left = group.fallback_count
        else:
            self._fallbacks_left = 0
            if word in NOWHERE or MATH_PROPERTIES.fullmatch(word) or (is_starred and word not in STARRED):
                self._group = group._replace(into="")
            elif group.into == "fonts":
                self._font_word(word, number)
            elif word in _PROPERTIES:
                self._group = _PROPERTIES[word](group, number)
                if self._group.is_struck > group.is_struck:
                    group.stream.add("", "struck")
            elif group.into == "created":
                self.created[word.decode()] = number
            elif group.into == "info" and word in OF_INFO:
                self._group = group._replace(into=OF_INFO[word], stream=Stream([]), font=_NO_FONT)
            elif group.into == "text":
                self._text_word(word, number)

    def _add_char(self, group: _Group, number: int) -> None:
        """Add a character by its number, which RTF counts from -32,768 to 32,767."""
        if (symbols := self._symbols_of(group)) and 0 <= number <= sys.maxunicode:
            group.stream.add(seen_char(number, symbols), group.place)
        else:
            group.stream.add_char(number, group.place)

    def _font_word(self, word: bytes, number: int | None) -> None:
        if word == b"f":
            self._font = number
        elif word == b"fcharset" and number in CHARSETS:
            self._codecs[self._font] = CHARSETS[number]
        elif word == b"cpg" and number:
            self._codecs[self._font] = codec_of_page(number)

    def _text_word(self, word: bytes, number: int | None) -> None:
        group = self._group
        if word in ENDS:
            if not group.is_deleted:  # else the next one goes on in it
                self._end_paragraph(group)
        elif word in BREAKS and group.has_words:
            group.stream.add(BREAKS[word])
        elif word == b"cell":
            group.stream.end_cell(self._kind_of(group))
        elif word == b"row":
            group.stream.end_row()
        elif word in APART:
            apart = Stream(self.notes if word == b"footnote" else self._boxes)
            self._group = group._replace(stream=apart, in_table=False, style=0, level=_NO_LEVEL)
        elif word in TABLES:
            self._group = group._replace(into=TABLES[word], stream=Stream([]))
        elif word in CODECS:
            self._codec = CODECS[word]
        elif word == b"ansicpg" and number:
            self._codec = codec_of_page(number)
        elif word == b"deff":
            self._default_font = number

    def _end_group(self) -> None:
        ended, self._group = self._group, self._groups.pop()
        self._fallbacks_left, self._is_starred = 0, False
        if ended.into == "styles":
            if name := ended.stream.take().rstrip(";"):
                self._styles[ended.style] = (kind_named(name), ended.level, ended.based_on)
        elif ended.stream is not self._group.stream or not self._groups:
            if ended.into in ("title", "author"):
                self.said.setdefault(ended.into, ended.stream.take())
            else:
                self._end_paragraph(ended._replace(in_table=False))

    def _end_paragraph(self, group: _Group) -> None:
        group.stream.end_paragraph(self._kind_of(group), in_table=group.in_table)
        if group.stream is self._body:
            self.paragraphs += self._boxes
            self._boxes.clear()

    def _kind_of(self, group: _Group) -> str:
        style, level = group.style, group.level
        for _ in range(10):  # a style may be based on itself
            if level < _NO_LEVEL:
                return "heading"
            kind, level, style = self._styles.get(style, (None, _NO_LEVEL, 0))
            if kind:
                return kind
        return "text"
