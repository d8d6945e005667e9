"""Ids of messages that Telegram has confirmed and no commit holds yet: a small file beside bot.db.

Between the moment a message is confirmed and the commit that says so lie milliseconds in which a crash would
have it sent again. A note is written in microseconds and never synced: it outlives the process, and where it
does not outlive the machine, a message is repeated.
"""

from __future__ import annotations

import logging
import os
import struct
from collections.abc import Collection
from pathlib import Path

log = logging.getLogger(__name__)

_ENTRY = struct.Struct("<qqI")  # a number, the id of a message that belongs to it, a check of both
_CHECK = 0x5EED


class MessageNotes:
    """The file at ``path``; without a path nothing outlives this process."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, made where there is none, and read what an earlier process left."""
        self._messages: dict[int, list[int]] = {}
        self._file: int | None = None
        if path is None:
            return
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        data = os.pread(self._file, os.fstat(self._file).st_size, 0)
        for number, message, check in _ENTRY.iter_unpack(data[: len(data) // _ENTRY.size * _ENTRY.size]):
            if check == _check(number, message):
                self._messages.setdefault(number, []).append(message)

    def messages(self, number: int) -> tuple[int, ...]:
        """Return the ids that are noted for a number, in order; 0 for one that Telegram did not say."""
        return tuple(self._messages.get(number, ()))

    def add(self, number: int, message: int) -> None:
        """Note one more message for a number."""
        self._messages.setdefault(number, []).append(message)
        if self._file is not None:
            try:
                os.write(self._file, _ENTRY.pack(number, message, _check(number, message)))
            except OSError as error:  # on a full disk a crash may repeat it, and everything goes on
                log.debug("a message cannot be noted: %s", error.strerror)

    def forget(self, number: int) -> None:
        """Drop what is noted for a number; the file is emptied with the last one."""
        self._messages.pop(number, None)
        if self._file is not None and not self._messages:
            os.ftruncate(self._file, 0)

    def keep_only(self, numbers: Collection[int]) -> None:
        """Drop what is noted for other numbers than these."""
        for number in self._messages.keys() - set(numbers):
            self.forget(number)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _check(number: int, message: int) -> int:
    return (number * 31 + message ^ _CHECK) & 0xFFFFFFFF
