"""python -m supply.notice: write NOTICE, which names all work of others that Verbatim uses, and its licence.

    python -m supply.notice --environment .venv-peers --environment .venv-tools

reads the metadata of what is installed here and in those environments.
"""

from __future__ import annotations

import sysconfig
from collections.abc import Iterable, Mapping, Set
from email.message import Message
from importlib.metadata import distributions
from pathlib import Path
from typing import Annotated, cast

import typer
from packaging.utils import canonicalize_name
from packaging.version import Version

from index.command_line import run
from index.models.packaged import PACKAGED
from supply.errors import SupplyError
from supply.licences import Licences
from supply.pins import ROOT, Pin, requirements, torch_pin

NOTICE = ROOT / "NOTICE"

_HEAD = """\
Verbatim is licensed under the Apache License, Version 2.0 (LICENSE), its reader's weights included.

It uses the work of others, which is named here with its licence. `make notice` writes this file
from the metadata of the packages and from supply/licences.toml; a test holds it to what is pinned.
"""
_READER = """\
retrieval/read/weights/reader is the project's own, made from ms-marco-MiniLM-L-12-v2 (Apache-2.0). Its card,
README.md there, names the question sets that it was trained on and their licences: CC BY-SA 4.0 and 3.0,
CC BY 4.0, MIT, Apache-2.0, BSD-3-Clause.
"""
_CARRIED = """\
Some wheels carry compiled libraries of others, with their licence files. Those of numpy, scipy,
scikit-learn, faiss-cpu and torch carry GCC's runtime libraries (libgfortran and libgomp: GPL-3.0 with the
GCC Runtime Library Exception, which leaves the programs that use them free; libquadmath:
LGPL-2.1-or-later). Of FreeType, in pypdfium2, PDFium takes the FreeType Project Licence, one of two.
PyPI's build of torch for Linux brings NVIDIA's libraries under NVIDIA's terms; its build for CPUs does not.

`pip install .` also brings what some of these packages name and Verbatim does not use: colorlog, dateparser,
numkong, pytz, robust-downloader, tzdata, tzlocal and usearch, under Apache-2.0, BSD-3-Clause and MIT.
"""
GROUPS = {
    "requirements.txt": "What runs",
    "requirements-weights.txt": "What carries weights",
    "requirements-training.txt": "What makes the reader",
    "requirements-dev.txt": "What tests and checks",
    "requirements-mutants.txt": "What tests the tests",
    "requirements-tools.txt": "What writes the locks, the bill of materials and the audit",
    "requirements-bench.txt": "What benchmarks compare parts with",
    "requirements-peers.txt": "What benchmarks compare the whole with",
}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def write(
    environment: Annotated[
        list[Path] | None, typer.Option(help="Another environment to read metadata from; repeatable.")
    ] = None,
) -> None:
    """Write NOTICE from the metadata of what is installed here and in other environments."""
    NOTICE.write_text(notice(installed(environment or [])), encoding="utf-8")
    packages = {pin.name for file in GROUPS for pin in pins_in(file)}
    print(f"{NOTICE.name} names {len(packages)} packages and {len(PACKAGED)} models of others.")


def notice(metadata: Mapping[Pin, Message]) -> str:
    """Return the text of NOTICE. Raises SupplyError for a package without metadata or a usable licence."""
    licences = Licences.load()
    parts = [_HEAD, "Weights\n", _models(), _READER, "Packages\n", _CARRIED]
    for file, purpose in GROUPS.items():
        lines = [line_of(pin, licences, metadata) for pin in sorted(pins_in(file))]
        parts.append(f"{purpose} ({file})\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def pins_in(file: str) -> Set[Pin]:
    """Return what a requirements file pins; torch, which stands in the Makefile, belongs to what runs."""
    pins = requirements()[file]
    return pins | {torch_pin()} if file == "requirements.txt" else pins


def line_of(pin: Pin, licences: Licences, metadata: Mapping[Pin, Message]) -> str:
    """Return the line of NOTICE for one package: name, version, licence, and what else was offered."""
    if pin not in metadata:
        raise SupplyError(
            f"{pin.name} {pin.version} is pinned, and installed nowhere here: run `make notice`."
        )
    offered = licences.offered(pin.name, metadata[pin])
    taken = licences.take(pin.name, offered)
    choice = f"  (offered: {offered})" if taken != offered else ""
    return f"  {pin.name:<36} {pin.version:<18} {taken}{choice}"


def installed(environments: Iterable[Path]) -> Mapping[Pin, Message]:
    """Return the metadata of what is installed here and in ``environments``; torch's without its build."""
    places = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    places += [str(place) for folder in environments for place in folder.glob("lib/python3.*/site-packages")]
    return {
        Pin(canonicalize_name(found.name), Version(found.version).public): cast(Message, found.metadata)
        for found in distributions(path=places)
    }


def _models() -> str:
    return "".join(f"  {model.name:<36} {model.licence:<18} {model.origin}\n" for model in PACKAGED)


if __name__ == "__main__":
    run(app, "python -m supply.notice")
