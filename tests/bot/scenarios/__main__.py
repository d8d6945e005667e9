"""Writes docs/conversations.md: plays all scenarios, and shows them, if all pass.

python -m tests.bot.scenarios
python -m tests.bot.scenarios picture    # draws docs/conversation.png instead
"""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.bot.scenarios.page import CHECK, FOLDER, PAGE, SCENES, Scene, left_out, page
from tests.bot.scenarios.picture import BROWSER, DRAWS
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


class Drawing:
    """A plugin that has the picture drawn anew."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Say so."""
        config.stash[DRAWS] = True


def main() -> int:
    """The exit code: 1 where a scenario fails, and nothing is written."""
    return draw_picture() if sys.argv[1:] == ["picture"] else write_page()


def write_page() -> int:
    """Play all scenarios."""
    played = Played()
    code = _pytest([f"--ignore={CHECK}", str(FOLDER)], played)
    shown = PAGE.relative_to(ROOT)
    if code != pytest.ExitCode.OK or played.left_out:
        print(f"{shown} is not written: {played.left_out or 'see the errors above'}", file=sys.stderr)
        return 1
    PAGE.write_text(page(played.scenes), encoding="utf-8")
    print(f"{shown}: {len(played.scenes)} conversations")
    return 0


def draw_picture() -> int:
    """Play the one conversation that is drawn."""
    if shutil.which(BROWSER) is None:
        print(f"{BROWSER} is not installed: apt-get install chromium fonts-inter", file=sys.stderr)
        return 1
    return int(_pytest([str(FOLDER / "test_picture.py")], Drawing()))


def _pytest(arguments: list[str], plugin: object) -> int | pytest.ExitCode:
    options = [
        "-q",
        "-p",
        "no:cacheprovider",
        f"--rootdir={ROOT}",
        f"--config-file={ROOT / 'pyproject.toml'}",
    ]
    return pytest.main([*options, *arguments], plugins=[plugin])


if __name__ == "__main__":
    sys.exit(main())
