"""The folder of weights: fill and check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index.command_line import spinner


def fill(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder to fill, new or filled before.")
    ],
) -> None:
    """Copy the weights from the installed packages to a folder, and check every file there.

    With VERBATIM_WEIGHTS set to that folder, the program and `make setup` don't need those packages.
    """
    from index.models.packaged import PACKAGED
    from index.models.weights import fill as fill_with

    for model in PACKAGED:
        with spinner(f"copying {model.name}"):
            print(f"{model.name}  {fill_with(folder, model)}")
    print(f"All weights are correct. To use them: export VERBATIM_WEIGHTS={folder.resolve()}")


def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="The folder [default: the one in VERBATIM_WEIGHTS, else the packages]."
        ),
    ] = None,
) -> None:
    """Check the SHA-256 of every weights file that comes from a package."""
    from index.models import find_weights
    from index.models.find import weights_in
    from index.models.packaged import PACKAGED

    for model in PACKAGED:
        with spinner(f"checking {model.name}"):
            found = weights_in(folder, model) if folder else find_weights(model)
            print(f"{model.name}  {found}")
    print("All weights are correct.")
