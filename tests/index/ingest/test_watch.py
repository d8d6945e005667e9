"""A feed fills a library: what is new, what has changed, nothing else; and its server is left in peace."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from aiohttp import web as aiohttp_web

from index.documents.feeds.state import load_state
from index.documents.web.fetcher import Fetcher
from index.documents.web.web_article import to_article
from index.errors import FetchError, TryLaterError
from index.ingest.ingest import Outcome, ingest_one
from index.ingest.watch import Pace, Watch
from index.store import SqliteLibrary
from index.types import Article
from tests.command import verbatim
from tests.fakes import CONFIGURATION, FakeEmbedder
from tests.index.feeds import rss
from tests.index.web import Web
from tests.patience import PATIENT_S

ROOT = Path(__file__).parents[3]
EVERY_S = 1800.0


class Clock:
    """Seconds that pass when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Watching:
    """A feed on the web that is looked at, with a clock of its own."""

    def __init__(self, web: Web, library: SqliteLibrary, state: Path) -> None:
        self.web, self.library, self.state, self.clock = web, library, state, Clock()
        fetcher = Fetcher([web.host])
        self.watch = Watch(
            f"{web.url}/feed.xml",
            state,
            library.path.exists,
            feeds=fetcher,
            articles=fetcher,
            make=to_article,
            pace=Pace(now=lambda: self.clock.now, sleep=self.clock.sleep),
            every_s=EVERY_S,
            now=lambda: self.clock.now,
        )

    def look(self) -> list[tuple[str, str]]:
        """What became of each item: the path of its link, and what was done."""
        self.web.asked.clear()
        return [(done.name.replace(self.web.url, ""), done.did) for done in self.watch.look(self.ingest)]

    def texts(self) -> list[str]:
        return sorted(self.library.article(info.id).text for info in self.library.articles())

    def ingest(self, given: str, read: Callable[[], Article]) -> Outcome:
        return ingest_one(given, read, lambda: self.library, CONFIGURATION, FakeEmbedder)


@pytest.fixture(scope="module")
def open_web() -> Iterator[Web]:
    with Web() as opened:
        yield opened


@pytest.fixture
def web(open_web: Web) -> Web:
    open_web.texts.clear()
    open_web.pages.clear()
    open_web.texts.update({"/a.txt": "Bears like jam.", "/b.txt": "Foxes read."})
    open_web.kinds["/feed.xml"] = "application/rss+xml"
    open_web.texts["/feed.xml"] = rss(("A", "/a.txt", 1), ("B", f"{open_web.url}/b.txt", 2))
    return open_web


@pytest.fixture
def watching(web: Web, library: SqliteLibrary, tmp_path: Path) -> Watching:
    return Watching(web, library, tmp_path / "feeds" / "main" / "feed.json")


def fail(web: Web, path: str, status: int, **headers: str) -> None:
    def answer(_: aiohttp_web.Request) -> aiohttp_web.StreamResponse:
        return aiohttp_web.Response(status=status, headers=headers)

    web.pages[path] = answer


def test_what_is_new_is_added_once(web: Web, watching: Watching) -> None:
    assert watching.look() == [("/a.txt", "added"), ("/b.txt", "added")]
    assert watching.texts() == ["Bears like jam.", "Foxes read."]
    before = watching.library.path.read_bytes()
    assert watching.look() == []
    assert web.requests[-1].headers["If-None-Match"]
    assert dict(web.asked) == {"/feed.xml": 1}
    web.texts["/c.txt"] = "Owls sleep."
    web.texts["/feed.xml"] = rss(("C", "/c.txt", 3), ("A", "/a.txt", 1))
    assert watching.library.path.read_bytes() == before
    assert watching.look() == [("/c.txt", "added")]
    assert dict(web.asked) == {"/feed.xml": 1, "/c.txt": 1}
    assert watching.texts() == ["Bears like jam.", "Foxes read.", "Owls sleep."]


def test_what_has_changed_becomes_a_new_version(web: Web, watching: Watching) -> None:
    watching.look()
    web.texts["/a.txt"] = "Bears like honey."
    web.texts["/feed.xml"] = rss(("A", "/a.txt", 5), ("B", "/b.txt", 6))
    assert watching.look() == [("/a.txt", "replaced"), ("/b.txt", "unchanged")]
    assert [request.headers.get("If-None-Match") is not None for request in web.requests[-2:]] == [True, True]
    assert watching.texts() == ["Bears like honey.", "Foxes read."]


def test_what_was_removed_does_not_come_back_by_itself(web: Web, watching: Watching) -> None:
    watching.look()
    (bears,) = [info for info in watching.library.articles() if info.source.endswith("/a.txt")]
    watching.library.remove(bears.id)
    web.texts["/feed.xml"] = rss(("A", "/a.txt", 1), ("B", "/b.txt", 2), ("C", "/no.txt", 2))
    assert watching.look() == [("/no.txt", "failed")]
    assert watching.texts() == ["Foxes read."]


def test_without_its_memory_a_feed_changes_nothing(watching: Watching) -> None:
    watching.look()
    before = watching.library.path.read_bytes()
    watching.state.unlink()
    assert watching.look() == [("/a.txt", "unchanged"), ("/b.txt", "unchanged")]
    assert watching.library.path.read_bytes() == before


def test_a_library_that_is_gone_is_filled_anew(watching: Watching) -> None:
    watching.look()
    watching.library.close()
    watching.library.path.unlink()
    with ExitStack() as stack:
        anew = functools.cache(
            lambda: stack.enter_context(SqliteLibrary(watching.library.path, CONFIGURATION))
        )
        looking = watching.watch.look(
            lambda given, read: ingest_one(given, read, anew, CONFIGURATION, FakeEmbedder)
        )
        assert [done.did for done in looking] == ["added", "added"]


def test_a_host_is_asked_once_in_three_seconds(watching: Watching) -> None:
    watching.look()
    assert watching.clock.slept == [0.0, 3.0, 3.0]


def test_an_item_that_fails_does_not_stop_the_others(web: Web, watching: Watching) -> None:
    web.texts["/feed.xml"] = rss(
        ("No", "/no.txt", 1),
        ("Inside", "http://10.0.0.1/", 1),
        ("Mail", "mailto:a@example.org", 1),
        ("Void", "", 1),
        ("Half", "https://[", 1),
        ("Endless", "/" + "a" * 10_000, 1),
    ).replace("</channel>", "<item><title>A</title><link>/a.txt</link></item></channel>")
    outcomes = list(watching.watch.look(watching.ingest))
    assert [str(done.error or done.did).replace(web.url, "") for done in outcomes] == [
        "There's nothing at /no.txt (404). Please check the address.",
        "10.0.0.1 isn't on the public internet. I can only fetch public web pages.",
        "…@example.org isn't a web address. Please give one that starts with https:// or http://.",
        "The item 'Void' of /feed.xml has no link, so it was skipped.",
        "The item 'Half' of /feed.xml has no link, so it was skipped.",
        "The item 'Endless' of /feed.xml has no link, so it was skipped.",
        "added",
    ]
    assert watching.look() == []  # what is wrong for good is not asked for again


def test_an_item_that_may_work_later_is_asked_for_again_five_times(web: Web, watching: Watching) -> None:
    fail(web, "/a.txt", 503)
    assert watching.look() == [
        ("/a.txt", "failed")
    ]  # its host is in trouble, so /b.txt is not asked for, either
    assert load_state(watching.state).etag is None
    del web.pages["/a.txt"]
    assert watching.look() == [("/a.txt", "added"), ("/b.txt", "added")]
    fail(web, "/c.txt", 503)
    web.texts["/feed.xml"] = rss(("C", "/c.txt", 3))
    assert [watching.look() for _ in range(6)] == [[("/c.txt", "failed")]] * 5 + [[]]


def test_a_look_that_was_cut_short_goes_on_where_it_was(watching: Watching) -> None:
    looking = watching.watch.look(watching.ingest)
    next(looking)
    del looking
    assert watching.look() == [("/b.txt", "added")]


def test_a_server_that_asks_for_peace_gets_it(web: Web, watching: Watching) -> None:
    fail(web, "/feed.xml", 429, **{"Retry-After": "7200"})
    with pytest.raises(TryLaterError, match=r"\(429\)\. Please try again in 2 hours"):
        watching.look()
    assert 7200 <= watching.watch.pause_s() <= 7920
    with pytest.raises(
        TryLaterError, match=r"I'm leaving 127\.0\.0\.1 alone until \d\d:\d\d, so nothing was fetched\."
    ):
        watching.look()
    assert web.asked.total() == 0
    del web.pages["/feed.xml"]
    watching.clock.now += 7921
    assert watching.look() == [("/a.txt", "added"), ("/b.txt", "added")]
    assert EVERY_S <= watching.watch.pause_s() <= EVERY_S * 1.1


def test_pauses_double_up_to_a_day_while_a_feed_fails(web: Web, watching: Watching) -> None:
    fail(web, "/feed.xml", 500)
    pauses = []
    for _ in range(8):
        with pytest.raises(FetchError):
            watching.look()
        pauses.append(watching.watch.pause_s())
        watching.clock.now += pauses[-1]
    for pause_s, least in zip(pauses, (1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400), strict=True):
        assert least <= pause_s <= least * 1.1
    assert not watching.watch.has_worked()


def test_the_server_of_an_article_is_left_in_peace_too(web: Web, watching: Watching) -> None:
    fail(web, "/a.txt", 429, **{"Retry-After": "9000"})
    assert watching.look() == [("/a.txt", "failed")]
    assert 8900 <= watching.watch.pause_s() <= 9000


def command(folder: Path, *arguments: str) -> tuple[int, str, str]:
    code, said, mistakes = verbatim(folder, "watch", *arguments)
    return code, re.sub(r"[0-9a-f]{12}", "ID", said), mistakes


def test_the_command_looks_once(web: Web, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[index]\nfetch_hosts = ["{web.host}"]\n')
    web.texts["/feed.xml"] = rss(("A", "/a.txt", 1))
    url = f"{web.url}/feed.xml"
    assert command(tmp_path, url, "--once") == (0, "added ID  a (1 passage)\nmain: 1 added.\n", "")
    assert command(tmp_path, url, "--once") == (0, "main: nothing new.\n", "")
    states = list((tmp_path / "data" / "feeds" / "main").iterdir())
    assert [len(json.loads(state.read_text())["items"]) for state in states] == [1]
    assert [path.name for path in (tmp_path / "data" / "libraries").iterdir()] == ["main.db"]


@pytest.mark.parametrize(
    ("feed", "sentence"),
    [
        (
            "{web}/a.txt",
            "{web}/a.txt isn't an RSS, Atom or JSON feed. Look on the site for the address of its feed.",
        ),
        ("{web}/no", "There's nothing at {web}/no (404). Please check the address."),
        ("feed.xml", "feed.xml isn't a web address. Please give one that starts with https:// or http://."),
        ("http://10.0.0.1/", "10.0.0.1 isn't on the public internet. I can only fetch public web pages."),
    ],
)
@pytest.mark.parametrize("more", [["--once"], []])
def test_a_feed_that_never_worked_ends_the_command(
    web: Web, tmp_path: Path, feed: str, sentence: str, more: Sequence[str]
) -> None:
    (tmp_path / "config.toml").write_text(f'[index]\nfetch_hosts = ["{web.host}"]\n')
    done = command(tmp_path, feed.format(web=web.url), *more)
    assert done == (1, "", f"verbatim: {sentence.format(web=web.url)}\n")
    assert not (tmp_path / "data" / "libraries").exists()


def test_the_command_goes_on_until_it_is_stopped(web: Web, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[index]\nfetch_hosts = ["{web.host}"]\n')
    web.texts["/feed.xml"] = rss(("No", "/no.txt", 1))
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli", "watch", f"{web.url}/feed.xml", "--every", "1"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(2)]
        process.send_signal(2)
        _, mistake = process.communicate(timeout=PATIENT_S)
    assert lines[0] == "main: 1 failed.\n"
    assert re.fullmatch(r"Next look at \d\d:\d\d\.\n", lines[1])
    assert mistake == f"verbatim: There's nothing at {web.url}/no.txt (404). Please check the address.\n"
    assert process.returncode == 130
