"""What a threshold keeps and what it costs, as text: a table, a picture, and how sure the figures are."""

from __future__ import annotations

import math
from collections.abc import Sequence

from retrieval.evaluation.thresholds import Outcome, Tally, Thresholds, gaps, middle_of, tally, wilson

FEW = 10
"""Fewer questions of a kind than this say little."""

MOST_ROWS = 9
BINS = 12
_LABEL = len("-12.3 to -12.3  ")


def to_text(outcomes: Sequence[Outcome], current: Thresholds, chosen: Thresholds, *, width: int) -> str:
    """Return the report of a calibration, in lines of at most ``width`` where that is 60 or more."""
    answerable = sum(outcome.is_answerable for outcome in outcomes)
    parts = [
        f"{len(outcomes)} questions: {answerable} with words, {len(outcomes) - answerable} without; "
        f"right quotes: {sum(outcome.is_right for outcome in outcomes)}.",
        *_warnings(answerable, len(outcomes) - answerable),
        "The goal is the share of questions that get the right quote, or no wrong one.",
        _table(outcomes, current, chosen),
        _picture(outcomes, chosen, width),
        _certainty(tally(outcomes, chosen)),
        f"min_relevance = {chosen.min_relevance}\nmin_answers = {chosen.min_answers}",
    ]
    return "\n\n".join(parts)


def _warnings(answerable: int, unanswerable: int) -> list[str]:
    kinds = (("with words", answerable), ("without", unanswerable))
    few = [f"{count} {kind}" for kind, count in kinds if count < FEW]
    return [f"Too few to rely on: {' and '.join(few)}. Use {FEW} of each, better 50."] if few else []


def _table(outcomes: Sequence[Outcome], current: Thresholds, chosen: Thresholds) -> str:
    """Return a row for what is set, one for what is chosen, and some between with the chosen floor."""
    over = [outcome.answers for outcome in outcomes if outcome.relevance >= chosen.min_relevance]
    possible = [middle_of(gap) for gap in gaps(over)]
    some = possible[:: max(1, math.ceil(len(possible) / MOST_ROWS))]
    rows = [Thresholds(chosen.min_relevance, min_answers) for min_answers in some]
    named = {**dict.fromkeys(rows, ""), current: "now", chosen: "best"}
    lines = ["min_relevance  min_answers  answerable  unanswerable  of what is  goal",
             "                             kept        refused       shown right"]  # fmt: skip
    for thresholds in sorted(named, key=lambda row: (row.min_answers, row.min_relevance)):
        counts = tally(outcomes, thresholds)
        cells = (
            f"{thresholds.min_relevance:13.2f}",
            f"{thresholds.min_answers:11.2f}",
            f"{_share(counts.right_shown, counts.answerable):>10}",
            f"{_share(counts.unanswerable_refused, counts.count - counts.answerable):>12}",
            f"{_share(counts.right_shown, counts.shown):>11}",
            f"{counts.goal:.2f}",
            named[thresholds],
        )
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _picture(outcomes: Sequence[Outcome], chosen: Thresholds, width: int) -> str:
    """Return a chart of how many questions score how much, with a line at the threshold.

    █ stands for questions whose quote is right, ░ for those whose quote is not.
    """
    scored = [outcome for outcome in outcomes if math.isfinite(outcome.answers)]
    if not scored:
        return "Nothing was found for any question."
    low = min(outcome.answers for outcome in scored)
    step = (max(outcome.answers for outcome in scored) - low) / BINS or 1.0
    bins: list[list[int]] = [[0, 0] for _ in range(BINS)]
    for outcome in scored:
        bins[min(BINS - 1, int((outcome.answers - low) / step))][not outcome.is_right] += 1
    unit = max(1.0, max(map(sum, bins)) / max(1, width - _LABEL - 2))  # questions a character
    lines = ["Score of the best passage: █ its quote is right, ░ it is not"]
    is_marked = False
    for number, (right, wrong) in enumerate(bins):
        start = low + number * step
        if not is_marked and start + step > chosen.min_answers:
            lines.append(f"{'─' * (_LABEL - 2)} min_answers")
            is_marked = True
        label = f"{start:5.1f} to {start + step:5.1f}"
        lines.append(
            f"{label:{_LABEL}}{'█' * math.ceil(right / unit)}{'░' * math.ceil(wrong / unit)}".rstrip()
        )
    return "\n".join(lines)


def _certainty(counts: Tally) -> str:
    unanswerable = counts.count - counts.answerable
    return "\n".join(
        [
            "With 95 % confidence:",
            f"  answerable kept         {_between(counts.right_shown, counts.answerable)}",
            f"  unanswerable refused    {_between(counts.unanswerable_refused, unanswerable)}",
            f"  of what is shown right  {_between(counts.right_shown, counts.shown)}",
            "On other questions, they will be a little lower.",
        ]
    )


def _share(part: int, total: int) -> str:
    return f"{part / total:.2f}" if total else "-"


def _between(part: int, total: int) -> str:
    low, high = wilson(part, total)
    return f"{part} of {total}: {low:.2f} to {high:.2f}"
