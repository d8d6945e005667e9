"""Trials on disk, one per line, written as they are done: a run that was stopped goes on where it was."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from index.errors import OperatorError
from index.files import private
from retrieval.evaluation.trial import Trial


class JournalError(OperatorError):
    """The file of trials cannot be read or written."""


class Journal:
    """The trials of one file, which is made when the first is added."""

    def __init__(self, path: Path) -> None:
        """Read what is there. A last line that was not written to its end is dropped.

        Raises JournalError when another line is no trial, or the file cannot be read.
        """
        self.path = path
        self.trials: dict[str, Trial] = {}
        try:
            data = path.read_bytes() if path.exists() else b""
            complete = data[: data.rfind(b"\n") + 1]
            if complete != data:
                with path.open("r+b") as file:
                    file.truncate(len(complete))
        except OSError as error:
            raise JournalError(f"{path} can't be read: {error.strerror}. Delete it.") from None
        for number, line in enumerate(complete.split(b"\n")[:-1], start=1):
            try:
                trial = Trial.model_validate_json(line)
            except ValidationError:
                raise JournalError(
                    f"{path}:{number}: this isn't a trial. Delete the file to ask again."
                ) from None
            self.trials.setdefault(trial.id, trial)

    def add(self, trial: Trial) -> None:
        """Keep ``trial``, on disk too."""
        line = trial.model_dump_json().encode() + b"\n"
        try:
            with open(self.path, "ab", opener=private.opener) as file:
                file.write(line)
        except OSError as error:
            raise JournalError(f"{self.path} can't be written: {error.strerror}. Make room for it.") from None
        self.trials[trial.id] = trial
