"""No line of output holds the token."""

import logging
import sys
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction import RedactingFormatter, Redactor, set_up_logging

TOKEN = "123456789:AAEhBP0av28fC2S-tHiS_is_nOt_a_tOkEn1"  # noqa: S105  # made up
SECRET = TOKEN.partition(":")[2]
SHORT = "42:Qq-_short-one"


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/getMe",
        f"GET /file/bot{quote(TOKEN, safe='')}/photos/1.jpg",
        f"GET /file/bot{quote(quote(TOKEN, safe=''), safe='')}/photos/1.jpg",
        repr({"url": f"/bot{TOKEN}/x"}),
        f"only its end: {SECRET}",
    ],
)
def test_every_spelling_is_hidden(text: str) -> None:
    assert SECRET not in Redactor(TOKEN)(text)


def test_the_rest_stays_as_it_is() -> None:
    assert Redactor(TOKEN)(f"POST https://a.example/bot{TOKEN}/getMe 200") == (
        "POST https://a.example/bot<token>/getMe 200"
    )
    assert Redactor(TOKEN)("12:30, chat 123456789: hello") == "12:30, chat 123456789: hello"


def test_a_token_of_another_bot_is_hidden_too() -> None:
    assert Redactor(None)(f"bot{TOKEN}/getMe") == "bot<token>/getMe"


def test_a_token_of_an_unusual_form_is_hidden_when_it_is_ours() -> None:
    assert Redactor(SHORT)(f"bot{SHORT}/getMe") == "bot<token>/getMe"


@given(st.text(max_size=30), st.text(max_size=30))
def test_between_any_words(before: str, after: str) -> None:
    assert SECRET not in Redactor(TOKEN)(before + TOKEN + after)


def test_arguments_and_tracebacks_are_redacted() -> None:
    try:
        raise ValueError(f"no route to /bot{TOKEN}/getMe")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "in %s", (f"/bot{TOKEN}",), sys.exc_info())
    line = RedactingFormatter(Redactor(TOKEN)).format(record)
    assert SECRET not in line
    assert "in /bot<token>" in line
    assert "ValueError: no route to /bot<token>/getMe" in line


@pytest.mark.usefixtures("logging_as_before")
@pytest.mark.parametrize("debug", [False, True])
def test_what_people_write_is_not_logged_by_the_library(
    debug: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(TOKEN, debug=debug)
    logging.getLogger("telegram.ext.Application").debug("Processing update %s", "secret words")
    logging.getLogger("telegram.ext.ExtBot").debug("Calling Bot API endpoint with %s", "secret words")
    logging.getLogger("telegram.request.BaseRequest").error("Can not load %s", "secret words")
    logging.getLogger("httpcore.http11").debug("receive_response_body %s", "secret words")
    logging.getLogger("httpx").info("HTTP Request: POST https://a.example/bot%s/getMe", TOKEN)
    logging.getLogger("bot").info("ready")
    written = capsys.readouterr().err
    assert "secret words" not in written
    assert SECRET not in written
    assert "INFO bot: ready\n" in written
    assert ("bot<token>/getMe" in written) is debug


@pytest.mark.usefixtures("logging_as_before")
def test_an_uncaught_error_is_logged_without_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging(TOKEN, debug=False)
    error = RuntimeError(TOKEN)
    sys.excepthook(RuntimeError, error, None)
    written = capsys.readouterr().err
    assert SECRET not in written
    assert "RuntimeError: <token>" in written
