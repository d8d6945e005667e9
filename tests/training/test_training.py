"""The whole way on 40 pairs and a small body made for it: train, stop, go on, export, read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from index.types import Passage
from retrieval.evaluation import QuestionSetError
from retrieval.read import OwnReader, load_own, window_of_words
from tests.training.tiny_body import write_body
from training import reader as training
from training.body import Body, body_weights, packaged_body
from training.checkpoint import Checkpoint, CheckpointError
from training.export import export
from training.model import ReaderModel, WeightsError
from training.precision import Precision
from training.reader import train

NAMES = ["Anna", "Boris", "Clara", "David", "Emma", "Fedor", "Greta", "Hugo", "Irina", "Jonas"]
THINGS = [
    ("carries", "a brass lamp"),
    ("paints", "the north wall"),
    ("repairs", "old clocks"),
    ("sells", "river fish"),
]


BODY_RATE = 3e-3
"""The learning rate of the small body: layers of 64 bear more than those of 384."""

EPOCHS = 90
"""Times that the run which is read sees every pair, in one step each."""


def text_of(at: int) -> str:
    verb, thing = THINGS[at % 4]
    return f"{NAMES[at]} {verb} {thing}. The house stands by the sea. Nobody has been there since the spring."


def questions_of(at: int) -> tuple[list[str], list[str]]:
    """Two questions that the text answers, and two that it does not."""
    name, verb, other = NAMES[at], THINGS[at % 4][0], THINGS[(at + 1) % 4][0]
    return (
        [f"What does {name} do by {verb}?", f"{name} {verb} what?"],
        [f"What does {name} like when {other}?", f"{name} {other} what?"],
    )


def write_set(folder: Path) -> Path:
    """Twenty questions that a text answers, twenty that it does not."""
    folder.mkdir(parents=True)
    texts: list[dict[str, object]] = []
    questions: list[dict[str, object]] = []
    for at in range(len(NAMES)):
        text, thing = text_of(at), THINGS[at % 4][1]
        texts.append({"_id": f"t{at}#0", "title": "", "text": text})
        start = text.find(thing)
        answered, unanswered = questions_of(at)
        for number, question in enumerate(answered):
            span = [f"t{at}#0", start, start + len(thing)]
            questions.append(
                {"_id": f"q{at}{number}", "text": question, "answers": [thing], "answerable": True,
                 "answer_spans": [span], "context_doc": f"t{at}#0"}
            )  # fmt: skip
        for number, question in enumerate(unanswered):
            questions.append(
                {"_id": f"n{at}{number}", "text": question, "answers": [], "answerable": False,
                 "answer_spans": [], "context_doc": f"t{at}#0"}
            )  # fmt: skip
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n", encoding="utf-8")
    for name, lines in (("corpus", texts), ("queries", questions)):
        path = folder / f"{name}.jsonl"
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", autouse=True)
def one_core() -> Iterator[None]:
    """Compute on one core: on a busy machine, several that wait for each other take much longer."""
    cores = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(cores)


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> Body:
    """A small body that knows the words of the set."""
    words = [text_of(at) for at in range(len(NAMES))]
    words += [question for at in range(len(NAMES)) for kind in questions_of(at) for question in kind]
    return write_body(tmp_path_factory.mktemp("body") / "tiny", words)


@pytest.fixture(scope="module")
def run(body: Body, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a run on the 40 pairs left its files."""
    place = tmp_path_factory.mktemp("training")
    out = place / "run"
    train(body, [write_set(place / "pairs")], out, rate=BODY_RATE, epochs=EPOCHS, seed=1)
    return out


@pytest.fixture(scope="module")
def own(body: Body, run: Path, tmp_path_factory: pytest.TempPathFactory) -> OwnReader:
    """The reader of that run, in int8."""
    weights = tmp_path_factory.mktemp("weights")
    export(body, run, weights)
    return load_own(weights)


def test_the_losses_are_written_down_and_fall(run: Path) -> None:
    lines = [json.loads(line) for line in (run / "losses.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[0]["spans"] > 3.0
    assert lines[-1]["spans"] < 0.5
    assert lines[-1]["answers"] < 0.3
    assert json.loads((run / "pairs.json").read_text())["kind: answer"] == EPOCHS * 20


def test_it_has_learnt_what_answers_and_which_words(own: OwnReader) -> None:
    for at in range(len(NAMES)):
        text, thing = text_of(at), THINGS[at % 4][1]
        passage = Passage("a1", 50, 50 + len(text), text)
        answered, unanswered = questions_of(at)
        [yes] = own.read(answered[1], [passage])
        [no] = own.read(unanswered[1], [passage])
        assert yes.answers > 1.0 > 0.0 > no.answers
        sentence = passage.cut(50, 50 + text.find(".") + 1)
        marked = window_of_words(passage, [sentence], yes, 1, 1.0).best
        assert passage.cut(*marked).text == thing


@pytest.mark.parametrize(("began_with", "faster_now"), [("float32", "bfloat16"), ("bfloat16", "float32")])
def test_a_stopped_run_goes_on_in_its_type_and_ends_where_the_other_ended(
    began_with: Precision, faster_now: Precision, body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = [write_set(tmp_path / "pairs")]
    monkeypatch.setattr(training, "faster_precision", lambda *_: began_with)
    train(body, data, tmp_path / "whole", rate=BODY_RATE, epochs=3, seed=1)
    saves = iter([None, None])

    class Stopping(Checkpoint):
        def save(self, *state: object) -> None:
            if next(saves, "stop") == "stop":  # a step behind the last checkpoint
                raise KeyboardInterrupt
            super().save(*state)  # type: ignore[arg-type]

    with monkeypatch.context() as stopping:
        stopping.setattr(training, "SAVE_S", 0.0)
        stopping.setattr(training, "Checkpoint", Stopping)
        with pytest.raises(KeyboardInterrupt):
            train(body, data, tmp_path / "parts", rate=BODY_RATE, epochs=3, seed=1)
    monkeypatch.setattr(training, "faster_precision", lambda *_: faster_now)
    train(body, data, tmp_path / "parts", rate=BODY_RATE, epochs=3, seed=1)
    train(body, data, tmp_path / "other", rate=BODY_RATE, epochs=3, seed=1)
    whole, parts, other = (
        torch.load(tmp_path / name / "model.pt", weights_only=True) for name in ("whole", "parts", "other")
    )
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
    assert not all(torch.equal(whole[name], other[name]) for name in whole)
    log = (tmp_path / "parts" / "losses.jsonl").read_text(encoding="utf-8")
    steps = [json.loads(line)["step"] for line in log.splitlines()]
    assert steps == list(range(1, len(steps) + 1))


def test_a_run_can_start_from_the_weights_of_another(body: Body, run: Path, tmp_path: Path) -> None:
    data = [write_set(tmp_path / "pairs")]
    train(body, data, tmp_path / "new", rate=1e-6, epochs=1, seed=2)
    train(body, data, tmp_path / "further", rate=1e-6, epochs=1, seed=2, start=run)
    new, further = (
        json.loads((tmp_path / name / "losses.jsonl").read_text().splitlines()[0])["spans"]
        for name in ("new", "further")
    )
    assert further < 0.5 < 3.0 < new


def test_a_checkpoint_of_another_run_is_not_gone_on_from(body: Body, tmp_path: Path) -> None:
    out = tmp_path / "run"
    out.mkdir()
    torch.save({"step": 1, "made_with": {"rate": 1.0}}, out / "checkpoint.pt")
    with pytest.raises(CheckpointError, match=r"Name another --out, or delete it"):
        train(body, [write_set(tmp_path / "pairs")], out, rate=1e-4, epochs=1, seed=1)


def test_the_body_comes_back_from_its_quantised_file() -> None:
    body = packaged_body()
    weights = body_weights(body.weights)
    new = {"answers.weight", "answers.bias", "spans.weight", "spans.bias"}
    assert set(weights) == set(ReaderModel(body.sizes).state_dict()) - new
    assert all(weight.dtype == torch.float32 for weight in weights.values())


def test_a_line_that_is_not_in_the_form_is_named(body: Body, tmp_path: Path) -> None:
    folder = write_set(tmp_path / "pairs")
    (folder / "queries.jsonl").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"queries\.jsonl:1: this isn't JSON"):
        train(body, [folder], tmp_path / "out", rate=1e-4, epochs=1, seed=1)


def test_questions_without_a_known_text_cannot_be_trained_on(body: Body, tmp_path: Path) -> None:
    folder = write_set(tmp_path / "pairs")
    line = {"_id": "q", "text": "Who?", "answers": ["Anna"], "answerable": True}
    (folder / "queries.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"No question in .* can be trained on. Name other sets\."):
        train(body, [folder], tmp_path / "out", rate=1e-4, epochs=1, seed=1)


def test_without_trained_weights_there_is_nothing_to_export_or_to_start_from(
    body: Body, tmp_path: Path
) -> None:
    with pytest.raises(WeightsError, match=r"model\.pt can't be read: No such file"):
        export(body, tmp_path, tmp_path / "weights")
    data = [write_set(tmp_path / "pairs")]
    with pytest.raises(WeightsError, match=r"Name the --out of a finished run\."):
        train(body, data, tmp_path / "out", rate=1e-4, epochs=1, seed=1, start=tmp_path)


def test_a_checkpoint_of_other_data_is_not_gone_on_from(
    body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_set(tmp_path / "pairs")
    monkeypatch.setattr(training, "SAVE_S", 0.0)
    train(body, [folder], tmp_path / "run", rate=1e-4, epochs=1, seed=1)
    queries = folder / "queries.jsonl"
    queries.write_text(queries.read_text(encoding="utf-8").replace("carries", "bears"), encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"Name another --out, or delete it"):
        train(body, [folder], tmp_path / "run", rate=1e-4, epochs=1, seed=1)
