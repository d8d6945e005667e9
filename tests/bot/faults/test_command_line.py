"""On the command line the operator reads: there the whole sentence stands, with path and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat import texts
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import IndexConfiguration
from tests.bot.faults.leaks import OTHER_EMBEDDER
from tests.standin.process import run

QUESTION = "What do bears like?"


@pytest.mark.parametrize(
    ("command", "name", "typed"),
    [
        (("ask", QUESTION), "verbatim: ", ""),
        (("ask", QUESTION, "--json"), "verbatim: ", ""),
        (("ask",), "verbatim: ", QUESTION),
        (("add", "{article}"), "verbatim: ", ""),
        (("bot",), f"{texts.WITHOUT_TELEGRAM}\n", QUESTION),
    ],
    ids=["an answer", "as JSON", "a conversation", "an addition", "the bot without a token"],
)
def test_the_whole_sentence_is_printed(
    command: tuple[str, ...], name: str, typed: str, tmp_path: Path
) -> None:
    article = tmp_path / "bears.txt"
    article.write_text("Bears like jam.", encoding="utf-8")
    path = library_path(tmp_path / "data", "main")
    SqliteLibrary(path, IndexConfiguration(OTHER_EMBEDDER, 160)).close()
    done = run(*(part.format(article=article) for part in command), folder=tmp_path, typed=typed)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{name}{path} was made with other-embedder and passages of 160 tokens, but "
        "config.toml says bge-small-en-v1.5 and 160. Run `verbatim rebuild`, or change "
        "config.toml back.\n"
    )
