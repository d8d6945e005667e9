"""What a server's answer says before its body is read."""

from __future__ import annotations

import pytest

from index.documents.web.answers import check_kind, check_status, retry_after, short_value, to_headers
from index.errors import FetchError, TryLaterError


def said(status: int, **headers: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        check_status(status, {key.replace("_", "-"): value for key, value in headers.items()}, "It", "bears")
    return caught.value


def test_a_header_that_comes_twice_is_joined_and_not_the_last_one() -> None:
    raw = [(b"Content-Encoding", b" gzip "), (b"content-encoding", b"br"), (b"Caf\xe9", b"\xe9")]
    assert to_headers(raw) == {"content-encoding": "gzip, br", "café": "é"}


@pytest.mark.parametrize(
    ("wait_s", "when"),
    [
        (0, "a second"),
        (1, "a second"),
        (2, "2 seconds"),
        (89, "89 seconds"),
        (90, "2 minutes"),
        (3660, "61 minutes"),
        (5399, "90 minutes"),
        (5400, "2 hours"),
        (86_400, "24 hours"),
    ],
)
def test_how_long_a_server_asks_to_wait_is_said_in_words(wait_s: int, when: str) -> None:
    error = said(429, retry_after=str(wait_s))
    assert str(error) == f"bears asks for fewer requests (429). Please try again in {when}."
    assert isinstance(error, TryLaterError)
    assert error.wait_s == wait_s


def test_a_server_in_trouble_may_ask_for_time_too() -> None:
    error = said(503, retry_after="300")
    assert isinstance(error, TryLaterError)
    assert error.wait_s == 300


def test_a_proxy_that_wants_a_password_is_a_closed_door_and_a_slow_request_is_none() -> None:
    assert "(407)" in str(said(407))
    assert str(said(407)).startswith("It needs a login or a subscription")
    assert str(said(408)) == "bears answered 408 for It, without a page. Please check the address."


def test_what_the_server_calls_it_decides_by_its_family_too() -> None:
    with pytest.raises(FetchError, match="It is an image, not an article"):
        check_kind("Image/X-New ; q=1", "It")
    check_kind("application/pdf", "It")
    check_kind("", "It")


def test_only_a_short_value_of_one_line_is_kept() -> None:
    for value in ("a", "a" * 500):
        assert short_value({"etag": value}, "etag") == value
    for value in ("", "a" * 501, "\u00e9", "a\nb"):
        assert short_value({"etag": value}, "etag") is None
    assert short_value({}, "etag") is None


def test_without_a_wait_none_is_made_up() -> None:
    assert retry_after({}) is None
