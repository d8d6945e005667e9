"""What a campaign has tried, one JSON line per trial: a run that was stopped goes on where it was.

    journal = Journal(Path("disks-7.jsonl"))
    for number in range(600):
        outcome = journal.run(f"flip {number}", lambda: flip(number))

The name of a trial says all that it depends on, the seed too, unless the file's name does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Outcome = dict[str, Any]


class Journal:
    """The outcomes of trials by their names, in the file at ``path``; without a path nothing is kept."""

    def __init__(self, path: Path | None = None) -> None:
        """Read the outcomes that are there; a last line that was not written to its end is cut off."""
        self._path = path
        self.outcomes: dict[str, Outcome] = {}
        if path is None or not path.exists():
            return
        data = path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            os.truncate(path, len(whole))
        for line in whole.splitlines():
            trial = json.loads(line)
            self.outcomes[trial["trial"]] = trial["outcome"]

    def run(self, name: str, trial: Callable[[], Outcome]) -> Outcome:
        """Return the outcome of the trial ``name``: the one that is kept, or that of trying it now."""
        if name not in self.outcomes:
            self.add(name, trial())
        return self.outcomes[name]

    def add(self, name: str, outcome: Outcome) -> None:
        """Keep the outcome of a trial, on disk too."""
        self.outcomes[name] = outcome
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"trial": name, "outcome": outcome}) + "\n")
