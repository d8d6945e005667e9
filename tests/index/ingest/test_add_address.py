"""An article gets in by its address, and stays one article."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web as aiohttp_web

from index.documents.web.fetcher import Fetched, Fetcher
from index.documents.web.web_article import read_address, to_article
from index.errors import SourceError
from index.ingest.ingest import Outcome, ingest_one
from index.store import SqliteLibrary
from tests.fakes import CONFIGURATION, FakeEmbedder
from tests.index.web import Web

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as opened:
        yield opened


def add(library: SqliteLibrary, web: Web, path: str) -> Outcome:
    read = functools.partial(read_address, web.url + path, Fetcher([web.host]))
    return ingest_one(web.url + path, read, lambda: library, CONFIGURATION, FakeEmbedder)


def test_the_source_of_an_article_is_the_address_where_it_was_found(web: Web, library: SqliteLibrary) -> None:
    web.texts["/end"] = "---\ntitle: Bears\n---\nBears like jam."
    done = add(library, web, "/hop/2?utm_source=x#bears")
    assert done.article is not None
    assert (done.did, done.name) == ("added", f"{web.url}/hop/2?utm_source=x#bears")
    assert (done.article.source, done.article.url) == (f"{web.url}/end", f"{web.url}/end")
    assert (done.article.title, done.article.text) == ("Bears", "Bears like jam.")


def test_the_same_text_again_is_left_alone_and_another_is_a_new_version(
    web: Web, library: SqliteLibrary
) -> None:
    web.texts["/bears.txt"] = "Bears like jam."
    assert add(library, web, "/bears.txt").did == "added"
    before = library.path.read_bytes()
    assert add(library, web, "/bears.txt?utm_medium=feed").did == "unchanged"
    assert library.path.read_bytes() == before
    web.texts["/bears.txt"] = "Bears like honey."
    assert add(library, web, "/bears.txt").did == "replaced"
    assert [library.article(info.id).text for info in library.articles()] == ["Bears like honey."]


def test_what_an_article_says_of_its_own_address_is_not_taken_for_it(
    web: Web, library: SqliteLibrary
) -> None:
    web.texts["/fake.md"] = "---\nurl: https://bank.example/\ntitle: Bears\n---\nBears like jam."
    done = add(library, web, "/fake.md")
    assert done.article is not None
    assert (done.article.url, done.article.title) == (f"{web.url}/fake.md", "Bears")


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://example.org/news/b%C3%A4ren.txt", "bären"),
        ("https://example.org/", "example"),
        ("https://example.org/news/", "news"),
    ],
)
def test_without_a_title_it_is_called_as_its_address_ends(url: str, title: str) -> None:
    assert to_article(Fetched(url, "text/plain", b"Bears like jam.")).title == title


def test_a_page_is_read_as_what_it_is_and_linked_to_where_it_was() -> None:
    page = b"<html><head><title>Bears</title><link rel=canonical href='https://other.example/'></head><body>"
    page += b"<article><h1>Bears</h1>" + b"<p>Bears like jam. They eat it with a spoon all day long.</p>" * 9
    article = to_article(Fetched("https://example.org/a?utm_source=x", "text/html", page + b"</article>"))
    assert (article.title, article.url) == ("Bears", "https://example.org/a")
    assert article.text.startswith("Bears like jam.")


MIXED = "Медведи любят варенье, и лисы читают газеты, а волки спят всю зиму под снегом. Bears like jam."
UTF8_MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("encoding", "charset", "head", "mark"),
    [
        ("windows-1251", "windows-1251", "", b""),
        ("windows-1251", "Windows-1251", '<meta charset="utf-8">', b""),  # the server is believed more
        ("koi8-r", "KOI8-R", '<meta charset="windows-1251">', b""),
        ("iso-8859-5", '"iso-8859-5"', "", b""),
        ("gb18030", "gb2312", "", b""),
        ("shift_jis", "Shift_JIS", "", b""),
        ("utf-16-le", "utf-16le", "", b""),
        ("utf-8", "windows-1251", "", UTF8_MARK),  # and the mark more than the server
        ("utf-16-le", "utf-8", "", b"\xff\xfe"),
        ("utf-8", "iso-8859-1", "", b""),  # which servers say of what they know nothing about
        ("utf-8", "x-unknown", "", b""),
        ("windows-1251", "zip", '<meta charset="windows-1251">', b""),  # no encoding of texts
        ("windows-1251", None, '<?xml version="1.0" encoding="windows-1251"?>', b""),
        ("windows-1251", "koi8-ru", '<?xml version="1.0" encoding="windows-1251"?>', b""),
    ],
)
def test_the_encoding_that_the_server_names_is_believed(
    web: Web, encoding: str, charset: str | None, head: str, mark: bytes
) -> None:
    prologue, meta = (head, "") if head.startswith("<?xml") else ("", head)
    page = (
        f"{prologue}<!DOCTYPE html><html><head><title>Bears</title>{meta}</head><body><article>"
        f"<p>{MIXED}</p><p>{MIXED * 2}</p></article></body></html>"
    )
    kind = "application/xhtml+xml" if prologue else "text/html"
    web.pages["/page"] = serve(mark + page.encode(encoding), kind, charset)
    assert read_address(f"{web.url}/page", Fetcher([web.host])).text == f"{MIXED}\n\n{MIXED * 2}"
    if not head:
        web.pages["/text"] = serve(mark + MIXED.encode(encoding), "text/plain", charset)
        assert read_address(f"{web.url}/text", Fetcher([web.host])).text == MIXED


def test_western_letters_are_read_as_browsers_read_them(web: Web) -> None:
    web.pages["/text"] = serve("“Bears”, says the café, “like jam”.".encode("cp1252"), "text/plain", "latin1")
    assert read_address(f"{web.url}/text", Fetcher([web.host])).text == "“Bears”, says the café, “like jam”."


def test_a_text_in_no_encoding_that_is_named_is_refused(web: Web) -> None:
    web.pages["/text.txt"] = serve(MIXED.encode("koi8-r"), "text/plain", None)
    with pytest.raises(SourceError) as caught:
        read_address(f"{web.url}/text.txt", Fetcher([web.host]))
    assert str(caught.value) == ("text.txt isn't in UTF-8 (byte 1 is invalid). Please save it as UTF-8 text.")


def serve(
    body: bytes, kind: str, charset: str | None
) -> Callable[[aiohttp_web.Request], aiohttp_web.Response]:
    said = kind if charset is None else f"{kind}; charset={charset}"
    return lambda _: aiohttp_web.Response(body=body, headers={"Content-Type": said})


def test_what_is_no_article_is_said() -> None:
    with pytest.raises(SourceError):
        to_article(Fetched("https://example.org/a", "application/x-bear", b"\x00\x01"))


def test_add_takes_addresses_beside_files(web: Web, tmp_path: Path) -> None:
    web.texts["/bears.txt"] = "Bears like jam."
    (tmp_path / "foxes.md").write_text("Foxes read.")
    (tmp_path / "config.toml").write_text(f'[index]\nfetch_hosts = ["{web.host}"]\n')
    sources = ["foxes.md", f"{web.url}/bears.txt", f"{web.url}/no", "ftp://example.org/", "http://127.0.0.2/"]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli", "add", *sources],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.sub(r"[0-9a-f]{12}", "ID", done.stdout) == (
        "added ID  foxes (1 passage)\nadded ID  bears (1 passage)\nmain: 2 added, 3 failed.\n"
    )
    assert done.stderr == (
        f"verbatim: There's nothing at {web.url}/no (404). Please check the "
        "address.\nverbatim: ftp://example.org/ isn't a web address. Please give one that "
        "starts with https:// or http://.\nverbatim: 127.0.0.2 isn't on the public internet. "
        "I can only fetch public web pages.\n"
    )
    assert done.returncode == 1
