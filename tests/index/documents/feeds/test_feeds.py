"""The items of a feed, whatever stands in it, and what is remembered of them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from index.documents.feeds import feed as feed_module
from index.documents.feeds.feed import read_feed
from index.documents.feeds.parse import parse
from index.documents.feeds.state import KEPT_ITEMS, FeedState, Seen, load_state, save_state, state_path
from index.documents.web.fetcher import Fetched
from index.errors import AddressRefusedError, FeedError, FeedStateError
from tests.index.feeds import atom, rss


def fetched(text: str | bytes, kind: str = "application/rss+xml") -> Fetched:
    data = text.encode() if isinstance(text, str) else text
    return Fetched("https://example.org/news/feed.xml", kind, data)


def test_rss_and_atom_say_the_same() -> None:
    of_rss = read_feed(fetched(rss(("Bears & jam", "../a?x=1&y=2", 1))))
    assert [(item.id, item.title, item.url) for item in of_rss] == [
        ("https://example.org/news/Bears & jam", "Bears & jam", "https://example.org/a?x=1&y=2")
    ]
    of_atom = read_feed(fetched(atom(("urn:1", "https://other.example/a", "2022-03-18T10:00:00Z"))))
    assert [(item.id, item.title, item.url) for item in of_atom] == [
        ("urn:1", "A & B", "https://other.example/a")
    ]


def test_an_item_has_a_mark_and_the_date_of_its_change() -> None:
    said = parse(atom(("urn:1", "/a", "2022-03-18T10:00:00Z")).encode(), "https://example.org/", "text/xml")
    assert (said["is_feed"], said["feeds"]) == (True, [])
    assert [(item["id"], item["title"]) for item in said["items"]] == [("urn:1", "A & B")]


def test_the_mark_of_an_item_changes_with_what_the_feed_says_of_it() -> None:
    def mark(text: str) -> str:
        (item,) = read_feed(fetched(text))
        return item.mark

    first = mark(atom(("urn:1", "/a", "2022-03-18T10:00:00Z")))
    assert mark(atom(("urn:1", "/a", "2022-03-18T10:00:00Z"))) == first
    assert mark(atom(("urn:1", "/a", "2022-03-19T10:00:00Z"))) != first
    assert mark(atom(("urn:1", "/b", "2022-03-18T10:00:00Z"))) != first
    assert mark(rss(("A", "/a", 1))) != mark(rss(("A", "/a", 2)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><head><title>News</title></head><body><p>Bears</p></body></html>",
        b"Bears like jam.",
        b"/etc/passwd",
        b"https://example.org/feed.xml",
        b"\x00\xff\xfe",
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b"%PDF-1.7",
    ],
)
def test_what_is_no_feed_is_said(data: bytes) -> None:
    with pytest.raises(FeedError) as caught:
        read_feed(fetched(data, "text/html"))
    assert str(caught.value) == (
        "https://example.org/news/feed.xml isn't an RSS, Atom or JSON feed. Look on the site for "
        "the address of its feed."
    )


def test_a_page_that_names_its_feeds_is_told_with_them() -> None:
    page = (
        "<html><head><link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
        "<link rel='Alternate home' type='application/atom+xml; charset=utf-8' href='atom.xml'>"
        "<link rel='alternate' hreflang='de' href='/de'><link rel='stylesheet' type='text/css' href='/a.css'>"
        "<link rel='alternate' type='application/rss+xml' href='/feed.xml'></head><body>Bears</body></html>"
    )
    with pytest.raises(FeedError) as caught:
        read_feed(fetched(page.encode(), "text/html"))
    assert str(caught.value) == (
        "https://example.org/news/feed.xml isn't an RSS, Atom or JSON feed. It links to one: watch "
        "https://example.org/feed.xml or https://example.org/news/atom.xml."
    )


def links(text: str) -> list[str]:
    return [item.url for item in read_feed(fetched(text))]


@pytest.mark.parametrize(
    ("pages", "link"),
    [
        (
            "<link hreflang='de' href='/de'/><link rel='alternate' hreflang='en' href='/en'/>",
            "/en",
        ),
        (
            "<link hreflang='de' href='d'/><link hreflang='EN-us' href='/us'/><link hreflang='en' href='e'/>",
            "/us",
        ),
        ("<link hreflang='de' href='/de'/><link href='/any'/>", "/any"),
        ("<link hreflang='de' href='/de'/><link hreflang='fr' href='/fr'/>", "/de"),
        ("<link rel='enclosure' href='/a.mp3'/><link hreflang='de' href='/de'/>", "/de"),
    ],
)
def test_of_several_pages_the_first_in_the_language_of_the_feed_counts(pages: str, link: str) -> None:
    feed = atom(("urn:1", "", "2022-03-18T10:00:00Z")).replace("<feed ", "<feed xml:lang='en-GB' ")
    assert links(feed.replace('<link href=""/>', pages)) == [f"https://example.org{link}"]


def test_items_with_one_id_are_told_apart_by_their_links() -> None:
    items = "".join(f"<item><title>{n}</title><link>/{n % 2}</link><guid>x</guid></item>" for n in range(4))
    found = read_feed(fetched(f'<rss version="2.0"><channel>{items}</channel></rss>'))
    assert [(item.id, item.title) for item in found] == [
        ("https://example.org/0", "0"),
        ("https://example.org/1", "1"),
    ]


def test_a_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "a", "url": "/a", "title": "A & B", "date_modified": "2024"},
            {"id": 2, "external_url": "https://other.example/2", "content_html": "<p>x"},
            {"url": "/c", "title": None},
            "no item",
        ],
    }
    found = read_feed(fetched("\ufeff " + json.dumps(feed), "application/feed+json"))
    assert [(item.id, item.title, item.url) for item in found] == [
        ("a", "A & B", "https://example.org/a"),
        ("2", "", "https://other.example/2"),
        ("https://example.org/c", "", "https://example.org/c"),
    ]


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"version": 1, "items": []}', '{"items": [{}]}'])
def test_other_json_is_no_feed(text: str) -> None:
    with pytest.raises(FeedError, match="isn't an RSS, Atom or JSON feed"):
        read_feed(fetched(text))


def test_an_empty_or_broken_feed_gives_what_it_has() -> None:
    assert read_feed(fetched(rss())) == ()
    whole = rss(("A", "/a", 1), ("B", "/b", 2))
    assert [item.title for item in read_feed(fetched(whole[: whole.index("<pubDate>", 200)]))] == ["A", "B"]


def test_a_file_of_this_machine_does_not_get_into_a_feed() -> None:
    inside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(("A", "/a", 1))
    (item,) = read_feed(fetched(inside.replace("<title>A<", "<title>&x;<")))
    assert "root" not in item.title


def test_entities_of_entities_are_not_blown_up() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>' + rss(("A", "/a", 1))
    (item,) = read_feed(fetched(bomb.replace("<title>A<", "<title>&l9;<")))
    assert len(item.title) <= 300


def test_a_feed_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "READ_S", 0.3)
    with pytest.raises(FeedError) as caught:
        read_feed(fetched(b'<rss version="2.0"><channel>' + b"<d>" * 1_500_000))
    assert str(caught.value) == (
        "https://example.org/news/feed.xml is too big or too broken to be read as a feed. "
        "Please watch another one."
    )


def test_a_state_is_kept_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = state_path(tmp_path, "main", "https://Example.org/feed?utm_source=x#y")
    assert path == state_path(tmp_path, "main", "https://example.org/feed")
    assert path != state_path(tmp_path, "main", "https://example.org/feed2")
    assert load_state(path) == FeedState()
    state = FeedState(
        '"x"', "today", True, True, 2, 5.0, {"a": Seen("m", '"y"', None, 3), "é\ud800": Seen("n")}
    )
    save_state(path, state)
    assert load_state(path) == state
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FeedStateError, match=r"can't be written: No space left on device. Make room"):
        save_state(path, replace(state, failures=9))
    assert load_state(path) == state
    with pytest.raises(AddressRefusedError):
        state_path(tmp_path, "main", "feed.xml")


def test_a_state_forgets_the_oldest_items(tmp_path: Path) -> None:
    save_state(tmp_path / "s.json", FeedState(items={str(n): Seen("m") for n in range(KEPT_ITEMS + 2)}))
    items = load_state(tmp_path / "s.json").items
    assert (len(items), next(iter(items))) == (KEPT_ITEMS, "2")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"form": 2, "items": {}}', '{"form": 1, "items": {"a": {"x": 1}}}']
)
def test_a_broken_state_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(text)
    with pytest.raises(FeedStateError) as caught:
        load_state(path)
    assert str(caught.value) == f"{path} can't be read. Delete it, and the feed is read from the beginning."
