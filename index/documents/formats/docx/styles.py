"""The styles of a Word document: what each is for, and how its letters look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.documents.formats.docx.package import W
from index.documents.formats.styles import kind_named

_MOST_BASES = 10  # a style may be based on itself
_SIZE = 20.0
_OFF = frozenset(["0", "false", "off", "none"])


class Styles:
    """What the styles of a document are for: heading, title, author, date, contents, or text."""

    def __init__(self, tree: Any = None) -> None:
        """Take the styles in the part ``tree``; there may be none."""
        found = () if tree is None else tree.iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in found}
        size = None if tree is None else value_of(tree, f"docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
        self.usual_size = float(size) if size and size.isdecimal() and len(size) < 5 else _SIZE
        """Of letters of which nothing is said, in half points."""

    def kind_of(self, paragraph: Any) -> str:
        """Return what ``paragraph`` is for."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "text"
        if level := value_of(properties, "outlineLvl"):
            return "heading" if level < "9" else self._kind_named(properties)
        return self._kind_named(properties)

    def _kind_named(self, properties: Any) -> str:
        for style in self._with_bases(value_of(properties, "pStyle")):
            if kind := kind_named(value_of(style, "name") or ""):
                return kind
            if style.find(f"{W}pPr/{W}outlineLvl") is not None:
                return "heading"
        return "text"

    def look(self, run: Any, style: str | None, name: str) -> str | None:
        """Return the property ``name`` of the letters of ``run``: its own, its style's, or that of ``style``.

        "" where it is switched off. ``style`` is that of the paragraph: to find it takes time in a long one.
        """
        of_run = run.find(f"{W}rPr")
        if of_run is not None:
            said = value_of(of_run, name)
            if said is not None:
                return "" if said in _OFF else said
        styles = (
            value_of(of_run, "rStyle") if of_run is not None else None,
            style,
        )
        for named in styles:
            for base in self._with_bases(named):
                said = value_of(base, f"rPr/{W}{name}")
                if said is not None:
                    return "" if said in _OFF else said
        return None

    def _with_bases(self, name: str | None) -> Iterator[Any]:
        for _ in range(_MOST_BASES):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value_of(style, "basedOn")


def value_of(element: Any, path: str) -> str | None:
    """Return the value of the property at ``path`` below ``element``, "1" for one without, None for none."""
    found = element.find(f"{W}{path}")
    return None if found is None else str(found.get(f"{W}val", "1"))


def style_of(paragraph: Any) -> str | None:
    """Return the name of the style of ``paragraph``; None without one."""
    properties = paragraph.find(f"{W}pPr")
    return None if properties is None else value_of(properties, "pStyle")
