"""The bot as it runs, with models that compute instead of the real ones, dying where it is told to.

Everything else is the real thing: its process, its files, its libraries, its child processes for strangers'
files. What models do to a kill, tests/bot/scenarios/test_restarts.py sees; here it would only take the time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from bot.cli.app import app
from index.config import Config
from index.types import Passage
from retrieval.answerer import Answerer
from retrieval.settings import RetrievalSettings
from retrieval.types import Reading
from tests.crash.points import VARIABLE, arm
from tests.fakes import FakeEmbedder, FakeReader

READING_S = float(os.environ.get("READING_S", "0.04"))
"""The real reader takes as long for a short passage or two: with less, the load would be none."""


class SlowReader(FakeReader):
    """Takes its time."""

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """One reading a passage, in order."""
        time.sleep(READING_S)
        return super().read(question, passages)


def _load(cls: type[Answerer], config: Config) -> Answerer:
    return cls(FakeEmbedder(), SlowReader(), config.section("retrieval", RetrievalSettings))


if __name__ == "__main__":
    Answerer.load = classmethod(_load)  # type: ignore[assignment]  # the seam where models come in
    if VARIABLE in os.environ:
        arm(os.environ[VARIABLE])
    app(prog_name="verbatim")
