"""Files that others made are read in a process of their own, which may break, hang or run out of memory.

It limits itself before it reads them, and gives back JSON. Of that no more is taken than an article needs.
"""

from __future__ import annotations

import functools
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from typing import Any

from index.documents import child_process
from index.documents.child_process import TooMuchSaidError
from index.documents.formats.table import FORMATS, Format
from index.documents.formats.types import Extracted
from index.errors import SourceError
from index.types import Section


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    memory_bytes: int = 1 << 30
    cpu_s: int = 20
    wall_s: int = 60


LIMITS = Limits()

MOST_SAID_BYTES = 32 << 20
"""The most bytes of an answer: four per character of MAX_CHARS, and 12 MB for headings, pages and names."""


def extract_in_child(
    read_as: Format,
    data: bytes,
    name: str,
    url: str | None = None,
    charset: str | None = None,
    limits: Limits | None = None,
) -> Extracted:
    """Return the article in ``data``, read in a new process under ``limits``, else those of its format.

    Raises SourceError when there is none, and when reading it breaks or takes too much, ReaderStartError
    where the machine cannot start a process.
    """
    limits = limits or Limits(cpu_s=read_as.most_cpu_s)
    request = {"format": read_as.name, "name": name, "url": url, "charset": charset, "limits": asdict(limits)}
    head = json.dumps(request).encode() + b"\n"
    try:
        done = child_process.run_program(
            "index.documents.sandbox", head + data, most_bytes=MOST_SAID_BYTES, wall_s=limits.wall_s
        )
    except TimeoutError:
        raise _too_slow(name, limits) from None
    except TooMuchSaidError:
        raise _broken(name, limits, f"returned more than {MOST_SAID_BYTES >> 20} MB") from None
    if done.exit_code == -signal.SIGXCPU:
        raise _too_slow(name, limits)
    try:
        answer = json.loads(done.said)
    except (ValueError, RecursionError):
        raise _broken(name, limits, f"ended with exit code {done.exit_code}") from None
    if "refused" in answer:
        raise SourceError(answer["refused"], for_operator=answer["for_operator"])
    if "broke" in answer:
        raise SourceError(
            f"{name} looks like {read_as.called}, but it's damaged. Please save it again with another "
            "program, or save just its text.",
            for_operator=f"Reading it failed with {answer['broke']}.",
        )
    return _to_extracted(answer["extracted"])


def _too_slow(name: str, limits: Limits) -> SourceError:
    return SourceError(
        f"{name} takes longer than {limits.cpu_s} s to read. Please save just its text, or split "
        "it into several files."
    )


def _broken(name: str, limits: Limits, what: str) -> SourceError:
    return SourceError(
        f"{name} is damaged, or takes more than {limits.memory_bytes >> 20} MB of memory to read. "
        "Please save it again with another program, or save just its text.",
        for_operator=f"The process that read it {what}.",
    )


def _to_extracted(values: dict[str, Any]) -> Extracted:
    published = values.pop("published")
    sections = tuple(Section(start, title) for start, title in values.pop("sections"))
    return Extracted(
        **{name: value for name, value in values.items() if name not in ("pages", "page_labels")},
        published=date.fromisoformat(published) if published else None,
        sections=sections,
        pages=tuple(values["pages"]),
        page_labels=tuple(values["page_labels"]),
    )


def main() -> None:
    """Read one request from stdin, answer it on stdout: what the new process runs."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    request = json.loads(sys.stdin.buffer.readline())
    _limit(Limits(**request["limits"]))
    data = sys.stdin.buffer.read()
    answers.write(as_said(_answer(request, data)))
    answers.close()


def as_said(answer: dict[str, Any]) -> bytes:
    """Return ``answer`` as JSON: at most four bytes for each character of a text in normal form."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 2))
    signal.alarm(limits.wall_s + 5)  # should nobody be there any more to end it


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        found = FORMATS[request["format"]]
        reader = _reader(found)
        if found.takes_charset:
            reader = functools.partial(reader, charset=request["charset"])
        extracted = reader(data, request["name"], request["url"])
    except SourceError as error:
        return {"refused": error.public, "for_operator": error.for_operator}
    except MemoryError:
        os._exit(1)  # nothing said is the answer for it
    except Exception as error:
        return {"broke": type(error).__name__}
    return said_of(extracted)


def said_of(extracted: Extracted) -> dict[str, Any]:
    """Return the answer that tells what was read."""
    values = {name: getattr(extracted, name) for name in Extracted.__dataclass_fields__}
    values["published"] = extracted.published and extracted.published.isoformat()
    values["sections"] = [(section.start, section.title) for section in extracted.sections]
    return {"extracted": values}


def _reader(found: Format) -> Callable[..., Extracted]:
    module = import_module(f"index.documents.formats.{found.name}")
    reader: Callable[..., Extracted] = getattr(module, f"extract_{found.name}")
    return reader


if __name__ == "__main__":
    main()
