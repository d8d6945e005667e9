"""NOTICE names every package that is pinned, with a licence that is allowed and that its metadata says."""

from __future__ import annotations

from dataclasses import replace
from email.message import Message

import pytest

from index.models.packaged import PACKAGED
from supply.errors import SupplyError
from supply.licences import Licences, alternatives
from supply.notice import GROUPS, NOTICE, installed, line_of, pins_in
from supply.pins import Pin, requirements

HERE = installed([])
LICENCES = Licences.load()
SECTIONS = NOTICE.read_text(encoding="utf-8").split("\n\n")


def metadata_of(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


def lines_of(file: str) -> list[str]:
    """Return the lines under the heading of a requirements file."""
    (heading,) = (at for at, section in enumerate(SECTIONS) if section.endswith(f" ({file})"))
    return SECTIONS[heading + 1].strip("\n").splitlines()


def test_every_requirements_file_is_named() -> None:
    assert set(GROUPS) == set(requirements())


@pytest.mark.parametrize("file", GROUPS)
def test_every_pin_has_its_line(file: str) -> None:
    named = [tuple(line.split()[:2]) for line in lines_of(file)]
    assert named == [(pin.name, pin.version) for pin in sorted(pins_in(file))], "run `make notice`"


@pytest.mark.parametrize("file", GROUPS)
def test_the_licence_is_the_one_of_the_installed_package(file: str) -> None:
    lines = dict(zip(sorted(pins_in(file)), lines_of(file), strict=True))
    known = {pin: line for pin, line in lines.items() if pin in HERE}
    assert known == {pin: line_of(pin, LICENCES, HERE) for pin in known}, "run `make notice`"
    assert known or file in (
        "requirements-bench.txt",
        "requirements-mutants.txt",
        "requirements-peers.txt",
        "requirements-tools.txt",
    )


@pytest.mark.parametrize("file", GROUPS)
def test_no_package_is_used_under_a_licence_that_is_not_allowed(file: str) -> None:
    taken = [line.partition("(offered")[0].split(maxsplit=2)[2].strip() for line in lines_of(file)]
    choices = [alternatives(licence) for licence in taken]
    assert [len(each) for each in choices] == [1] * len(taken)
    assert frozenset().union(*(each[0] for each in choices)) <= LICENCES.allowed
    assert not [name for name in LICENCES.allowed if name.startswith(("GPL", "AGPL"))]


def test_every_model_is_named_with_its_licence() -> None:
    models = SECTIONS[SECTIONS.index("Weights") + 1].splitlines()
    assert [line.split()[:2] for line in models] == [[model.name, model.licence] for model in PACKAGED]


def test_the_table_speaks_of_pinned_packages_only() -> None:
    pinned = {pin.name for file in GROUPS for pin in pins_in(file)}
    assert {*LICENCES.read, *LICENCES.taken} <= pinned


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        (metadata_of(License_Expression="mit and PSF-2.0", License="something else"), "MIT AND PSF-2.0"),
        (
            metadata_of(License="Apache 2.0", Classifier="License :: OSI Approved :: BSD License"),
            "Apache-2.0",
        ),
        (metadata_of(License="BSD", Classifier="License :: OSI Approved :: MIT License"), "MIT"),
    ],
)
def test_a_licence_is_read_from_metadata(metadata: Message, licence: str) -> None:
    assert LICENCES.offered("some-package", metadata) == licence


def test_an_unclear_licence_has_to_be_looked_up() -> None:
    unclear = metadata_of(License="BSD", Classifier="License :: OSI Approved :: BSD License")
    with pytest.raises(SupplyError) as caught:
        LICENCES.offered("some-package", unclear)
    assert str(caught.value) == (
        "The metadata of some-package doesn't state its licence clearly. Look at its licence "
        "file and write the licence into supply/licences.toml, [read]."
    )
    assert replace(LICENCES, read={"some-package": "MIT"}).offered("some-package", unclear) == "MIT"


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND AGPL-3.0-or-later", "LicenseRef-Own"])
def test_what_is_not_allowed_is_refused(licence: str) -> None:
    with pytest.raises(
        SupplyError, match=r"which supply/licences.toml doesn't allow. Do without the package"
    ):
        LICENCES.take("some-package", licence)


def test_a_choice_has_to_be_made_out_of_what_is_offered() -> None:
    offered = "MPL-2.0 AND (GPL-2.0-only OR MIT)"
    with pytest.raises(SupplyError, match=r"Write the one we take into supply/licences.toml, \[taken\]"):
        LICENCES.take("some-package", offered)
    for wrong in ("MIT", "MPL-2.0", "MPL-2.0 AND ISC"):
        with pytest.raises(SupplyError, match=r"isn't offered under"):
            replace(LICENCES, taken={"some-package": wrong}).take("some-package", offered)
    chosen = replace(LICENCES, taken={"some-package": "MPL-2.0 AND MIT"})
    assert chosen.take("some-package", offered) == "MPL-2.0 AND MIT"


def test_a_new_pin_that_is_installed_nowhere_is_named() -> None:
    with pytest.raises(
        SupplyError, match=r"^some-package 1.0 is pinned, and installed nowhere here: run `make"
    ):
        line_of(Pin("some-package", "1.0"), LICENCES, {})
