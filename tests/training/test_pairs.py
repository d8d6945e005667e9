"""Which pairs the reader learns from: what each shows, and where in it the answer stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from training.examples import Example, Text
from training.pairs import LONGEST, Pair, make_pairs, read_pairs, write_pairs

BEARS = [
    f"Bears of valley {at} like {fruit} jam most of all. They look for it in the gardens of village {at}. "
    "Nobody has seen them do harm to a fence or to a dog. In winter they sleep under the roots of old trees. "
    "The people of the valley leave a jar of it at the gate when the first snow falls."
    for at, fruit in enumerate(["plum", "cherry", "apple", "quince", "pear"])
]
TEXTS = [Text(f"bears#{at}", "bears", "Bears_of_the_valleys", text) for at, text in enumerate(BEARS)] + [
    Text(
        f"stone{at}#0", f"stone{at}", "", f"Stone {at} is granite. It lies in the river. It is old and grey."
    )
    for at in range(5)
]


def ask(at: int, fruit: str, answerable: bool = True) -> Example:
    text = TEXTS[at]
    start = text.text.find(fruit)
    spans = ((start, start + len(fruit)),) if answerable else ()
    return Example("set", f"What do bears of valley {at} like?", text, spans, (fruit,))


def pairs_of(examples: list[Example], seed: int = 3) -> list[Pair]:
    return make_pairs(examples, {"set": TEXTS}, Random(seed))


MANY = [ask(at, fruit) for at, fruit in enumerate(["plum", "cherry", "apple", "quince", "pear"])] * 20


def test_the_answer_of_a_pair_is_the_answer_of_its_example() -> None:
    answers = [pair for pair in pairs_of(MANY) if pair.kind == "answer"]
    assert len(answers) == 100
    assert Counter(pair.text[slice(*pair.spans[0])] for pair in answers) == Counter(
        {"plum": 20, "cherry": 20, "apple": 20, "quince": 20, "pear": 20}
    )


def test_passages_are_whole_sentences_of_many_lengths_and_not_too_long() -> None:
    pairs = pairs_of(MANY)
    assert all(len(pair.text) <= LONGEST for pair in pairs)
    assert all(pair.text[0].isupper() and pair.text.endswith(".") for pair in pairs)
    assert len({len(pair.text) for pair in pairs}) >= 5


def test_every_way_not_to_answer_has_its_share_and_none_holds_the_answer() -> None:
    pairs = pairs_of(MANY)
    count = Counter(pair.kind for pair in pairs)
    assert (count["answer"], count["cut"], count["hard"]) == (100, 10, 9)
    assert 0 < count["off"] <= 13  # of 13 drawn, those that are of the same article are left out
    fruit_of = {f"What do bears of valley {at} like": fruit for at, fruit in enumerate(
        ["plum", "cherry", "apple", "quince", "pear"]
    )}  # fmt: skip
    for pair in pairs:
        if pair.kind != "answer":
            assert pair.spans == ()
            assert fruit_of[pair.question.rstrip("?")] not in pair.text


def test_hard_passages_are_of_the_same_article() -> None:
    assert all("Bears of valley" in pair.text for pair in pairs_of(MANY) if pair.kind == "hard")


def test_a_question_that_its_text_does_not_answer_is_near() -> None:
    pairs = pairs_of([ask(0, "plum", answerable=False)])
    assert [(pair.kind, pair.spans) for pair in pairs] == [("near", ())]


def test_some_stand_under_their_title_and_some_questions_lose_their_mark() -> None:
    pairs = pairs_of(MANY)
    assert {pair.context for pair in pairs if "Bears" in pair.text} == {"", "Bears of the valleys\n"}
    assert {pair.question[-1] for pair in pairs} == {"?", "e"}


def test_the_same_seed_makes_the_same_pairs() -> None:
    assert pairs_of(MANY, 1) == pairs_of(MANY, 1)
    assert pairs_of(MANY, 1) != pairs_of(MANY, 2)


def test_pairs_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    pairs = [*pairs_of(MANY), Pair("near", "set", "Wer? \u2028", "", "Bären – “ja”\x85.", ())]
    write_pairs(path, pairs)
    assert read_pairs(path) == pairs


@pytest.mark.parametrize("text", ["", "   "])
def test_a_text_without_a_sentence_makes_no_pair(text: str) -> None:
    assert pairs_of([Example("set", "Who?", Text("e", "e", "", text), (), ())]) == []
