"""What a library is called, wherever it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.errors import ArticleMissingError, LibraryMissingError, LibraryNameError
from index.program import command

CHATS = "chats"
"""The beginning of the names of libraries that are chats' own."""

_SHARED = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class LibraryName:
    """The name of one library: of a shared one, ``main``, or of a chat's own, ``chats/-100123``.

    The name of a shared one has no slash, so that none of them leads to a chat's own.
    """

    text: str

    @classmethod
    def shared(cls, name: str) -> LibraryName:
        """Return the name of a shared library. Raises LibraryNameError when it can have no such name."""
        if not _SHARED.fullmatch(name):
            raise LibraryNameError(
                f"{name!r} can't be a library's name. Use 1 to 40 of the characters a-z, 0-9 and hyphen."
            )
        return cls(name)

    @classmethod
    def of_chat(cls, chat_id: int) -> LibraryName:
        """Return the name of the library that is a chat's own."""
        return cls(f"{CHATS}/{chat_id}")

    @property
    def is_of_chat(self) -> bool:
        """Whether the library is a chat's own."""
        return self.text.startswith(f"{CHATS}/")

    @property
    def option(self) -> str:
        """The option, behind a space, by which commands reach the library; none for ``main``."""
        if self.is_of_chat:
            return f" --chat {self.text.removeprefix(f'{CHATS}/')}"
        return "" if self.text == "main" else f" --library {self.text}"

    def __str__(self) -> str:
        return self.text


def missing(name: LibraryName) -> LibraryMissingError:
    """Return the error that there is no library of this name."""
    return LibraryMissingError(
        f"There's no library {name} yet.",
        for_operator=f"Create it with {command(f'add PATH{name.option}')}.",
    )


def missing_article(article_id: str, name: LibraryName) -> ArticleMissingError:
    """Return the error that the library has no article with this id."""
    return ArticleMissingError(
        f"There's no article with the id {article_id} here.",
        for_operator=f"To see the ids, run {command(f'list{name.option}')}.",
    )


def library_names(shared: Iterable[str], chat_id: int | None = None) -> list[LibraryName]:
    """Return the names of a chat's own library, if a chat is given, then of ``shared`` ones.

    Raises LibraryNameError.
    """
    own = [] if chat_id is None else [LibraryName.of_chat(chat_id)]
    return [*own, *map(LibraryName.shared, shared)]
