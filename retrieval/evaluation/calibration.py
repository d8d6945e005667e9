"""Scores an owner's own questions, and puts the thresholds chosen by them into the configuration."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError

from index.errors import ConfigError
from retrieval.evaluation.thresholds import LOWEST, Outcome, Thresholds
from retrieval.settings import RetrievalSettings

if TYPE_CHECKING:
    from index.protocols import Search
    from retrieval.answerer import Answerer
    from retrieval.evaluation.known_questions import KnownQuestion


def never_refusing(settings: RetrievalSettings) -> RetrievalSettings:
    """Return ``settings`` under which everything that is found is quoted."""
    return settings.model_copy(update={"min_relevance": LOWEST, "min_answers": LOWEST})


def outcome_of(known: KnownQuestion, answerer: Answerer, search: Search) -> Outcome:
    """Return what the first candidate of a question scores, and whether its quote is right.

    ``answerer`` never refuses.
    """
    from retrieval.evaluation import normal_form
    from retrieval.read import answer_score

    candidates = answerer.retrieve([known.question], [search])
    ranked = answerer.rerank([known.question], candidates.fused)
    if not ranked:
        return Outcome(known.words is not None, False, -math.inf, -math.inf)
    quotes = answerer.quote(known.question, ranked, candidates)
    is_right = (
        known.words is not None
        and bool(quotes)
        and f" {normal_form(known.words)} " in f" {normal_form(quotes[0].text)} "
    )
    reading = ranked[0][1]
    return Outcome(known.words is not None, is_right, reading.relevance, answer_score(reading))


def write_thresholds(path: Path, chosen: Thresholds) -> None:
    """Set the two keys in the table [retrieval] of ``path``, leaving the rest of the file as it is.

    The file is replaced at once or not at all. Raises ConfigError when it cannot be.
    """
    place = path.resolve()  # where a link leads to
    try:
        document = tomlkit.parse(place.read_text(encoding="utf-8")) if place.exists() else tomlkit.document()
        table = document.setdefault("retrieval", tomlkit.table())
        table["min_relevance"] = chosen.min_relevance
        table["min_answers"] = chosen.min_answers
        _replace(place, tomlkit.dumps(document))
    except (OSError, TOMLKitError) as error:
        raise ConfigError(f"{path} can't be written: {error}. Set the two values by hand.") from None


def change_of(current: Thresholds, chosen: Thresholds) -> str:
    """Write the two values before and after, each on a line."""
    return (
        f"  min_relevance: {current.min_relevance} → {chosen.min_relevance}\n"
        f"  min_answers: {current.min_answers} → {chosen.min_answers}"
    )


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
