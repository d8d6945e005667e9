"""What comes of an address, whatever the server does: bytes, or one sentence within the time."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from aiohttp import web as aiohttp_web

from index.documents.web.fetcher import Fetched, Fetcher, Limits
from index.documents.web.guard import look_up
from index.errors import AddressRefusedError, FetchError, TryLaterError
from tests.index.web import CERTIFICATE, Web
from tests.patience import PATIENT_S

ROOT = Path(__file__).parents[4]
PATIENT = Limits(bytes=2_000_000, seconds=PATIENT_S)
QUICK = Limits(bytes=2_000_000, seconds=1.5)


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as opened:
        opened.texts["/bears.txt"] = "Bears like jam. " * 100
        opened.texts["/end"] = "Foxes read."
        yield opened


@pytest.fixture
def fetcher(web: Web) -> Fetcher:
    return Fetcher([web.host, f"127.0.0.1:{web.raw_port}"], PATIENT)


def mistake(fetcher: Fetcher, url: str) -> tuple[type[FetchError], str]:
    """The error of a fetch, and its sentence with a host and port of its own left out."""
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    host = url.split("/")[2]
    return type(caught.value), str(caught.value).replace(url.partition("/")[0] + "//" + host, "").replace(
        host.partition(":")[0], "HOST"
    )


def test_a_page_is_its_bytes_with_what_the_server_says_of_it(web: Web, fetcher: Fetcher) -> None:
    fetched = fetcher.fetch(f"{web.url}/bears.txt?a=1#words")
    assert fetched == Fetched(
        url=f"{web.url}/bears.txt?a=1",
        content_type="text/plain; charset=utf-8",
        data=b"Bears like jam. " * 100,
        etag='"5ba61a79"',
    )
    unchanged = fetcher.fetch(f"{web.url}/bears.txt", etag=fetched.etag)
    assert (unchanged.is_unchanged, unchanged.data, unchanged.etag) == (True, b"", fetched.etag)
    assert fetcher.fetch(f"{web.url}/bears.txt", etag='"old"').data == fetched.data


def test_a_page_that_has_not_changed_since_a_day_says_so(web: Web, fetcher: Fetcher) -> None:
    day = "Tue, 24 Nov 2026 20:00:00 GMT"

    def dated(request: aiohttp_web.Request) -> aiohttp_web.StreamResponse:
        is_known = request.headers.get("If-Modified-Since") == day
        kind = {} if is_known else {"Content-Type": "text/plain"}
        return aiohttp_web.Response(status=304 if is_known else 200, headers={"Last-Modified": day, **kind})

    web.pages["/dated.txt"] = dated
    url = f"{web.url}/dated.txt"
    assert fetcher.fetch(url) == Fetched(url, "text/plain", b"", None, day)
    unchanged = fetcher.fetch(url, modified=day)
    assert (unchanged.url, unchanged.modified, unchanged.is_unchanged) == (url, day, True)


def test_a_packed_page_is_unpacked(web: Web, fetcher: Fetcher) -> None:
    def packed(request: aiohttp_web.Request) -> aiohttp_web.StreamResponse:
        assert request.headers["Accept-Encoding"] == "gzip"
        response = aiohttp_web.Response(text="Bears like jam. " * 10_000)
        response.enable_compression(aiohttp_web.ContentCoding.gzip)
        return response

    web.pages["/packed.txt"] = packed
    assert fetcher.fetch(f"{web.url}/packed.txt").data == b"Bears like jam. " * 10_000


@pytest.mark.parametrize("count", [1, 5])
def test_redirects_are_followed_to_their_end(web: Web, fetcher: Fetcher, count: int) -> None:
    fetched = fetcher.fetch(f"{web.url}/hop/{count - 1}")
    assert (fetched.url, fetched.data) == (f"{web.url}/end", b"Foxes read.")


def test_the_sixth_redirect_is_one_too_many(web: Web, fetcher: Fetcher) -> None:
    web.asked.clear()
    assert mistake(fetcher, f"{web.url}/hop/1000") == (
        FetchError,
        "/hop/1000 redirects more than 5 times. Please give the final address.",
    )
    assert web.asked.total() == 6


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2/",
        "http://localhost:1/",
        "http://169.254.169.254/latest/",
        "http://10.0.0.1:6379/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "data:text/plain,x",
        "http://user:word@127.0.0.1/",
        "http://[::1/",
    ],
)
def test_a_redirect_inside_or_to_what_is_no_web_is_refused(web: Web, fetcher: Fetcher, to: str) -> None:
    error, sentence = mistake(fetcher, f"{web.url}/to?url={to}")
    assert error is AddressRefusedError
    assert sentence.startswith(
        f"/to?url={to} redirects to ".replace("127.0.0.1", "HOST").replace("user:word@", "…@")
    )


@pytest.mark.parametrize(
    ("path", "error", "sentence"),
    [
        (
            "/status/204",
            FetchError,
            "HOST answered 204 for {path}, without a page. Please check the address.",
        ),
        (
            "/status/304",
            FetchError,
            "HOST answered 304 for {path}, without a page. Please check the address.",
        ),
        (
            "/status/302",
            FetchError,
            "HOST answered 302 for {path}, without a page. Please check the address.",
        ),
        (
            "/status/418",
            FetchError,
            "HOST answered 418 for {path}, without a page. Please check the address.",
        ),
        *(
            (
                f"/status/{status}",
                FetchError,
                f"{{path}} needs a login or a subscription, or is closed to programs ({status}). Please save "
                "the page as a file and add that.",
            )
            for status in (401, 402, 403, 451)
        ),
        ("/status/404", FetchError, "There's nothing at {path} (404). Please check the address."),
        ("/status/410", FetchError, "There's nothing at {path} (410). Please check the address."),
        ("/status/429", TryLaterError, "HOST asks for fewer requests (429). Please try again later."),
        (
            "/status/429?Retry-After=120",
            TryLaterError,
            "HOST asks for fewer requests (429). Please try again in 2 minutes.",
        ),
        ("/status/500", TryLaterError, "HOST is having trouble (500). Please try again later."),
        ("/status/503?Retry-After=7", TryLaterError, "HOST is having trouble (503). Please try again later."),
        (
            "/type/video/mp4",
            FetchError,
            "{path} is a video, not an article. Please give the address of an article. The "
            "server calls it video/mp4.",
        ),
        (
            "/type/image/png",
            FetchError,
            "{path} is an image, not an article. Please give the address of an article. The "
            "server calls it image/png.",
        ),
        (
            "/type/application/zip",
            FetchError,
            "{path} is an archive, not an article. Please give the address of an article. The "
            "server calls it application/zip.",
        ),
        (
            "/type/audio/mpeg;x=y",
            FetchError,
            "{path} is a recording, not an article. Please give the address of an article. The "
            "server calls it audio/mpeg.",
        ),
        (
            "/long/2000001",
            FetchError,
            "{path} is over 2 MB, too big for an article. Please save the part you need as a "
            "file and add that.",
        ),
        *(
            (
                f"/packed/1/{packing}",
                FetchError,
                "{path} is compressed in an unexpected way, so I didn't unpack it. Please save the "
                "page as a file and add that.",
            )
            for packing in ("br", "zstd", "deflate", "gzip,gzip,gzip", "identity,gzip")
        ),
        (
            "/packed/1/gzip",
            FetchError,
            "{path} is over 2 MB, too big for an article. Please save the part you need as a "
            "file and add that.",
        ),
    ],
)
def test_an_answer_that_is_no_article_is_said(
    web: Web, fetcher: Fetcher, path: str, error: type[FetchError], sentence: str
) -> None:
    assert mistake(fetcher, web.url + path) == (error, sentence.format(path=path))


def test_how_long_to_wait_is_told_to_programs(web: Web, fetcher: Fetcher) -> None:
    for query, least, most in (
        ("?Retry-After=120", 120, 120),
        ("?Retry-After=99999999999999999999", 86_400, 86_400),
        ("?Retry-After=Fri, 01 Jan 2100 00:00:00 GMT", 86_400, 86_400),
        ("?Retry-After=Fri, 01 Jan 1999 00:00:00 GMT", 0, 0),
    ):
        with pytest.raises(TryLaterError) as caught:
            fetcher.fetch(f"{web.url}/status/429{query}")
        assert caught.value.wait_s is not None
        assert least <= caught.value.wait_s <= most
    for query in ("", "?Retry-After=soon", "?Retry-After=-5"):
        with pytest.raises(TryLaterError) as caught:
            fetcher.fetch(f"{web.url}/status/429{query}")
        assert caught.value.wait_s is None


@pytest.mark.parametrize(
    ("end", "error", "said"),
    [
        (
            "/status/404?Server=secret-server",
            FetchError,
            "There's nothing at {path} (404). Please check the address.",
        ),
        (
            "/status/500?X-Host=secret-host",
            TryLaterError,
            "HOST is having trouble (500). Please try again later.",
        ),
        (
            "/type/video/mp4",
            FetchError,
            "{path} is a video, not an article. Please give the address of an article.",
        ),
        (
            "/type/application/zip;secret",
            FetchError,
            "{path} is an archive, not an article. Please give the address of an article.",
        ),
        (
            "/to?url=ftp://secret/",
            AddressRefusedError,
            "{path} redirects to something that isn't a web address. Please give the final address.",
        ),
        (
            "https://no-such-host.invalid/secret",
            FetchError,
            "{path} redirects to a server that I can't find, or that can't prove its identity. "
            "Please give the final address.",
        ),
    ],
)
def test_anybody_is_told_only_of_the_address_that_was_given(
    web: Web, end: str, error: type[FetchError], said: str
) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        if host == "no-such-host.invalid":
            raise OSError("secret: not known")
        return look_up(host, port)

    web.pages["/short"] = lambda _: aiohttp_web.Response(
        status=302, headers={"Location": end if "://" in end[:8] else f"{web.url}{end}", "Server": "secret"}
    )
    with pytest.raises(FetchError) as caught:
        Fetcher([web.host], PATIENT, resolve=resolve).fetch(f"{web.url}/short")
    assert type(caught.value) is error
    assert caught.value.public == said.format(path=f"{web.url}/short").replace("HOST", "127.0.0.1")
    if end.startswith("https://"):  # the operator hears where it leads
        assert "I couldn't reach no-such-host.invalid" in str(caught.value)


BROKE = (
    TryLaterError,
    "HOST broke off in the middle, or its answer wasn't HTTP. Please try again later.",
)
LONG = (
    FetchError,
    "{path} is over 2 MB, too big for an article. Please save the part you need as a file and add that.",
)
SLOW = (TryLaterError, "HOST took longer than 1.5 s. Please try again later.")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/nothing", BROKE),
        ("/no-http", BROKE),
        ("/cut-header", BROKE),
        ("/cut-body", BROKE),
        ("/cut-chunk", BROKE),
        ("/bad-chunk", BROKE),
        ("/bad-length", BROKE),
        ("/two-lengths", BROKE),
        ("/bad-header", BROKE),
        ("/many-headers", BROKE),
        ("/endless-headers", BROKE),
        ("/long-length", LONG),
        ("/endless-body", LONG),
        ("/upgrade", BROKE),
    ],
)
def test_a_server_that_misbehaves_costs_no_more_than_the_limits(
    web: Web, fetcher: Fetcher, path: str, expected: tuple[type[FetchError], str]
) -> None:
    error, sentence = mistake(fetcher, f"http://127.0.0.1:{web.raw_port}{path}")
    assert (error, sentence) == (expected[0], expected[1].format(path=path))


@pytest.mark.parametrize("path", ["/endless-hints", "/drips", "/drips-body", "/silent"])
def test_a_server_that_takes_its_time_is_left(web: Web, path: str) -> None:
    quick = Fetcher([f"127.0.0.1:{web.raw_port}"], QUICK)
    assert mistake(quick, f"http://127.0.0.1:{web.raw_port}{path}") == SLOW


def test_a_server_that_does_not_answer_to_https_is_left_in_time(web: Web) -> None:
    quick = Fetcher([f"127.0.0.1:{web.raw_port}"], QUICK)
    assert mistake(quick, f"https://127.0.0.1:{web.raw_port}/") == SLOW


def test_a_page_without_a_length_ends_where_the_server_ends_it(web: Web, fetcher: Fetcher) -> None:
    assert fetcher.fetch(f"http://127.0.0.1:{web.raw_port}/no-length").data == b"Bears like jam."


def test_nobody_at_the_door_is_said() -> None:
    assert mistake(Fetcher(["127.0.0.1:1"]), "http://127.0.0.1:1/") == (
        TryLaterError,
        "I couldn't connect to HOST. Please check the address, or try again later.",
    )


def test_a_certificate_has_to_be_good_for_the_name_that_was_asked(web: Web) -> None:
    hosts = [f"localhost:{web.secure_port}", f"127.0.0.1:{web.secure_port}", web.host]
    url = f"https://localhost:{web.secure_port}/bears.txt"
    assert mistake(Fetcher(hosts, PATIENT), url) == (
        FetchError,
        "HOST couldn't prove its identity, so I read nothing from it. Please save the page "
        "as a file and add that. Its certificate was rejected: self-signed certificate.",
    )
    trusting = Fetcher(hosts, PATIENT, tls=ssl.create_default_context(cafile=str(CERTIFICATE)))
    assert trusting.fetch(url).data == b"Bears like jam. " * 100
    assert mistake(trusting, f"https://127.0.0.1:{web.secure_port}/bears.txt")[1].endswith(
        "Its certificate was rejected: IP address mismatch, certificate is not valid for 'HOST'."
    )
    assert mistake(trusting, f"https://127.0.0.1:{web.port}/bears.txt") == (
        FetchError,
        "HOST doesn't answer over https. Please check the address, or try http://.",
    )


def test_an_article_that_redirects_to_the_home_page_is_not_there(web: Web, fetcher: Fetcher) -> None:
    def gone(_: aiohttp_web.Request) -> aiohttp_web.StreamResponse:
        return aiohttp_web.Response(status=302, headers={"Location": "/"})

    web.pages["/2024/weir"] = gone
    assert mistake(fetcher, f"{web.url}/2024/weir") == (
        FetchError,
        "/2024/weir redirects to the home page of its site: its article isn't there any more. "
        "Please check the address.",
    )
