"""One address has one form."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.web.address import canonical, follow, is_address, leads_home, parse_address, shown
from index.errors import AddressRefusedError, FetchError


@pytest.mark.parametrize(
    ("given_as", "form"),
    [
        ("https://example.org", "https://example.org/"),
        ("  HTTPS://Example.ORG:443/A?b=C#d \n", "https://example.org/A?b=C"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("http://[2606:4700::1111]:80/a", "http://[2606:4700::1111]/a"),
        ("https://bär.example/ä?q=ü", "https://xn--br-via.example/%C3%A4?q=%C3%BC"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "https://example.org/a?id=7"),
        ("https://example.org/a?gclid=x", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/?b=2&a=1&a=%2F+", "https://example.org/?b=2&a=1&a=%2F+"),
        ("https://example.org/a%2Fb/", "https://example.org/a%2Fb/"),
        ("https://example.org/?glide=1&utmost=2", "https://example.org/?glide=1&utmost=2"),
    ],
)
def test_an_address_has_one_form(given_as: str, form: str) -> None:
    assert canonical(given_as) == form
    assert canonical(form) == form


@pytest.mark.parametrize(
    ("given_as", "is_one"),
    [
        ("https://example.org", True),
        (" HTTP://example.org", True),
        ("ftp://example.org", True),
        ("file:///etc/passwd", True),
        ("articles/bears.md", False),
        ("C:/articles", False),
        ("a:b.md", False),
        ("//example.org", False),
    ],
)
def test_what_has_a_scheme_is_meant_as_an_address(given_as: str, is_one: bool) -> None:
    assert is_address(given_as) is is_one


def test_an_address_that_grows_too_long_when_it_is_encoded_is_refused() -> None:
    with pytest.raises(AddressRefusedError) as caught:
        parse_address("https://example.org/" + "é" * 20_000)
    assert str(caught.value).endswith(
        "… isn't a web address. Please give one that starts with https:// or http://."
    )


def test_what_is_no_address_is_said_without_its_password() -> None:
    with pytest.raises(AddressRefusedError) as caught:
        parse_address("ftp://example.org/a\x1b[31m")
    assert str(caught.value) == (
        "ftp://example.org/a [31m isn't a web address. Please give one that starts with https:// or http://."
    )
    with pytest.raises(AddressRefusedError) as caught:
        parse_address("https://bear:jam@example.org/a")
    assert (
        str(caught.value)
        == "The address at example.org contains a name or a password. Please leave them out."
    )


@pytest.mark.parametrize(
    "typed",
    [
        "ftp://ann:secret@example.org/a",
        "https://ann:sec/ret@example.org/a",
        "https://ann:secret@ret@example.org:port/a",
        "https://ann:sec ret@exa mple.org/a",
        "ann:secret@example.org/a",
        "ann@secret@",
    ],
)
def test_what_is_no_address_is_named_without_what_may_be_a_password(typed: str) -> None:
    with pytest.raises(AddressRefusedError) as caught:
        parse_address(typed)
    assert str(caught.value).startswith("…@")
    assert "ann" not in str(caught.value)
    assert "sec" not in str(caught.value)


def test_a_redirect_in_bytes_that_are_no_text_leads_where_it_can() -> None:
    assert str(follow(httpx.URL("https://example.org/a"), b"/caf\xe9?b", "It")) == (
        "https://example.org/caf%EF%BF%BD?b"
    )


def test_an_address_is_shown_without_a_password() -> None:
    assert shown("https://ann:secret@example.org/@bears") == "https://…@example.org/@bears"
    assert shown("https://example.org/@bears?by=ann@fox") == "https://example.org/@bears?by=ann@fox"


def test_a_long_address_is_shown_in_part() -> None:
    assert shown("https://example.org/" + "a" * 500) == "https://example.org/" + "a" * 179 + "…"


@given(
    st.one_of(
        st.text(), st.text().map(lambda text: f"http://{text}"), st.from_regex(r"https?://\S+\.\w+/\S*")
    )
)
def test_whatever_is_given_is_an_address_or_is_refused(text: str) -> None:
    try:
        form = canonical(text)
    except FetchError:
        return
    assert canonical(form) == form
    assert form.isascii()
    assert form.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("url", "target", "is_home"),
    [
        ("https://example.org/2024/weir", "https://example.org/", True),
        ("https://example.org/2024/weir", "https://www.example.org", True),
        ("http://example.org/weir.html", "https://example.org/", True),
        ("https://example.org/2024/weir", "https://example.org/2024/weir/", False),
        ("https://example.org/2024/weir", "https://example.org/?page=7", False),
        ("https://short.example/weir", "https://example.org/", False),
        ("https://example.org", "https://www.example.org/", False),
        ("https://example.org/index.html", "https://example.org/", False),
        ("https://example.org/en/", "https://example.org/", False),
    ],
)
def test_a_redirect_from_a_page_to_the_home_page_is_told(url: str, target: str, is_home: bool) -> None:
    assert leads_home(httpx.URL(url), httpx.URL(target)) == is_home
