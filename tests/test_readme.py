"""The README says what is true: its commands print what it shows, and what it points to is there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from bot.cli.app import COMMANDS, OF_BOT, OF_WEIGHTS
from tests.command import ROOT, verbatim

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown() -> list[tuple[str, str]]:
    """Each command behind a prompt in the README, and what is shown below it."""
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(command, output.strip()) for command, _, output in (part.partition("\n") for part in parts)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample article in its library."""
    made = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "articles", made / "articles")
    code, _, errors = verbatim(made, "add", "articles")
    assert code == 0, errors
    return made


def test_some_commands_are_shown() -> None:
    assert len(shown()) == 3


@pytest.mark.parametrize(("command", "output"), shown())
def test_a_command_prints_what_is_shown(folder: Path, command: str, output: str) -> None:
    program, *arguments = shlex.split(command)
    assert program == "verbatim"
    code, printed, errors = verbatim(folder, *arguments, columns=80)
    assert (code, printed.strip(), errors) == (0, output, "")


def test_it_is_read_in_a_few_minutes() -> None:
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("page", DOCS, ids=lambda path: path.name)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"", text)
    missing = [target for pair in links if not (page.parent / (target := pair[0] or pair[1])).exists()]
    assert missing == []


def test_the_targets_of_make_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert {"run", "test"} <= targets
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_the_page_of_articles_names_every_command() -> None:
    table = (ROOT / "docs" / "articles.md").read_text(encoding="utf-8").partition("## All commands")[2]
    names = [name for name, *_ in COMMANDS]
    nested = [f"weights {name}" for name, *_ in OF_WEIGHTS] + [f"bot {name}" for name, *_ in OF_BOT]
    said = {word for code in re.findall(r"`([^`]+)`", table) for word in [code, *code.split()]}
    assert [name for name in [*names, *(name.split()[1] for name in nested)] if name not in said] == []
