"""Where libraries lie in the data folder."""

from __future__ import annotations

from pathlib import Path

from index.library_name import CHATS, LibraryName


def path_of(data_dir: Path, name: LibraryName) -> Path:
    """Return the file of the library ``name``."""
    return data_dir / "libraries" / f"{name.text}.db"


def library_path(data_dir: Path, name: str) -> Path:
    """Return the file of the shared library ``name``. Raises LibraryNameError where it can be none."""
    return path_of(data_dir, LibraryName.shared(name))


def chat_library_path(data_dir: Path, chat_id: int) -> Path:
    """Return the file of the library that is a chat's own."""
    return path_of(data_dir, LibraryName.of_chat(chat_id))


def find_libraries(data_dir: Path) -> list[Path]:
    """Return the files of all libraries, by name: the shared ones first, then the chats' own."""
    return [*sorted((data_dir / "libraries").glob("*.db")), *find_chat_libraries(data_dir)]


def find_chat_libraries(data_dir: Path) -> list[Path]:
    """Find the files of the libraries that are chats' own, by name."""
    return sorted((data_dir / "libraries" / CHATS).glob("*.db"))


def name_at(path: Path) -> LibraryName:
    """Return the name of the library at ``path``."""
    return LibraryName(f"{CHATS}/{path.stem}" if path.parent.name == CHATS else path.stem)
