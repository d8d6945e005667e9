"""python -m index, as a user runs it."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.config import load_config
from index.ingest import ingest
from index.library import Library
from index.naming import library_path
from index.read import find_files
from index.settings import IndexSettings
from index.types import MadeWith
from tests.documents import document
from tests.fakes import FakeEmbedder

ROOT = Path(__file__).parents[2]
BEARS = """---
title: Bears
author: A. Bear
published: 2022-03-18
url: https://forest.example/bears
---

Bears like jam.

They eat it with a spoon.
"""
NO_MODEL = """
import sys
from index.__main__ import app
from index.cli import run

try:
    run(app, "python -m index")
finally:
    heavy = {"torch", "sentence_transformers", "transformers", "onnxruntime"} & set(sys.modules)
    print("heavy:", *sorted(heavy), file=sys.stderr)
"""


def start(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def index(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of ``python -m index`` in ``folder``."""
    done = start(folder, "-m", "index", *arguments)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with two articles, not yet added."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bears.md").write_text(BEARS, encoding="utf-8")
    (tmp_path / "articles" / "foxes.txt").write_text("Foxes read newspapers.", encoding="utf-8")
    return tmp_path


@pytest.fixture
def ids(folder: Path) -> dict[str, str]:
    """The ids by title of the two articles, added with vectors that no command here looks at."""
    settings = IndexSettings()
    made_with = MadeWith(settings.embedder, settings.passage_tokens)
    files = find_files(folder / "articles")
    with Library(library_path(folder / "data", "main"), made_with) as library:
        outcomes = list(ingest(files, lambda: library, folder, made_with, lambda: FakeEmbedder(384)))
    return {done.article.title: done.article.id for done in outcomes if done.article}


def test_add_rebuild_and_verify_with_the_real_model(folder: Path) -> None:
    code, out, err = index(folder, "add", "articles", "articles/bears.md")
    assert (code, err) == (0, "")
    assert re.fullmatch(
        r"added [0-9a-f]{12}  Bears \(1 passage\)\n"
        r"added [0-9a-f]{12}  foxes \(1 passage\)\n"
        r"main: 2 added\.\n",
        out,
    )
    assert index(folder, "add", "articles") == (0, "Nothing to do: 2 articles in main, unchanged.\n", "")

    (folder / "config.toml").write_text("[index]\npassage_tokens = 32\n")
    stale = (
        f"python -m index: {folder / 'data' / 'libraries' / 'main.db'} was made with bge-small-en-v1.5, "
        "passages of 160 tokens; config.toml says bge-small-en-v1.5, 32. Run `python -m index rebuild`, "
        "or set it back.\n"
    )
    assert index(folder, "add", "articles") == (1, "", stale)
    assert index(folder, "rebuild") == (0, "main: 2 articles rebuilt with bge-small-en-v1.5.\n", "")
    assert index(folder, "add", "articles") == (0, "Nothing to do: 2 articles in main, unchanged.\n", "")
    assert index(folder, "verify") == (0, "main is whole: 2 articles, 2 passages.\n", "")


def test_adding_what_is_there_never_loads_the_model(folder: Path, ids: dict[str, str]) -> None:
    assert len(ids) == 2
    done = start(folder, "-c", NO_MODEL, "add", "articles")
    assert done.stdout == "Nothing to do: 2 articles in main, unchanged.\n"
    assert done.stderr == "heavy:\n"


def test_add_and_show_name_the_articles_that_say_nearly_the_same(folder: Path) -> None:
    code, out, _ = index(folder, "add", "articles")
    bears = re.findall(r"added ([0-9a-f]{12})  Bears", out)[0]
    (folder / "other.txt").write_text("BEARS LIKE JAM – they eat it with a spoon!", encoding="utf-8")
    code, out, err = index(folder, "add", "other.txt")
    assert (code, err) == (0, "")
    added, *rest = out.splitlines()
    other = re.fullmatch(r"added ([0-9a-f]{12})  other \(1 passage\)", added)
    assert other is not None
    assert rest == [f"    nearly the same as {bears}  Bears  (articles/bears.md)", "main: 1 added."]
    shown = index(folder, "show", bears)[1]
    assert f"\ncopies:    {other[1]}  other  (other.txt)\n" in shown

    (folder / "other.txt").write_text("BEARS LIKE JAM – they eat it with a spoon.", encoding="utf-8")
    lines = index(folder, "add", "other.txt")[1].splitlines()
    assert lines[0].startswith("replaced ")
    assert lines[1:] == [
        f"    nearly the same as {bears}  Bears  (articles/bears.md)",
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
    assert index(folder, "list") == (
        0,
        f"{ids['Bears']}  2022-03-18  Bears  (articles/bears.md)\n"
        f"{ids['foxes']}              foxes  (articles/foxes.txt)\n",
        "",
    )


def test_show_says_what_is_known_and_the_text(folder: Path, ids: dict[str, str]) -> None:
    code, out, err = index(folder, "show", ids["Bears"])
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


def test_a_run_in_which_nothing_can_be_read_makes_no_library(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    (tmp_path / "empty.md").touch()
    code, out, err = index(tmp_path, "add", "empty.md")
    assert (code, out) == (1, "main: 1 failed.\n")
    assert err == "python -m index: empty.md holds no text; put the words of the article into it.\n"
    assert not (tmp_path / "data").exists()


def test_an_earlier_version_says_so(folder: Path, ids: dict[str, str]) -> None:
    with Library(library_path(folder / "data", "main")) as library:
        (folder / "articles" / "foxes.txt").write_text("Foxes read books.")
        list(
            ingest(
                iter([folder / "articles" / "foxes.txt"]),
                lambda: library,
                folder,
                library.made_with,
                lambda: FakeEmbedder(384),
            )
        )
    out = index(folder, "show", ids["foxes"])[1]
    assert "\nversion:   an earlier one, not searched any more\n\nFoxes read newspapers.\n" in out


def test_remove_takes_an_article_out(folder: Path, ids: dict[str, str]) -> None:
    assert index(folder, "remove", ids["Bears"]) == (0, f"removed {ids['Bears']}  Bears\n", "")
    assert index(folder, "list")[1] == f"{ids['foxes']}              foxes  (articles/foxes.txt)\n"
    index(folder, "remove", ids["foxes"])
    assert index(folder, "list") == (
        0,
        "main has no articles; add some with `python -m index add PATH`.\n",
        "",
    )


def test_stats_count(folder: Path, ids: dict[str, str]) -> None:
    assert len(ids) == 2
    size = library_path(folder / "data", "main").stat().st_size
    assert index(folder, "stats") == (
        0,
        "articles    2 (0 earlier versions)\n"
        "passages    2, up to 160 tokens\n"
        "characters  64\n"
        "originals   0 files\n"
        f"file        {size:,} bytes, {size:,} in use\n"
        "model       bge-small-en-v1.5\n",
        "",
    )


def test_verify_names_what_is_wrong_and_fails(folder: Path, ids: dict[str, str]) -> None:
    by_hand = sqlite3.connect(library_path(folder / "data", "main"))
    by_hand.execute("UPDATE passages SET start = 999 WHERE number = 1")
    by_hand.execute("UPDATE passages SET vector = zeroblob(1536) WHERE number = 2")
    by_hand.commit()
    by_hand.close()
    code, out, err = index(folder, "verify")
    assert code == 1
    assert out.splitlines() == [
        f"main: passage 999:42 of {ids['Bears']} is no slice of it",
        "main: passage number 2 has no unit vector",
        "main: the word index does not agree with the articles",
    ]
    assert err == (
        "python -m index: main has 3 faults; run `python -m index rebuild`. What that does not mend: put a "
        "backup back, or remove the article and add it again.\n"
    )


def test_verify_embeds_again_to_find_a_vector_of_other_words(folder: Path) -> None:
    ids = [line.split()[1] for line in index(folder, "add", "articles")[1].splitlines()[:2]]
    assert index(folder, "verify", "--vectors")[1] == "main is whole: 2 articles, 2 passages.\n"
    by_hand = sqlite3.connect(library_path(folder / "data", "main"))
    foxes = by_hand.execute("SELECT vector FROM passages WHERE number = 2").fetchone()
    by_hand.execute("UPDATE passages SET vector = ? WHERE number = 1", foxes)
    by_hand.commit()
    by_hand.close()
    assert index(folder, "verify")[0] == 0
    code, out, _ = index(folder, "verify", "--vectors")
    assert (code, out) == (1, f"main: the vector of passage 0:42 of {ids[0]} is not that of its words\n")


def test_what_cannot_be_read_is_said_and_the_rest_is_added(folder: Path, ids: dict[str, str]) -> None:
    assert len(ids) == 2
    (folder / "articles" / "broken.md").write_bytes(b"\x00\x01")
    code, out, err = index(folder, "add", "articles")
    assert (code, out) == (1, "main: 2 unchanged, 1 failed.\n")
    assert err == (
        "python -m index: broken.md is not a text file; save the article as UTF-8 text or Markdown.\n"
    )


def test_the_file_of_an_article_comes_back_as_it_was(folder: Path, ids: dict[str, str]) -> None:
    (folder / "a.pdf").write_bytes(document("libreoffice.pdf"))
    out = index(folder, "add", "a.pdf", "--library", "pdf")[1]
    article_id = out.split()[1]
    out = index(folder, "show", article_id, "--original", "b.pdf", "--library", "pdf")[1]
    assert out == f"b.pdf: {len(document('libreoffice.pdf')):,} bytes.\n"
    assert (folder / "b.pdf").read_bytes() == document("libreoffice.pdf")
    again = index(folder, "show", article_id, "--original", "b.pdf", "--library", "pdf")
    assert again == (1, "", "python -m index: b.pdf cannot be written: File exists; name another file.\n")
    assert index(folder, "show", ids["Bears"], "--original", "c") == (
        1,
        "",
        f"python -m index: Of {ids['Bears']} only the text is kept: files are of PDF, DOCX and EPUB. Leave "
        "--original out to see it.\n",
    )


def test_a_library_moves_as_one_file(folder: Path, ids: dict[str, str]) -> None:
    code, out, err = index(folder, "export", "kept/out.db")
    size = (folder / "kept" / "out.db").stat().st_size
    assert (code, out, err) == (0, f"main is in kept/out.db, {size:,} bytes.\n", "")
    assert index(folder, "import", "kept/out.db", "--chat", "-5") == (0, "chats/-5: 2 articles.\n", "")
    assert index(folder, "list", "--chat", "-5")[1] == index(folder, "list")[1]
    merged = index(folder, "import", "kept/out.db", "--merge")
    assert merged == (0, "main: 0 versions of articles put in.\n", "")
    again = index(folder, "import", "kept/out.db")
    assert again[2].startswith("python -m index: There is a library main already; ")
    (folder / "config.toml").write_text("[index]\npassage_tokens = 32\n")
    assert index(folder, "import", "kept/out.db", "--library", "news")[1] == (
        "news: 2 articles.\nIt was made with another model or size of passages: run `python -m index rebuild "
        "--library news` before it is asked.\n"
    )
    assert len(ids) == 2


def test_a_backup_is_a_folder_to_put_back(folder: Path, ids: dict[str, str]) -> None:
    size = library_path(folder / "data", "main").stat().st_size
    assert index(folder, "backup", "kept/today") == (
        0,
        f"{size:>15,}  libraries/main.db\n1 file in kept/today. To restore: stop the bot, and put them in "
        f"the place of {folder / 'data'}.\n",
        "",
    )
    index(folder, "remove", ids["Bears"])
    (folder / "data").rename(folder / "broken")
    (folder / "kept" / "today").rename(folder / "data")
    assert [line.split()[0] for line in index(folder, "list")[1].splitlines()] == [ids["Bears"], ids["foxes"]]


def test_a_chat_has_a_library_of_its_own(folder: Path, ids: dict[str, str]) -> None:
    code, out, err = index(folder, "add", "articles/foxes.txt", "--chat", "-100123")
    assert (code, err) == (0, "")
    assert out == f"added {ids['foxes']}  foxes (1 passage)\nchats/-100123: 1 added.\n"
    chat = ("--chat", "-100123")
    assert index(folder, "list", *chat)[1] == f"{ids['foxes']}              foxes  (articles/foxes.txt)\n"
    size = (folder / "data" / "libraries" / "chats" / "-100123.db").stat().st_size
    assert index(folder, "libraries")[1].splitlines()[1:] == [
        f"chats/-100123              1 article  {size:>15,} bytes"
    ]
    assert index(folder, "verify", *chat)[1] == "chats/-100123 is whole: 1 article, 1 passage.\n"
    assert index(folder, "show", ids["Bears"], *chat)[2] == (
        f"python -m index: No article here has the id {ids['Bears']}; `python -m index list --chat -100123` "
        "shows the ids.\n"
    )
    assert index(folder, "remove", ids["foxes"], *chat)[0] == 0
    assert index(folder, "list", *chat)[1] == (
        "chats/-100123 has no articles; add some with `python -m index add PATH --chat -100123`.\n"
    )
    assert len(index(folder, "list")[1].splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["show", "x"],
            "No article here has the id x; `python -m index list` shows the ids.",
        ),
        (
            ["remove", "x"],
            "No article here has the id x; `python -m index list` shows the ids.",
        ),
        (
            ["list", "--library", "../x"],
            "'../x' cannot be a library's name; use 1 to 40 of the characters a-z, 0-9 and hyphen.",
        ),
        (
            ["verify", "--library", "news"],
            "There is no library news yet; make one with `python -m index add PATH --library news`.",
        ),
        (
            ["list", "--chat", "-100123"],
            "There is no library chats/-100123 yet; make one with `python -m index add PATH --chat -100123`.",
        ),
        (
            ["list", "--chat", "-100123", "--library", "news"],
            "A library has a name or is a chat's own: give --library or --chat, not both.",
        ),
        (["add", "no"], "There is no no."),
        (["list", "--config", "no.toml"], "There is no no.toml; leave --config out to use the defaults."),
        (
            ["list", "--config", "wrong.toml"],
            "config.toml: [index] passage_tokens is 9: Input should be greater than or equal to 32.",
        ),
        (
            ["list", "--library", "text"],
            "{folder}/data/libraries/text.db is not a library or is broken (file is not a database); put a "
            "copy of it back, or move it away and add the articles again.",
        ),
    ],
)
def test_an_error_is_one_line(folder: Path, ids: dict[str, str], arguments: list[str], message: str) -> None:
    assert len(ids) == 2
    (folder / "wrong.toml").write_text("[index]\npassage_tokens = 9\n")
    (folder / "data" / "libraries" / "text.db").write_text("Bears like jam. " * 100)
    assert index(folder, *arguments) == (1, "", f"python -m index: {message.format(folder=folder)}\n")


def test_a_model_that_is_nowhere_leaves_no_article(folder: Path) -> None:
    (folder / "config.toml").write_text('[index]\nembedder = "no/such-model"\n')
    code, out, err = index(folder, "add", "articles")
    assert (code, out) == (1, "")
    assert err.startswith("python -m index: The model no/such-model is neither in a package, nor a folder")
    assert err.count("\n") == 1
    assert index(folder, "list")[1] == "main has no articles; add some with `python -m index add PATH`.\n"


def test_the_configuration_says_where_libraries_are(
    folder: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    (folder / "data").rename(folder / "kept")
    (folder / "config.toml").write_text('data_dir = "kept"\n')
    assert load_config(folder / "config.toml").data_dir == folder / "kept"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = index(elsewhere, "list", "--config", str(folder / "config.toml"))[1]
    assert [line.split()[0] for line in out.splitlines()] == [ids["Bears"], ids["foxes"]]


@pytest.mark.parametrize(
    "command", ["add", "watch", "list", "show", "remove", "rebuild", "verify", "stats", "export", "import"]
)
def test_every_command_has_help(folder: Path, command: str) -> None:
    code, out, err = index(folder, command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: python -m index {command} [OPTIONS]")
    for option in ("--library", "--chat ID", "--config", "--help"):
        assert option in out


def test_help_lists_the_commands(folder: Path) -> None:
    code, out, err = index(folder, "--help")
    assert (code, err) == (0, "")
    found = re.findall(r"^  (\w+)  ", out[out.index("Commands:") :], re.MULTILINE)
    assert found == [
        "add",
        "watch",
        "list",
        "show",
        "stats",
        "libraries",
        "remove",
        "rebuild",
        "verify",
        "export",
        "import",
        "backup",
    ]
