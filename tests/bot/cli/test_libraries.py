"""The commands for libraries, as a user runs them."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.app import COMMANDS
from index.config import load_config
from index.ingest.ingest import ingest
from index.store import SqliteLibrary
from index.store.paths import library_path
from tests.command import ROOT, as_installed, start, verbatim
from tests.fakes import FakeEmbedder

NO_MODEL = """
import sys
from bot.cli.app import app
from index.command_line import run

try:
    run(app, "verbatim")
finally:
    heavy = {"torch", "sentence_transformers", "transformers", "onnxruntime"} & set(sys.modules)
    print("heavy:", *sorted(heavy), file=sys.stderr)
"""


def test_adding_what_is_there_never_loads_the_model(folder: Path, ids: dict[str, str]) -> None:
    assert len(ids) == 2
    done = start(folder, "-c", NO_MODEL, "add", "articles")
    assert done.stdout == "Nothing to do: 2 articles in main, unchanged.\n"
    assert done.stderr == "heavy:\n"


def test_add_and_show_name_the_articles_that_say_nearly_the_same(folder: Path) -> None:
    code, out, _ = verbatim(folder, "add", "articles")
    bears = re.findall(r"added ([0-9a-f]{12})  Bears", out)[0]
    (folder / "other.txt").write_text("BEARS LIKE JAM – they eat it with a spoon!", encoding="utf-8")
    code, out, err = verbatim(folder, "add", "other.txt")
    assert (code, err) == (0, "")
    added, *rest = out.splitlines()
    other = re.fullmatch(r"added ([0-9a-f]{12})  other \(1 passage\)", added)
    assert other is not None
    assert rest == [f"    has a lot in common with {bears}  Bears  (articles/bears.md)", "main: 1 added."]
    shown = verbatim(folder, "show", bears)[1]
    assert f"\nsimilar:   {other[1]}  other  (other.txt)\n" in shown

    (folder / "other.txt").write_text("BEARS LIKE JAM – they eat it with a spoon.", encoding="utf-8")
    lines = verbatim(folder, "add", "other.txt")[1].splitlines()
    assert lines[0].startswith("replaced ")
    assert lines[1:] == [
        f"    has a lot in common with {bears}  Bears  (articles/bears.md)",
        "main: 1 replaced.",
    ]


@pytest.mark.parametrize(
    "command", [["--help"], ["add", "--help"], ["list"], ["stats"], ["list", "--library", "x"]]
)
def test_what_needs_no_model_does_not_import_one(
    folder: Path, ids: dict[str, str], command: list[str]
) -> None:
    assert len(ids) == 2
    done = start(folder, "-c", NO_MODEL, *command)
    assert done.stderr.splitlines()[-1] == "heavy:"


def test_list_shows_the_newest_first(folder: Path, ids: dict[str, str]) -> None:
    assert verbatim(folder, "list") == (
        0,
        f"{ids['Bears']}  2022-03-18  Bears  (articles/bears.md)\n"
        f"{ids['foxes']}              foxes  (articles/foxes.txt)\n",
        "",
    )


def test_show_says_what_is_known_and_the_text(folder: Path, ids: dict[str, str]) -> None:
    code, out, err = verbatim(folder, "show", ids["Bears"])
    assert (code, err) == (0, "")
    assert re.sub(r"added: .*", "added: now", out) == (
        "title:     Bears\n"
        "author:    A. Bear\n"
        "published: 2022-03-18\n"
        "url:       https://forest.example/bears\n"
        "source:    articles/bears.md\n"
        "added: now\n"
        "size:      9 words, 1 passage\n"
        "\n"
        "Bears like jam.\n\nThey eat it with a spoon.\n"
    )
    assert f"added:     {datetime.now(UTC):%Y-%m-%d}" in out


def test_the_name_of_a_file_does_not_move_the_cursor(folder: Path) -> None:
    odd = folder / "articles" / "odd\x1b[31m\nname.txt"
    odd.write_text("Owls sleep.")
    out = verbatim(folder, "add", str(odd))[1] + verbatim(folder, "list")[1]
    assert "\x1b" not in out
    assert "(articles/odd\ufffd[31m\ufffdname.txt)" in out


def test_a_run_in_which_nothing_can_be_read_makes_no_library(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    (tmp_path / "empty.md").touch()
    code, out, err = verbatim(tmp_path, "add", "empty.md")
    assert (code, out) == (1, "main: 1 failed.\n")
    assert err == "verbatim: empty.md contains no text. Please put the article's text into it.\n"
    assert not (tmp_path / "data").exists()


def test_an_earlier_version_says_so(folder: Path, ids: dict[str, str]) -> None:
    with SqliteLibrary(library_path(folder / "data", "main")) as library:
        (folder / "articles" / "foxes.txt").write_text("Foxes read books.")
        list(
            ingest(
                iter([folder / "articles" / "foxes.txt"]),
                lambda: library,
                folder,
                library.configuration,
                lambda: FakeEmbedder(384),
            )
        )
    out = verbatim(folder, "show", ids["foxes"])[1]
    newest = verbatim(folder, "list")[1].splitlines()[1].split()[0]
    version = f"\nversion:   an earlier one, no longer searched; the newest is {newest}\n"
    assert f"{version}\nFoxes read newspapers.\n" in out


def test_stats_count(folder: Path, ids: dict[str, str]) -> None:
    assert len(ids) == 2
    size = library_path(folder / "data", "main").stat().st_size
    assert verbatim(folder, "stats") == (
        0,
        "articles    2 (0 earlier versions)\n"
        "passages    2, up to 160 tokens\n"
        "characters  64\n"
        "originals   0 files\n"
        f"file        {size:,} bytes, {size:,} in use\n"
        "model       bge-small-en-v1.5\n",
        "",
    )


def test_what_cannot_be_read_is_said_and_the_rest_is_added(folder: Path, ids: dict[str, str]) -> None:
    assert len(ids) == 2
    (folder / "articles" / "broken.md").write_bytes(b"\x00\x01")
    code, out, err = verbatim(folder, "add", "articles")
    assert (code, out) == (1, "main: 2 unchanged, 1 failed.\n")
    assert err == (
        "verbatim: broken.md isn't a text file. Please save the article as UTF-8 text or Markdown.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["show", "x"],
            "There's no article with the id x here. To see the ids, run `verbatim list`.",
        ),
        (
            ["remove", "x"],
            "There's no article with the id x here. To see the ids, run `verbatim list`.",
        ),
        (
            ["list", "--library", "../x"],
            "'../x' can't be a library's name. Use 1 to 40 of the characters a-z, 0-9 and hyphen.",
        ),
        (
            ["verify", "--library", "news"],
            "There's no library news yet. Create it with `verbatim add PATH --library news`.",
        ),
        (
            ["list", "--chat", "-100123"],
            "There's no library chats/-100123 yet. Create it with `verbatim add PATH --chat -100123`.",
        ),
        (
            ["list", "--chat", "-100123", "--library", "news"],
            "A library either has a name or belongs to a chat. Give --library or --chat, not both.",
        ),
        (["add", "no"], "There is no no. Check the name."),
        (
            ["list", "--config", "no.toml"],
            "There is no no.toml. Name another file, or leave out --config.",
        ),
        (
            ["list", "--config", "wrong.toml"],
            "config.toml: [index] passage_tokens is 9: Input should be greater than or equal to 32.",
        ),
        (
            ["list", "--library", "text"],
            "{folder}/data/libraries/text.db isn't a library, or is damaged (file is not a "
            "database). Restore a backup of it, or move it away and add the articles again.",
        ),
    ],
)
def test_an_error_is_one_line(folder: Path, ids: dict[str, str], arguments: list[str], message: str) -> None:
    assert len(ids) == 2
    (folder / "wrong.toml").write_text("[index]\npassage_tokens = 9\n")
    (folder / "data" / "libraries" / "text.db").write_text("Bears like jam. " * 100)
    assert verbatim(folder, *arguments) == (1, "", f"verbatim: {message.format(folder=folder)}\n")


def test_a_model_that_is_nowhere_leaves_no_article(folder: Path) -> None:
    (folder / "config.toml").write_text('[index]\nembedder = "no/such-model"\n')
    code, out, err = verbatim(folder, "add", "articles")
    assert (code, out) == (1, "")
    assert err.startswith("verbatim: The model no/such-model isn't in a package, in a folder")
    assert err.count("\n") == 1
    assert verbatim(folder, "list")[1] == "main has no articles. Add some with `verbatim add PATH`.\n"


def test_the_configuration_says_where_libraries_are(
    folder: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    (folder / "data").rename(folder / "kept")
    (folder / "config.toml").write_text('data_dir = "kept"\n')
    assert load_config(folder / "config.toml").data_dir == folder / "kept"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = verbatim(elsewhere, "list", "--config", str(folder / "config.toml"))[1]
    assert [line.split()[0] for line in out.splitlines()] == [ids["Bears"], ids["foxes"]]


@pytest.mark.parametrize(("name", "example"), [(name, example) for name, _, example in COMMANDS])
def test_every_command_has_help_with_an_example(folder: Path, name: str, example: str) -> None:
    code, out, err = verbatim(folder, name, "--help")
    assert (code, err) == (0, "")
    assert as_installed(" ".join(out.split())).startswith(f"Usage: verbatim {name} [OPTIONS]")
    assert out.endswith(f"  Example:\n    verbatim {example}\n")
    assert not set("{<") & set(out.partition("Options:")[0])
    options = {
        "add",
        "watch",
        "list",
        "show",
        "remove",
        "rebuild",
        "refresh",
        "verify",
        "stats",
        "export",
        "import",
    }
    for option in ("--library", "--chat ID", "--config") if name in options else ():
        assert option in out


def test_help_lists_the_commands(folder: Path) -> None:
    code, out, err = verbatim(folder, "--help")
    assert (code, err) == (0, "")
    found = re.findall(r"^  (\w+)  ", out[out.index("Commands:") :], re.MULTILINE)
    assert found == [*(name for name, _, _ in COMMANDS), "weights", "bot"]


def test_a_hint_can_be_pasted_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "bears.md").write_text("Bears like jam.")
    done = start(tmp_path, "-m", "bot.cli", "list")
    hint = re.search(r"`(.*) PATH`", done.stderr)
    assert hint is not None
    pasted = subprocess.run(  # noqa: S602 - what a person would do with it
        f"{hint[1]} bears.md",
        shell=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (pasted.returncode, pasted.stdout.splitlines()[-1]) == (0, "main: 1 added.")
