"""Every regular expression of the code, with the ways in which it is used, so that none escapes a test."""

from __future__ import annotations

import ast
import functools
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
LAYERS = ("index", "retrieval", "bot")
METHODS = frozenset(["match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"])
_FUNCTIONS = METHODS | {"compile"}

Source = str | bytes

FILLED_IN: Mapping[str, tuple[Source, ...]] = {
    "retrieval.attribution.speaker_questions: pattern": (),
    "retrieval.summaries.article_questions: '\\\\W+'.join(map(re.escape, named.split()))": (
        r"a\W+b\W+c",
        r"a\W+a\W+a",
    ),
    "index.documents.formats.html.html: f'(?:by )?{re.escape(known.author)}'": ("(?:by )?a",),
    "bot.redaction: '|'.join(map(re.escape, longest_first))": (r"123:abcdefgh|abcdefgh",),
}
"""What is compiled out of variables: such patterns as become of it; none where they stand in the module."""


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern, where it was found first, and every method of it that is called."""

    pattern: re.Pattern[Any]
    place: str
    methods: frozenset[str]


def all_patterns() -> list[Used]:
    """Every pattern of the layers: of calls of ``re``, and all that modules and what they hold keep."""
    places: dict[tuple[Source, int], str] = {}
    methods: dict[tuple[Source, int], set[str]] = defaultdict(set)
    patterns: dict[tuple[Source, int], re.Pattern[Any]] = {}
    for module in modules():
        found = [*_of_calls(module), *_of_names(module)]
        for pattern, place, used in found:
            key = (pattern.pattern, pattern.flags)
            patterns.setdefault(key, pattern)
            places.setdefault(key, f"{module.__name__}:{place}")
            methods[key] |= used
    return [
        Used(pattern, places[key], frozenset(methods[key] or METHODS)) for key, pattern in patterns.items()
    ]


@functools.cache
def modules() -> tuple[ModuleType, ...]:
    """All modules of the layers."""
    files = sorted(file for layer in LAYERS for file in (ROOT / layer).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return tuple(importlib.import_module(name.removesuffix(".__init__")) for name in names)


def calls_of_re(module: ModuleType) -> Iterator[ast.Call]:
    """Every call of a function of ``re`` in ``module`` that takes a pattern."""
    for node in ast.walk(tree_of(module)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _FUNCTIONS
        ):
            yield node


def filled_in(module: ModuleType, call: ast.Call) -> str:
    """The key in ``FILLED_IN`` of a ``call`` whose pattern depends on variables."""
    return f"{module.__name__}: {ast.unparse(call.args[0])}"


@functools.cache
def tree_of(module: ModuleType) -> ast.Module:
    """The source of ``module`` as Python reads it."""
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _of_calls(module: ModuleType) -> Iterator[tuple[re.Pattern[Any], str, set[str]]]:
    for call in calls_of_re(module):
        method = ast.unparse(call.func).removeprefix("re.")
        used = {method} & METHODS
        try:
            sources: tuple[Source, ...] = (_value(module, call.args[0]),)
        except NameError:
            sources = FILLED_IN[filled_in(module, call)]
        for source in sources:
            pattern = re.compile(source, _flags(module, call, method))
            yield pattern, f"{call.lineno}", used


def _flags(module: ModuleType, call: ast.Call, method: str) -> int:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    given += call.args[{"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(method, 2) :]
    return int(_value(module, given[0])) if given else 0


def _value(module: ModuleType, node: ast.expr) -> Any:
    return eval(compile(ast.Expression(node), "<pattern>", "eval"), vars(module))  # noqa: S307 - our own code


def _of_names(module: ModuleType) -> Iterator[tuple[re.Pattern[Any], str, set[str]]]:
    """What the names of ``module`` hold, with the methods called of the name there."""
    called = _methods_by_name(module)
    for name, value in vars(module).items():
        if name.startswith("__"):
            continue
        for pattern in _inside(value, set()):
            yield pattern, name, called[name] if pattern is value else set(METHODS)


def _methods_by_name(module: ModuleType) -> dict[str, set[str]]:
    methods: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            methods[node.value.id].add(node.attr)
    return methods


def _inside(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """The patterns that ``value`` is or holds: in containers, defaults, closures and objects of ours."""
    if isinstance(value, re.Pattern):
        yield value
        return
    if id(value) in seen or isinstance(value, str | bytes | int | float | ModuleType | None):
        return
    seen.add(id(value))
    for part in _parts(value):
        yield from _inside(part, seen)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, tuple | list | set | frozenset):
        yield from value
    elif getattr(value, "__module__", None) and str(value.__module__).partition(".")[0] in LAYERS:
        yield from list(vars(value).values()) if hasattr(value, "__dict__") else ()
        yield from getattr(value, "__defaults__", None) or ()
        yield from (getattr(value, "__kwdefaults__", None) or {}).values()
        for cell in getattr(value, "__closure__", None) or ():
            yield cell.cell_contents
