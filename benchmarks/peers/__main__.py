"""python -m benchmarks.peers DIR: this project and four others on the same questions, in one run.

LangChain with FAISS, LlamaIndex, txtai and Haystack as their tutorials have them, each with the model that
most bots use and with this project's own. What a figure means stands at ``measuring.Measured`` and in
``counting``. Every line of the corpus is an article. A peer shows the texts that it finds, this project its
quotes.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.peers.child import ROOT, Peer, PeerError
from benchmarks.peers.counting import READ_CHARS
from benchmarks.peers.measuring import Measured, Trial, measure
from index.command_line import JsonOption, make_progress, run
from retrieval.evaluation import QuestionSetError, every, read_question_set

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

PYTHON = ROOT / ".venv-peers" / "bin" / "python"
MODELS = ("all-MiniLM-L6-v2", "bge-small-en-v1.5")
OURS = "Verbatim"
PEERS = {"LangChain": "langchain", "LlamaIndex": "llamaindex", "txtai": "txtai", "Haystack": "haystack"}

COLUMNS = (
    "model",
    "right paragraph first",
    f"answer in the first {READ_CHARS} chars",
    "answer shown at all",
    "chars shown",
    "anything shown",
    "unanswerable refused",
    "off topic refused",
    "s a question",
    "chars ingested a s",
    "cold start, s",
    "MB, ingest",
    "MB, asking",
)


@app.command()
def compare(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    off_topic: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A set on other subjects, all of which should be refused."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most this many questions of each kind, spread evenly.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help=f"Measure only this one; can be repeated. One of {', '.join((OURS, *PEERS))}."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure this project and its peers on the questions of DIR."""
    peers = choose_peers(only)
    trial = read_trial(folder, off_topic, limit)
    measured = measure_all(peers, trial)
    about = {
        "set": trial.question_set.name,
        "articles": len(trial.question_set.texts),
        "answerable": len(trial.answerable),
        "unanswerable": len(trial.unanswerable),
        "off_topic": len(trial.off_topic),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
    }
    if as_json:
        print(
            json.dumps(about | {"peers": [asdict(peer) for peer in measured]}, ensure_ascii=False, indent=2)
        )
    else:
        print(", ".join(f"{name} {value}" for name, value in about.items()))
        print("\n" + to_table(measured) + "\n")
        print("\n".join(to_versions(measured)))


def choose_peers(only: Sequence[str] | None) -> list[Peer]:
    """Return this project, then each peer with either model.

    Raises PeerError when one is unknown or missing.
    """
    ours = Peer(OURS, MODELS[1], (sys.executable, "-m", "benchmarks.peers.verbatim"))
    for name in only or ():
        if name not in (OURS, *PEERS):
            raise PeerError(f"There's no peer {name}. Known peers: {', '.join((OURS, *PEERS))}.")
    others = [
        Peer(name, model, (str(PYTHON), "-m", f"benchmarks.peers.{module}"))
        for name, module in PEERS.items()
        for model in MODELS
        if not only or name in only
    ]
    if others and not PYTHON.exists():
        raise PeerError("The peers aren't installed. Run `make setup-peers`.")
    return ([ours] if not only or OURS in only else []) + others


def read_trial(folder: Path, off_topic: Path | None, limit: int | None) -> Trial:
    """Return the questions, at most ``limit`` of each kind. Raises QuestionSetError."""
    question_set = read_question_set(folder)
    questions = question_set.questions
    answerable = tuple(
        question
        for question in questions
        if question.answerable and question.gold and (question.answers or question.spans)
    )
    unanswerable = tuple(question for question in questions if question.answerable is False)
    if not answerable:
        raise QuestionSetError(f"{folder} has no question with an answer. Choose another set.")
    others = read_question_set(off_topic).questions if off_topic else ()
    return Trial(question_set, every(answerable, limit), every(unanswerable, limit), every(others, limit))


def measure_all(peers: Sequence[Peer], trial: Trial) -> list[Measured]:
    """Measure peers one after the other, so that none disturbs another; print each row as it is done."""
    measured = []
    with make_progress() as progress:
        for number, peer in enumerate(peers, start=1):
            what = f"{number} of {len(peers)}: {peer.name}, {peer.model}"
            print(what, file=sys.stderr)
            task = progress.add_task(what, total=1 + trial.question_count)
            measured.append(measure(peer, trial, partial(progress.advance, task)))
            progress.remove_task(task)
            # Each takes minutes, and a later one may fail.
            print("  " + " | ".join(_row(measured[-1])), file=sys.stderr)
    return measured


def to_table(measured: Sequence[Measured]) -> str:
    """Return a Markdown table with a row for each peer."""
    rows = [["peer", *COLUMNS], ["---"] * (1 + len(COLUMNS)), *map(_row, measured)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def to_versions(measured: Sequence[Measured]) -> list[str]:
    """Return a line for each peer: the packages that matter for it, with their versions."""
    return [
        f"{peer}: {', '.join(f'{name} {version}' for name, version in versions.items())}"
        for peer, versions in {row.peer: row.versions for row in measured}.items()
    ]


def _row(measured: Measured) -> list[str]:
    found = measured.found
    return [
        measured.peer,
        measured.model,
        *map(_share, (found.right_first, found.answer_in_first_chars, found.answer_shown)),
        _number(found.shown_chars, ".0f"),
        *map(_share, (found.something_shown, measured.unanswerable_refused, measured.off_topic_refused)),
        _number(measured.question_s, ".3f"),
        _number(measured.ingest_chars_s, ",.0f"),
        _number(measured.cold_start_s, ".1f"),
        _number(measured.ingest_mb, ".0f"),
        _number(measured.ask_mb, ".0f"),
    ]


def _share(value: float | None) -> str:
    return _number(value, ".2f")


def _number(value: Any, form: str) -> str:
    return "–" if value is None else format(value, form)


if __name__ == "__main__":
    run(app, "python -m benchmarks.peers")
