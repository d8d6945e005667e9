"""Feeds as sites write them: tests/files/cases/feeds, with the entries that are in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.documents.feeds.feed import read_feed
from index.documents.web.fetcher import Fetched
from index.errors import FeedError

CASES = Path(__file__).parents[3] / "files" / "cases" / "feeds"
SITE = "http://papers.example"

RIGHT: dict[str, list[tuple[str, str | None]]] = {
    "empty.rss": [],
    "feed.json": [("", "/1")],
    "leading-space-badbytes.rss": [("café “x”", "/1")],
    "odd-links.rss": [
        ("guid only", "/1"),
        ("guid number", "/2"),
        ("guid number no link", "/886841"),
        ("guid false no link", None),
        ("cdata", "/5?a=1&b=2"),
        ("atom self in item", "/6"),
        ("origlink", "http://feedproxy.example/~r/mill/7"),
        ("relative", "/8"),
        ("protocol relative", "/9"),
        ("spaces in path", "/the mill/10"),
        ("umlaut host", "http://mühle.example/11"),
        ("comments link", "/12"),
        ("AT&amp;T &lt;b&gt;buys&lt;/b&gt; the mill", "/13"),
        ("<b>Bold</b> &amp; <i>brash</i>", "/14"),
        ("amp in link", "/15?a=1&b=2"),
        ("", "/16"),
    ],
    "pubdate-changes.rss": [("One", "/1")],
    "rdf.rss": [("One", "/1")],
    "same-guid.rss": [("One", "/1"), ("Two", "/2"), ("Three", "/3")],
    "truncated.rss": [("A & B — <b>C", "/1"), ("D", "/2")],
    "xmlbase.atom": [("Weir", "/mill/2024/05/weir.html")],
}
REFUSED = {
    "opml.xml": "is a list of feeds (OPML); watch one that it names: http://papers.example/rss.",
    "sitemap.xml": (
        "is a site map, which lists pages but not what is new; look on the site for the address of its feed."
    ),
}


def fetched(name: str) -> Fetched:
    return Fetched(f"{SITE}/{name}", "application/xml", (CASES / name).read_bytes())


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_case_gives_the_entries_that_are_in_it(name: str) -> None:
    expected = [(title, "" if url is None else url) for title, url in RIGHT[name]]
    assert [(item.title, item.url.removeprefix(SITE)) for item in read_feed(fetched(name))] == expected


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_feed_is_called_what_it_is(name: str) -> None:
    with pytest.raises(FeedError) as caught:
        read_feed(fetched(name))
    assert str(caught.value) == f"{SITE}/{name} {REFUSED[name]}"


def test_every_case_has_its_row() -> None:
    assert {path.name for path in CASES.iterdir()} == RIGHT.keys() | REFUSED.keys()
