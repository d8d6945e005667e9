"""Which tests are run, and how they are shared out where several processes run them (``-n``)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fast import Fast

TOGETHER = ("tests/bot/scenarios/",)
"""Folders whose files stay together: one bot plays all scenarios, and one page shows them."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Share out whole files, in their order: the longest are not among the last."""
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]  # it comes without types

    config.option.loadscopereorder = False
    scheduler = LoadFileScheduling(config, log)
    scheduler._split_scope = _together
    return scheduler


def _together(nodeid: str) -> str:
    """Return the folder or the file whose tests one process runs."""
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--fast``."""
    parser.addoption("--fast", action="store_true", help="leave slow tests out, and run every module")


def pytest_configure(config: pytest.Config) -> None:
    """Let tests/fast.py choose where ``--fast`` is given."""
    if config.option.fast:
        config.pluginmanager.register(Fast(config))
