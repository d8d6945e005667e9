"""What tests of the bot share."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from bot.telegram import progress_message


@pytest.fixture(autouse=True)
def nothing_stands_there_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no answer of a bot inside the test be slow; a test in which one is sets the times itself."""
    for name in ("TYPING_LASTS_S", "DRAFT_AFTER_S", "MESSAGE_AFTER_S"):
        monkeypatch.setattr(progress_message, name, 3600.0)


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Undo what setting up logging changes in this process."""
    root, hooks, raising = (
        logging.getLogger(),
        (sys.excepthook, threading.excepthook),
        logging.raiseExceptions,
    )
    handlers, level = root.handlers[:], root.level
    levels = {n: log.level for n, log in logging.Logger.manager.loggerDict.items() if hasattr(log, "level")}
    yield
    root.handlers[:], (sys.excepthook, threading.excepthook) = handlers, hooks
    root.setLevel(level)
    logging.captureWarnings(False)
    logging.raiseExceptions = raising
    for name, log in logging.Logger.manager.loggerDict.items():
        if isinstance(log, logging.Logger):
            log.setLevel(levels.get(name, logging.NOTSET))
