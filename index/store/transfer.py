"""Export, import and backup: libraries out of the data folder and into it, as complete files."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from index.errors import LibraryDamagedError, LibraryError, StaleLibraryError
from index.files import private, sqlite
from index.files.atomic_files import create_atomically, temporary_path
from index.program import command
from index.store import schema
from index.store.paths import name_at
from index.store.sqlite_library import SqliteLibrary
from index.types import IndexConfiguration

MEASURED = "evaluate"
"""The folder for the outcomes of measurements."""


def export_library(path: Path, file: Path) -> None:
    """Write the library at ``path`` into a new ``file``, atomically, without the space of what was removed.

    Others may write to the library meanwhile. Raises LibraryError, also where ``file`` is there already.
    """
    SqliteLibrary(path).close()
    with create_atomically(file) as new, schema.explained(path), closing(sqlite.connect(path)) as connection:
        new.touch(mode=0o600)  # nobody else may read it while it is written, either
        connection.execute("VACUUM INTO ?", (str(new),))


def import_library(file: Path, path: Path, configuration: IndexConfiguration) -> bool:
    """Make the library in ``file`` the one at ``path``; return whether it differs from ``configuration``.

    If it does, it has to be rebuilt. Nothing is taken before all of it is checked. Raises LibraryError where
    there is a library already, and LibraryDamagedError where ``file`` is none, or has a fault.
    """
    if path.exists():
        raise LibraryError(
            f"There's already a library {name_at(path)}. Choose another name with --library, or add "
            "the articles to it with --merge."
        )
    with create_atomically(path) as new:
        _copy_checked(file, new)
        with SqliteLibrary(new) as library:
            return library.configuration != configuration


def merge_library(file: Path, path: Path) -> tuple[int, int]:
    """Put the articles in ``file`` into the library at ``path``; how many, and how many other versions.

    Those are not searched: earlier ones, and what comes from a source that is there already. Raises what
    import_library raises, and StaleLibraryError where their passages were made differently.
    """
    with SqliteLibrary(path) as library, temporary_path(path) as checked:
        _copy_checked(file, checked)
        with SqliteLibrary(checked) as other:
            theirs, ours = other.configuration, library.configuration
        if theirs != ours:
            raise StaleLibraryError(
                f"{file} was made with {theirs.model} and passages of {theirs.passage_tokens} tokens, but "
                f"{name_at(path)} with {ours.model} and {ours.passage_tokens}. Import the file under a "
                "name of its own, rebuild and export that, then merge the exported file."
            )
        return library.take_in(checked)


def back_up(data_dir: Path, folder: Path) -> list[Path]:
    """Copy what is kept in ``data_dir`` into a new ``folder``: the files there, counted from it.

    Each database is copied as it is at one moment, also while the bot runs. What can be made again, the
    outcomes of measurements, is left out. Raises LibraryError, also where ``folder`` is there already.
    """
    kept = _kept_in(data_dir)
    if not kept:
        raise LibraryError(f"There's nothing to back up in {data_dir} yet. Add some articles first.")
    if folder.resolve().is_relative_to(data_dir.resolve()):
        raise LibraryError(
            f"{folder} is inside {data_dir}, which is being copied. Choose a folder elsewhere."
        )
    with create_atomically(folder) as new:
        private.make_folder(new)
        for name in kept:
            private.make_folder((new / name).parent)
            (new / name).touch(mode=0o600)  # nobody else may read it while it is written, either
            if name.suffix == ".db":
                _copy_database(data_dir / name, new / name)
            else:
                shutil.copyfile(data_dir / name, new / name)
    return kept


def _kept_in(data_dir: Path) -> list[Path]:
    """Return the files to keep, counted from ``data_dir``, in order.

    Links to another disk are followed.
    """
    found = []
    for folder, folders, names in os.walk(data_dir, followlinks=True):
        inside = Path(folder).relative_to(data_dir)
        folders[:] = [name for name in folders if inside / name != Path(MEASURED)]
        found += [inside / name for name in names if name.endswith((".db", ".json"))]
    return sorted(found)


def _copy_database(path: Path, new: Path) -> None:
    with (
        schema.explained(path),
        closing(sqlite.connect(path)) as connection,
        closing(sqlite3.connect(new)) as copy,
    ):
        connection.backup(copy)
        fault = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if fault != "ok":
        raise LibraryDamagedError(f"{path} is damaged ({fault}). Restore an earlier backup of it.")


def _copy_checked(file: Path, new: Path) -> None:
    """Copy ``file``, which may be a stranger's, to ``new``, if it is a whole library.

    Raises LibraryDamagedError if it is none, StaleLibraryError if a later version has made it.
    """
    if file.exists() and not file.is_file():
        raise LibraryError(f"{file} isn't a file. Give one that {command('export')} has written.")
    try:
        given = file.open("rb")
    except OSError as error:
        raise LibraryError(
            f"{file} can't be read: {error.strerror}. Give a file that {command('export')} has written."
        ) from None
    new.touch(mode=0o600)
    with given, new.open("wb") as copy:
        shutil.copyfileobj(given, copy)
    try:
        fault = _fault_in(new)
    except StaleLibraryError as error:
        raise StaleLibraryError(str(error).replace(str(new), str(file))) from None
    except LibraryError:
        raise LibraryDamagedError(
            f"{file} isn't a library, or not a whole one. Give a file that {command('export')} has written."
        ) from None
    if fault is not None:
        raise LibraryDamagedError(f"{file} is damaged ({fault}). Export it again where it comes from.")


def _fault_in(path: Path) -> str | None:
    """Return the first fault of the library at ``path``; raises LibraryError where it is none."""
    with schema.explained(path), closing(sqlite.connect(path)) as connection:
        triggers = connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").fetchone()
    if triggers[0]:  # before anything is written, which might pull one
        raise LibraryDamagedError(f"{path} has triggers.")
    with SqliteLibrary(path) as library:
        if not schema.is_laid_out(library._connection):
            raise LibraryDamagedError(f"{path} doesn't have the layout of a library.")
        return next(iter(library.verify()), None)
