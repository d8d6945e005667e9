"""What is not there, and so cannot fail: no file of FAISS, no language model, no server that runs one."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.campaigns.disks.data_folder import use_folder
from tests.standin.process import ROOT

LAYERS = ("bot", "index", "retrieval")
ON_DISK = {"write_index", "read_index", "serialize_index", "deserialize_index", "OnDiskInvertedLists"}
GENERATING = {"generate", "pipeline", "AutoModelForCausalLM", "AutoModelForSeq2SeqLM", "GenerationConfig"}

READING = frozenset(
    ["faiss", "fasttext", "numpy", "onnxruntime", "sentence_transformers", "spacy", "tokenizers", "torch"]
)
"""Models that read: they give vectors, scores, spans, trees and languages, and not one word."""

OTHERS = frozenset(
    [
        "babel",
        "certifi",
        "charset_normalizer",
        "defusedxml",
        "feedparser",
        "httpcore",
        "httpx",
        "lxml",
        "markdown_it",
        "mdit_py_plugins",
        "pydantic",
        "pypdfium2",
        "rich",
        "telegram",
        "tomlkit",
        "trafilatura",
        "typer",
        "yaml",
    ]
)

NETWORK = frozenset(
    ["aiohttp", "ftplib", "http", "httpcore", "httpx", "requests", "smtplib", "socket", "ssl", "websockets"]
)
WAYS_OUT = {
    "bot/telegram/delivery/clock.py",  # reads the date of Telegram's answers
    "bot/telegram/delivery/sending.py",  # to Telegram, by its library
    "index/documents/web/address.py",  # reads addresses, dials none
    "index/documents/web/fetcher.py",
    "index/documents/web/guard.py",
}

KEPT = {"bot.lock", "bot.sent", "bot.standing", "bot.work"}
"""What is kept beside SQLite's files."""


@dataclass(frozen=True)
class Module:
    """A module of the program: the packages that it imports, wherever in it, and every name in it."""

    path: str
    imported: frozenset[str]
    named: frozenset[str]


@cache
def modules() -> tuple[Module, ...]:
    """All of them."""
    paths = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> Module:
    imported: set[str] = set()
    named: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                named.add(name)
            case ast.Import(names=names):
                imported.update(name.name.partition(".")[0] for name in names)
            case ast.ImportFrom(module=module, names=names):
                imported.add((module or "").partition(".")[0])
                named.update(name.name for name in names)
    return Module(str(path.relative_to(ROOT)), frozenset(imported), frozenset(named))


def test_nothing_writes_an_index_of_faiss_or_reads_one() -> None:
    assert {module.path for module in modules() if "faiss" in module.imported} == {"index/vectors.py"}
    assert {module.path: found for module in modules() if (found := module.named & ON_DISK)} == {}


def test_after_real_use_there_are_files_of_sqlite_and_notes_and_no_others(tmp_path: Path) -> None:
    data = use_folder(tmp_path, seed=1).folder / "data"
    others = {path for path in data.rglob("*") if path.is_file() and not is_of_sqlite(path)}
    assert {path.name for path in others} <= KEPT
    assert len([path for path in data.rglob("*.db") if is_of_sqlite(path)]) >= 3


def is_of_sqlite(path: Path) -> bool:
    return path.read_bytes().startswith(b"SQLite format 3\0")


def test_no_package_writes_texts() -> None:
    ours = {*LAYERS, *sys.stdlib_module_names}
    packages = set().union(*(module.imported for module in modules())) - ours
    assert packages == READING | OTHERS  # a new one: does it write texts, or ask a server to?
    assert {module.path: found for module in modules() if (found := module.named & GENERATING)} == {}


def test_nothing_is_asked_of_a_server_but_telegrams_and_those_of_articles() -> None:
    assert {module.path for module in modules() if module.imported & NETWORK} == WAYS_OUT
