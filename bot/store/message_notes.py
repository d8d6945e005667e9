"""Ids of messages that Telegram has confirmed and no commit holds yet: a small file beside bot.db.

Between the moment a message is confirmed and the commit that says so lie milliseconds in which a crash would
have it sent again. A note is written in microseconds and never synced: it outlives the process, and where it
does not outlive the machine, a message is repeated.
"""

from __future__ import annotations

import struct
from collections.abc import Collection
from pathlib import Path

from bot.store.note_file import NoteFile

_ENTRY = struct.Struct("<qqI")  # a number, the id of a message that belongs to it, a check of both
_CHECK = 0x5EED


class MessageNotes:
    """The file at ``path``; without a path nothing outlives this process."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, made where there is none, and read what an earlier process left."""
        self._messages: dict[int, list[int]] = {}
        self._file = NoteFile(path)
        data = self._file.read()
        for number, message, check in _ENTRY.iter_unpack(data[: len(data) // _ENTRY.size * _ENTRY.size]):
            if check == _check(number, message):
                self._messages.setdefault(number, []).append(message)

    def messages(self, number: int) -> tuple[int, ...]:
        """Return the ids that are noted for a number, in order; 0 for one that Telegram did not say."""
        return tuple(self._messages.get(number, ()))

    def add(self, number: int, message: int) -> None:
        """Note one more message for a number."""
        self._messages.setdefault(number, []).append(message)
        self._file.append(_ENTRY.pack(number, message, _check(number, message)))

    def forget(self, number: int) -> None:
        """Drop what is noted for a number; the file is emptied with the last one."""
        self._messages.pop(number, None)
        if not self._messages:
            self._file.clear()

    def keep_only(self, numbers: Collection[int]) -> None:
        """Drop what is noted for other numbers than these."""
        for number in self._messages.keys() - set(numbers):
            self.forget(number)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _check(number: int, message: int) -> int:
    return (number * 31 + message ^ _CHECK) & 0xFFFFFFFF
