"""By which words the program says that it is started."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from index import program as of_program
from index.program import command, program, set_up_again


def started(monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    monkeypatch.setattr(sys, "orig_argv", list(words))
    script = next((word for word in words[1:] if not word.startswith("-")), "")
    monkeypatch.setattr(sys, "argv", [script])
    return program()


def test_by_a_module_it_is_called_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert started(monkeypatch, "python", "-m", "bot.cli", "add", "x") == "python -m bot.cli"
    assert started(monkeypatch, ".venv/bin/python", "-m", "bot.cli") == ".venv/bin/python -m bot.cli"
    assert started(monkeypatch, "/my folder/python", "-m", "bot.cli") == "'/my folder/python' -m bot.cli"
    assert started(monkeypatch, "python", "-I", "-m", "bot.cli", "list") == "python -I -m bot.cli"


def test_installed_it_is_called_by_its_name_where_that_finds_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "verbatim"
    script.touch(0o755)
    monkeypatch.setenv("PATH", "/nowhere")
    assert started(monkeypatch, "/usr/bin/python3", str(script), "add") == str(script)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert started(monkeypatch, "/usr/bin/python3", str(script), "add") == "verbatim"


def test_within_another_program_it_is_called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert started(monkeypatch, "python", "-m", "pytest") == "verbatim"
    assert started(monkeypatch, "python", "-m", "training.reader", "bot.cli") == "verbatim"
    assert command("rebuild") == "`verbatim rebuild`"


@pytest.mark.parametrize("words", [["--config", "my own.toml"], ["--config=my own.toml"]])
def test_the_configuration_that_is_used_goes_along(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    started(monkeypatch, "python", "-m", "bot.cli", "list", *words)
    monkeypatch.setattr(sys, "argv", ["bot/cli/__main__.py", "list", *words])
    assert command("rebuild") == "`python -m bot.cli rebuild --config 'my own.toml'`"
    assert command("weights fill x", takes_config=False) == "`python -m bot.cli weights fill x`"


def test_the_options_of_another_program_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    started(monkeypatch, "python", "-m", "benchmarks.speed", "--config", "a.toml")
    monkeypatch.setattr(sys, "argv", ["benchmarks/speed.py", "--config", "a.toml"])
    assert command("rebuild") == "`verbatim rebuild`"


def test_a_clone_is_set_up_by_make_and_what_is_installed_by_pip(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert set_up_again() == "run `make setup`"
    assert set_up_again(delete_first=True) == "delete .venv and run `make setup`"
    monkeypatch.setattr(of_program, "_MAKEFILE", tmp_path / "Makefile")
    assert set_up_again() == "install this program again"
    assert set_up_again(delete_first=True) == "install this program again in a new environment"
