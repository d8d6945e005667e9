"""``verbatim ask``, as a process."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import IndexConfiguration
from tests import forked
from tests.command import as_installed
from tests.fakes import CONFIGURATION, make_article, put_article
from tests.patience import PATIENT_S
from tests.retrieval.conftest import ROOT, SAMPLE

PLANES = (
    "▎ Earlier, China refused to supply Russian airlines with aeroplane parts after\n"
    "▎ the US “bluntly” warned China against helping Russia circumvent economic\n"
    "▎ sanctions imposed by the US and its allies.\n"
    "— Blinken on China and Russia, 18 March 2022 · ¶ 3"
)
WHAT_PLANES = "What did China refuse to give Russian airlines?"


def run(
    folder: Path, *arguments: str, typed: str = "", anew: bool = False
) -> subprocess.CompletedProcess[str]:
    """The command with the configuration in ``folder``, to its end."""
    command = ["bot.cli", "ask", *arguments, "--config", str(folder / "config.toml")]
    return forked.run(command, ROOT, os.environ, typed, timeout_s=PATIENT_S, anew=anew)


def refused(folder: Path, *arguments: str, typed: str = "") -> str:
    """What the command says on stderr, one line, before it ends with exit code 1; it prints nothing else."""
    done = run(folder, *arguments, typed=typed)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    named = f" --config {folder / 'config.toml'}"  # which the hints repeat
    return as_installed(done.stderr.rstrip("\n")).replace(named, "")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder with an empty config.toml and no library."""
    (tmp_path / "config.toml").touch()
    return tmp_path


def test_a_question(sample_folder: Path) -> None:
    done = run(sample_folder, WHAT_PLANES, anew=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{PLANES}\n", "")


def test_an_article_that_is_not_there_is_said(sample_folder: Path) -> None:
    assert refused(sample_folder, WHAT_PLANES, "--article", "nope") == (
        "verbatim: There's no article with the id nope here. To see the ids, run `verbatim list`."
    )


def test_an_answer_as_json(sample_folder: Path) -> None:
    done = run(sample_folder, WHAT_PLANES, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    assert {key: type(value) for key, value in answer.items()} == {
        "question": str, "understood": type(None), "kind": str, "answered": bool, "reason": str,
        "text": type(None), "facts": dict, "articles": list, "citations": list, "nearest": list,
        "seconds": dict,
    }  # fmt: skip
    assert (answer["question"], answer["kind"], answer["reason"]) == (WHAT_PLANES, "quotes", "answered")
    assert list(answer["seconds"]) == ["understand", "embed", "search", "read", "quotes", "total"]
    assert all(type(seconds) is float and seconds >= 0 for seconds in answer["seconds"].values())
    [citation] = answer["citations"]
    assert {key: type(value) for key, value in citation.items()} == {
        "number": int, "library": str, "quote": str, "best": str, "context": str, "score": float,
        "speaker": type(None), "role": type(None), "article": dict, "start": int, "end": int,
        "section": type(None), "paragraph": int, "page": type(None), "link": type(None),
    }  # fmt: skip
    assert list(citation["article"]) == ["id", "source", "title", "author", "publisher", "published", "url"]
    assert citation["article"]["source"] == SAMPLE.relative_to(ROOT).as_posix()
    assert citation["article"]["published"] == "2022-03-18"
    with SqliteLibrary(library_path(sample_folder / "data", "main")) as library:
        text = library.article(citation["article"]["id"]).text
    assert citation["quote"] == text[citation["start"] : citation["end"]]
    assert citation["best"] in citation["quote"]
    assert citation["quote"] in citation["context"]
    assert citation["best"] == "aeroplane parts"
    assert 0.9 < citation["score"] <= 1


def test_lines_from_a_pipe_are_answered_one_by_one(sample_folder: Path) -> None:
    done = run(sample_folder, typed=f"{WHAT_PLANES}\n\n🦔\nWho won the 2018 World Cup?")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"{PLANES}\n\nPlease write your question in words.\n\nI found nothing about that in these "
        "articles. Ask “Which articles do you have?” to see what you can ask about.\n\n"
    )


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "Please ask a question about the articles."),
        ("🦔", "Please write your question in words."),
        ("x" * 1001, "That's too long for a question (1,001 characters; 1,000 at most). Please shorten it."),
    ],
)
def test_what_cannot_be_asked(empty: Path, question: str, reason: str) -> None:
    assert refused(empty, question) == f"verbatim: {reason}"


@pytest.mark.parametrize("typed", ["", "Who?\n"])
def test_a_library_that_is_not_there(empty: Path, typed: str) -> None:
    question = [] if typed else ["Who?"]
    reason = refused(empty, *question, "--library", "other", typed=typed)
    assert reason.startswith("verbatim: There's no library other yet. Create it with `verbatim add")
    assert not (empty / "data").exists()


def test_a_name_that_could_be_a_path(empty: Path) -> None:
    assert refused(empty, "Who?", "--library", "../x") == (
        "verbatim: '../x' can't be a library's name. Use 1 to 40 of the characters a-z, 0-9 and hyphen."
    )


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        (
            "[retrieval]\ncandidate = 3",
            "config.toml: [retrieval] has no key candidate. Its keys are reader, candidates, "
            "quotes, sentences, enough, min_relevance, min_answers.",
        ),
        (
            "[retrieval]\nquotes = 0",
            "config.toml: [retrieval] quotes is 0: Input should be greater than or equal to 1.",
        ),
        (
            "[retrieval]\nmin_answers = 99.0",
            "config.toml: [retrieval] min_answers is 99.0: Input should be less than or equal to 20.",
        ),
        (
            "[index]\nembeder = 'x'",
            "config.toml: [index] has no key embeder. Its keys are embedder, passage_tokens, "
            "languages, fetch_hosts.",
        ),
    ],
)
def test_a_mistake_in_the_configuration(empty: Path, config: str, reason: str) -> None:
    (empty / "config.toml").write_text(config)
    assert refused(empty, "Who?") == f"verbatim: {reason}"


def test_a_library_that_is_no_database(empty: Path) -> None:
    path = library_path(empty / "data", "main")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"Bears like jam. " * 64)
    reason = refused(empty, "Who?")
    assert reason.startswith(f"verbatim: {path} isn't a library, or is damaged (file is not a database). ")
    assert path.read_bytes() == b"Bears like jam. " * 64


def test_a_library_made_with_another_model(empty: Path) -> None:
    path = library_path(empty / "data", "main")
    with SqliteLibrary(path, CONFIGURATION) as library:
        put_article(library, make_article("Bears like jam."))
    before = path.read_bytes()
    assert refused(empty, "Who?") == (
        f"verbatim: {path} was made with fake and passages of 40 tokens, but config.toml says "
        "bge-small-en-v1.5 and 160. Run `verbatim rebuild`, or change config.toml back."
    )
    assert path.read_bytes() == before


def test_a_reader_that_is_not_there(sample_folder: Path, tmp_path: Path) -> None:
    config = f'data_dir = "{(sample_folder / "data").as_posix()}"\n[retrieval]\nreader = "no-such-reader"\n'
    (tmp_path / "config.toml").write_text(config)
    assert refused(tmp_path, "Who?").startswith(
        "verbatim: The model no-such-reader isn't in a package, in a folder of safetensors"
    )


@pytest.mark.parametrize("arguments", [("--help",), ("Who?", "--library", "other"), ("🦔",)])
def test_help_and_mistakes_load_no_model(
    empty: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    done = run(empty, *arguments, anew=True)
    imported = {
        line.rpartition("|")[2].strip()
        for line in done.stderr.splitlines()
        if line.startswith("import time:")
    }
    assert "typer" in imported
    assert imported.isdisjoint({"torch", "sentence_transformers", "transformers", "onnxruntime"})


def test_help_says_what_can_be_asked_for(empty: Path) -> None:
    done = run(empty, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert {"--library", "--article", "--json", "--config"} <= set(done.stdout.split())


def test_a_library_without_articles_says_how_some_are_added(empty: Path) -> None:
    settings = IndexSettings()
    configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
    SqliteLibrary(library_path(empty / "data", "notes"), configuration).close()
    done = run(empty, "Who likes jam?", "--library", "notes")
    hint = as_installed(done.stdout).replace(f" --config {empty / 'config.toml'}", "")
    assert (done.returncode, hint) == (
        0,
        "There are no articles yet, so I have nothing to quote from. "
        "Add some with `verbatim add PATH --library notes`.\n",
    )
