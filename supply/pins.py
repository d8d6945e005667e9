"""The versions that the requirements files and their locks name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ROOT / "locks"
RUNS = ("requirements.txt", "requirements-weights.txt")
"""What is installed where the bot runs, besides torch."""

_TORCH = re.compile(r"^TORCH = torch==(\S+)$", re.MULTILINE)


@dataclass(frozen=True, order=True, slots=True)
class Pin:
    """A package and its one version; ``name`` is lower case with hyphens."""

    name: str
    version: str


def requirements() -> Mapping[str, Set[Pin]]:
    """Return what each requirements file pins, by the file's name."""
    return {path.name: pins_of(path) for path in sorted(ROOT.glob("requirements*.txt"))}


def locked(file: str) -> Mapping[Pin, Set[str]]:
    """Return the SHA-256 of the files that the lock of a requirements file allows for each package."""
    entries = (LOCKS / file).read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    found: dict[Pin, Set[str]] = {}
    for entry in filter(None, map(_without_comment, entries)):
        pin, *hashes = entry.split()
        found[_pin(pin)] = {each.removeprefix("--hash=sha256:") for each in hashes}
    return found


def torch_pin() -> Pin:
    """Return the version of torch that the Makefile names: it stands in no requirements file."""
    found = _TORCH.search((ROOT / "Makefile").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError("The Makefile has no line `TORCH = torch==…`.")
    return Pin("torch", found[1])


def pins_of(path: Path) -> Set[Pin]:
    """Return what one requirements file pins. Raises ValueError for a line that pins nothing."""
    lines = map(_without_comment, path.read_text(encoding="utf-8").splitlines())
    return {_pin(line) for line in lines if line}


def _without_comment(line: str) -> str:
    return line.partition("#")[0].strip()


def _pin(text: str) -> Pin:
    name, separator, version = text.partition("==")
    if not separator or not version or set(version) & set("*;, "):
        raise ValueError(f"{text!r} does not pin one version: write name==version.")
    return Pin(canonicalize_name(name), version)
