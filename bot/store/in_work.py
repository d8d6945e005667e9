"""Which updates were in work when the process died: a small file beside bot.db.

It is written at every step and never synced: it has to outlive the process, not the machine. So it costs
microseconds where a commit takes milliseconds. After a power cut it may be wrong, and then an update is
counted once too often, or once too rarely.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from bot.store.note_file import NoteFile

_SLOT = struct.Struct("<q")


class InWork:
    """The file at ``path``, with the number of one update in each slot; 0 where it is free."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, made where there is none; without a path nothing outlives this process."""
        self._file = NoteFile(path)
        self._free: list[int] = []
        self._slots = 0

    def take_dead(self) -> list[int]:
        """Return the numbers of what was in work when an earlier process died, and forget them."""
        data = self._file.read()
        self.clear()
        found = {number for (number,) in _SLOT.iter_unpack(data[: len(data) // _SLOT.size * _SLOT.size])}
        return sorted(found - {0})

    def enter(self, number: int) -> Mark:
        """Count the update of this number as in work until its mark is taken away."""
        slot = self._free.pop() if self._free else self._slots
        self._slots = max(self._slots, slot + 1)
        mark = Mark(self, number, slot)
        mark.resume()
        return mark

    def clear(self) -> None:
        """Count nothing as in work: the process ends in good order, or has begun."""
        self._file.clear()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def write(self, slot: int, number: int) -> None:
        """Put a number into a slot."""
        self._file.write(_SLOT.pack(number), slot * _SLOT.size)

    def free(self, slot: int) -> None:
        """Let another update have the slot."""
        self._free.append(slot)


class Mark:
    """One update that is in work; while it only waits for its turn, it is not."""

    def __init__(self, in_work: InWork, number: int, slot: int) -> None:
        self._in_work = in_work
        self._number = number
        self._slot = slot
        self._is_over = False

    def pause(self) -> None:
        """Stop counting it as in work while it waits."""
        if not self._is_over:
            self._in_work.write(self._slot, 0)

    def resume(self) -> None:
        """Count it as in work again: its turn has come."""
        if not self._is_over:
            self._in_work.write(self._slot, self._number)

    def leave(self) -> None:
        """Take the mark away: the update is taken care of, or given up."""
        self.pause()
        self._is_over = True
        self._in_work.free(self._slot)


current: ContextVar[Mark | None] = ContextVar("mark", default=None)
"""The mark of the update that is in work here."""


@contextmanager
def paused() -> Iterator[None]:
    """Do not count the update as in work while this lasts: it waits for its turn, or for Telegram."""
    mark = current.get()
    if mark is None:
        yield
        return
    mark.pause()
    try:
        yield
    finally:
        mark.resume()
