"""A copy of a page in which every paragraph is its words and links, for trafilatura.

trafilatura leaves out what is marked as an author's name, a button, a share of something: in the middle of a
sentence, too, and sometimes all that follows it there. What stands in a sentence belongs to it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from index.documents.formats.markup import CELLS, is_block, is_skipped

_KEPT = frozenset(["a", "br", "img"])
_ATTRIBUTES = frozenset(["href", "src"])
_SENTENCE_WORDS = 12
_WORDS_AROUND = 3


def plain_copy(page: Any) -> Any:
    """Return a copy of the tree ``page``; paragraphs hold only words, links, pictures and line breaks."""
    copy = deepcopy(page)
    body = copy.body
    if body is None:
        return copy
    above = _with_blocks_inside(body)
    for element in [found for found in body.iter(etree.Element) if _is_block(found) and found not in above]:
        inside = [found for found in element.iter(etree.Element) if found is not element]
        if inside and _is_sentence(element, inside):
            _make_plain(inside)
    for element in above:
        _make_direct_text_plain(element)
    return copy


def _is_block(element: Any) -> bool:
    return is_block(element) or element.tag in CELLS


def _with_blocks_inside(body: Any) -> set[Any]:
    above: set[Any] = set()
    for element in body.iter(etree.Element):
        if element is not body and _is_block(element):
            up = element.getparent()
            while up is not None and up not in above:
                above.add(up)
                up = up.getparent()
    return above


def _is_sentence(element: Any, inside: list[Any]) -> bool:
    """Return whether ``element`` is more than the names and dates that are marked in it."""
    words = len("".join(element.itertext()).split())
    marked = [found for found in inside if found.get("class") or found.get("id")]
    if not marked or words >= _SENTENCE_WORDS:
        return True
    seen = set(marked)
    outermost = [found for found in marked if seen.isdisjoint(found.iterancestors())]
    within = sum(len("".join(found.itertext()).split()) for found in outermost)
    return words - within >= _WORDS_AROUND


def _make_plain(inside: list[Any]) -> None:
    for element in inside:
        if is_skipped(element):
            element.drop_tree()
        elif element.tag not in _KEPT or (element.tag == "a" and not "".join(element.itertext()).strip()):
            element.drop_tag()
        else:
            for name in set(element.attrib) - _ATTRIBUTES:
                del element.attrib[name]


def _make_direct_text_plain(element: Any) -> None:
    """Make what stands in the text between the blocks of ``element`` plain, where that text has words."""
    text = " ".join([element.text or "", *(child.tail or "" for child in element)])
    if len(text.split()) < _WORDS_AROUND:
        return
    for child in list(element):
        if not _is_block(child) and child.find(".//*") is None:
            _make_plain([child])
