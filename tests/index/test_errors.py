"""Every error says by its type who may read its message, and the tree in index/errors.py is the real one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from index import errors
from index.errors import PublicError, TryLaterError

ROOT = Path(__file__).parents[2]
FOLDERS = ("index", "retrieval", "bot", "training", "supply", "benchmarks")
BRANCHES = ("PublicError", "OperatorError")
TOO_GENERAL = {"AppError", *BRANCHES}


def nodes() -> Iterator[ast.AST]:
    """Every node of every file; reading them needs none of the libraries that they import."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def name_of(node: ast.expr) -> str:
    """The last name of ``index.errors.AppError``, ``AppError`` or ``AppError(...)``."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@pytest.fixture(scope="module")
def bases() -> Mapping[str, list[str]]:
    """The names of the bases of every class, by its name."""
    return {node.name: [*map(name_of, node.bases)] for node in nodes() if isinstance(node, ast.ClassDef)}


def above(name: str, bases: Mapping[str, list[str]]) -> list[str]:
    """The classes above one, nearest first."""
    return [found for base in bases.get(name, []) for found in (base, *above(base, bases))]


def test_every_error_is_below_one_branch(bases: Mapping[str, list[str]]) -> None:
    below = {name: above(name, bases) for name in bases if "AppError" in above(name, bases)}
    assert len(below) > 30
    assert {name for name in below if bases[name] == ["AppError"]} == set(BRANCHES)
    undecided = [
        name
        for name, ancestors in below.items()
        if name not in BRANCHES and len([branch for branch in BRANCHES if branch in ancestors]) != 1
    ]
    assert undecided == []


def test_none_is_raised_that_does_not_say_what_is_wrong() -> None:
    raised = {name_of(node.exc) for node in nodes() if isinstance(node, ast.Raise) and node.exc is not None}
    assert "SourceError" in raised
    assert raised & TOO_GENERAL == set()


def test_the_tree_that_is_drawn_is_the_real_one(bases: Mapping[str, list[str]]) -> None:
    drawn: dict[str, str] = {}
    path = ["AppError"]
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"    ((?:│   |    )*)[├└]── (\w+)", line)
        if found:
            depth = len(found[1]) // 4 + 1
            path[depth:] = [found[2]]
            drawn[found[2]] = path[depth - 1]
    real = {name: bases[name][0] for name in bases if "AppError" in above(name, bases)}
    assert drawn == real


def test_what_the_operator_is_told_stands_behind_what_anybody_is_told() -> None:
    error = PublicError("There's no library main yet.", for_operator="Create it with `index add`.")
    assert error.public == "There's no library main yet."
    assert str(error) == "There's no library main yet. Create it with `index add`."
    later = TryLaterError("example.org is having trouble (500).", 7.0)
    assert (str(later), later.public, later.wait_s) == (
        later.public,
        "example.org is having trouble (500).",
        7.0,
    )
