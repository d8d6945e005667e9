"""A question set as it is read: spans in the normal form, mistakes by file, line and field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from index.types import Passage
from retrieval.evaluation import QuestionSetError, every, read_question_set
from tests.retrieval.sets import HEADER, question, text, write_set

TEXTS = [text("bears#0", "Bears like jam."), text("wolves#0", "Wolves\r\nhowl.", "The  wolves")]
QUESTIONS = [
    question("q1", "Who likes jam?", ["Bears"], True, article_id="bears"),
    question("q2", "Who howls?", None, False, article_id="wolves", more="is passed over"),
]
QRELS = [("q1", "bears#0")]


def written(tmp_path: Path, **files: str) -> Path:
    """A set that is right, but for these files; one of None is not there."""
    folder = write_set(tmp_path / "set", TEXTS, QUESTIONS, QRELS)
    for name, content in files.items():
        (
            folder / {"corpus": "corpus.jsonl", "queries": "queries.jsonl", "qrels": "qrels.tsv"}[name]
        ).write_text(content, encoding="utf-8")
    return folder


def lines(*objects: Mapping[str, Any]) -> str:
    return "".join(json.dumps(each) + "\n" for each in objects)


def mistake(folder: Path) -> str:
    """What reading the set says is wrong: one line, without the folder."""
    with pytest.raises(QuestionSetError) as raised:
        read_question_set(folder)
    message = str(raised.value)
    assert "\n" not in message
    return message.replace(f"{folder}/", "")


def test_a_set(tmp_path: Path) -> None:
    read = read_question_set(written(tmp_path))
    assert read.name == "set"
    assert [(a.source, a.title, a.text) for a in read.texts.values()] == [
        ("bears#0", "", "Bears like jam."),
        ("wolves#0", "The wolves", "Wolves\nhowl."),
    ]
    first, two = read.questions
    assert (first.id, first.text, first.answers, first.answerable) == (
        "q1",
        "Who likes jam?",
        ("Bears",),
        True,
    )
    assert (two.answers, two.answerable, two.spans, two.gold, two.context_doc) == (
        None,
        False,
        (),
        frozenset(),
        None,
    )
    assert first.gold == {"bears#0"}


def test_a_span_is_moved_into_the_normal_form(tmp_path: Path) -> None:
    asked = question("q", "Who?", None, True, answer_spans=[["wolves#0", 8, 13], ["bears#0", 0, 5]])
    read = read_question_set(written(tmp_path, queries=lines(asked), qrels=HEADER))
    assert read.questions[0].spans == (("wolves#0", 7, 12), ("bears#0", 0, 5))
    assert read.texts["wolves#0"].text[7:12] == "howl."


def test_a_passage_overlaps_a_span_where_they_share_a_character(tmp_path: Path) -> None:
    asked = question("q", "Who?", None, True, answer_spans=[["bears#0", 6, 10]])
    read = read_question_set(written(tmp_path, queries=lines(asked)[:-1], qrels=HEADER))
    bears, wolves = read.texts.values()
    spans = [(0, 6), (0, 7), (9, 15), (10, 15)]
    passages = [Passage(bears.id, start, end, bears.text[start:end]) for start, end in spans]
    assert [read.overlaps_span(read.questions[0], passage) for passage in passages] == [
        False,
        True,
        True,
        False,
    ]
    assert not read.overlaps_span(read.questions[0], Passage(wolves.id, 6, 10, "\nhow"))


def test_the_texts_of_its_own_and_of_the_next_article(tmp_path: Path) -> None:
    texts = [text(name, "Jam.") for name in ("b#0", "b#1", "a#0", "c", "unasked#0")]
    asked = [
        question("a", "Who?", ["Jam"], True, article_id="a", context_doc="b#1"),
        question("b", "Who?", ["Jam"], True, article_id="b"),
        question("c", "Who?", ["Jam"], True, article_id="c"),
        question("context", "Who?", ["Jam"], True, context_doc="b#1"),
        question("gold", "Who?", ["Jam"], True),
        question("none", "Who?", ["Jam"], True),
        question("lost", "Who?", ["Jam"], True, article_id="lost"),
    ]
    read = read_question_set(write_set(tmp_path, texts, asked, [("gold", "c"), ("gold", "a#0")]))
    own = {known.id: [text.source for text in read.own_texts(known)] for known in read.questions}
    assert own == {
        "a": ["a#0"], "b": ["b#0", "b#1"], "c": ["c"], "context": ["b#1"], "gold": ["a#0", "c"], "none": [],
        "lost": [],
    }  # fmt: skip
    foreign = {known.id: [text.source for text in read.foreign_texts(known)] for known in read.questions}
    assert foreign == {
        "a": ["b#0", "b#1"], "b": ["c"], "c": ["a#0"], "context": [], "gold": [], "none": [], "lost": [],
    }  # fmt: skip


def test_a_text_counts_when_its_score_is_above_zero(tmp_path: Path) -> None:
    folder = written(tmp_path, qrels=f"{HEADER}\r\nq1\tbears#0\t2\r\nq1\twolves#0\t0\r\n\r\n")
    assert read_question_set(folder).questions[0].gold == {"bears#0"}


def test_each_n_th_question(tmp_path: Path) -> None:
    asked = [question(str(number), "Who?", ["Jam"], True) for number in range(10)]
    questions = read_question_set(written(tmp_path, queries=lines(*asked), qrels=HEADER)).questions
    assert [known.id for known in every(questions, 4)] == ["0", "2", "4", "6"]
    assert [known.id for known in every(questions, 7)] == ["0", "1", "2", "3", "4", "5", "6"]
    assert every(questions, 10) == every(questions, 11) == every(questions, None) == questions


JAM = question("q", "Who?", ["Jam"], True)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"corpus": ""}, "corpus.jsonl is empty. Write one JSON object per line."),
        ({"queries": "\n\n"}, "queries.jsonl is empty. Write one JSON object per line."),
        (
            {"corpus": lines(TEXTS[0]) + '{"_id": '},
            "corpus.jsonl:2: this isn't JSON (EOF while parsing a value at column 8); write one "
            "object per line.",
        ),
        ({"corpus": "[1]\n"}, "corpus.jsonl:1: this isn't a JSON object; write one per line."),
        ({"corpus": lines({"_id": "a", "text": "b"})}, "corpus.jsonl:1: title is missing; add it."),
        (
            {"corpus": lines({**TEXTS[0], "text": 5})},
            "corpus.jsonl:1: text is 5: Input should be a valid string; correct it.",
        ),
        (
            {"corpus": lines(TEXTS[0], TEXTS[1], TEXTS[0])},
            "corpus.jsonl:3: _id 'bears#0' is already in line 1; use another.",
        ),
        ({"queries": lines(JAM, JAM)}, "queries.jsonl:2: _id 'q' is already in line 1; use another."),
        ({"queries": lines({"_id": "q", "text": "Who?"})}, "queries.jsonl:1: answers is missing; add it."),
        (
            {"queries": lines(question("q", "Who?", ["a"], True) | {"answers": [1]})},
            "queries.jsonl:1: answers.0 is 1: Input should be a valid string; correct it.",
        ),
        (
            {"queries": lines(JAM | {"answerable": "yes"})},
            "queries.jsonl:1: answerable is 'yes': Input should be a valid boolean; correct it.",
        ),
        (
            {"queries": lines(JAM | {"answer_spans": [["bears#0", 1, 2.5]]})},
            "queries.jsonl:1: answer_spans.0.2 is 2.5: Input should be a valid integer; correct it.",
        ),
        (
            {"queries": lines(JAM | {"answer_spans": [["foxes", 0, 1]]}), "qrels": HEADER},
            "queries.jsonl:1: answer_spans: 'foxes' isn't an _id in corpus.jsonl; use one that is.",
        ),
        (
            {"queries": lines(JAM | {"answer_spans": [["wolves#0", 8, 14]]}), "qrels": HEADER},
            "queries.jsonl:1: answer_spans: 8:14 is outside the 13 code points of 'wolves#0'; correct it.",
        ),
        (
            {"queries": lines(JAM | {"answer_spans": [["bears#0", 3, 3]]}), "qrels": HEADER},
            "queries.jsonl:1: answer_spans: 3:3 is outside the 15 code points of 'bears#0'; correct it.",
        ),
        (
            {"queries": lines(JAM | {"answers": None}), "qrels": HEADER},
            "queries.jsonl has no answers: every answers is null, and there are no spans. Add some.",
        ),
        (
            {"qrels": f"{HEADER}\nq1\tbears#0\t1\nq3\tbears#0\t1\n"},
            "qrels.tsv:3: 'q3' isn't an _id in queries.jsonl; use one that is.",
        ),
        (
            {"qrels": f"{HEADER}\nq1\tfoxes\t1\n"},
            "qrels.tsv:2: 'foxes' isn't an _id in corpus.jsonl; use one that is.",
        ),
        (
            {"qrels": f"{HEADER}\nq1 bears#0 1\n"},
            "qrels.tsv:2: 1 columns; write query-id, corpus-id and score, separated by tabs.",
        ),
        ({"qrels": f"{HEADER}\nq1\tbears#0\tgood\n"}, "qrels.tsv:2: score is 'good'; write a number."),
        (
            {"qrels": "q1\tbears#0\t1\n"},
            "qrels.tsv:1: there's no header; write query-id, corpus-id, score above it.",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_way_out(
    files: dict[str, str], said: str, tmp_path: Path
) -> None:
    assert mistake(written(tmp_path, **files)) == said


def test_what_is_not_there(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "qrels.tsv").unlink()
    assert mistake(folder) == (
        "There's no qrels.tsv. A question set has corpus.jsonl, queries.jsonl and qrels.tsv."
    )
    with pytest.raises(QuestionSetError, match=r"There's no folder .*/none\. Name one with corpus\.jsonl"):
        read_question_set(tmp_path / "none")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "corpus.jsonl").write_bytes(lines(TEXTS[0]).encode() + b'{"_id": "\xff"}\n')
    assert mistake(folder) == "corpus.jsonl:2: this isn't UTF-8; save the file as UTF-8."


def test_what_stands_word_for_word_in_a_text_that_answers_is_as_right(tmp_path: Path) -> None:
    texts = [*TEXTS, text("copy", "Bears like\njam."), text("other", "Bears like jam, and wolves do, too.")]
    asked = question("q1", "Who?", ["Bears"], True, answer_spans=[["bears#0", 0, 5]])
    read = read_question_set(write_set(tmp_path / "copies", texts, [asked], QRELS))
    (known,) = read.questions
    found = {name: Passage(a.id, 0, len(a.text), a.text) for name, a in read.texts.items()}
    assert {name for name in found if read.is_gold(known, found[name])} == {"bears#0", "copy"}
    assert {name for name in found if read.overlaps_span(known, found[name])} == {"bears#0", "copy"}
