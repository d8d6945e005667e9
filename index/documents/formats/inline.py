"""The marks within the paragraphs of a tree of HTML, written as a reader of the page sees them.

What is struck out goes, ``<q>`` gets its marks, superscripts and subscripts join no number.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from index.documents.formats.scripts import subscript, superscript

_STRUCK_TAGS = frozenset(["s", "del", "strike"])
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,60}\bline-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super\b", re.IGNORECASE)
_LOWERED = re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE)
_NOTE = re.compile(r"\W?\s?(?:\d{1,3}[a-z]?|[a-z]|[ivx]{1,5}|[*†‡§¶])\s?\W?", re.IGNORECASE)
_NOTE_TYPES = frozenset(["noteref", "doc-noteref"])
_INSIDE = frozenset(
    [
        *("a", "abbr", "b", "cite", "code", "em", "font", "i", "ins", "mark", "small", "span", "strong"),
        *("sub", "sup", "time", "tt", "u", "wbr"),
    ]
)
_RECENT = 40  # letters before a superscript that say what it is
_MARKS = (("“", "”"), ("‘", "’"))


def settle(root: Any) -> None:
    """Change the tree below ``root``, made by lxml.html, in place: it has no such marks any more."""
    _leave_out_control_characters(root)
    for element in [found for found in root.iter(etree.Element) if found is not root]:
        if _is_struck(element) and any(map(str.isalnum, "".join(element.itertext()))):
            element.drop_tree()
    for element in list(root.iter("q")):
        _set_in_marks(element)
    for element, text in _scripts_of(root):
        for child in list(element):
            element.remove(child)
        element.text = text
        element.drop_tag()


def _leave_out_control_characters(root: Any) -> None:
    """Take out what lxml reads, also out of ``&#1;``, and would not set into a tree."""
    for element in root.iter(etree.Element):
        if element.text and _CONTROL.search(element.text):
            element.text = _CONTROL.sub("", element.text)
        if element.tail and _CONTROL.search(element.tail):
            element.tail = _CONTROL.sub("", element.tail)


def _is_struck(element: Any) -> bool:
    style = element.get("style")
    return element.tag in _STRUCK_TAGS or (style is not None and _STRUCK.search(style) is not None)


def _set_in_marks(quotation: Any) -> None:
    inside = sum(1 for _ in quotation.iterancestors("q"))
    first, last = _MARKS[inside % 2]
    text = "".join(quotation.itertext()).strip()
    if text[:1] not in tuple("“„«\"‘'") or text[-1:] not in tuple("”“»\"’'"):
        quotation.text = f"{first}{(quotation.text or '').lstrip()}"
        end = quotation[-1] if len(quotation) else None
        if end is None:
            quotation.text = f"{quotation.text.rstrip()}{last}"
        else:
            end.tail = f"{(end.tail or '').rstrip()}{last}"


def _scripts_of(root: Any) -> list[tuple[Any, str]]:
    """Return the superscripts, subscripts and marks of notes, each with what it becomes."""
    found: list[tuple[Any, str]] = []
    recent = ""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag not in _INSIDE and element.tag != "q":
                recent = ""
            kind = _kind_of(element) if element is not root else ""
            if kind:
                become = _become(element, kind, recent)
                found.append((element, become))
                recent = (recent + become)[-_RECENT:]
                walk.skip_subtree()
            else:
                recent = (recent + (element.text or ""))[-_RECENT:]
        elif element is not root:
            recent = (recent + (element.tail or ""))[-_RECENT:]
    return found


def _kind_of(element: Any) -> str:
    """Return "sup", "sub" or "note"; "" for any other element."""
    if element.tag in ("sup", "sub"):
        return str(element.tag)
    said = f"{element.get('epub:type') or ''} {element.get('role') or ''}".split()
    if element.tag == "a" and not _NOTE_TYPES.isdisjoint(said):
        return "note"
    style = element.get("style")
    if element.tag in ("span", "small", "font") and style:
        return "sup" if _RAISED.search(style) else "sub" if _LOWERED.search(style) else ""
    return ""


def _become(element: Any, kind: str, before: str) -> str:
    run = " ".join("".join(element.itertext()).split(" "))
    is_link = element.tag == "a" or element.find(".//a[@href]") is not None
    is_link = is_link or next(element.iterancestors("a"), None) is not None
    if kind != "sub" and is_link and _NOTE.fullmatch(run.strip()):
        return ""
    if kind == "note":
        return run
    return (superscript if kind == "sup" else subscript)(run, before, _following(element))


def _following(element: Any) -> str:
    """Return some of the text behind ``element``: to its next neighbour, at most."""
    if element.tail:
        return str(element.tail[:_RECENT])
    follows = element.getnext()
    if follows is not None and follows.tag in _INSIDE - {"sub", "sup"}:
        return str(next(follows.itertext(), ""))[:_RECENT]
    above = element.getparent()
    return (above.tail or "")[:_RECENT] if follows is None and above.tag in _INSIDE else ""
