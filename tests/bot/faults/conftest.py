"""What the faults showed, in a line at the end of a run."""

from __future__ import annotations

import pytest

from tests.bot.faults.leaks import TALLY


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was read, and how often it told what only the operator may read."""
    if TALLY.faults:
        terminalreporter.write_line(
            f"{TALLY.faults} faults played, {TALLY.texts:,} texts read: {TALLY.leaks} leaks"
        )
