"""Which tests are run, and how they are shared out where several processes run them (``-n``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest

from tests.fast import HEAVY, Fast

SCENARIOS = ("tests/bot/scenarios/",)
"""One bot plays them all, and one page shows them."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Share out whole files, some of them together, in their order: the longest are not among the last."""
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]  # it comes without types

    config.option.loadscopereorder = False
    scheduler = LoadFileScheduling(config, log)
    together = (SCENARIOS, HEAVY) if config.option.fast else (SCENARIOS,)
    scheduler._split_scope = partial(_first_place, together)
    return scheduler


def _first_place(together: Sequence[tuple[str, ...]], nodeid: str) -> str:
    """Return the file of a test, or the first of those that stay together with it."""
    return next((places[0] for places in together if nodeid.startswith(places)), nodeid.partition("::")[0])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--fast``."""
    parser.addoption("--fast", action="store_true", help="leave slow tests out, and run every module")


def pytest_configure(config: pytest.Config) -> None:
    """Let tests/fast.py choose where ``--fast`` is given."""
    if config.option.fast:
        config.pluginmanager.register(Fast(config))
