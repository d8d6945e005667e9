"""One peer, measured: it ingests in one process, and answers in another."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.peers.child import Child, Peer
from benchmarks.peers.counting import Found, Reply, count_found, count_refused
from benchmarks.peers.protocol import Shown, Text
from retrieval.evaluation import Asked, QuestionSet


@dataclass(frozen=True, slots=True)
class Trial:
    """The set whose texts are ingested, and what is asked of them."""

    question_set: QuestionSet
    answerable: Sequence[Asked]  # at least one
    unanswerable: Sequence[Asked]
    off_topic: Sequence[Asked]  # of another set

    @property
    def question_count(self) -> int:
        """How many there are, all kinds."""
        return len(self.answerable) + len(self.unanswerable) + len(self.off_topic)


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one peer."""

    peer: str
    model: str
    found: Found
    unanswerable_refused: float | None  # the share to which nothing was shown; None where none was asked
    off_topic_refused: float | None
    question_s: float  # median of the answerable ones; the question that warms it up is left out
    ingest_chars_s: float  # from the first text to all of them saved, once the model is loaded
    cold_start_s: float  # from the start of a process to its first answer, all being ingested before
    ingest_mb: float  # peak memory of the process that ingests
    ask_mb: float
    versions: Mapping[str, str]


def measure(peer: Peer, trial: Trial, step: Callable[[], None]) -> Measured:
    """Measure ``peer``; ``step`` is called after the ingest and after each question.

    Raises PeerError when its process ends with an error.
    """
    texts = [
        Text(text_id, article.title, article.text) for text_id, article in trial.question_set.texts.items()
    ]
    with tempfile.TemporaryDirectory() as place:
        with Child(peer, "ingest", Path(place)) as child:
            ingested = child.say([asdict(text) for text in texts])
        step()
        with Child(peer, "ask", Path(place)) as child:
            first = child.say(trial.answerable[0].text)
            cold_start_s = child.seconds_since_start()
            peaks_mb = [first["peak_mb"]]

            def ask(asked: Sequence[Asked]) -> list[Reply]:
                replies = []
                for question in asked:
                    said = child.say(question.text)
                    peaks_mb.append(said["peak_mb"])
                    replies.append(Reply(tuple(Shown(**shown) for shown in said["shown"]), said["seconds"]))
                    step()
                return replies

            answerable, unanswerable = ask(trial.answerable), ask(trial.unanswerable)
            off_topic = ask(trial.off_topic)
    return Measured(
        peer=peer.name,
        model=peer.model,
        found=count_found(trial.question_set, trial.answerable, answerable),
        unanswerable_refused=count_refused(unanswerable),
        off_topic_refused=count_refused(off_topic),
        question_s=median(reply.seconds for reply in answerable),
        ingest_chars_s=sum(len(text.text) for text in texts) / ingested["seconds"],
        cold_start_s=cold_start_s,
        ingest_mb=ingested["peak_mb"],
        ask_mb=max(peaks_mb),
        versions=child.versions,
    )
