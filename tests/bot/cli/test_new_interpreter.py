"""Each command imports what it needs: here, every one of them has an interpreter of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.app import COMMANDS, OF_BOT, OF_WEIGHTS
from tests.command import verbatim

SAID = {
    "add owls.txt": (0, "main: 1 added.\n"),
    "watch http://127.0.0.1/feed.xml --once": (1, "127.0.0.1 isn't on the public internet. "),
    "list": (0, "  2022-03-18  Bears  (articles/bears.md)\n"),
    "show {foxes}": (0, "\nFoxes read newspapers.\n"),
    "stats": (0, "model       bge-small-en-v1.5\n"),
    "libraries": (0, "main                      2 articles"),
    "refresh": (0, "main: "),
    "remove {foxes}": (0, "removed {foxes}  foxes\n"),
    "rebuild": (0, "main: 2 articles rebuilt with bge-small-en-v1.5.\n"),
    "verify": (0, "main is intact: 2 articles, 2 passages.\n"),
    "export out.db": (0, "Exported main to out.db "),
    "import data/libraries/main.db --chat -5": (0, "chats/-5: 2 articles.\n"),
    "backup today": (0, "Copied 1 file to today. "),
    "speakers articles": (0, "No direct speech found.\n"),
    "evaluate no": (1, "There's no folder no. "),
    "calibrate no.jsonl": (1, "no.jsonl can't be read: "),
    "weights check": (0, "All weights are correct.\n"),
    "bot left": (0, "Nothing is stored for chats that have removed the bot.\n"),
    "bot set-aside": (0, "Nothing was set aside in the last seven days.\n"),
}
ELSEWHERE = ["ask", "weights fill"]
"""tests/bot/cli/test_ask.py and tests/supply/test_weights.py; ``bot`` itself, tests/bot/test_process.py."""


@pytest.mark.parametrize("command", SAID)
def test_a_command_by_an_interpreter_of_its_own(folder: Path, ids: dict[str, str], command: str) -> None:
    (folder / "owls.txt").write_text("Owls sleep by day.", encoding="utf-8")
    code, out, err = verbatim(folder, *command.format(**ids).split(), anew=True)
    assert code == SAID[command][0]
    assert SAID[command][1].format(**ids) in (err if code else out)


def test_none_is_left_out() -> None:
    names = [
        *(name for name, _, _ in COMMANDS),
        *(f"weights {name}" for name, _, _ in OF_WEIGHTS),
        *(f"bot {name}" for name, _, _ in OF_BOT),
    ]
    tried = [name for name in names if any(f"{command} ".startswith(f"{name} ") for command in SAID)]
    assert sorted([*tried, *ELSEWHERE]) == sorted(names)
