"""The whole way on 40 pairs made for it: train, stop, go on, export, read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from index.types import Passage
from retrieval.question_set import QuestionSetError
from retrieval.reader import OwnReader, load_own
from retrieval.windows import window_of_words
from training import reader as training
from training.body import body_folder, body_weights
from training.checkpoint import Checkpoint, CheckpointError
from training.export import main as export
from training.model import ReaderModel, WeightsError

NAMES = ["Anna", "Boris", "Clara", "David", "Emma", "Fedor", "Greta", "Hugo", "Irina", "Jonas"]
THINGS = [
    ("carries", "a brass lamp"),
    ("paints", "the north wall"),
    ("repairs", "old clocks"),
    ("sells", "river fish"),
]


def write_set(folder: Path) -> Path:
    """Twenty questions that a text answers, twenty that it does not."""
    folder.mkdir(parents=True)
    texts: list[dict[str, object]] = []
    questions: list[dict[str, object]] = []
    for at, name in enumerate(NAMES):
        verb, thing = THINGS[at % 4]
        other, _ = THINGS[(at + 1) % 4]
        text = f"{name} {verb} {thing}. The house stands by the sea. Nobody has been there since the spring."
        texts.append({"_id": f"t{at}#0", "title": "", "text": text})
        start = text.find(thing)
        for number, question in enumerate([f"What does {name} do by {verb}?", f"{name} {verb} what?"]):
            span = [f"t{at}#0", start, start + len(thing)]
            questions.append(
                {"_id": f"q{at}{number}", "text": question, "answers": [thing], "answerable": True,
                 "answer_spans": [span], "context_doc": f"t{at}#0"}
            )  # fmt: skip
        for number, question in enumerate([f"What does {name} like when {other}?", f"{name} {other} what?"]):
            questions.append(
                {"_id": f"n{at}{number}", "text": question, "answers": [], "answerable": False,
                 "answer_spans": [], "context_doc": f"t{at}#0"}
            )  # fmt: skip
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n", encoding="utf-8")
    for name, lines in (("corpus", texts), ("queries", questions)):
        path = folder / f"{name}.jsonl"
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a run of 25 epochs on the 40 pairs left its files."""
    place = tmp_path_factory.mktemp("training")
    out = place / "run"
    training.main([write_set(place / "pairs")], out, rate=2e-4, epochs=25, seed=1)
    return out


@pytest.fixture(scope="module")
def own(run: Path, tmp_path_factory: pytest.TempPathFactory) -> OwnReader:
    """The reader of that run, in int8."""
    weights = tmp_path_factory.mktemp("weights")
    export(run, weights)
    return load_own(weights)


def test_the_losses_are_written_down_and_fall(run: Path) -> None:
    lines = [json.loads(line) for line in (run / "losses.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[0]["spans"] > 3.0
    assert lines[-1]["spans"] < 0.5
    assert lines[-1]["answers"] < 0.3
    assert json.loads((run / "pairs.json").read_text())["kind: answer"] == 25 * 20


def test_it_has_learnt_what_answers_and_which_words(own: OwnReader) -> None:
    for at, name in enumerate(NAMES):
        verb, thing = THINGS[at % 4]
        other, _ = THINGS[(at + 1) % 4]
        text = f"{name} {verb} {thing}. The house stands by the sea. Nobody has been there since the spring."
        passage = Passage("a1", 50, 50 + len(text), text)
        [yes] = own.read(f"{name} {verb} what?", [passage])
        [no] = own.read(f"{name} {other} what?", [passage])
        assert yes.answers > 1.0 > 0.0 > no.answers
        sentence = passage.cut(50, 50 + text.find(".") + 1)
        marked = window_of_words(passage, [sentence], yes, 1, 1.0).best
        assert passage.cut(*marked).text == thing


def test_a_stopped_run_goes_on_and_ends_where_the_other_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = [write_set(tmp_path / "pairs")]
    training.main(data, tmp_path / "whole", rate=1e-4, epochs=3, seed=1)
    monkeypatch.setattr(training, "SAVE_S", 0.0)
    saves = iter([None, None])

    class Stopping(Checkpoint):
        def save(self, *state: object) -> None:
            if next(saves, "stop") == "stop":  # a step behind the last checkpoint
                raise KeyboardInterrupt
            super().save(*state)  # type: ignore[arg-type]

    monkeypatch.setattr(training, "Checkpoint", Stopping)
    with pytest.raises(KeyboardInterrupt):
        training.main(data, tmp_path / "parts", rate=1e-4, epochs=3, seed=1)
    monkeypatch.undo()
    training.main(data, tmp_path / "parts", rate=1e-4, epochs=3, seed=1)
    whole, parts = (
        torch.load(tmp_path / name / "model.pt", weights_only=True) for name in ("whole", "parts")
    )
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
    log = (tmp_path / "parts" / "losses.jsonl").read_text(encoding="utf-8")
    steps = [json.loads(line)["step"] for line in log.splitlines()]
    assert steps == list(range(1, len(steps) + 1))


def test_a_run_can_start_from_the_weights_of_another(run: Path, tmp_path: Path) -> None:
    data = [write_set(tmp_path / "pairs")]
    training.main(data, tmp_path / "new", rate=1e-6, epochs=1, seed=2)
    training.main(data, tmp_path / "further", rate=1e-6, epochs=1, seed=2, start=run)
    new, further = (
        json.loads((tmp_path / name / "losses.jsonl").read_text().splitlines()[0])["spans"]
        for name in ("new", "further")
    )
    assert further < 0.5 < 3.0 < new


def test_a_checkpoint_of_another_run_is_not_gone_on_from(tmp_path: Path) -> None:
    out = tmp_path / "run"
    out.mkdir()
    torch.save({"step": 1, "made_with": {"rate": 1.0}}, out / "checkpoint.pt")
    with pytest.raises(CheckpointError, match=r"name another --out, or delete it"):
        training.main([write_set(tmp_path / "pairs")], out, rate=1e-4, epochs=1, seed=1)


def test_the_body_comes_back_from_its_quantised_file() -> None:
    weights = body_weights(body_folder() / "model.onnx")
    new = {"answers.weight", "answers.bias", "spans.weight", "spans.bias"}
    assert set(weights) == set(ReaderModel().state_dict()) - new
    assert all(weight.dtype == torch.float32 for weight in weights.values())


def test_a_line_that_is_not_in_the_form_is_named(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "pairs")
    (folder / "queries.jsonl").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"queries\.jsonl:1: no JSON"):
        training.main([folder], tmp_path / "out", rate=1e-4, epochs=1, seed=1)


def test_questions_without_a_known_text_cannot_be_trained_on(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "pairs")
    line = {"_id": "q", "text": "Who?", "answers": ["Anna"], "answerable": True}
    (folder / "queries.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"No question of .* can be trained on; name other sets\."):
        training.main([folder], tmp_path / "out", rate=1e-4, epochs=1, seed=1)


def test_without_trained_weights_there_is_nothing_to_export_or_to_start_from(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"model\.pt cannot be read: No such file"):
        export(tmp_path, tmp_path / "weights")
    data = [write_set(tmp_path / "pairs")]
    with pytest.raises(WeightsError, match=r"name the --out of a run that has ended\."):
        training.main(data, tmp_path / "out", rate=1e-4, epochs=1, seed=1, start=tmp_path)


def test_a_checkpoint_of_other_data_is_not_gone_on_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_set(tmp_path / "pairs")
    monkeypatch.setattr(training, "SAVE_S", 0.0)
    training.main([folder], tmp_path / "run", rate=1e-4, epochs=1, seed=1)
    queries = folder / "queries.jsonl"
    queries.write_text(queries.read_text(encoding="utf-8").replace("carries", "bears"), encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"name another --out, or delete it"):
        training.main([folder], tmp_path / "run", rate=1e-4, epochs=1, seed=1)
