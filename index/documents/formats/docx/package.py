"""The parts of a Word document, each as a tree, whatever they are called and in whichever of its two forms.

They are found as Word finds them, by the relations from one to the next. Nothing of them is ever run.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.documents.formats.archive import Archive
from index.documents.formats.markup import is_too_deep
from index.errors import SourceError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    f"{_STRICT}wordprocessingml/main": W[1:-1],
    f"{_STRICT}officeDocument/math": M[1:-1],
}
"""The names of a strict document, and those that all programs write otherwise."""


def relations(archive: Archive, part: str) -> Iterator[tuple[str, str]]:
    """Yield the kind (styles, footnotes, …) and the member of what ``part`` is related to; "" is the whole.

    What is not in the file is left out: programs leave relations behind to pictures that are gone.
    """
    folder, _, name = part.rpartition("/")
    member = archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    if member is None:
        return
    for relation in tree_of(archive, member):
        if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
            continue
        place = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        if target := archive.find(place):
            yield relation.get("Type", "").rpartition("/")[2], target


def main_part(archive: Archive) -> str:
    """Return the member with the text. Raises SourceError when there is none."""
    found = next((member for kind, member in relations(archive, "") if kind == "officeDocument"), None)
    found = found or archive.find("word/document.xml")
    if found is None:
        raise SourceError(f"{archive.name} is damaged: its text is missing. Please download it again.")
    return found


def tree_of(archive: Archive, member: str) -> Any:
    """Return the tree of ``member``, in the names that all programs write. Raises SourceError."""
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(archive.read_xml(member), parser)
    except (etree.XMLSyntaxError, ValueError):
        if is_too_deep(parser):
            raise SourceError(
                f"{archive.name} has elements nested over 250 deep. Please save just its text."
            ) from None
        raise SourceError(
            f"{archive.name} is damaged: its part {member} isn't XML. Please save it again with another "
            "program."
        ) from None
    if any(space.startswith(_STRICT) for space in root.nsmap.values()):
        _rename(root)
    return root


def _rename(root: Any) -> None:
    for element in root.iter(etree.Element):
        element.tag = _usual(element.tag)
        for name, value in element.attrib.items():
            if (usual := _usual(name)) != name:
                del element.attrib[name]
                element.set(usual, value)


def _usual(name: str) -> str:
    space, brace, local = name[1:].partition("}")
    return f"{{{_TRANSITIONAL[space]}}}{local}" if brace and space in _TRANSITIONAL else name
