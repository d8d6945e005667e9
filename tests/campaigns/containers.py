"""Ways to spoil what is packed: the members and the list of a ZIP file, the objects of a PDF."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

from tests.campaigns.mutations import ANY, KEPT_XML, MAX_BYTES, TEXT, XML, Mutate, mutate

_Members = list[tuple[str, bytes]]
_NAMES = (
    *("../../etc/passwd", "/abs", "C:\\x", "a\\b", "", "a" * 5_000, "é\u0301\ud800"[:2]),
    *("word/document.xml", "META-INF/container.xml"),
    *("mimetype", "META-INF/encryption.xml", "word/styles.xml", "a/../word/document.xml", "a\x00b"),
    *("word/", "[Content_Types].xml"),
)  # fmt: skip


_PDF_NAMES = (
    *(b"/Kids", b"/Parent", b"/Pages", b"/Page", b"/Filter", b"/FlateDecode", b"/ASCIIHexDecode"),
    *(b"/LZWDecode", b"/DCTDecode", b"/ObjStm", b"/Encrypt", b"/ToUnicode", b"/Length", b"/Predictor"),
    *(b"/JBIG2Decode", b"/X" + b"y" * 2_000, b"/" + b"#00" * 99),
)  # fmt: skip


def change_member(members: _Members, random: Random) -> _Members:
    place = random.randrange(len(members))
    name, data = members[place]
    ways = random.choice((KEPT_XML, KEPT_XML, XML)) if b"<" in data[:200] else ANY
    return [*members[:place], (name, mutate(data, ways, random)), *members[place + 1 :]]


def rename_member(members: _Members, random: Random) -> _Members:
    place = random.randrange(len(members))
    return [*members[:place], (random.choice(_NAMES), members[place][1]), *members[place + 1 :]]


def drop_member(members: _Members, random: Random) -> _Members:
    place = random.randrange(len(members))
    return [*members[:place], *members[place + 1 :]]


def double_member(members: _Members, random: Random) -> _Members:
    name, data = random.choice(members)
    return [*members, (name, random.choice((data, b"", mutate(data, ANY, random))))]


def swap_members(members: _Members, random: Random) -> _Members:
    first, other = random.choices(range(len(members)), k=2)
    changed = dict(enumerate(members))
    changed[first], changed[other] = (
        (members[first][0], members[other][1]),
        (members[other][0], members[first][1]),
    )
    return list(changed.values())


def add_bomb(members: _Members, random: Random) -> _Members:
    name = random.choice((random.choice(members)[0], "bomb.xml"))
    filler = random.choice((b"\x00", b" ", b"<p>", b"<w:p/>", b"<item/>"))
    return [(name, filler * (random.choice((10_000, 1_000_000, 5_000_000)) // len(filler))), *members]


def add_many(members: _Members, random: Random) -> _Members:
    return [*members, *((f"m{number}", b"") for number in range(random.choice((10, 1_999, 3_000, 30_000))))]


_OF_MEMBERS: Sequence[Callable[[_Members, Random], _Members]] = (
    *(change_member,) * 20,
    rename_member,
    drop_member,
    double_member,
    swap_members,
    add_bomb,
    add_many,
)


def mutate_archive(data: bytes, random: Random) -> bytes:
    """A ZIP file with other members, or other bytes; mostly still one that opens."""
    if random.random() < 0.1:
        return mutate(data, ANY, random)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(random.choice((1, 1, 2, 3))):
        members = random.choice(_OF_MEMBERS)(members, random) or [("a", b"")]
    packed = _packed(members, random)
    return _with_odd_headers(packed, random) if random.random() < 0.15 else packed


def _packed(members: _Members, random: Random) -> bytes:
    file = io.BytesIO()
    packing = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", packing, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # of names that come twice
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data[:6_000_000], packing)
        archive.comment = random.choice((*(b"",) * 8, b"PK\x05\x06", b"x" * 65_535))
    return file.getvalue()


def _with_odd_headers(data: bytes, random: Random) -> bytes:
    """Other sizes, sums, flags, methods and places in the headers of members, or bytes around it all."""
    changed = bytearray(data)
    marks = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    for start in random.sample(marks, min(len(marks), random.choice((1, 1, 4)))):
        field = start + random.choice((4, 6, 8, 10, 14, 18, 20, 22, 24, 26, 28, 30, 42))
        value = random.choice((0, 1, 8, 9, 99, 0x801, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, random.getrandbits(32)))
        width = random.choice("HI")
        if field + 4 <= len(changed):
            struct.pack_into(f"<{width}", changed, field, value & (0xFFFF if width == "H" else 0xFFFFFFFF))
    around = random.choice(
        (b"", b"", b"x" * 99, b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"PK\x06\x07" + bytes(16))
    )
    return around + bytes(changed) if random.random() < 0.5 else bytes(changed) + around


def change_reference(data: bytes, random: Random) -> bytes:
    """Objects that point to other objects, also to themselves, in a ring, or to none."""
    found = list(re.finditer(rb"\b\d+ 0 R", data))
    for place in sorted(
        random.sample(found, min(len(found), random.choice((1, 2)))), key=lambda at: -at.start()
    ):
        other = random.choice(
            (random.choice(found)[0], b"%d 0 R" % random.randrange(20), b"999999 0 R", b"null")
        )
        data = data[: place.start()] + other + data[place.end() :]
    return data


def change_name(data: bytes, random: Random) -> bytes:
    """Names of a PDF that mean something else, or nothing."""
    found = list(re.finditer(rb"/[A-Za-z0-9]+", data))
    if not found:
        return data
    place = random.choice(found)
    return data[: place.start()] + random.choice(_PDF_NAMES) + data[place.end() :]


def change_stream(data: bytes, random: Random) -> bytes:
    """What a page shows, unpacked, changed and packed again; or its packed bytes spoilt."""
    whole = data[: data.rfind(b"\nendstream") + len(b"\nendstream")]  # each that begins there ends there
    found = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", whole, re.DOTALL))
    if not found:
        return data
    place = random.choice(found)
    try:
        shown = zlib.decompressobj().decompress(place[1], MAX_BYTES)
        changed = zlib.compress(mutate(shown, TEXT, random), 1)
    except zlib.error:
        changed = mutate(place[1], ANY, random)
    return data[: place.start(1)] + changed + data[place.end(1) :]


PDF: Sequence[Mutate] = (
    *ANY,
    change_reference,
    change_reference,
    change_name,
    change_name,
    change_stream,
    change_stream,
    change_stream,
)
