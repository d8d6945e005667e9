"""Files on disk, found and read."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.documents import article as read
from index.documents.article import find_files, read_article, source_of
from index.errors import FileError, SourceError
from tests.fakes import make_article

KINDS = ".md, .markdown, .txt, .html, .htm, .xhtml, .pdf, .docx, .docm, .dotx, .dotm, .rtf, .epub"


def write(path: Path, text: str = "Bears like jam.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_gives_every_article_below_it_by_name(tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.TXT",
        "deep/er/c.markdown",
        ".hidden.md",
        ".git/x.md",
        "picture.png",
        "d.PDF",
        "e.html",
    ):
        write(tmp_path / name)
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]
    assert found == ["a.TXT", "b.md", "d.PDF", "deep/er/c.markdown", "e.html"]


def test_a_hidden_folder_can_be_named(tmp_path: Path) -> None:
    assert list(find_files(write(tmp_path / ".notes" / "a.md").parent)) == [tmp_path / ".notes" / "a.md"]


def test_a_named_file_is_given_as_it_is(tmp_path: Path) -> None:
    assert list(find_files(write(tmp_path / "a.pdf"))) == [tmp_path / "a.pdf"]


def test_nothing_to_find_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        list(find_files(tmp_path / "no"))
    assert str(caught.value) == f"There is no {tmp_path / 'no'}. Check the name."
    long = "a" * 300
    with pytest.raises(FileError) as caught:
        list(find_files(Path(long)))
    assert str(caught.value) == f"{long} can't be read: File name too long."
    with pytest.raises(FileError) as caught:
        list(find_files(tmp_path))
    assert (
        str(caught.value) == f"There are no articles in {tmp_path}. Their file names have to end in {KINDS}."
    )


def test_an_article_knows_where_it_came_from(tmp_path: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    article = read_article(write(tmp_path / "articles" / "a.md", "# Bears\nBears like jam.\n"), tmp_path)
    assert (article.source, article.title, article.text) == ("articles/a.md", "Bears", "Bears like jam.")
    assert before <= article.added <= datetime.now(UTC)


def test_a_source_outside_the_folder_is_absolute(tmp_path: Path) -> None:
    assert source_of(tmp_path / "a.md", tmp_path / "project") == (tmp_path.resolve() / "a.md").as_posix()
    assert source_of(tmp_path / "project" / ".." / "a.md", tmp_path) == "a.md"


def test_the_id_is_of_source_and_content() -> None:
    article = make_article("Bears like jam.", "a.md")
    assert make_article("Bears like jam.", "a.md").id == article.id == "84b9b1e273f9"
    changed = make_article("Bears like honey.", "a.md")
    assert (changed.id != article.id, changed.source_id == article.source_id) == (True, True)
    renamed = make_article("Bears like jam.", "a.md", title="Bears")
    assert (renamed.id != article.id, renamed.source_id == article.source_id) == (True, True)
    moved = make_article("Bears like jam.", "b.md", title="a")
    assert (moved.id != article.id, moved.source_id != article.source_id) == (True, True)


def test_an_address_is_kept_without_a_password(tmp_path: Path) -> None:
    said = write(
        tmp_path / "a.md", "---\nurl: https://ann:secret@example.org/@a?by=b@c\n---\nBears like jam.\n"
    )
    assert read_article(said, tmp_path).url == "https://example.org/@a?by=b@c"


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 2_000_000)
    big = write(tmp_path / "big.md", "a" * 2_000_001)
    folder = tmp_path / "folder.md"
    folder.mkdir()
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    latin = tmp_path / os.fsdecode(b"caf\xe9.md")
    for path, message in {
        big: f"{big} is over 2 MB. Split it into several articles.",
        folder: f"{folder} isn't a file.",
        pipe: f"{pipe} isn't a file.",
        latin: f"The name of {tmp_path}/caf�.md isn't in UTF-8. Rename the file.",
        tmp_path / "no.md": f"{tmp_path / 'no.md'} can't be read: No such file or directory.",
        write(tmp_path / "a.csv"): f"a.csv isn't a kind of file I can read. Articles end in {KINDS}.",
    }.items():
        with pytest.raises((FileError, SourceError)) as caught:
            read_article(path, tmp_path)
        assert str(caught.value) == message
