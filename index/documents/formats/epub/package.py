"""The package of an EPUB: which members are its chapters, and what it says of itself."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from index.documents.formats.archive import Archive
from index.documents.formats.blocks import one_line
from index.documents.formats.days import parse_day
from index.documents.formats.epub.xml import local_name, parse_xml
from index.documents.formats.names import chosen_title, real_author
from index.documents.formats.types import Known
from index.errors import SourceError

_CONTAINER = "META-INF/container.xml"
_CHAPTER = re.compile(r"html|oeb1-document|dtbook", re.I)
_MARKUP = re.compile(r"(?:application|text)/xml", re.I)
_CHAPTER_NAME = re.compile(r"\.(?:x?html?|xml)$", re.I)
_MOST_FALLBACKS = 10
_NO_TITLES = frozenset(["subtitle", "short", "collection", "edition", "extended"])
_AUTHORS = frozenset(["", "aut"])
_DATES = ("publication", "", "original-publication", "issued", "creation")
"""Events of a book's days, the one that is asked for first; a modification or a conversion is none."""


class _Said(NamedTuple):
    """A line of the metadata, and the attributes and refinements that say what it is."""

    line: str
    about: Mapping[str, str]


def package_path(archive: Archive) -> str:
    """Return the member that lists the chapters. Raises SourceError when there is none."""
    container = archive.find(_CONTAINER)
    named = [] if container is None else list(_named_packages(parse_xml(archive, container)))
    if found := next((member for path in named if (member := archive.find(path))), None):
        return found
    packages = [member for member in archive.members if member.lower().endswith(".opf")]
    if len(packages) == 1:
        return packages[0]
    where = f"its list of chapters, {named[0]}, is missing" if named else "it doesn't say where its text is"
    raise SourceError(f"{archive.name} is damaged: {where}. Please download or convert it again.")


def _named_packages(container: Element) -> Iterator[str]:
    for element in container.iter():
        if local_name(element) == "rootfile" and element.get("full-path"):
            yield str(element.get("full-path"))


def chapters(package: Element, path: str, archive: Archive) -> list[str]:
    """Return the members with text, in reading order. Raises SourceError when one is missing."""
    items = {item.get("id", ""): item for item in package.iter() if local_name(item) == "item"}
    found = []
    for reference in package.iter():
        if local_name(reference) != "itemref" or reference.get("linear") == "no":
            continue
        item = _chapter_item(items, reference.get("idref", ""))
        if item is None or "nav" in item.get("properties", "").split():
            continue
        href = item.get("href", "").partition("#")[0].replace("\\", "/")
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
        member = archive.find(place)
        if member is None:
            raise SourceError(
                f"{archive.name} is damaged: its chapter {place} is missing. Please download it again."
            )
        found.append(member)
    if not found:
        raise SourceError(
            f"{archive.name} lists no chapters. Please convert it again, or unpack it and add what's inside."
        )
    return list(dict.fromkeys(found))


def _chapter_item(items: Mapping[str, Element], name: str) -> Element | None:
    """Return the item called ``name``, or the first of its fallbacks, that is a chapter."""
    for _ in range(_MOST_FALLBACKS):  # an item may fall back on itself
        item = items.get(name)
        if item is None or _is_chapter(item):
            return item
        name = item.get("fallback", "")
    return None


def _is_chapter(item: Element) -> bool:
    kind = item.get("media-type", "")
    is_markup = not kind or _MARKUP.match(kind)
    return bool(_CHAPTER.search(kind) or (is_markup and _CHAPTER_NAME.search(item.get("href", ""))))


def known_of(package: Element, url: str | None) -> Known:
    """Return what ``package`` says of the book; its address is ``url``, if that is known."""
    said = _all_said(package)
    titles = said.get("title", [])
    main = [title for title in titles if title.about.get("title-type") == "main"]
    others = [title for title in titles if title.about.get("title-type") not in _NO_TITLES]
    authors = [
        real_author(name.line)
        for name in said.get("creator", [])
        if name.about.get("role", "").lower() in _AUTHORS
    ]
    dates = [(day.about.get("event", "").lower(), parse_day(day.line)) for day in said.get("date", [])]
    addresses = [
        found.line
        for found in said.get("source", []) + said.get("identifier", [])
        if re.match(r"https?://\S+$", found.line)
    ]
    return Known(
        title=next((title.line for title in [*main, *others, *titles] if chosen_title(title.line)), None),
        author=", ".join(dict.fromkeys(filter(None, authors))) or None,
        publisher=next((found.line for found in said.get("publisher", [])), None),
        published=next((day for event in _DATES for about, day in dates if day and about == event), None),
        language=next((found.line for found in said.get("language", [])), None),
        url=url or next(iter(addresses), None),
    )


def _all_said(package: Element) -> dict[str, list[_Said]]:
    """Return what the metadata says, by the element's name; of OEB that is in capitals."""
    metadata = next((found for found in package.iter() if local_name(found) == "metadata"), None)
    said: dict[str, list[_Said]] = {}
    if metadata is None:
        return said
    refined: dict[str, dict[str, str]] = {}
    for found in metadata.iter():
        if local_name(found) == "meta" and (target := found.get("refines", "").removeprefix("#")):
            refined.setdefault(target, {}).setdefault(found.get("property", ""), (found.text or "").strip())
    for found in metadata.iter():
        if line := one_line("".join(found.itertext())):
            about = {name.rpartition("}")[2]: value.strip() for name, value in found.attrib.items()}
            said.setdefault(local_name(found), []).append(
                _Said(line, about | refined.get(about.get("id", ""), {}))
            )
    return said
