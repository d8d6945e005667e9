"""The wheel: what is in it, what it asks pip for, and that it runs in a folder where nothing else is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from index.models.packaged import PACKAGED
from supply.pins import ROOT, RUNS, pins_of, requirements, torch_pin
from tests.patience import PATIENT_S
from tests.test_absent import modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LAYERS = ("bot", "index", "retrieval")
CARRIERS = {canonicalize_name(model.package) for model in PACKAGED}
GROUPS = {
    "": {torch_pin()}.union(*(requirements()[file] for file in RUNS)),
    "train": requirements()["requirements-training.txt"],
    "bench": requirements()["requirements-bench.txt"],
    "dev": requirements()["requirements-dev.txt"],
}


def declared(group: str) -> Mapping[str, Requirement]:
    """Return what pyproject.toml asks pip for, by name: to run, or in one of the groups."""
    lines = PROJECT["optional-dependencies"][group] if group else PROJECT["dependencies"]
    needed = map(Requirement, lines)
    return {canonicalize_name(each.name): each for each in needed if each.name != PROJECT["name"]}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, as pip builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True, timeout=PATIENT_S)  # noqa: S603 - our own tree
    (found,) = folder.iterdir()
    return found


def test_all_that_the_program_reads_is_in_the_wheel_and_nothing_that_it_does_not(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    tracked = subprocess.run(  # noqa: S603 - fixed arguments
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *LAYERS],  # noqa: S607 - as whoever clones it has it
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert inside == {name for name in tracked.stdout.splitlines() if (ROOT / name).exists()}
    assert {
        "retrieval/attribution/words/first_names.txt",
        "retrieval/attribution/speaker_questions.toml",
        "retrieval/summaries/question_patterns.toml",
        "retrieval/read/weights/reader/model.onnx",
        "retrieval/read/weights/reader/tokenizer.json",
        "retrieval/read/weights/reader/SHA256SUMS",
    } <= inside


def metadata_of(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def test_the_wheel_brings_its_licence_and_those_of_others(wheel: Path) -> None:
    metadata = metadata_of(wheel)
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata.get_all("License-File") == ["LICENSE", "NOTICE"]
    with zipfile.ZipFile(wheel) as archive:
        for file in ("LICENSE", "NOTICE"):
            (name,) = (name for name in archive.namelist() if name.endswith(f"/licenses/{file}"))
            assert archive.read(name) == (ROOT / file).read_bytes()
    assert metadata["Description-Content-Type"] == "text/markdown"


def test_what_is_imported_is_asked_for_and_nothing_else() -> None:
    distributions = packages_distributions()
    foreign = set().union(*(module.imported for module in modules())) - {*LAYERS, *sys.stdlib_module_names}
    imported = {canonicalize_name(name) for package in foreign for name in distributions[package]}
    assert set(declared("")) == imported | CARRIERS | {"lxml-html-clean"}


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_pinned_is_within_the_ranges(group: str) -> None:
    pinned = {pin.name: pin.version for pin in GROUPS[group]}
    admitted = {name: each.specifier.contains(pinned[name]) for name, each in declared(group).items()}
    assert admitted == dict.fromkeys(admitted, True)


@pytest.mark.parametrize("group", GROUPS)
def test_no_range_is_open_to_versions_that_may_break_what_is_used(group: str) -> None:
    bounded = re.compile(r"==|<")
    assert {name for name, each in declared(group).items() if not bounded.search(str(each.specifier))} <= {
        "certifi"
    }


def test_torch_and_what_carries_weights_have_one_version() -> None:
    exact = {name: str(each.specifier) for name, each in declared("").items() if "==" in str(each)}
    pins = pins_of(ROOT / "requirements-weights.txt") | {torch_pin()}
    assert exact == {pin.name: f"=={pin.version}" for pin in pins}


def test_pip_brings_all_that_is_locked_also_where_it_overlooks_extras() -> None:
    """An older pip does not see html-clean in lxml[html_clean], without which no web page is read."""
    reached = set(declared(""))
    waiting = [*reached]
    while waiting:
        new = {*required_by(waiting.pop())} - reached
        reached |= new
        waiting += new
    locked = {pin.name for pin in requirements()["requirements.txt"]}
    assert locked - reached == {"sniffio"}  # which anyio and httpcore use where it is there


def required_by(name: str) -> Iterator[str]:
    try:
        needed = map(Requirement, requires(name) or [])
    except PackageNotFoundError:  # what nothing uses is not installed here
        return
    for each in needed:
        if each.marker is None or each.marker.evaluate({"extra": ""}):
            yield canonicalize_name(each.name)


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own, which borrows the packages of the one that tests."""

    bin: Path

    def run(self, folder: Path, *arguments: str) -> tuple[int, str, str]:
        """Return the exit code, stdout and stderr of ``verbatim``, run in ``folder``."""
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(  # noqa: S603 - our own program
            [self.bin / "verbatim", *arguments],
            cwd=folder,
            env={**environment, "PATH": f"{self.bin}{os.pathsep}{environment['PATH']}", "COLUMNS": "80"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENT_S,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel alone."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home)
    python = home / "bin" / "python"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*pip, wheel], check=True, timeout=PATIENT_S)  # noqa: S603 - our own wheel
    (packages,) = home.glob("lib/python3.*/site-packages")
    (packages / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return Installed(home / "bin")


def test_installed_it_answers_from_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    code, out, err = installed.run(tmp_path, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Usage: verbatim ")
    (tmp_path / "bears.html").write_text(
        "<html><head><title>Bears</title></head><body><article><h1>Bears</h1>"
        + "<p>Bears like jam, and they eat it with a spoon on most days of the summer.</p>" * 3
        + "</article></body></html>"
    )
    code, out, err = installed.run(tmp_path, "add", "bears.html")
    assert (code, out.splitlines()[-1], err) == (0, "main: 1 added.", "")
    code, out, err = installed.run(tmp_path, "ask", "What do bears like?")
    assert (code, err) == (0, "")
    assert "Bears like jam, and they eat it with a spoon" in out
    assert {path.name for path in tmp_path.iterdir()} == {"bears.html", "data"}


def test_installed_its_hints_name_it_and_no_clone(installed: Installed, tmp_path: Path) -> None:
    code, out, err = installed.run(tmp_path, "ask", "What do bears like?")
    assert (code, out) == (1, "")
    assert "`verbatim add " in err
    code, out, err = installed.run(tmp_path, "weights", "check", "nowhere")
    assert (code, out) == (1, "")
    assert "`verbatim weights fill nowhere`" in err
    assert "unset VERBATIM_WEIGHTS and install this program again" in err
