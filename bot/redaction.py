"""No line of output holds the token: it stands in the URL of every request, and so in many a message."""

from __future__ import annotations

import logging
import re
import sys
import threading
from types import TracebackType
from urllib.parse import quote

from bot.repeats import RepeatFilter

HIDDEN = "<token>"

_LOOKS_LIKE_A_TOKEN = re.compile(r"(?<!\d)\d{6,}+(?::|%3A|%253A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)

_OURS = ("bot", "retrieval", "index")
# It writes what it received when that is no JSON, which may be what people wrote; it raises an error, too.
_NEVER = "telegram.request"


class Redactor:
    """Takes tokens out of text: everything that looks like one, and ``token`` itself in every spelling."""

    def __init__(self, token: str | None) -> None:
        secret = (token or "").partition(":")[2]
        parts = [part for part in (token, secret) if part and len(part) >= 8]
        spellings = {*parts, *(quote(part, safe="") for part in parts)}
        longest_first = sorted(spellings, key=len, reverse=True)
        self._token = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        """Return ``text`` without tokens."""
        text = _LOOKS_LIKE_A_TOKEN.sub(HIDDEN, text)
        return self._token.sub(HIDDEN, text) if self._token else text


class RedactingFormatter(logging.Formatter):
    """Redacts the finished line: message, arguments and traceback alike."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the line as it is written."""
        return self._redact(super().format(record))


def set_up_logging(token: str | None, *, debug: bool) -> None:
    """Log to standard error from here on, without the token, what people write, and the same error again.

    The libraries we use write people's words at DEBUG, so they never get there: with ``debug`` they log
    at INFO, and we at DEBUG.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(Redactor(token)))
    handler.addFilter(RepeatFilter())
    logging.basicConfig(level=logging.INFO if debug else logging.WARNING, handlers=[handler], force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.DEBUG if debug else logging.INFO)
    logging.getLogger(_NEVER).setLevel(logging.CRITICAL + 1)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # it would print the arguments of a line that cannot be formatted
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("bot").critical("Stopped by an error.", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(caught: threading.ExceptHookArgs) -> None:
    if caught.exc_value is not None:
        _log_uncaught(caught.exc_type, caught.exc_value, caught.exc_traceback)
