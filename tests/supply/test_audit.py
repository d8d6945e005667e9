"""The audit says what is known, and never calls a silence "no faults". A small program plays pip-audit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from supply.audit import KNOWN_FAULTY
from supply.pins import ROOT, Pin, requirements, torch_pin
from tests.command import start

PINS = sorted({torch_pin()}.union(*requirements().values()))

PROGRAM = """#!{python}
import json, sys
from pathlib import Path
records = json.loads({records!r})
asked = Path(sys.argv[sys.argv.index("--requirement") + 1]).read_text().split()
if any(line in records.get("breaks off", []) for line in asked):
    sys.exit("ConnectionError")
found = [
    dict(name=name, version=version, vulns=[dict(id=fault) for fault in records[name + "==" + version]])
    if name + "==" + version in records else dict(name=name, skip_reason="not found")
    for name, version in (line.split("==") for line in asked)
]
print(json.dumps(dict(dependencies=found, fixes=[])))
"""


def audit(folder: Path, records: dict[str, list[str]]) -> tuple[int, list[str], str]:
    """Exit code, lines and errors of the audit, where pip-audit knows of these faults and no others."""
    tool = folder / "pip-audit"
    tool.write_text(PROGRAM.format(python=sys.executable, records=json.dumps(records)))
    tool.chmod(0o700)
    done = start(ROOT, "-m", "supply.audit", "--tool", str(tool))
    return done.returncode, done.stdout.splitlines(), done.stderr


def record_of(pin: Pin) -> str:
    return f"{pin.name}=={pin.version}"


@pytest.fixture
def records() -> dict[str, list[str]]:
    """Each pin is known and has no fault; the one that is known to be faulty has two."""
    return {
        record_of(KNOWN_FAULTY): ["PYSEC-2014-8", "PYSEC-2019-217"],
        **{record_of(pin): [] for pin in PINS},
    }


def test_no_known_faults(tmp_path: Path, records: dict[str, list[str]]) -> None:
    assert audit(tmp_path, records) == (
        0, [f"{len(PINS)} packages: 0 with known faults, 0 not audited."], ""
    )  # fmt: skip


def test_a_known_fault_is_named(tmp_path: Path, records: dict[str, list[str]]) -> None:
    faulty = PINS[7]
    records[record_of(faulty)] = ["PYSEC-1", "GHSA-2"]
    assert audit(tmp_path, records) == (
        2,
        [
            f"{faulty.name} {faulty.version}: PYSEC-1, GHSA-2",
            f"{len(PINS)} packages: 1 with known faults, 0 not audited.",
        ],
        "",
    )


@pytest.mark.parametrize("faults", [None, []])
def test_where_nothing_is_known_of_a_faulty_package_the_data_was_not_reached(
    tmp_path: Path, records: dict[str, list[str]], faults: list[str] | None
) -> None:
    del records[record_of(KNOWN_FAULTY)]
    if faults is not None:
        records[record_of(KNOWN_FAULTY)] = faults
    code, lines, err = audit(tmp_path, records)
    assert (code, err) == (3, "")
    assert lines == [
        "Not audited: the database of known faults couldn't be reached; nothing was reported "
        "even of jinja2 2.4.1, which has some. Run it where PyPI can be reached."
    ]


def test_a_package_without_a_record_is_not_called_faultless(
    tmp_path: Path, records: dict[str, list[str]]
) -> None:
    unknown = PINS[7]
    del records[record_of(unknown)]
    code, lines, _ = audit(tmp_path, records)
    assert (code, lines) == (
        3,
        [
            f"{unknown.name} {unknown.version}: not audited, there is no record of it",
            f"{len(PINS)} packages: 0 with known faults, 1 not audited.",
        ],
    )


def test_what_broke_off_is_not_called_faultless(tmp_path: Path, records: dict[str, list[str]]) -> None:
    records["breaks off"] = [record_of(torch_pin())]
    code, lines, _ = audit(tmp_path, records)
    assert (code, lines[-1]) == (3, f"{len(PINS)} packages: 0 with known faults, 1 not audited.")


def test_without_pip_audit_it_says_how_to_get_it(tmp_path: Path) -> None:
    done = start(ROOT, "-m", "supply.audit", "--tool", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"python -m supply.audit: {tmp_path / 'none'} can't be run: No such file or "
        "directory. Use `make audit`.\n"
    )
