"""A web page -> an article: its main text, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from charset_normalizer import from_bytes
from lxml import html
from lxml.etree import ParserError

from index.documents.formats.blocks import Block, compose, word_count
from index.documents.formats.charset import codec_of, is_default, unmarked
from index.documents.formats.days import parse_day
from index.documents.formats.html.json_ld import scripts_of
from index.documents.formats.html.main_text import main_blocks
from index.documents.formats.html.metadata import known_of
from index.documents.formats.html.walls import is_wall, refusal_of
from index.documents.formats.inline import settle
from index.documents.formats.markup import is_too_deep, placed_blocks
from index.documents.formats.spanning_cells import repeat_spanning_cells
from index.documents.formats.types import Extracted, Known
from index.documents.normalize import REPLACEMENT
from index.errors import SourceError

FEW_WORDS = 60
"""An article with fewer has to be all that the page says."""
MAX_BLOCKS = 20_000
MAX_ELEMENTS = 100_000
"""With more of them no article is found in the time that there is; a long novel has 12,000 paragraphs."""
_TEASER_WORDS = 250
_FEW_BROKEN = 3  # bytes: a few from elsewhere do not make a page that says it is UTF-8 another encoding
_LEAST_SHARE = 0.15  # of the words in a page's own paragraphs that have to be in the article
_CHARSET = re.compile(
    rb"<meta[^<>]+charset\s*+=\s*+(?:[\"']\s*+)?([A-Za-z0-9_:.-]+)|<\?xml[^<>]+encoding=[\"']([\w.-]+)", re.I
)
_INLINE_DATA = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+")
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.I)


def extract_html(data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Extracted:
    """Return the article in the bytes of a web page called ``name``, which came from ``url``, if known.

    ``charset`` is the encoding that its server named; only a byte order mark is believed more.
    Raises SourceError when the page has none, or only the beginning of one.
    """
    text = _decode(data, charset)
    if _is_cut_off(text):
        raise SourceError(f"{name} is incomplete: it breaks off in the middle. Please download it again.")
    page = _parse(text, name)
    if sum(1 for _ in page.iter()) > MAX_ELEMENTS:
        raise _too_large(name)
    scripts = " ".join(scripts_of(page))
    settle(page)
    repeat_spanning_cells(page)
    known = known_of(page, url)
    placed = list(placed_blocks(page.body)) if page.body is not None else []
    if len(placed) > MAX_BLOCKS:
        raise _too_large(name)
    extracted = compose(_without_head(main_blocks(page, placed), known), known, name)
    _check_whole(page, placed, scripts, extracted, name)
    return extracted


def _decode(data: bytes, charset: str | None) -> str:
    """Decode the page: by its byte order mark, its server, as UTF-8, as it says itself, as it looks."""
    data, marked = unmarked(data)
    if marked:
        return data.decode(marked, "replace")
    served = codec_of(charset)
    if served and not is_default(charset):
        return data.decode(served, "replace")
    found = _CHARSET.search(data[:4096])
    said = codec_of((found[1] or found[2]).decode()) if found else None
    if not (said and said.startswith("iso2022")):  # which is ASCII to the eye
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            if said == "utf-8" and _is_mostly_utf8(data):
                return data.decode("utf-8", "replace")
    codec = served or (said if said and not said.startswith("utf") else None)
    if codec is None:
        guess = from_bytes(data[:100_000]).best() if len(data) >= 200 else None
        codec = guess.encoding if guess else "cp1252"
    return data.decode(codec, "replace")


def _is_mostly_utf8(data: bytes) -> bool:
    """Return whether few bytes of ``data`` are no UTF-8, beside the letters that are more than one byte."""
    text = data.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    return broken <= _FEW_BROKEN or 2 * broken < sum(char > "\x7f" for char in text)


def _is_cut_off(text: str) -> bool:
    """Return whether the body begins, never ends, and breaks off within a sentence or a tag."""
    lower = text.lower()
    return "<body" in lower and "</body" not in lower and "</html" not in lower and lower.rstrip()[-1:] != ">"


def _parse(text: str, name: str) -> Any:
    text = _INLINE_DATA.sub("data:,", text.replace("\x00", ""))
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError:
        raise SourceError(
            f"{name} contains no text. Please save the page again, or save just its text."
        ) from None
    if is_too_deep(parser):
        raise SourceError(f"{name} has elements nested over 250 deep. Please save just its text.")
    return page


def _too_large(name: str) -> SourceError:
    return SourceError(
        f"{name} is too big to find the article in: it has over {MAX_BLOCKS:,} paragraphs, items "
        f"and rows, or over {MAX_ELEMENTS:,} elements. Please save the part you need as text."
    )


def _without_head(blocks: list[Block], known: Known) -> list[Block]:
    """Leave out title, author and day at the beginning.

    They are known already: above the text they would be sentences, or a section.
    """
    return [block for number, block in enumerate(blocks) if number > 3 or not _is_known(block.text, known)]


def _is_known(text: str, known: Known) -> bool:
    line = " ".join(text.split())
    if line == known.title:
        return True
    author = known.author and re.fullmatch(rf"(?:by )?{re.escape(known.author)}", line, re.I)
    return bool(author) or (
        len(line) <= 40 and known.published is not None and parse_day(line) == known.published
    )


def _check_whole(
    page: Any, placed: Sequence[tuple[Block, Any]], scripts: str, extracted: Extracted, name: str
) -> None:
    """Raise SourceError, saying why, when the article is missing or only begins."""
    words = word_count(extracted.text)
    around = word_count(" ".join(block.text for block, _ in placed))
    own = sum(
        count for text in page.xpath(_OWN_PARAGRAPHS) if (count := word_count(text.text_content())) > 15
    )
    titles = [extracted.title, *(block.text for block, _ in placed if block.is_heading)]
    lines = [block.text for block, element in placed if not _is_at_edge(element)]
    if why := refusal_of(titles, lines, words, name):
        raise SourceError(why)
    save = "save the whole article as PDF or text and add that"
    if words < _TEASER_WORDS and (_NOT_FREE.search(scripts) or any(_is_wall(*found) for found in placed)):
        raise SourceError(f"{name} shows only the beginning of its article ({words} words). Please {save}.")
    if words < FEW_WORDS and page.xpath(".//input[@type='password']"):
        raise SourceError(f"{name} is a login page. Please open it in a browser, {save}.")
    if words < FEW_WORDS and page.xpath(_FILMS):
        raise SourceError(
            f"{name} is a page around a video, without an article. Please save its transcript as text."
        )
    if not words:
        raise SourceError(f"I couldn't tell the article in {name} from the rest of the page. Please {save}.")
    if (words < FEW_WORDS and 2 * words < around) or words < _LEAST_SHARE * own:
        raise SourceError(
            f"I could recognize only {words} of the {around} words in {name} as its article. Please {save}."
        )


def _is_wall(block: Block, element: Any) -> bool:
    """Return whether ``block`` says that more is to be had.

    At the edges of a page this may be said on every page.
    """
    return is_wall(block.text) and not _is_at_edge(element)


def _is_at_edge(element: Any) -> bool:
    return any(
        element.tag == edge or next(element.iterancestors(edge), None) is not None
        for edge in ("nav", "header", "footer")
    )


_OWN_PARAGRAPHS = (
    ".//p[not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::form or ancestor::header"
    " or ancestor::*[contains(@class, 'comment') or contains(@id, 'comment')])]"
)
_FILMS = (
    ".//video | .//meta[@property='og:type' and starts-with(@content, 'video')]"
    " | .//iframe[contains(@src, 'youtube') or contains(@src, 'vimeo')]"
)
