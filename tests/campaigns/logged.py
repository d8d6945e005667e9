"""Every line that the bot would write into its log, kept while a campaign runs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.redaction import RedactingFormatter, Redactor
from tests.standin.loopback import TOKEN

_LAYERS = ("bot", "retrieval", "index")


@dataclass
class Log(logging.Handler):
    """The lines, in order, as they would be written."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.setFormatter(RedactingFormatter(Redactor(TOKEN)))

    __hash__ = object.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, if it is not the server's."""
        if not record.name.startswith("aiohttp"):
            self.lines.append(self.format(record))


@contextmanager
def logged() -> Iterator[Log]:
    """Keep what is logged meanwhile, of our own layers down to the least."""
    log, root = Log(), logging.getLogger()
    before = {name: logging.getLogger(name).level for name in _LAYERS}
    root.addHandler(log)
    for name in _LAYERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield log
    finally:
        root.removeHandler(log)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
