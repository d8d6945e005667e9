"""Articles that are read again: what has changed becomes a new version, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.ingest.article_factory import article_of_file
from index.documents.article import read_article
from index.documents.web.fetcher import Fetcher
from index.ingest import refresh as refreshing
from index.ingest.refresh import refresh
from index.ingest.watch import Pace
from index.store import SqliteLibrary
from index.types import Article
from tests.documents import document
from tests.fakes import CONFIGURATION, FakeEmbedder, make_article, put_article

BEARS = "Bears like jam."


def refreshed(library: SqliteLibrary, folder: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """What became of each article, by its source: what was done, and what changed."""
    pace = Pace(between_s=0.0)
    done = refresh(library, folder, Fetcher(()), pace, CONFIGURATION, FakeEmbedder)
    return sorted(
        (one.article.source, one.outcome.did if one.outcome else "left", one.changed) for one in done
    )


def test_files_are_read_again(tmp_path: Path, library: SqliteLibrary) -> None:
    for name in ("changed.md", "same.txt", "gone.txt"):
        (tmp_path / name).write_text(BEARS)
        put_article(library, read_article(tmp_path / name, tmp_path))
    put_article(library, make_article("**Bears** like jam.", "marked.md", title="marked"))
    (tmp_path / "marked.md").write_text("**Bears** like jam.")
    (tmp_path / "changed.md").write_text("# Bears\n\nBears like honey.")
    (tmp_path / "gone.txt").unlink()
    assert refreshed(library, tmp_path) == [
        ("changed.md", "replaced", ("title", "text", "sections")),
        ("gone.txt", "left", ()),
        ("marked.md", "replaced", ("text",)),
        ("same.txt", "unchanged", ()),
    ]
    texts = {info.source: library.article(info.id).text for info in library.articles()}
    assert (texts["marked.md"], texts["gone.txt"]) == (BEARS, BEARS)
    assert refreshed(library, tmp_path)[0] == ("changed.md", "unchanged", ())


def test_a_file_that_the_library_keeps_is_read_again(tmp_path: Path, library: SqliteLibrary) -> None:
    put_article(library, article_of_file(document("pandoc.docx"), "bears.docx"))
    assert refreshed(library, tmp_path) == [("file bears.docx", "unchanged", ())]


def test_what_cannot_be_read_any_more_stays_as_it_is(tmp_path: Path, library: SqliteLibrary) -> None:
    (tmp_path / "a.txt").write_text(BEARS)
    put_article(library, read_article(tmp_path / "a.txt", tmp_path))
    (tmp_path / "a.txt").write_text("...")
    assert refreshed(library, tmp_path) == [("a.txt", "failed", ())]
    assert [library.article(info.id).text for info in library.articles()] == [BEARS]


def test_an_address_is_fetched_again_and_is_no_other(
    tmp_path: Path, library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_article(library, make_article(BEARS, "https://forest.example/a", title="a"))
    put_article(library, make_article(BEARS, "https://forest.example/b", title="b"))

    def fetched(url: str, _fetcher: Fetcher) -> Article:
        return make_article("Bears like honey.", url.replace("/b", "/"), title="a")

    monkeypatch.setattr(refreshing, "read_address", fetched)
    assert refreshed(library, tmp_path) == [
        ("https://forest.example/a", "replaced", ("text",)),
        ("https://forest.example/b", "failed", ()),
    ]
