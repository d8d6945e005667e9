"""What is in a ZIP file, as DOCX and EPUB are: read by name, in memory, never unpacked to disk."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from functools import cached_property
from urllib.parse import unquote

from index.errors import SourceError

MAX_MEMBERS = 2_000
MAX_LIST_BYTES = 1_000_000
"""Of the names and places of all members: a million of them would take the process a gigabyte of memory."""
MAX_UNPACKED = 100_000_000
MAX_RATIO = 200
_FREE_OF_RATIO = 10_000_000  # what is small unpacked may be packed as tightly as it likes
_IS_ENCRYPTED = 0x1


class _ShortReads(io.BytesIO):
    """Bytes of which, while ``longest`` is set, no more can be read at once: zipfile reads its list so."""

    longest: int | None = MAX_LIST_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and self.longest is not None and size > self.longest:
            raise _TooManyMembersError
        return super().read(size)


class _TooManyMembersError(Exception):
    pass


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Open the ZIP file called ``name``. Raises SourceError when it is damaged, or has too many members."""
    source = _ShortReads(data)
    try:
        archive = zipfile.ZipFile(source)
    except _TooManyMembersError:
        raise SourceError(
            f"{name} is an archive of thousands of files, more than an article needs. Please save it "
            "again, or save just its text."
        ) from None
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged(name) from None
    source.longest = None
    return archive


def folded(member: str) -> str:
    """Return the name of a ``member`` as all take it who write it otherwise: escaped, in other letters."""
    plain = unquote(member).replace("\\", "/").lstrip("/")
    return unicodedata.normalize("NFC", plain).casefold()


def damaged(name: str) -> SourceError:
    """Return the error that the file called ``name`` is not whole."""
    return SourceError(f"{name} is damaged or incomplete. Please download it again.")


class Archive:
    """The members of a ZIP file, checked to be no bomb before one is read."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the archive called ``name``.

        Raises SourceError when it is damaged, locked, or unpacks to too much.
        """
        self.name = name
        self._zip = open_archive(data, name)
        members = self._zip.infolist()
        unpacked = sum(member.file_size for member in members)
        if (
            len(members) > MAX_MEMBERS
            or unpacked > MAX_UNPACKED
            or (unpacked > _FREE_OF_RATIO and unpacked > MAX_RATIO * len(data))
        ):
            raise SourceError(
                f"{name} unpacks to {unpacked // 1_000_000:,} MB in {len(members):,} parts, more than an "
                "article needs. Please save it again, or save just its text."
            )
        if any(member.flag_bits & _IS_ENCRYPTED for member in members):
            raise SourceError(f"{name} is password-protected. Please save it without a password.")
        self.members = frozenset(member.filename for member in members)

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {folded(member): member for member in reversed(self._zip.namelist())}

    def find(self, path: str) -> str | None:
        """Return the member at ``path``, however its name is written; None where there is none."""
        return path if path in self.members else self._by_folded.get(folded(path))

    def read(self, member: str) -> bytes:
        """Return the bytes of ``member``. Raises SourceError when it is not there, or is damaged."""
        try:
            return self._zip.read(member)
        except (KeyError, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError):
            raise damaged(self.name) from None

    def read_xml(self, member: str) -> bytes:
        """Return the bytes of ``member``, which is XML. Raises SourceError, too, when it declares entities.

        A declared entity may stand for a file of this machine, or for more text than there is memory.
        """
        data = self.read(member)
        start = data.replace(b"\x00", b"")
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise SourceError(
                f"{self.name} declares entities in its part {member}, which no document needs. Please "
                "save it again with another program."
            )
        return data

    def check_all(self) -> None:
        """Read every member. Raises SourceError when one is damaged, or is XML that declares entities."""
        for member in self.members:
            if member.lower().endswith((".xml", ".rels")):
                self.read_xml(member)
            else:
                self.read(member)
