"""Texts that are made to keep a regular expression busy, out of the expression itself."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_PARSER: Any = importlib.import_module("re._parser")
_TAILS = ("", "\x00", "a")
_CANDIDATES = " \n\ta1.-,A:;'\"”’#<>/()[]{}|·é文“_=&?!%$@*+~^`\x00\u00a0"
COMMON = (
    " ", "\t", "\n", "a", "A", "1", ".", "-", '"', "“", "'", "’", "(", "[", "<", "#", "_", "é", "文", "\x00",
    "a ", "A ", " a", "a.", "A. ", "1. ", "1.", ", ", "\n\n", " \n", "\n ", "\n\na", "# ", "A-", "a’", "?",
    "? ", "aa bb ", "Aa Bb ", "\ud800", "\u0301", "🦔", "[1]", "“a", "“a” ", "a\n", "a_", "<a", "--", "&a",
    "/", "//",
)  # fmt: skip
"""Shapes that are tried of every pattern."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of any length: something repeated, behind what is to stand before it, and before a tail."""

    before: str
    repeated: str
    tail: str

    def text(self, length: int) -> str:
        """About ``length`` characters of this shape."""
        return self.before + self.repeated * (length // len(self.repeated)) + self.tail


def shapes_for(pattern: re.Pattern[Any]) -> list[Shape]:
    """Shapes made to keep ``pattern`` busy, without doubles.

    In each something the pattern may repeat, or all that it wants but its end, is repeated, behind what the
    pattern wants before it, and before something that fails.
    """
    wanted = _sequence(_PARSER.parse(pattern.pattern, pattern.flags).data, pattern)
    made = [(*parts, tail) for parts in _repeats(wanted) if parts[1] for tail in _TAILS]
    common = [("", repeated, tail) for repeated in COMMON for tail in _TAILS[:2]]
    return [Shape(*parts) for parts in dict.fromkeys([*made, *common])]


def _repeats(wanted: _Node) -> Iterator[tuple[str, str]]:
    """Yield what comes before a repeat of the pattern with what it repeats, and parts of the whole."""
    for example in wanted.examples:
        for end in {1, len(example) // 2, len(example) - 1, len(example)}:
            yield "", example[: max(end, 1)]
    yield from wanted.repeats("")


class _Node:
    """A part of a pattern: texts that fit it, shortest first, and the repeats inside it."""

    def __init__(
        self, examples: Sequence[str], children: Sequence[tuple[str, _Node]] = (), loops: bool = False
    ) -> None:
        unique = list(dict.fromkeys(examples)) or [""]
        self.examples = sorted(unique, key=len)[:4]
        self._children = children  # with what stands before each
        self._loops = loops

    def repeats(self, before: str) -> Iterator[tuple[str, str]]:
        for ahead, child in self._children:
            if self._loops:
                for example in child.examples:
                    yield before, example
                    yield "", before + example
                for first, second in zip(child.examples, child.examples[1:], strict=False):
                    yield before, first + second
            yield from child.repeats(before + ahead)


def _sequence(items: Sequence[Any], pattern: re.Pattern[Any]) -> _Node:
    nodes = [_node(item, pattern) for item in items]
    children: list[tuple[str, _Node]] = []
    longest = shortest = ""
    others = [""]
    for node in nodes:
        children.append((longest, node))
        longest, shortest = longest + node.examples[-1], shortest + node.examples[0]
        others = [other + example for other in others[:2] for example in node.examples[:2]]
    return _Node([shortest, longest, *others], children)


def _node(item: Any, pattern: re.Pattern[Any]) -> _Node:
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return _Node([chr(value)])
    if kind in ("ANY", "IN", "NOT_LITERAL"):
        return _Node(_members(item, pattern))
    if kind == "BRANCH":
        branches = [_sequence(branch.data, pattern) for branch in value[1]]
        first = [branch.examples[0] for branch in branches]
        return _Node([*first[:2], *first[-2:]], [("", branch) for branch in branches])
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = value
        inner = _sequence(body.data, pattern)
        again = min(max(least, 1), 20)
        examples = [inner.examples[-1] * again, inner.examples[0] * again, *([""] if least == 0 else [])]
        return _Node(examples, [("", inner)], loops=int(most) > 1)
    if kind == "SUBPATTERN":
        return _sequence(value[3].data, pattern)
    if kind == "ATOMIC_GROUP":
        return _sequence(value.data, pattern)
    if kind in ("ASSERT", "ASSERT_NOT"):
        ahead, body = value
        inner = _sequence(body.data, pattern)
        return _Node(inner.examples if kind == "ASSERT" and ahead > 0 else [""], [("", inner)])
    return _Node([""])  # places, and what was found before


def _members(item: Any, pattern: re.Pattern[Any]) -> list[str]:
    """Characters that fit a class: the first it names, and some that many classes have in common."""
    named = [chr(value) for kind, value in item[1] if str(kind) == "LITERAL"] if str(item[0]) == "IN" else []
    tree = _PARSER.SubPattern(_PARSER.State(), [item])
    tree.state.str = ""
    tree.state.flags = pattern.flags & ~re.DEBUG
    compiled = importlib.import_module("re._compiler").compile(tree, tree.state.flags)
    as_pattern = (
        (lambda char: char.encode("latin-1", "replace")) if isinstance(pattern.pattern, bytes) else str
    )
    fitting = [char for char in (*named[:1], *_CANDIDATES) if compiled.match(as_pattern(char))]
    return fitting[:4]
