"""What a chat may read of a failure, and what only the log says: decided here for every surface."""

from __future__ import annotations

import logging
import sqlite3
import traceback

from bot.chat import texts
from bot.errors import UnreadError
from index.errors import AppError, LibraryMissingError, PublicError

log = logging.getLogger(__name__)


def public_message(error: Exception, what: str) -> str:
    """Log that ``what`` failed with ``error``; return the sentence that anybody in the chat may read."""
    if isinstance(error, LibraryMissingError):
        return texts.NO_ARTICLES
    if isinstance(error, PublicError):  # it may repeat what somebody wrote, so its message is not logged
        log.info("%s: %s", what, f"{type(error).__name__} {error.for_operator}".rstrip())
        return error.public
    report(error, what)
    return texts.FAILED


def may_pass(error: Exception) -> bool:
    """Tell whether ``error`` is no fault of what was asked: another time the same may be answered."""
    return not isinstance(error, PublicError) or isinstance(error, UnreadError)


def report(error: Exception, what: str) -> None:
    """Log for the operator that ``what`` failed with ``error``; nobody in a chat is told."""
    cause = str(error) if isinstance(error, AppError) else described(error)
    log.error("%s: %s", what, cause, extra={"fault": cause})


def described(error: BaseException | None) -> str:
    """Name kind and place of ``error`` and of what caused it; its message may hold what somebody wrote."""
    parts = []
    while error is not None:
        parts.append(f"{_named(error)}\n{''.join(traceback.format_tb(error.__traceback__))}")
        error = error.__cause__ or error.__context__
    return "caused by ".join(parts).rstrip()


def _named(error: BaseException) -> str:
    """Name the kind of ``error``, and its message where that is the machine's own."""
    name = type(error).__qualname__
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}" + (f": {error.filename}" if error.filename else "")
    if isinstance(error, sqlite3.Error):
        return f"{name}: {getattr(error, 'sqlite_errorname', 'without a code')}"
    if isinstance(error, AppError) and not isinstance(error, PublicError):
        return f"{name}: {error}"
    return name
