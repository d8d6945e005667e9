"""What mutmut noted of each change -> how many were noticed, by module."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, get_args

Fate = Literal["killed", "took too long", "survived", "not reached", "not tried"]

FATES: tuple[Fate, ...] = get_args(Fate)

_BY_CODE: Mapping[int | None, Fate] = {
    None: "not tried",
    0: "survived",
    5: "not reached",
    33: "not reached",
    **dict.fromkeys((24, -24, 36, 152, 255), "took too long"),
}
"""By the exit code that mutmut notes. With all others a test failed or crashed: the change is killed."""


def fates_of(copy: Path, module: str) -> dict[str, Fate]:
    """Return what became of each change of ``module``, by mutmut's name for it; none before there are any."""
    noted = copy / "mutants" / f"{module}.meta"
    if not noted.exists():
        return {}
    codes: dict[str, int | None] = json.loads(noted.read_text(encoding="utf-8"))["exit_code_by_key"]
    return {name: _BY_CODE.get(code, "killed") for name, code in codes.items()}


def table(fates: Mapping[str, Iterable[Fate]]) -> str:
    """Return a table of ``fates`` by module, with all of them together in its last row."""
    counts = {module: Counter(found) for module, found in fates.items()}
    rows = ["| module | mutants | " + " | ".join(FATES) + " | noticed, of those tried |"]
    rows.append("|---" * (len(FATES) + 3) + "|")
    rows += [_row(f"`{module}`", count) for module, count in counts.items()]
    rows.append(_row("all", sum(counts.values(), Counter())))
    return "\n".join(rows)


def _row(name: str, count: Counter[Fate]) -> str:
    tried = count.total() - count["not tried"]
    share = f"{(count['killed'] + count['took too long']) / tried:.3f}" if tried else "–"
    cells = [name, count.total(), *(count[fate] for fate in FATES), share]
    return "| " + " | ".join(map(str, cells)) + " |"
