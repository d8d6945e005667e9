"""Speakers that are known beside those that are found; the sets of the project hold."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from retrieval.attribution import GrammarAttributor, same_name
from retrieval.evaluation.speaker_set import SpeakerSetError, measure_speakers, read_speaker_set
from retrieval.parser import load_parser
from tests import forked
from tests.command import as_installed
from tests.patience import PATIENT_S
from tests.retrieval.conftest import ROOT

FILES = ROOT / "tests" / "files"
TEXT = "“We will go,” said Jane Roe. “Not now.” It is “smart money”."


def line(quote: str, speaker: str | None, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    said = {"article": "a.md", "start": start, "end": start + len(quote), "quote": quote, "speaker": speaker}
    return {**said, **fields}


def write(folder: Path, *lines: object) -> Path:
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    path = folder / "set.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_what_is_counted(tmp_path: Path) -> None:
    known = [line("We will go,", "Roe"), line("Not now.", "Tom Harker"), line("smart money", None)]
    report = measure_speakers(read_speaker_set(write(tmp_path, *known)), GrammarAttributor(load_parser()))
    assert report == {
        "articles": 1, "quotations": 3, "with_speaker": 2, "listed": 3, "found": 3, "named": 2, "right": 1,
        "precision": 0.5, "recall": 0.5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "mistake"),
    [
        (line("Not now.", "Roe", start=3), "set.jsonl:1: 3:38 of a.md is "),
        (
            line("Not now.", "Roe", article="b.md"),
            "set.jsonl:1: there's no article b.md; give its path from ",
        ),
        (line("Not now.", "Roe", end="x"), "set.jsonl:1: end is 'x'; write "),
        ({"article": "a.md"}, "set.jsonl:1: start is missing; write "),
        ([], "set.jsonl:1: this isn't a JSON object; write "),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, wrong: object, mistake: str) -> None:
    with pytest.raises(SpeakerSetError) as error:
        read_speaker_set(write(tmp_path, wrong))
    assert mistake in str(error.value)


def test_an_empty_or_missing_set(tmp_path: Path) -> None:
    with pytest.raises(SpeakerSetError, match=r"is empty. Write one quotation per line"):
        read_speaker_set(write(tmp_path))
    with pytest.raises(SpeakerSetError, match="can't be read: No such file"):
        read_speaker_set(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Antony Blinken", "Blinken", True),
        ("Mr Blinken", "Antony J. Blinken", True),
        ("the White House", "White House", True),
        ("IMF", "International Monetary Fund", True),
        ("van der Berg", "Annelies van der Berg", True),
        ("John Smith", "Carol Smith", False),
        ("George H. Bush", "George W. Bush", False),
        ("Jane Roe", "Tom Harker", False),
        ("Martin Roe Jr.", "Roe", True),
        ("Jr.", "Martin Roe Jr.", False),
        ("Sr.", "Sr.", False),
        ("III", "’s", False),
        ("J.", "Jane", False),
        ("J. Roe", "Jane Roe", True),
    ],
)
def test_when_two_names_are_one(name: str, other: str, same: bool) -> None:
    assert same_name(name, other) is same_name(other, name) is same


@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("speakers", 0.97, 0.87), ("speakers_heldout", 0.97, 0.81)]
)
def test_the_sets_hold(name: str, precision: float, recall: float) -> None:
    report = measure_speakers(
        read_speaker_set(FILES / name / "speakers.jsonl"), GrammarAttributor(load_parser())
    )
    assert report["found"] == report["quotations"]
    assert report["precision"] >= precision
    assert report["recall"] >= recall


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return forked.run(["bot.cli", *arguments], ROOT, os.environ, timeout_s=PATIENT_S)


def test_the_command(tmp_path: Path) -> None:
    path = write(tmp_path, line("We will go,", "Jane Roe"))
    done = run("evaluate", "--speakers", str(path), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert (report["set"], report["precision"], report["recall"]) == (str(path), 1.0, 1.0)
    for arguments in ([], [str(tmp_path), "--speakers", str(path)]):
        done = run("evaluate", *arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            "verbatim: Name one thing to measure: either a question set (DIR) or --speakers FILE.\n"
        )


def test_the_list(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "b.txt").write_text("date 2020-01-02 “We stay,” Jane Roe said.", encoding="utf-8")
    files = [str(tmp_path / "a.md"), str(tmp_path / "b.txt")]
    done = run("speakers", *files, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert said[0] == {
        "article": files[0], "start": 1, "end": 12, "quote": "We will go,",
        "speaker": "Jane Roe", "role": None, "surface": "Jane Roe",
    }  # fmt: skip
    assert [utterance["speaker"] for utterance in said] == ["Jane Roe", "Jane Roe", None, "Jane Roe"]
    done = run("speakers", *files, "--speaker", "roe", "--about", "go stay said")
    assert (done.returncode, done.stdout) == (0, "No direct speech found.\n")
    done = run("speakers", *files, "--speaker", "roe")
    assert done.stdout == (
        "b, 2 January 2020\n  Jane Roe: “We stay,”\n\na\n  Jane Roe: “We will go,”\n  Jane Roe: “Not now.”\n"
    )
    done = run("speakers")
    assert (done.returncode, as_installed(done.stderr)) == (
        1,
        "verbatim: Name some files, or a library: `verbatim speakers --library main`.\n",
    )
