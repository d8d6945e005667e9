"""The figures of a question set, out of its trials, and how they are shown."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np

from retrieval.evaluation.metrics import auroc, mean_reciprocal_rank, recall_at, refused_at, share
from retrieval.evaluation.question_set import Asked
from retrieval.evaluation.trial import SENTENCES, STAGES, Stage, Trial
from retrieval.types import Grade

DEPTHS = (1, 5, 10)
GRADES: tuple[Grade, ...] = get_args(Grade)
DIGITS = 4
KEPT = (0.98, 0.95, 0.9)

Pairs = Sequence[tuple[Asked, Trial]]


def to_figures(pairs: Pairs) -> dict[str, Any]:
    """Return the figures of questions and their trials; what does not apply is None.

    - ``stages``: by stage, before refusal; ``recall`` and ``mrr`` over the questions with a text that
      answers: a passage of such a text is a hit; ``recall_span`` over those with a span: a passage that
      overlaps it is one.
    - ``quote_hit``: by the most sentences a citation may have, the share of the answerable questions, where
      it is known what answers, whose first citation holds the answer. A refused question is a miss.
    - ``quote_chars``: the median length of first citations of two sentences at most.
    - ``answered_when_answerable``, ``refused_when_unanswerable``: shares of the questions of which it is
      known whether they are answerable.
    - ``near_miss_auroc``: over the score of the first that was read, before refusal, answerable against not;
      nothing found is the lowest.
    - ``off_topic_refused``: share of the questions that were asked inside another article.
    - ``grades``: by grade its share of all questions, and how many of those that had it deserved it:
      ``answered`` where the question is answerable and the quote holds the answer, the others where it is
      not answerable.
    - ``seconds``: to find, read and quote, of the questions that can be asked.
    - ``followups``: recall after reading, over the answerable questions that were asked behind others:
      ``bare``, and ``understood`` from those.
    - ``standing_alone_changed``: share of the first questions, where a set has conversations, that were taken
      for another question than the one asked.
    - ``near_miss_refused``: share of the unanswerable that is refused by the threshold which keeps this share
      of the answerable, whatever the settings' own threshold is.
    """
    answerable = [(asked, trial) for asked, trial in pairs if asked.answerable]
    unanswerable = [(asked, trial) for asked, trial in pairs if asked.answerable is False]
    comparable = [trial for asked, trial in answerable if asked.answers or asked.spans]
    elsewhere = [trial.off_topic_refused for _, trial in pairs if trial.off_topic_refused is not None]
    chars = [trial.chars for _, trial in pairs if trial.chars is not None]
    seconds = [trial.seconds for _, trial in pairs if trial.seconds is not None]
    return {
        "questions": len(pairs),
        "stages": {stage: _stage(pairs, stage) for stage in STAGES},
        "quote_hit": {
            str(most): _rounded(share(trial.holds.get(most, False) for trial in comparable))
            for most in SENTENCES
        },
        "quote_chars": statistics.median(chars) if chars else None,
        "answered_when_answerable": _rounded(share(trial.grade == "answered" for _, trial in answerable)),
        "refused_when_unanswerable": _rounded(share(trial.grade != "answered" for _, trial in unanswerable)),
        "near_miss_auroc": _rounded(auroc(_scores(answerable), _scores(unanswerable))),
        "off_topic_refused": _rounded(share(elsewhere)),
        "grades": {grade: _grade(pairs, grade) for grade in GRADES},
        "seconds": {
            f"p{percent}": _rounded(float(np.percentile(seconds, percent))) if seconds else None
            for percent in (50, 95)
        },
        "near_miss_refused": {
            str(kept): _rounded(refused_at(kept, _scores(answerable), _scores(unanswerable))) for kept in KEPT
        },
        "followups": _followups(answerable),
        "standing_alone_changed": _changed(pairs),
    }


def _followups(answerable: Pairs) -> dict[str, Any] | None:
    following = [trial for asked, trial in answerable if asked.history and asked.gold]
    if not following:
        return None
    return {
        "bare": _recalls([trial.ranks["read"].gold for trial in following]),
        "understood": _recalls([trial.understood_rank for trial in following]),
    }


def _changed(pairs: Pairs) -> float | None:
    if not any(asked.history for asked, _ in pairs):
        return None
    return _rounded(share(trial.is_rewritten for asked, trial in pairs if not asked.history))


def _stage(pairs: Pairs, stage: Stage) -> dict[str, Any]:
    gold = [trial.ranks[stage].gold for asked, trial in pairs if asked.gold]
    span = [trial.ranks[stage].span for asked, trial in pairs if asked.spans]
    return {
        "recall": _recalls(gold),
        "recall_span": _recalls(span),
        "mrr": _rounded(mean_reciprocal_rank(gold)),
    }


def _recalls(ranks: Sequence[int | None]) -> dict[str, float | None] | None:
    return {str(k): _rounded(recall_at(k, ranks)) for k in DEPTHS} if ranks else None


def _grade(pairs: Pairs, grade: Grade) -> dict[str, float | None]:
    judged = [
        bool(asked.answerable) and trial.holds_by_default if grade == "answered" else not asked.answerable
        for asked, trial in pairs
        if trial.grade == grade and asked.answerable is not None
    ]
    return {
        "share": _rounded(share(trial.grade == grade for _, trial in pairs)),
        "right": _rounded(share(judged)),
    }


def _scores(pairs: Pairs) -> list[float]:
    return [-math.inf if trial.score is None else trial.score for _, trial in pairs]


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)


def to_markdown(figures: Mapping[str, Any]) -> str:
    """Return the figures as tables: the stages, then the rest; ``–`` where a figure does not apply."""
    columns = [f"recall@{k}" for k in DEPTHS] + [f"span@{k}" for k in DEPTHS] + ["MRR"]
    lines = [f"| stage | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for stage, found in figures["stages"].items():
        cells = [(found[name] or {}).get(str(k)) for name in ("recall", "recall_span") for k in DEPTHS]
        lines.append(f"| {stage} | {' | '.join(map(_shown, [*cells, found['mrr']]))} |")
    lines += ["", "| what | value |", "|---|---|"]
    lines += [f"| {what} | {value} |" for what, value in _named(figures)]
    return "\n".join(lines)


def _named(figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    chars = figures["quote_chars"]
    return [
        *(
            (f"answer in the first quote, {most} sentence{'s' if most > '1' else ''} at most", _shown(hit))
            for most, hit in figures["quote_hit"].items()
        ),
        ("characters of such a quote of two, median", "–" if chars is None else f"{chars:g}"),
        ("answered when answerable", _shown(figures["answered_when_answerable"])),
        ("refused when unanswerable", _shown(figures["refused_when_unanswerable"])),
        ("near miss, AUROC", _shown(figures["near_miss_auroc"])),
        *(
            (f"near miss, refused where {float(kept):.0%} are kept", _shown(value))
            for kept, value in figures["near_miss_refused"].items()
        ),
        ("off topic, refused", _shown(figures["off_topic_refused"])),
        *(
            (f"graded {grade} / of those right", f"{_shown(found['share'])} / {_shown(found['right'])}")
            for grade, found in figures["grades"].items()
        ),
        *(
            (f"behind other questions, {how}: recall@{k}", _shown(found[how][str(k)]))
            for found in filter(None, [figures["followups"]])
            for how in ("bare", "understood")
            for k in DEPTHS
        ),
        ("first questions taken for others", _shown(figures["standing_alone_changed"])),
        *((f"seconds, {name}", _shown(value)) for name, value in figures["seconds"].items()),
    ]


def _shown(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"
