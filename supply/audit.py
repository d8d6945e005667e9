"""python -m supply.audit: ask whether faults are known of what is pinned, by pip-audit.

Exit code 0: none is known; 2: some are; 3: the data could not be reached, or not for every package.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from index.command_line import run
from supply.errors import SupplyError
from supply.pins import ROOT, Pin, requirements, torch_pin

FAULTS_KNOWN = 2
NOT_REACHED = 3

KNOWN_FAULTY = Pin("jinja2", "2.4.1")
"""Faults of it have been on record since 2014: where none is reported, the answers are empty."""

_TOOL = ROOT / ".venv-tools" / "bin" / "pip-audit"

Faults = Mapping[Pin, Sequence[str]]
"""The ids of the known faults of each package that there is a record of."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def audit(tool: Annotated[Path, typer.Option(help="The program pip-audit.")] = _TOOL) -> None:
    """Say which faults are known of what is pinned."""
    if not faults_of([KNOWN_FAULTY], tool).get(KNOWN_FAULTY):
        print(
            "Not audited: the database of known faults couldn't be reached; nothing was reported "
            f"even of {KNOWN_FAULTY.name} {KNOWN_FAULTY.version}, which has some. Run it where PyPI "
            "can be reached."
        )
        sys.exit(NOT_REACHED)
    pins = {torch_pin()}.union(*requirements().values())
    found = {torch_pin(): faults_of([torch_pin()], tool).get(torch_pin())}
    for file_pins in requirements().values():  # a package may have another version in another file
        faults = faults_of(file_pins, tool)
        found |= {pin: faults.get(pin) for pin in file_pins}
    faulty = {pin: ids for pin, ids in sorted(found.items()) if ids}
    unknown = sorted(pin for pin, ids in found.items() if ids is None)
    for pin, ids in faulty.items():
        print(f"{pin.name} {pin.version}: {', '.join(ids)}")
    for pin in unknown:
        print(f"{pin.name} {pin.version}: not audited, there is no record of it")
    print(f"{len(pins)} packages: {len(faulty)} with known faults, {len(unknown)} not audited.")
    sys.exit(FAULTS_KNOWN if faulty else NOT_REACHED if unknown else 0)


def faults_of(pins: Iterable[Pin], tool: Path) -> Faults:
    """Return what pip-audit reports; nothing of what it skipped, or where it broke off.

    Raises SupplyError when there is no such program.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"{pin.name}=={pin.version}\n" for pin in sorted(pins))
        file.flush()
        try:
            done = subprocess.run(  # noqa: S603 - our own tool, of fixed arguments
                [tool, "--requirement", file.name, "--no-deps", "--disable-pip", "--format", "json"],
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError as error:
            raise SupplyError(f"{tool} can't be run: {error.strerror}. Use `make audit`.") from None
    try:
        asked = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return {}
    return {
        Pin(each["name"], each["version"]): [fault["id"] for fault in each["vulns"]]
        for each in asked
        if "vulns" in each
    }


if __name__ == "__main__":
    run(app, "python -m supply.audit")
