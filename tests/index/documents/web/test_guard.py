"""What leads inside a network is never dialled, however it is written."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.web.fetcher import Fetcher, Limits
from index.documents.web.guard import is_public
from index.errors import AddressRefusedError, FetchError, TryLaterError
from tests.index.dial import ANSWER, Dial, redirect, resolve_to
from tests.patience import PATIENT_S

NOT_PUBLIC = (
    "0.0.0.0",  # noqa: S104 - nothing binds to it
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "localhost",
    "127.1",
)
PUBLIC = (
    "1.1.1.1",
    "93.184.215.14",
    "172.32.0.1",
    "198.20.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
    "2001:4860::1",
)
WRITTEN = (
    "http://localhost/",
    "http://LOCALHOST./",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://2130706433/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25lo]/",
    "http://127。0。0。1/",  # full-width dots
    "http://１２７.0.0.1/",
    "http://user@127.0.0.1/",
    "http://example.org:pass@127.0.0.1/",
    "http://a\\@127.0.0.1/",
    "http://127.0.0.1\\@example.org/",
    "http://example.org#@127.0.0.1/x:22/",
    "http://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://[fd00:ec2::254]/",
    "http://224.0.0.1/",
)
OTHER = (
    "file:///etc/passwd",
    "gopher://example.org/",
    "ftp://example.org/",
    "data:text/plain,Bears",
    "javascript:alert(1)",
    "unix:/run/docker.sock",
    "http:///nothing",
    "http://",
    "//example.org/",
    "example.org",
    "http://exa mple.org/",
    "http://exa%00mple.org/",
    "http://[::1",
    "http://example.org:99999/",
    "http://example.org:22/",
    "http://example.org:6379/",
    "https://example.org:25/",
    "http://example.org:0/",
    "http://example.org/\x00",
    "",
)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_no_address_is_public_that_python_takes_for_private(address: IPv4Address | IPv6Address) -> None:
    assert address.is_global or not is_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_address_inside_is_known_in_the_clothes_of_ipv6(address: IPv4Address) -> None:
    number = int(address)
    for dressed in (number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert not is_public(str(IPv6Address(dressed)))


@pytest.mark.parametrize("url", WRITTEN)
def test_however_it_is_written_nothing_is_dialled(url: str) -> None:
    dial = Dial(ANSWER)
    with pytest.raises(FetchError):
        Fetcher(dial=dial).fetch(url)
    assert dial.dialled == []


@pytest.mark.parametrize("url", WRITTEN)
def test_a_redirect_leads_nowhere_else(url: str) -> None:
    dial = Dial(redirect(url), ANSWER)

    def resolve(host: str, port: int) -> Sequence[str]:
        known = {"example.org": "93.184.215.14", "localhost": "127.0.0.1", "localhost.": "127.0.0.1"}
        if host in known:
            return [known[host]]
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]

    with suppress(FetchError):  # two of them mean example.org, after all
        Fetcher(dial=dial, resolve=resolve).fetch("http://example.org/")
    assert set(dial.dialled) == {("93.184.215.14", 80)}


@pytest.mark.parametrize("url", OTHER)
def test_what_is_no_web_address_is_not_looked_up_or_dialled(url: str) -> None:
    dial = Dial(ANSWER)
    _, resolve = resolve_to(["93.184.215.14"])
    fetcher = Fetcher(dial=dial, resolve=resolve)
    with pytest.raises(AddressRefusedError):
        fetcher.fetch(url)
    assert dial.dialled == []


def test_what_is_public_is_dialled_by_the_address_that_was_checked() -> None:
    dial = Dial(ANSWER)
    asked, resolve = resolve_to(["2606:4700::1111", "1.1.1.1"])
    assert Fetcher(dial=dial, resolve=resolve).fetch("http://Example.org/a?b=c#d").data == b"Bears"
    assert (asked, dial.dialled) == ([("example.org", 80)], [("2606:4700::1111", 80)])


def test_a_name_that_answers_otherwise_the_second_time_gets_no_further() -> None:
    dial = Dial(redirect("/again"), ANSWER)
    asked, resolve = resolve_to(["93.184.215.14"], ["127.0.0.1"])
    with pytest.raises(AddressRefusedError) as caught:
        Fetcher(dial=dial, resolve=resolve).fetch("http://rebind.example/")
    assert asked == [("rebind.example", 80), ("rebind.example", 80)]
    assert dial.dialled == [("93.184.215.14", 80)]
    assert str(caught.value) == (
        "http://rebind.example/ redirects to something I don't fetch: an address that isn't "
        "public, a port other than 80 and 443, or no web address at all."
    )


def test_one_address_inside_refuses_them_all() -> None:
    dial = Dial(ANSWER)
    _, resolve = resolve_to(["93.184.215.14", "10.0.0.1"])
    with pytest.raises(AddressRefusedError) as caught:
        Fetcher(dial=dial, resolve=resolve).fetch("https://mixed.example/")
    assert (
        str(caught.value) == "mixed.example isn't on the public internet. I can only fetch public web pages."
    )
    assert dial.dialled == []


def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    dial = Dial(ANSWER, dead=["2606:4700::1111"])
    _, resolve = resolve_to(["2606:4700::1111", "1.1.1.1"])
    assert Fetcher(dial=dial, resolve=resolve).fetch("http://example.org/").data == b"Bears"
    assert dial.dialled == [("2606:4700::1111", 80), ("1.1.1.1", 80)]
    assert dial.patience_s[0] == 5.0
    assert 19 < dial.patience_s[1] <= 20


@pytest.mark.parametrize(
    ("hosts", "url", "dialled"),
    [
        (["intranet.example:8080"], "http://intranet.example:8080/", ("10.0.0.1", 8080)),
        (["INTRANET.example:443"], "https://Intranet.example/", ("10.0.0.1", 443)),
        (["[::1]:8000"], "http://[::1]:8000/", ("10.0.0.1", 8000)),
    ],
)
def test_a_host_that_the_operator_lists_is_asked(
    hosts: list[str], url: str, dialled: tuple[str, int]
) -> None:
    dial = Dial(ANSWER)
    _, resolve = resolve_to(["10.0.0.1"])
    fetcher = Fetcher(hosts, dial=dial, resolve=resolve)
    assert (fetcher.fetch(url).data, dial.dialled) == (b"Bears", [dialled])
    for other in ("http://intranet.example:8081/", "http://other.example/", "http://intranet.example/"):
        with pytest.raises(AddressRefusedError):
            fetcher.fetch(other)
    assert len(dial.dialled) == 1


def test_a_proxy_in_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    dial = Dial(ANSWER)
    _, resolve = resolve_to(["93.184.215.14"])
    assert Fetcher(dial=dial, resolve=resolve).fetch("http://example.org/").data == b"Bears"
    assert dial.dialled == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (
            socket.gaierror(socket.EAI_NONAME, "x"),
            FetchError,
            "I couldn't reach nowhere.example. Please check the spelling of the address.",
        ),
        (
            socket.gaierror(socket.EAI_AGAIN, "x"),
            TryLaterError,
            "I couldn't look up nowhere.example right now. Please try again later.",
        ),
        (
            UnicodeError("label too long"),
            FetchError,
            "I couldn't reach nowhere.example. Please check the spelling of the address.",
        ),
    ],
)
def test_a_name_that_is_not_found_is_said(error: Exception, kind: type[FetchError], message: str) -> None:
    def resolve(*_: object) -> Sequence[str]:
        raise error

    dial = Dial(ANSWER)
    with pytest.raises(FetchError) as caught:
        Fetcher(dial=dial, resolve=resolve).fetch("http://nowhere.example/")
    assert (type(caught.value), str(caught.value), dial.dialled) == (kind, message, [])


def test_a_look_up_that_hangs_ends_with_the_deadline() -> None:
    may_end = threading.Event()

    def resolve(*_: object) -> Sequence[str]:
        may_end.wait(PATIENT_S)
        return ["93.184.215.14"]

    with pytest.raises(TryLaterError) as caught:
        Fetcher(limits=Limits(seconds=0.2), resolve=resolve, dial=Dial(ANSWER)).fetch("http://slow.example/")
    assert str(caught.value) == "slow.example took longer than 0.2 s. Please try again later."
    may_end.set()  # it was not waited for: else it would have given an address


def test_nothing_of_the_user_goes_along() -> None:
    dial = Dial(ANSWER)
    _, resolve = resolve_to(["93.184.215.14"])
    Fetcher(dial=dial, resolve=resolve).fetch("http://b\u00e4r.example/?q=1#f", etag='"x"')
    assert b"".join(dial.sent).splitlines() == [
        b"GET /?q=1 HTTP/1.1",
        b"host: xn--br-via.example",
        b"user-agent: Verbatim/0.1 (reads articles that its users name)",
        b"accept: text/html, application/xhtml+xml, text/plain, application/pdf;q=0.9, */*;q=0.5",
        b"accept-encoding: gzip",
        b"connection: close",
        b'if-none-match: "x"',
        b"",
    ]
