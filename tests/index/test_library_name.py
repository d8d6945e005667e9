"""What libraries are called, and how commands reach them."""

from __future__ import annotations

import pytest

from index.errors import LibraryNameError
from index.library_name import LibraryName, library_names


@pytest.mark.parametrize(
    ("name", "text", "option", "is_of_chat"),
    [
        (LibraryName.shared("main"), "main", "", False),
        (LibraryName.shared("news-2"), "news-2", " --library news-2", False),
        (LibraryName.of_chat(-100123), "chats/-100123", " --chat -100123", True),
    ],
)
def test_a_name_says_what_it_names(name: LibraryName, text: str, option: str, is_of_chat: bool) -> None:
    assert (str(name), name.option, name.is_of_chat) == (text, option, is_of_chat)


@pytest.mark.parametrize("text", ["", "chats/5", "../main", "Main", "a" * 41])
def test_no_shared_name_leads_elsewhere(text: str) -> None:
    with pytest.raises(LibraryNameError):
        LibraryName.shared(text)


def test_a_chats_own_library_comes_before_the_shared_ones() -> None:
    assert [*map(str, library_names(["b", "a"], 5))] == ["chats/5", "b", "a"]
    assert [*map(str, library_names(["b", "a"]))] == ["b", "a"]
