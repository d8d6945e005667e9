"""Tested tests: python -m tests.campaigns.mutants [GROUP...]: change the code, and see which tests notice.

mutmut (make setup-mutants) changes a copy of the project, one place at a time, and runs the tests that reach
it. A run that was stopped goes on where it was; a function that has changed since is tried
anew.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from tests.campaigns.mutants.figures import fates_of, table
from tests.campaigns.mutants.groups import GROUPS, STARTS_A_PROCESS, Group

ROOT = Path(__file__).parents[3]

_LEFT_OUT = ("retrieval/read/weights/", "locks/", "tests/files/seeds/")
_COPIED = ("index", "bot", "retrieval", "training", "tests", "articles", "config.toml", "Makefile")


def main(
    groups: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(GROUPS)}; all, without.")] = None,
    out: Annotated[Path, typer.Option(help="Where copies and findings are.")] = Path("data/mutants"),
    at_once: Annotated[int, typer.Option(min=1, help="Changes that are tried side by side.")] = 1,
    report: Annotated[bool, typer.Option("--report", help="Only print what was found so far.")] = False,
) -> None:
    """Try the changes that were not tried yet; print how many were noticed, and the names of the others."""
    chosen = groups or list(GROUPS)
    if unknown := [name for name in chosen if name not in GROUPS]:
        raise typer.BadParameter(f"there is no group {unknown[0]}; take one of {', '.join(GROUPS)}")
    for name in chosen:
        if not report:
            _copy(out / name)
            _configure(out / name, GROUPS[name])
            command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(at_once)]
            done = subprocess.run(command, cwd=out / name, check=False)  # noqa: S603  # our own command
            if done.returncode:
                typer.echo(
                    f"mutmut ended with {done.returncode} in {name}; the same command goes on.", err=True
                )
    fates = {
        (name, module): fates_of(out / name, module) for name in chosen for module in GROUPS[name].modules
    }
    typer.echo(table({module: found.values() for (_, module), found in fates.items()}))
    for found in fates.values():
        for mutant in sorted(key for key, fate in found.items() if fate == "survived"):
            typer.echo(f"survived: {mutant}")
    typer.echo(f"In {out}/GROUP, `python -m mutmut show NAME` prints a change.")


def _copy(place: Path) -> None:
    """Bring the copy in ``place`` up to date with what git tracks; leave alone what is the same."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git is where the path finds it
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        source, target = ROOT / name, place / name
        if name.startswith(_LEFT_OUT) or not source.exists():
            continue
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _configure(place: Path, group: Group) -> None:
    settings = {
        "source_paths": ["bot", "index"],
        "only_mutate": list(group.modules),
        "also_copy": list(_COPIED),
        "pytest_add_cli_args_test_selection": list(group.tests),
        "pytest_add_cli_args": [f"--deselect={test}" for test in STARTS_A_PROCESS],
    }
    lines = [f"{name} = {_toml(values)}" for name, values in settings.items()]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = project + "\n[tool.mutmut]\n" + "\n".join(lines) + "\n"
    (place / "pyproject.toml").write_text(text, encoding="utf-8")


def _toml(values: list[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


if __name__ == "__main__":
    typer.run(main)
