"""``verbatim calibrate``: what it reads, measures, says and writes."""

from __future__ import annotations

import json
import math
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.config import load_config
from index.errors import ConfigError
from retrieval.answerer import Answerer
from retrieval.evaluation.calibration import change_of, never_refusing, outcome_of, write_thresholds
from retrieval.evaluation.known_questions import (
    FORM,
    KnownQuestion,
    KnownQuestionsError,
    read_known_questions,
)
from retrieval.evaluation.thresholds import Outcome, Thresholds
from retrieval.evaluation.trade_off import to_text
from retrieval.settings import RetrievalSettings
from tests import forked
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.patience import PATIENT_S
from tests.retrieval.conftest import ROOT, MakeSearch

BEARS = make_article("Bears like jam. Winter is long.\n\nBears sleep in caves.", "bears.md", title="Bears")
SET = Thresholds(-6.0, -2.0)


def known(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_questions_with_words_and_without(tmp_path: Path) -> None:
    path = known(
        tmp_path / "q.jsonl",
        '{"question": "What do bears like?", "words": "jam"}',
        "",
        '{"words": null, "question": "Who\u2028is the king?"}',
    )
    assert read_known_questions(path) == [
        KnownQuestion("What do bears like?", "jam"),
        KnownQuestion("Who\u2028is the king?", None),
    ]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("Who?", f"this isn't JSON; write {FORM}"),
        ("[]", f"the line is []; write {FORM}"),
        ('{"question": "Who?"}', f"words is missing; write {FORM}"),
        ('{"words": null}', f"question is missing; write {FORM}"),
        ('{"question": 3, "words": null}', f"question is 3; write {FORM}"),
        ('{"question": "Who?", "words": ["x"]}', f"words is ['x']; write {FORM}"),
        ('{"question": "Who?", "words": null, "id": 1}', f"id isn't a known field; write {FORM}"),
        ('{"question": "🦔", "words": null}', "Please write your question in words"),
        (
            '{"question": "Who?", "words": "the —"}',
            "words contains no word to find in a quote; write some, or null",
        ),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str, mistake: str) -> None:
    path = known(tmp_path / "q.jsonl", '{"question": "Who?", "words": null}', line)
    with pytest.raises(KnownQuestionsError) as caught:
        read_known_questions(path)
    assert str(caught.value) == f"{path}:2: {mistake}."


def test_too_little_to_choose_by(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    with pytest.raises(KnownQuestionsError, match="can't be read: No such file"):
        read_known_questions(path)
    for lines, mistake in (
        ([""], f"is empty. Write one question per line: {FORM}."),
        (
            ['{"question": "Who?", "words": null}'],
            "has no question that the articles answer. It needs both kinds: add some.",
        ),
        (
            ['{"question": "Who?", "words": "x"}'],
            "has no question that they don't answer (null). It needs both kinds: add some.",
        ),
    ):
        with pytest.raises(KnownQuestionsError) as caught:
            read_known_questions(known(path, *lines))
        assert str(caught.value) == f"{path} {mistake}"


def test_what_a_question_scores(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS)
    answerer = Answerer(FakeEmbedder(), FakeReader(), never_refusing(RetrievalSettings()))
    # The fake reader gives 6 for all the words of the question, -8 for none, -1 for half of them.
    assert outcome_of(KnownQuestion("Do bears sleep in caves?", "The caves!"), answerer, search) == Outcome(
        True, True, 6.0, 6.0
    )
    assert outcome_of(KnownQuestion("Do bears sleep in caves?", "cave"), answerer, search) == Outcome(
        True, False, 6.0, 6.0
    )
    assert outcome_of(KnownQuestion("Do bears drive?", None), answerer, search) == Outcome(
        False, False, -1.0, -1.0
    )
    empty = make_search("empty")
    assert outcome_of(KnownQuestion("Do bears sleep?", "caves"), answerer, empty) == Outcome(
        True, False, -math.inf, -math.inf
    )


OUTCOMES = [
    Outcome(True, True, 5.0, 4.0),
    Outcome(True, True, 5.0, 1.0),
    Outcome(True, False, 5.0, -1.0),
    Outcome(False, False, -7.0, -8.0),
]


def test_the_report() -> None:
    text = to_text(OUTCOMES, SET, Thresholds(4.0, 0.0), width=80)
    assert text.split("\n\n")[:4] == [
        "4 questions: 3 with words, 1 without; right quotes: 2.",
        "Too few to rely on: 3 with words and 1 without. Use 10 of each, better 50.",
        "The goal is the share of questions that get the right quote, or no wrong one.",
        "min_relevance  min_answers  answerable  unanswerable  of what is  goal\n"
        "                             kept        refused       shown right\n"
        "        -6.00        -2.00        0.67          1.00         0.67  0.75  now\n"
        "         4.00        -2.00        0.67          1.00         0.67  0.75\n"
        "         4.00         0.00        0.67          1.00         1.00  1.00  best\n"
        "         4.00         2.50        0.33          1.00         1.00  0.75\n"
        "         4.00         5.00        0.00          1.00            -  0.50",
    ]
    assert text.split("\n\n")[4:] == [
        "Score of the best passage: █ its quote is right, ░ it is not\n"
        " -8.0 to  -7.0  ░\n"
        " -7.0 to  -6.0\n"
        " -6.0 to  -5.0\n"
        " -5.0 to  -4.0\n"
        " -4.0 to  -3.0\n"
        " -3.0 to  -2.0\n"
        " -2.0 to  -1.0\n"
        " -1.0 to   0.0  ░\n"
        "────────────── min_answers\n"
        "  0.0 to   1.0\n"
        "  1.0 to   2.0  █\n"
        "  2.0 to   3.0\n"
        "  3.0 to   4.0  █",
        "With 95 % confidence:\n  answerable kept         2 of 3: 0.21 to 0.94\n  unanswerable "
        "refused    1 of 1: 0.21 to 1.00\n  of what is shown right  2 of 2: 0.34 to 1.00\nOn "
        "other questions, they will be a little lower.",
        "min_relevance = 4.0\nmin_answers = 0.0",
    ]


@given(st.integers(60, 200), st.integers(1, 400))
def test_no_line_is_wider_than_the_terminal(width: int, count: int) -> None:
    outcomes = [OUTCOMES[0]] * count + [OUTCOMES[2]] * (count // 2) + OUTCOMES
    lines = to_text(outcomes, SET, Thresholds(4.0, 0.0), width=width).splitlines()
    assert max(len(line) for line in lines) <= max(width, 81)
    assert all(len(line) <= width for line in lines if "█" in line or "░" in line)


CONFIG = """\
# Ours.
data_dir = "data"   # here

[retrieval]         # how it is found
min_answers = -2.0  # under it no answer
quotes = 2
min_relevance = -6.0

[bot]
libraries = ["main"]
"""


def test_only_the_two_values_are_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    path.chmod(0o640)
    write_thresholds(path, Thresholds(-4.5, 0.25))
    assert path.read_text() == CONFIG.replace("-2.0", "0.25").replace("-6.0", "-4.5")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["config.toml"]
    settings = load_config(path).section("retrieval", RetrievalSettings)
    assert (settings.min_relevance, settings.min_answers, settings.quotes) == (-4.5, 0.25, 2)


def test_a_configuration_without_the_table_or_no_configuration(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    write_thresholds(path, Thresholds(-4.5, 0.25))
    assert path.read_text() == "[retrieval]\nmin_relevance = -4.5\nmin_answers = 0.25\n"
    path.write_text("[bot]\n")
    write_thresholds(path, Thresholds(1.0, 2.0))
    assert load_config(path).tables == {"bot": {}, "retrieval": {"min_relevance": 1.0, "min_answers": 2.0}}


def test_a_configuration_that_cannot_be_written_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[retrieval\n")
    with pytest.raises(ConfigError, match="Set the two values by hand"):
        write_thresholds(path, Thresholds(-4.5, 0.25))
    assert path.read_text() == "[retrieval\n"


def test_what_changes() -> None:
    assert change_of(SET, Thresholds(-4.5, 0.25)) == (
        "  min_relevance: -6.0 → -4.5\n"  #
        "  min_answers: -2.0 → 0.25"
    )


def calibrate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["bot.cli", "calibrate", *arguments, "--config", str(folder / "config.toml")]
    return forked.run(command, ROOT, os.environ, timeout_s=PATIENT_S)


def test_the_command_says_what_is_wrong_before_it_loads_a_model(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    path = known(tmp_path / "q.jsonl", '{"question": "Who?"}')
    done = calibrate(tmp_path, str(path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"verbatim: {path}:1: words is missing; write {FORM}.\n"
    known(path, '{"question": "Who?", "words": null}', '{"question": "Who?", "words": "x"}')
    done = calibrate(tmp_path, str(path), "--library", "other")
    assert (done.returncode, done.stdout) == (1, "")
    assert "There's no library other yet" in done.stderr


def test_the_command_with_the_sample_article(folder: Path, tmp_path: Path) -> None:
    config = f"data_dir = {json.dumps((folder / 'data').as_posix())}\n[retrieval]  # ours\nquotes = 1\n"
    (tmp_path / "config.toml").write_text(config)
    path = known(
        tmp_path / "q.jsonl",
        '{"question": "What did China refuse to give Russian airlines?", "words": "aeroplane parts"}',
        '{"question": "Who won the 2018 World Cup?", "words": null}',
    )
    done = calibrate(tmp_path, str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 questions: 1 with words, 1 without; right quotes: 1.\n")
    assert done.stdout.endswith(
        "Nothing was saved. To save these values in the configuration, add --write.\n"
    )
    assert (tmp_path / "config.toml").read_text() == config
    done = calibrate(tmp_path, str(path), "--write")
    written = (tmp_path / "config.toml").read_text()
    assert (done.returncode, written.startswith(f"{config}min_relevance = ")) == (0, True)
    assert "min_answers = " in written
