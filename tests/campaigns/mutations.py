"""Ways to spoil a file: any bytes, text, XML, a ZIP file, a PDF, RTF. Each takes bytes and gives bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

MAX_BYTES = 1_500_000
"""Of a mutated file: what is long takes long in a way that other tests measure."""

Mutate = Callable[[bytes, Random], bytes]

_ODD_BYTES = (
    *(b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff\x00", b"\x1b", b"\xc0\x80"),
    *(b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *(b"\r", b"\r\n\r\n", b"\x0c", b"\x1a", b"%PDF-1.7\n", b"PK\x03\x04", b"%%EOF\n", b"<html>"),
    *(b"---\n", b"{\\rtf1", b"\x1f\x8b"),
)  # fmt: skip
_NUMBERS = (
    *(b"0", b"-1", b"1", b"255", b"256", b"65535", b"65536", b"2147483647", b"2147483648", b"-2147483648"),
    *(b"4294967296", b"9223372036854775807", b"9223372036854775808", b"1e309", b"-1e309", b"1e-400"),
    *(b"NaN", b"0.0000001"),
    *(b"9" * 30, b"9" * 5_000, b"0x41", b"0" * 400 + b"1", b"1.", b".5", b"--5", b"1_000", "١٢".encode()),
)  # fmt: skip
_WORDS = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *("e" + "\u0301\u0316" * 2_000, "\u202e\u2066", "\u200b" * 500, "\ud800", "\udfff\ud800"),
        *("🦔" * 300, "\u1100\u1161\u11a8" * 99),
        *("a" * 20_000, "a " * 5_000, "\u00a0" * 3_000, "\u2028\u2029\x85", "ﷺ" * 300),
        *("<!---->" * 60 + "x", "\u0000", "\ufffe\uffff"),
        *("“" * 3_000, "A. " * 3_000, "1. " * 2_000, "(" * 5_000, "http://" * 500),
        *("data:;base64," * 300, "2024-02-30", "9999-99-99"),
        *("date 0000-00-00 ", "---\ntitle: a\n---\n", "# " * 2_000, "- " * 2_000, "[[" * 3_000),
        *("`" * 5_000, "\\" * 5_000, "%s%n{}" * 9),
    )
)  # fmt: skip
_XML_WORDS = tuple(
    word for word in _WORDS if not re.search(rb"[<>&\x00-\x08]|\xed[\xa0-\xbf]|\xef\xbf[\xbe\xbf]", word)
)
_DEEP = (
    b"<div>",
    b"<p><b>",
    b"<table><tr><td>",
    b"<ul><li>",
    b"<blockquote>",
    b"<svg>",
    b"<a href=x>",
    b"<<",
    b"[",
    b"(",
    b"> ",
    b"{",
    b"<!--",
)


_TAGS = (
    *(b"p", b"script", b"style", b"html", b"body", b"title", b"a:b", b"x" * 3_000, b"", b"!--", b"?xml"),
    *(b"![CDATA[", b"svg", b"base", b"\xc3\xa9"),
)
_VALUES = (
    *(b"x" * 20_000, b"&quot;" * 999, b"https://[", b"http://127.0.0.1/", b"data:text/html,x"),
    *(b"file:///etc/passwd", b"//", b"utf-7", b"utf-16", b"unknown-8bit", b"idna", b"zlib", b"-1", b"1e999"),
    b"\x00",
)
_CONTROL_WORDS = (
    rb"\bin9 |\bin-9 |\bin99999999999 |\u-10179?|\u99999999999 |\uc0 |\uc9999 |\'|\'8|\*|\ansicpg932 |\mac |"
    rb"\f1 |\ansicpg65001 |\f99999999999 |\cell |\row |\nestcell |\intbl |\par |\pard |\plain |\v |\s1 |"
    rb"{\footnote |{\shptxt |{\upr{\*\ud |{\stylesheet{\s1\sbasedon1 a;}|{\fonttbl\f1|}"
).split(b"|")


def flip_bits(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def set_bytes(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random, 64)
    return data[:start] + random.randbytes(end - start) + data[end:]


def truncate(data: bytes, random: Random) -> bytes:
    return (
        data[: random.randrange(len(data) + 1)]
        if random.random() < 0.8
        else data[random.randrange(len(data) + 1) :]
    )


def delete_chunk(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random, max(8, len(data) // 4))
    return data[:start] + data[end:]


def duplicate_chunk(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random, max(8, len(data) // 4))
    times = random.choice((1, 1, 2, 10, 100, 1_000))
    return data[:end] + (data[start:end] * times)[:MAX_BYTES] + data[end:]


def move_chunk(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random, max(8, len(data) // 4))
    rest = data[:start] + data[end:]
    place = random.randrange(len(rest) + 1)
    return rest[:place] + data[start:end] + rest[place:]


def insert_odd_bytes(data: bytes, random: Random) -> bytes:
    place = random.choice((0, random.randrange(len(data) + 1)))
    return data[:place] + random.choice(_ODD_BYTES) * random.choice((1, 1, 1, 50, 5_000)) + data[place:]


def change_number(data: bytes, random: Random) -> bytes:
    return _replace(rb"-?\d+(?:\.\d+)?", data, random, lambda _: random.choice(_NUMBERS))


def change_word(data: bytes, random: Random) -> bytes:
    return _replace(rb"[A-Za-z]{2,}", data, random, lambda _: random.choice(_WORDS))


def double_line(data: bytes, random: Random) -> bytes:
    return _replace(rb"(?<![^\n])[^\n]++\n", data, random, lambda line: line * random.choice((2, 50, 2_000)))


def nest_deep(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    opening = random.choice(_DEEP)
    return data[:place] + opening * random.choice((10, 300, 3_000, 30_000)) + data[place:]


def change_tag(data: bytes, random: Random) -> bytes:
    return _replace(rb"(?<=<)/?[A-Za-z:!?]+", data, random, lambda _: random.choice(_TAGS))


def change_attribute(data: bytes, random: Random) -> bytes:
    return _replace(rb"(?<==\")[^\"]*", data, random, lambda _: random.choice((*_VALUES, *_WORDS)))


def drop_tag(data: bytes, random: Random) -> bytes:
    return _replace(rb"<[^<>]+>", data, random, lambda _: b"")


def double_element(data: bytes, random: Random) -> bytes:
    return _replace(
        rb"<([\w:]+)(?: [^<>]*[^<>/])?>[^<>]{0,500}</\1>",
        data,
        random,
        lambda element: element * random.choice((2, 30, 3_000)),
    )


def change_text(data: bytes, random: Random) -> bytes:
    """Other words between the tags; what is well formed stays so."""
    return _replace(rb"(?<=>)[^<>]{2,}(?=<)", data, random, lambda _: random.choice(_XML_WORDS))


def wrap_element(data: bytes, random: Random) -> bytes:
    """An element inside many of its own name; what is well formed stays so."""

    def wrap(element: bytes) -> bytes:
        name = element[1:].split(b">")[0].split()[0]
        depth = random.choice((2, 50, 300, 3_000))
        return (b"<" + name + b">") * depth + element + (b"</" + name + b">") * depth

    return _replace(rb"<([\w:]+)(?: [^<>]*[^<>/])?>[^<>]*</\1>", data, random, wrap)


def insert_markup(data: bytes, random: Random) -> bytes:
    pieces = (
        *(b"&#0;", b"&#x110000;", b"&#99999999999999;", b"&#xD800;", b"&nosuch;", b"&amp" * 999),
        *(b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?x"),
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]>',
        *(b'<!DOCTYPE a SYSTEM "file:///etc/passwd">', b"<a " + b"b=c " * 3_000 + b">"),
        *(b"<meta charset=utf-16>", b"<meta charset=zlib>", b"<?xml version='1.0' encoding='utf-32'?>"),
        *(b"<plaintext>", b"<frameset>", b"<base href='https://['>"),
        b"<script type='application/ld+json'>" + b"[" * 50_000 + b"</script>",
        b"<script type='application/ld+json'>{\"@graph\": [1, null, {}]}</script>",
        *(b"<template>", b"<table>" * 99, b"<select><option>" * 99, b"<font>" * 999, b"<math><mi>"),
        *(b"<img src=x>" * 999, b"<br>" * 9_999),
    )  # fmt: skip
    place = random.choice([found.start() for found in re.finditer(rb"<", data)] or [0])
    return data[:place] + random.choice(pieces) + data[place:]


def insert_control_word(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(_CONTROL_WORDS) * random.choice((1, 1, 1, 50, 5_000)) + data[place:]


KEPT_XML: Sequence[Mutate] = (change_text, wrap_element, double_element, change_text)
ANY: Sequence[Mutate] = (
    flip_bits,
    set_bytes,
    truncate,
    delete_chunk,
    duplicate_chunk,
    move_chunk,
    insert_odd_bytes,
    change_number,
)
TEXT: Sequence[Mutate] = (*ANY, change_word, change_word, double_line, nest_deep)
RTF: Sequence[Mutate] = (*TEXT, insert_control_word, insert_control_word, insert_control_word)
XML: Sequence[Mutate] = (
    *TEXT,
    change_tag,
    change_attribute,
    drop_tag,
    double_element,
    insert_markup,
    insert_markup,
)


def mutate(data: bytes, ways: Sequence[Mutate], random: Random) -> bytes:
    """``data`` after one or more of ``ways``, cut where it grows too long."""
    for _ in range(random.choice((1, 1, 2, 4))):
        data = random.choice(ways)(data, random)[:MAX_BYTES]
    return data


def splice(data: bytes, other: bytes, random: Random) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def _span(data: bytes, random: Random, longest: int) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randint(1, longest))


def _replace(pattern: bytes, data: bytes, random: Random, instead: Callable[[bytes], bytes]) -> bytes:
    """``data`` with one, or some, of what fits ``pattern`` replaced."""
    found = list(re.finditer(pattern, data))
    for place in sorted(
        random.sample(found, min(len(found), random.choice((1, 1, 3)))), key=lambda at: -at.start()
    ):
        data = data[: place.start()] + instead(place[0]) + data[place.end() :]
    return data
