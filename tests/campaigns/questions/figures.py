"""What a long run shows: of every process, its end beside its first tenth. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np


def table(outcomes: Sequence[dict[str, Any]]) -> list[str]:
    """The lines of a table of all processes, and what came of the questions, in Markdown."""
    lines = [
        "| process | questions | MB after a tenth | at the end | ratio | p95 ms first tenth | last | ratio"
        " | processor p95 ratio | files | threads |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for process, stretches in groupby(outcomes, key=lambda outcome: outcome["process"]):
        lines.append(f"| {process} | {' | '.join(_row([*stretches]))} |")
    came = sum((Counter(outcome["came"]) for outcome in outcomes), Counter[str]())
    return [*lines, "", *(f"{count} × {what}" for what, count in sorted(came.items()))]


def _row(stretches: Sequence[dict[str, Any]]) -> list[str]:
    tenth = max(1, len(stretches) // 10)
    first, last = stretches[:tenth], stretches[-tenth:]
    begun, end = first[-1], last[-1]
    before, after = _p95(first, "ms"), _p95(last, "ms")
    worked = _p95(last, "processor_ms") / _p95(first, "processor_ms")
    return [
        f"{sum(len(stretch['ms']) for stretch in stretches):,}",
        f"{begun['resident_mb']:.0f}",
        f"{end['resident_mb']:.0f}",
        f"{end['resident_mb'] / begun['resident_mb']:.3f}",
        f"{before:.0f}",
        f"{after:.0f}",
        f"{after / before:.2f}",
        f"{worked:.2f}",
        f"{begun['files']} → {end['files']}",
        f"{begun['threads']} → {end['threads']}",
    ]


def _p95(stretches: Sequence[dict[str, Any]], what: str) -> float:
    return float(np.quantile([took for stretch in stretches for took in stretch[what]], 0.95))
