"""What a chat is told of a failure, and what the log says of it."""

from __future__ import annotations

import logging
import sqlite3

import pytest

from bot.chat import texts
from bot.chat.failures import described, public_message
from bot.errors import QuotaError, StateError
from index.errors import LibraryMissingError, SourceError, StaleLibraryError


def caught(error: Exception) -> Exception:
    """Raise ``error`` and return it, so that it has a traceback."""
    try:
        raise error
    except Exception as found:
        return found


def test_anybody_is_told_what_may_be_told_and_the_log_what_only_the_operator_may_read(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "bot")
    error = SourceError("a.pdf is damaged as a PDF.", for_operator="Reading it failed with KeyError.")
    assert public_message(error, "an article was not added") == "a.pdf is damaged as a PDF."
    assert (
        public_message(QuotaError("There are 3 articles already."), "it") == "There are 3 articles already."
    )
    assert caplog.messages == [
        "an article was not added: SourceError Reading it failed with KeyError.",
        "it: QuotaError",
    ]


@pytest.mark.parametrize(
    "error", [StaleLibraryError("data/main.db was made with e5."), StateError("data/bot.db is damaged.")]
)
def test_what_only_the_operator_may_read_is_logged_whole(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    assert public_message(error, "a question could not be answered") == texts.FAILED
    (record,) = caplog.records
    assert (record.levelno, record.getMessage()) == (
        logging.ERROR,
        f"a question could not be answered: {error}",
    )


def test_where_there_is_no_library_the_chat_is_told_how_to_add_an_article() -> None:
    assert public_message(LibraryMissingError("There's no library chats/5 yet."), "it") == texts.NO_ARTICLES


@pytest.mark.parametrize(
    ("error", "logged"),
    [
        (ValueError("who likes jam?"), "ValueError\n"),
        (OSError(28, "No space left on device", "/data/main.db"), "OSError: No space left on device: /data/"),
        (OSError("who likes jam?"), "OSError\n"),
        (sqlite3.OperationalError("near jam"), "OperationalError: without a code\n"),
    ],
)
def test_of_an_unexpected_error_the_machines_words_are_logged_and_nobody_elses(
    error: Exception, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert public_message(caught(error), "it") == texts.FAILED
    assert caplog.messages[0].startswith(f"it: {logged}")
    assert "test_failures.py" in caplog.text
    assert "jam" not in caplog.text


def test_what_caused_an_error_is_described_too() -> None:
    with sqlite3.connect(":memory:") as connection, pytest.raises(sqlite3.OperationalError) as no_table:
        connection.execute("SELECT jam FROM jars")
    connection.close()
    try:
        raise RuntimeError("honey and berries".replace("and", "&")) from no_table.value
    except RuntimeError as error:
        found = described(error)
    assert found.startswith("RuntimeError\n")
    assert "caused by OperationalError: SQLITE_ERROR\n" in found
    assert "honey & berries" not in found
