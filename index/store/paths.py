"""Where libraries lie, and what they are called."""

from __future__ import annotations

import re
from pathlib import Path

from index.errors import LibraryMissingError, LibraryNameError

CHATS = "chats"
"""The folder of the libraries that are chats' own."""

_NAME = re.compile(r"[a-z0-9-]{1,40}")


def library_path(data_dir: Path, name: str) -> Path:
    """Return the file of the shared library ``name``.

    Raises LibraryNameError when it can have no such name.
    """
    if not _NAME.fullmatch(name):
        raise LibraryNameError(
            f"{name!r} cannot be a library's name; use 1 to 40 of the characters a-z, 0-9 and hyphen."
        )
    return data_dir / "libraries" / f"{name}.db"


def chat_library_path(data_dir: Path, chat_id: int) -> Path:
    """Return the file of the library that is a chat's own; no name of a shared one leads there."""
    return data_dir / "libraries" / CHATS / f"{chat_id}.db"


def find_libraries(data_dir: Path) -> list[Path]:
    """Return the files of all libraries, by name: the shared ones first, then the chats' own."""
    return [*sorted((data_dir / "libraries").glob("*.db")), *find_chat_libraries(data_dir)]


def find_chat_libraries(data_dir: Path) -> list[Path]:
    """Find the files of the libraries that are chats' own, by name."""
    return sorted((data_dir / "libraries" / CHATS).glob("*.db"))


def name_of(path: Path) -> str:
    """Return what the library at ``path`` is called: ``main``; of a chat's own, ``chats/-100123``."""
    return f"{CHATS}/{path.stem}" if path.parent.name == CHATS else path.stem


def option_of(path: Path) -> str:
    """Return the option, behind a space, by which commands reach the library at ``path``.

    It is empty for ``main``.
    """
    if path.parent.name == CHATS:
        return f" --chat {path.stem}"
    return "" if path.stem == "main" else f" --library {path.stem}"


def missing(path: Path) -> LibraryMissingError:
    """Return the error that there is no library at ``path``."""
    return LibraryMissingError(
        f"There is no library {name_of(path)} yet.",
        for_operator=f"Make one with `python -m index add PATH{option_of(path)}`.",
    )
