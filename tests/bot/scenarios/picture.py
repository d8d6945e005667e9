"""A conversation as a picture, docs/conversation.png: what the bot sent, drawn by Chromium.

``python -m tests.bot.scenarios picture`` draws it.
"""

from __future__ import annotations

import hashlib
import itertools
import shutil
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pytest

from tests.standin.process import ROOT
from tests.standin.said import Said

PICTURE = ROOT / "docs" / "conversation.png"
COMMAND = "python -m tests.bot.scenarios picture"
BROWSER = "chromium"
WIDTH = 560
SCALE = 2
DRAWS = pytest.StashKey[bool]()

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"Source"
_TAGS = {"bold": ("<b>", "</b>"), "italic": ("<i>", "</i>"), "blockquote": ("<q>", "</q>")}
_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { width: 560px; font: 15px/1.42 Inter, "DejaVu Sans", sans-serif; color: #16212b; background: #d7e3ec }
header { background: #fff; padding: 12px 18px; font-weight: 600; border-bottom: 1px solid #c3d0da }
header small { display: block; font-weight: 400; font-size: 13px; color: #6d7f8d }
main { padding: 14px 14px 18px }
.message { max-width: 500px; width: fit-content; margin-top: 10px }
.bubble { background: #fff; border-radius: 12px; padding: 8px 12px; box-shadow: 0 1px 1px #9fb2c077 }
.of-bot .bubble { background: #f3fbee }
.who { font-weight: 600; font-size: 13.5px; color: #1f77b4 }
.of-bot .who { color: #2f8f46 }
.words { white-space: pre-line }
q { display: block; quotes: none; margin: 3px 0; padding: 4px 10px; border-left: 3px solid #57a773;
    background: #57a77318; border-radius: 4px }
a { color: #1a6fb5; text-decoration: none }
.buttons { display: flex; gap: 5px; margin-top: 5px }
.buttons span { flex: 1; text-align: center; background: #8aa1b3cc; color: #fff; border-radius: 8px;
                padding: 6px 4px; font-size: 14px }
.to { border-left: 3px solid #1f77b4; padding-left: 8px; margin: 3px 0 4px; font-size: 13.5px; color: #52646f;
      white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
"""


@dataclass(frozen=True)
class Drawn:
    """A message of the picture; what it replies to is named where that does not stand right above it."""

    who: str
    said: Said
    to: str = ""


def html_of(title: str, members: str, messages: Sequence[Drawn]) -> str:
    """The page that is drawn."""
    shown = "\n".join(_message(message) for message in messages)
    return (
        f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style>\n'
        f"<header>{escape(title)}<small>{escape(members)}</small></header>\n<main>\n{shown}\n</main>\n"
    )


def digest_of(page: str) -> str:
    """What tells one page from another."""
    return hashlib.sha256(page.encode()).hexdigest()


def drawn_digest(picture: bytes) -> str | None:
    """The digest of the page that a picture shows; None where it does not say."""
    found = [data for kind, data in _chunks(picture) if kind == b"tEXt"]
    return next((data.partition(b"\0")[2].decode() for data in found if data.startswith(_KEYWORD)), None)


def draw(page: str) -> None:
    """Write docs/conversation.png, with the digest of ``page``."""
    with tempfile.TemporaryDirectory() as made:
        source, shot = Path(made) / "page.html", Path(made) / "shot.png"
        source.write_text(page, encoding="utf-8")
        _run(f"--window-size={WIDTH},{_height(source)}", f"--screenshot={shot}", source)
        picture = shot.read_bytes()
    text = _KEYWORD + b"\0" + digest_of(page).encode()
    head = len(_SIGNATURE) + 25  # behind the signature and the first chunk, the header
    PICTURE.write_bytes(picture[:head] + _chunk(b"tEXt", text) + picture[head:])


def _message(message: Drawn) -> str:
    of_bot = " of-bot" if message.said.message["from"]["is_bot"] else ""
    to = f'<div class="to">{escape(message.to)}</div>' if message.to else ""
    who = f'<div class="who">{escape(message.who)}</div>'
    bubble = f'{who}{to}<div class="words">{_words(message.said.message)}</div>'
    rows = message.said.message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = "".join(f'<div class="buttons">{_buttons(row)}</div>' for row in rows)
    return f'<div class="message{of_bot}"><div class="bubble">{bubble}</div>{buttons}</div>'


def _buttons(row: Sequence[dict[str, Any]]) -> str:
    return "".join(f"<span>{escape(button['text'])}</span>" for button in row)


def _words(message: dict[str, Any]) -> str:
    """The text with its entities as HTML; they are nested, and count UTF-16 units."""
    text = message["text"].encode("utf-16-le")
    tags: dict[int, list[str]] = {}
    entities = [entity for entity in message.get("entities", []) if entity["type"] in {*_TAGS, "text_link"}]
    for entity in sorted(entities, key=lambda found: (found["offset"], -found["length"])):
        begin, end = _TAGS.get(entity["type"], ("<a>", "</a>"))
        tags.setdefault(entity["offset"], []).append(begin)
        tags.setdefault(entity["offset"] + entity["length"], []).insert(0, end)
    places = sorted({0, len(text) // 2, *tags})
    words = [text[2 * at : 2 * to].decode("utf-16-le") for at, to in itertools.pairwise(places)]
    shown = ["".join(tags.get(at, [])) + escape(part) for at, part in zip(places, [*words, ""], strict=True)]
    return "".join(shown).replace("</q>\n", "</q>")  # a quotation is a block of its own


def _height(source: Path) -> int:
    """How high the page is, as the browser lays it out."""
    measured = source.with_name("measured.html")
    script = "<script>document.title = document.documentElement.scrollHeight</script>"
    measured.write_text(source.read_text(encoding="utf-8") + script, encoding="utf-8")
    dumped = _run(f"--window-size={WIDTH},100", "--dump-dom", measured)
    return int(dumped.partition("<title>")[2].partition("</title>")[0])


def _run(*arguments: str | Path) -> str:
    """Run the browser without a window; what it prints."""
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--force-device-scale-factor={SCALE}"]
    done = subprocess.run(  # noqa: S603 - a browser, and our own page
        [str(shutil.which(BROWSER)), *options, *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += 12 + length
