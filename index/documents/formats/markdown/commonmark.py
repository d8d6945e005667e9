"""Markdown -> blocks. markdown-it makes the page of it, and what is read is the page, as of any other.

So tags between the words, entities, lists and tables mean here what they mean on a web page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import html
from lxml.etree import ParserError
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from index.documents.formats.blocks import Block
from index.documents.formats.hyphens import join_cut_words
from index.documents.formats.markup import blocks_of, is_too_deep
from index.errors import SourceError

MOST_NESTED = 100
_LONGEST_HEADING = (
    200  # in a line of its own; a paragraph above a rule is no heading, though CommonMark says so
)
_BREAK = re.compile(r"<br\s*+/?>", re.IGNORECASE)
_HIDING = re.compile(
    r"<(script|style|template|noscript|svg|math|iframe|object|canvas|audio|video|map|select|textarea|button|title)\b",
    re.IGNORECASE,
)
_TASK = re.compile(r"\[[ xX]\][ \t]++")
_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*+", re.IGNORECASE)
_HEADING_ID = re.compile(r"\{[#.:][^{}\n]*+\}\Z")
# What programs that make sites replace by something else: {% include x %}, {{< figure x >}}, {: .class}
_DIRECTIVE = re.compile(r"\{%[^{}\n]*%\}|\{\{[<%][^{}\n]*[>%]\}\}|^\{:[^{}\n]*\}$", re.MULTILINE)
_CODE = "\u2060"  # around the number of a piece of code; it is in no text in normal form
_CODE_NUMBER = re.compile(f"{_CODE}([0-9]++){_CODE}")


def markdown_blocks(text: str, name: str, *, is_of_site: bool = False) -> list[Block]:
    """Return the blocks of ``text``, which is in normal form: paragraphs, items, rows, code, headings.

    The lines of a paragraph stay as they are broken, but for words that a hyphen cuts. ``is_of_site`` says
    that a program makes a page of it: what that replaces is left out. Raises SourceError when it is nested
    too deeply to be read whole.
    """
    parser = _parser()
    tokens = parser.parse(text)
    if any(token.level >= MOST_NESTED - 1 for token in tokens):
        raise SourceError(
            f"{name} has quotes and lists in one another over {MOST_NESTED} deep. Please save just its text."
        )
    code: list[str] = []
    return [
        block
        for page in _pages(tokens, code)
        for found in _blocks_of_page(parser.renderer.render(page, parser.options, {}), name)
        for block in _whole(found, code, is_of_site=is_of_site)
    ]


def _parser() -> MarkdownIt:
    """Return a parser of CommonMark with tables, struck-out words and notes, as most programs know it."""
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTED}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    for kind in ("footnote_ref", "footnote_anchor", "image", "footnote_block_open", "footnote_block_close"):
        parser.add_render_rule(kind, _nothing)
    parser.add_render_rule("footnote_open", lambda *_: "<div>")
    parser.add_render_rule("footnote_close", lambda *_: "</div>")
    parser.add_render_rule("softbreak", _line_break)
    parser.core.ruler.push("as_read", _as_read)
    return parser


def _nothing(*_: object) -> str:
    return ""


def _line_break(_renderer: object, tokens: Sequence[Token], place: int, *_: object) -> str:
    """Write the end of a line of the file; behind a break that is written out it is none of its own."""
    before = tokens[place - 1] if place else None
    return "\n" if before and before.type == "html_inline" and _BREAK.fullmatch(before.content) else "<br>\n"


def _as_read(state: Any) -> None:
    """Change the tokens of a file to what a reader sees of them."""
    before: list[Token] = []  # the two tokens that stand before
    for place, token in enumerate(state.tokens):
        if token.type == "heading_open" and not _is_heading(token, state.tokens[place + 1]):
            token.tag = state.tokens[place + 2].tag = "p"
        if token.type == "inline" and token.children:
            token.children = _seen(token.children)
            if before and before[-1].type == "paragraph_open":
                _mark_beginning(token, before[0])
        before = [*before[-1:], token]


def _is_heading(opening: Token, inline: Token) -> bool:
    """Return whether what CommonMark takes for a heading is one, and no paragraph right above a rule."""
    words = inline.content
    if opening.markup not in ("=", "-"):
        return True
    return "\n" not in words and len(words) <= _LONGEST_HEADING and (opening.markup, words[-1:]) != ("-", ".")


def _mark_beginning(paragraph: Token, parent: Token) -> None:
    """Write the number of an item before its words; leave out the box of a task and the sign of an alert."""
    children = paragraph.children or []
    pattern = {"list_item_open": _TASK, "blockquote_open": _ALERT}.get(parent.type)
    if pattern and children and children[0].type == "text":
        children[0].content = pattern.sub("", children[0].content, count=1)
    if parent.type == "list_item_open" and parent.info:
        children.insert(0, Token("text", "", 0, content=f"{parent.info}{parent.markup} "))


def _seen(children: Sequence[Token]) -> list[Token]:
    """Return the words, without what is struck out, comments, and tags that never end.

    What such a tag might hide is read.
    """
    ends = Counter(child.content.lower() for child in children if child.type == "html_inline")
    seen = []
    struck = 0
    for child in children:
        struck += child.type == "s_open"
        if not struck and not (child.type == "html_inline" and _is_unseen(child.content, ends)):
            seen.append(child)
        struck -= child.type == "s_close"
    return seen


def _is_unseen(tag: str, ends: Mapping[str, int]) -> bool:
    found = _HIDING.match(tag)
    return tag.startswith("<!") or (found is not None and f"</{found[1].lower()}>" not in ends)


def _pages(tokens: Sequence[Token], code: list[str]) -> Iterator[list[Token]]:
    """Yield the ``tokens`` of each page, where numbers stand for the pieces of code, which go to ``code``.

    A part of the file that has tags of its own is a page by itself: one that never ends goes no further.
    """
    page: list[Token] = []
    for part in _parts(tokens):
        numbered = [_numbered(token, code) for token in part]
        if any(map(_has_tags, numbered)):
            yield page
            yield numbered
            page = []
        else:
            page.extend(numbered)
    yield page


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            yield part
            part = []
        part.append(token)
    yield part


def _numbered(token: Token, code: list[str]) -> Token:
    """Return ``token``; of a piece of code, which is put behind ``code``, a paragraph with its number."""
    if token.type not in ("fence", "code_block"):
        return token
    code.append(token.content.rstrip())
    return Token("html_block", "", 0, content=f"<p>{_CODE}{len(code) - 1}{_CODE}</p>\n", level=token.level)


def _has_tags(token: Token) -> bool:
    if token.type == "html_block":
        return _CODE not in token.content
    return any(child.type == "html_inline" for child in token.children or ())


def _blocks_of_page(page: str, name: str) -> list[Block]:
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        root = html.document_fromstring(
            f"<html><body>{page}</body></html>".encode("utf-8", "replace"), parser=parser
        )
    except ParserError:
        return []
    if is_too_deep(parser):
        raise SourceError(f"{name} has elements in one another over 250 deep. Please save just its text.")
    return list(blocks_of(root))


def _whole(block: Block, code: Sequence[str], *, is_of_site: bool) -> Iterator[Block]:
    """Yield ``block`` as it is read: the code that it stands for, or its words."""
    number = _CODE_NUMBER.fullmatch(block.text)
    if number and int(number[1]) < len(code):
        yield Block(code[int(number[1])])
        return
    text = _DIRECTIVE.sub("", block.text) if is_of_site else block.text
    text = _HEADING_ID.sub("", text).rstrip() if block.is_heading else join_cut_words(text)
    if text.strip():
        yield Block(text, block.is_heading)
