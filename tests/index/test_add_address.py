"""An article gets in by its address, and stays one article."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import SourceError
from index.fetch.article import read_address, to_article
from index.fetch.fetcher import Fetched, Fetcher
from index.ingest import Outcome, ingest_one
from index.library import Library
from tests.fakes import MADE_WITH, FakeEmbedder
from tests.index.web import Web

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as opened:
        yield opened


def add(library: Library, web: Web, path: str) -> Outcome:
    read = functools.partial(read_address, web.url + path, Fetcher([web.host]))
    return ingest_one(web.url + path, read, lambda: library, MADE_WITH, FakeEmbedder)


def test_the_source_of_an_article_is_the_address_where_it_was_found(web: Web, library: Library) -> None:
    web.texts["/end"] = "# Bears\nBears like jam."
    done = add(library, web, "/hop/2?utm_source=x#bears")
    assert done.article is not None
    assert (done.did, done.given) == ("added", f"{web.url}/hop/2?utm_source=x#bears")
    assert (done.article.source, done.article.url) == (f"{web.url}/end", f"{web.url}/end")
    assert (done.article.title, done.article.text) == ("Bears", "Bears like jam.")


def test_the_same_text_again_is_left_alone_and_another_is_a_new_version(web: Web, library: Library) -> None:
    web.texts["/bears.txt"] = "Bears like jam."
    assert add(library, web, "/bears.txt").did == "added"
    before = library.path.read_bytes()
    assert add(library, web, "/bears.txt?utm_medium=feed").did == "unchanged"
    assert library.path.read_bytes() == before
    web.texts["/bears.txt"] = "Bears like honey."
    assert add(library, web, "/bears.txt").did == "replaced"
    assert [library.article(info.id).text for info in library.articles()] == ["Bears like honey."]


def test_what_an_article_says_of_its_own_address_is_not_taken_for_it(web: Web, library: Library) -> None:
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


def test_what_is_no_article_is_said() -> None:
    with pytest.raises(SourceError):
        to_article(Fetched("https://example.org/a", "application/x-bear", b"\x00\x01"))


def test_add_takes_addresses_beside_files(web: Web, tmp_path: Path) -> None:
    web.texts["/bears.txt"] = "Bears like jam."
    (tmp_path / "foxes.md").write_text("Foxes read.")
    (tmp_path / "config.toml").write_text(f'[index]\nfetch_hosts = ["{web.host}"]\n')
    given = ["foxes.md", f"{web.url}/bears.txt", f"{web.url}/no", "ftp://example.org/", "http://127.0.0.2/"]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "index", "add", *given],
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
        f"python -m index: There is nothing at {web.url}/no (404); check the address.\n"
        "python -m index: ftp://example.org/ is no web address; give one that starts with https:// or http://.\n"
        "python -m index: 127.0.0.2 is not on the public internet; only what is can be fetched.\n"
    )
    assert done.returncode == 1
