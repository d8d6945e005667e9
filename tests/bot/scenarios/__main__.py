"""Writes docs/conversations.md: plays all scenarios, and shows them, if all pass.

python -m tests.bot.scenarios
"""

from __future__ import annotations

import sys

import pytest

from tests.bot.scenarios.page import CHECK, FOLDER, PAGE, SCENES, Scene, left_out, page
from tests.standin.process import ROOT


class Played:
    """A plugin that keeps what was played, or why that is not all."""

    def __init__(self) -> None:
        self.scenes: list[Scene] = []
        self.left_out = "nothing was played"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Look at it before the session is gone."""
        self.scenes = session.config.stash.get(SCENES, [])
        self.left_out = left_out(session)


def main() -> int:
    """The exit code: 1 where a scenario fails, and nothing is written."""
    played = Played()
    options = [
        "-q",
        "-p",
        "no:cacheprovider",
        f"--rootdir={ROOT}",
        f"--config-file={ROOT / 'pyproject.toml'}",
    ]
    code = pytest.main([*options, f"--ignore={CHECK}", str(FOLDER)], plugins=[played])
    shown = PAGE.relative_to(ROOT)
    if code != pytest.ExitCode.OK or played.left_out:
        print(f"{shown} is not written: {played.left_out or 'see the errors above'}", file=sys.stderr)
        return 1
    PAGE.write_text(page(played.scenes), encoding="utf-8")
    print(f"{shown}: {len(played.scenes)} conversations")
    return 0


if __name__ == "__main__":
    sys.exit(main())
