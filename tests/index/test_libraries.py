"""The libraries of a data folder, kept open while others change them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.config import Config
from index.errors import LibraryMissingError, LibraryNameError
from index.libraries import Libraries
from index.library import Library, library_path
from tests.fakes import MADE_WITH, make_article, put_article


@pytest.fixture
def libraries(tmp_path: Path) -> Iterator[Libraries]:
    opened = Libraries(Config(tmp_path, tmp_path, {"index": {"embedder": "fake", "passage_tokens": 40}}))
    yield opened
    opened.close()


def add(tmp_path: Path, name: str, text: str) -> None:
    with Library(library_path(tmp_path, name), MADE_WITH) as library:
        put_article(library, make_article(text, title=text))


def test_those_that_there_are_come_in_order_of_the_names(tmp_path: Path, libraries: Libraries) -> None:
    add(tmp_path, "a", "Bears like jam.")
    add(tmp_path, "b", "Foxes read.")
    assert [search.name for search in libraries.searches(["b", "none", "a", "b"])] == ["b", "a"]
    assert [info.title for info in libraries.articles(["a", "b"])] == ["Bears like jam.", "Foxes read."]
    assert libraries.searches(["a"])[0] is libraries.searches(["a"])[0]


def test_none_of_them_is_said_and_one_made_later_is_found(tmp_path: Path, libraries: Libraries) -> None:
    with pytest.raises(LibraryMissingError) as caught:
        libraries.searches(["a", "b"])
    assert str(caught.value) == (
        "There is no library a, b yet; make one with `python -m index add PATH --library a`."
    )
    with pytest.raises(LibraryNameError):
        libraries.searches(["../x"])
    add(tmp_path, "b", "Foxes read.")
    assert [search.name for search in libraries.searches(["a", "b"])] == ["b"]


def test_a_library_put_in_the_place_of_one_is_the_one_asked(tmp_path: Path, libraries: Libraries) -> None:
    add(tmp_path, "a", "Bears like jam.")
    assert [info.title for info in libraries.articles(["a"])] == ["Bears like jam."]
    add(tmp_path, "b", "Foxes read.")
    library_path(tmp_path, "b").replace(library_path(tmp_path, "a"))
    assert [info.title for info in libraries.articles(["a"])] == ["Foxes read."]
    library_path(tmp_path, "a").unlink()
    with pytest.raises(LibraryMissingError):
        libraries.searches(["a"])
