"""The comparison with peers: what it counts, and how it speaks to one."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from benchmarks.peers import __main__ as command
from benchmarks.peers.child import ROOT, Peer, PeerError
from benchmarks.peers.counting import Found, Reply, count_found, count_refused, is_answered
from benchmarks.peers.measuring import measure
from benchmarks.peers.protocol import Shown
from retrieval.evaluation import QuestionSet, QuestionSetError, read_question_set

FAKE = Peer("Fake", "words", (sys.executable, "-m", "tests.benchmarks.fake_peer"))
LONG = "Honey keeps for a very long time because bees take nearly all of the water out with their wings."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts, four questions that they answer, and one that they do not."""
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "bears", "title": "Bears", "text": "Bears like jam. They sleep in winter."}\n'
        f'{{"_id": "bees", "title": "Bees", "text": "Bees make honey. {LONG}"}}\n',
        encoding="utf-8",
    )
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "1", "text": "what do bears like", "answers": ["the jam"], "answerable": true}\n'
        '{"_id": "2", "text": "when do they sleep", "answers": ["winter"], "answerable": true}\n'
        '{"_id": "3", "text": "who will make honey", "answers": ["bees"], "answerable": true}\n'
        '{"_id": "4", "text": "why does honey keep", "answers": null, "answerable": true,'
        f' "answer_spans": [["bees", 17, {17 + len(LONG)}]]}}\n'
        '{"_id": "5", "text": "where is Paris", "answers": [], "answerable": false}\n',
        encoding="utf-8",
    )
    (tmp_path / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\n1\tbears\t1\n2\tbears\t1\n3\tbees\t1\n4\tbees\t1\n", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def question_set(folder: Path) -> QuestionSet:
    return read_question_set(folder)


def reply(*shown: tuple[str, str]) -> Reply:
    return Reply(tuple(Shown(article, text) for article, text in shown), 0.1)


def test_found_is_counted_over_all_that_is_answerable(question_set: QuestionSet) -> None:
    replies = [
        reply(("bears", "Bears like the JAM!")),  # right, and at once
        reply(("bees", "x" * 400), ("bears", "They sleep in winter.")),  # wrong first; too far down
        reply(("bees", "Honey.")),  # right, but without the answer
        reply(),  # refused
    ]
    found = count_found(question_set, question_set.questions[:4], replies)
    assert found == Found(
        right_first=0.5,
        answer_in_first_chars=0.25,
        answer_shown=0.5,
        something_shown=0.75,
        shown_chars=19,
    )


def test_the_first_350_characters_run_over_what_is_shown_in_order(question_set: QuestionSet) -> None:
    just_inside, just_outside = "x" * (350 - 2 - len("winter")), "x" * (350 - 1 - len("winter"))
    for filler, share in ((just_inside, 1.0), (just_outside, 0.0)):
        replies = [reply(("bees", filler), ("bears", "winter"))]
        found = count_found(question_set, question_set.questions[1:2], replies)
        assert (found.answer_in_first_chars, found.answer_shown) == (share, 1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LONG, True),
        ("… because bees take nearly ALL of the water out, …", True),  # eight, without "the"
        ("because bees take nearly all of the water away", False),  # seven
        ("honey water wings", False),
    ],
)
def test_a_free_answer_is_known_by_eight_words_of_its_span(
    question_set: QuestionSet, text: str, expected: bool
) -> None:
    assert is_answered(question_set, question_set.questions[3], text) is expected


def test_refused_is_where_nothing_is_shown() -> None:
    assert count_refused([reply(), reply(("bears", "Bears.")), reply(), reply()]) == 0.75
    assert count_refused([]) is None


def test_a_peer_is_measured_through_the_protocol(folder: Path) -> None:
    trial = command.read_trial(folder, folder, None)
    steps: list[None] = []
    measured = measure(FAKE, trial, lambda: steps.append(None))
    assert measured.found.right_first == 1.0
    assert measured.found.answer_shown == 1.0
    assert measured.unanswerable_refused == 1.0
    assert measured.off_topic_refused == 0.2
    assert measured.versions == {"numpy": version("numpy")}
    assert len(steps) == 1 + 4 + 1 + 5
    assert 0 < measured.question_s < measured.cold_start_s
    assert command.to_versions([measured]) == [f"Fake: numpy {version('numpy')}"]
    header, _, row = command.to_table([measured]).splitlines()
    assert header.count("|") == row.count("|")
    assert row.startswith("| Fake | words | 1.00 | 1.00 | 1.00 | ")


def test_a_peer_that_ends_says_why(folder: Path) -> None:
    queries = folder / "queries.jsonl"
    queries.write_text(queries.read_text("utf-8").replace("when do they sleep", "break"), encoding="utf-8")
    with pytest.raises(PeerError, match=r"Fake ended with code 1: broken, as asked\..*make setup-peers"):
        measure(FAKE, command.read_trial(folder, None, None), lambda: None)


def test_a_module_that_is_not_there_is_named(folder: Path) -> None:
    missing = Peer("Gone", "words", (sys.executable, "-m", "tests.benchmarks.no_peer"))
    with pytest.raises(PeerError, match=r"Gone ended with code 1: .*no_peer"):
        measure(missing, command.read_trial(folder, None, None), lambda: None)


def test_every_peer_is_asked_with_both_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PYTHON", tmp_path)
    peers = command.choose_peers(None)
    assert len(peers) == 1 + 2 * 4
    assert [(peer.name, peer.model) for peer in command.choose_peers(["txtai", "Verbatim"])] == [
        ("Verbatim", "bge-small-en-v1.5"),
        ("txtai", "all-MiniLM-L6-v2"),
        ("txtai", "bge-small-en-v1.5"),
    ]
    modules = {peer.command[-1].replace(".", "/") for peer in peers}
    assert all((ROOT / f"{module}.py").exists() for module in modules)


def test_peers_that_are_not_installed_have_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PYTHON", tmp_path / "python")
    with pytest.raises(PeerError, match="Run `make setup-peers`"):
        command.choose_peers(None)
    assert [peer.name for peer in command.choose_peers(["Verbatim"])] == ["Verbatim"]
    with pytest.raises(PeerError, match=r"There's no peer Elastic. Known peers: Verbatim, LangChain"):
        command.choose_peers(["Elastic"])


def test_a_set_without_an_answer_has_a_remedy(folder: Path) -> None:
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"has no question with an answer. Choose another set"):
        command.read_trial(folder, None, None)
