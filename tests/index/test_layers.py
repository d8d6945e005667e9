"""The layers import one way: bot, retrieval, index."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported_by(folder: str) -> set[str]:
    """The first name of everything that the files of a layer import, wherever in them."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(name.name.partition(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path} imports relatively"
                found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize(
    ("layer", "below", "not_known"),
    [
        ("index", set(), {"retrieval", "bot", "telegram", "tests"}),
        ("retrieval", {"index"}, {"bot", "telegram", "faiss", "sqlite3", "tests"}),
        ("bot", {"index", "retrieval"}, {"faiss", "torch", "sentence_transformers", "spacy", "tests"}),
    ],
)
def test_a_layer_knows_only_those_below(layer: str, below: set[str], not_known: set[str]) -> None:
    imported = imported_by(layer)
    assert below <= imported
    assert imported & not_known == set()
