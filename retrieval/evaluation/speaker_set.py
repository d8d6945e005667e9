"""Quotations with known speakers, as JSON lines, and how many of them are found and attributed right.

{"article": "budget.md", "start": 120, "end": 164, "quote": "We will not pay.", "speaker": "Jane Roe"}
{"article": "budget.md", "start": 310, "end": 321, "quote": "smart money", "speaker": null}

``article`` is a path counted from the folder of the file; ``start`` and ``end`` are the words inside the
marks, in the article's text after normalising, which has to hold ``quote`` there. Null is for words whose
speaker a careful reader cannot name. Other fields are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from index.documents.article import read_article
from index.errors import OperatorError
from retrieval.attribution import Utterance, same_name
from retrieval.types import Attributor

FORM = '{"article": "…", "start": 0, "end": 1, "quote": "…", "speaker": "…" or null}'


class SpeakerSetError(OperatorError):
    """A file of quotations is not there, or a line of it does not have the form."""


@dataclass(frozen=True, slots=True)
class KnownQuotation:
    """A quotation, and who says it; None where nobody can tell."""

    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """The quotations that are known of one article, and its text."""

    text: str
    known: tuple[KnownQuotation, ...]


class _Line(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")
    article: str
    start: int
    end: int
    quote: str
    speaker: str | None


def read_speaker_set(path: Path) -> list[AnnotatedArticle]:
    """Return the articles of ``path`` in order, with what is known of each.

    Raises SpeakerSetError with file, line and the way out, SourceError for an article that cannot be read.
    """
    try:
        lines = path.read_bytes().split(b"\n")  # not splitlines: a string may hold a separator of Unicode
    except OSError as error:
        raise SpeakerSetError(f"{path} can't be read: {error.strerror}. Name a readable file.") from None
    texts: dict[str, str] = {}
    known: dict[str, list[KnownQuotation]] = {}
    for number, written in enumerate(lines, start=1):
        if not written.strip():
            continue
        line = _parse(path, number, written)
        if line.article not in texts:
            file = path.parent / line.article
            if not file.is_file():
                raise _wrong(
                    path, number, f"there's no article {line.article}; give its path from {path.parent}"
                )
            texts[line.article] = read_article(file, path.parent).text
        found = texts[line.article][max(0, line.start) : max(0, line.end)]
        if not found or found != line.quote:
            raise _wrong(
                path,
                number,
                f"{line.start}:{line.end} of {line.article} is {found!r:.60}, not the quote; correct it",
            )
        known.setdefault(line.article, []).append(KnownQuotation(line.start, line.end, line.speaker))
    if not known:
        raise SpeakerSetError(f"{path} is empty. Write one quotation per line: {FORM}.")
    return [AnnotatedArticle(texts[article], tuple(known[article])) for article in texts]


def measure_speakers(annotated: Sequence[AnnotatedArticle], attributor: Attributor) -> dict[str, Any]:
    """Return how well ``attributor`` finds the quotations and names their speakers.

    ``found``: a listed quotation overlaps them; the one that overlaps most is theirs. ``precision``: of the
    found ones to which a speaker is named, the share with the right one. ``recall``: of those whose speaker
    is known, the share with the right one. ``same_name`` says which name is right. A share of nothing is
    None.
    """
    found = named = right = listed = 0
    for article in annotated:
        said = attributor.utterances(article.text)
        listed += len(said)
        for known in article.known:
            best = _nearest(said, known)
            if best is None:
                continue
            found += 1
            if best.speaker is not None:
                named += 1
                right += known.speaker is not None and same_name(best.speaker.name, known.speaker)
    with_speaker = sum(known.speaker is not None for article in annotated for known in article.known)
    return {
        "articles": len(annotated),
        "quotations": sum(len(article.known) for article in annotated),
        "with_speaker": with_speaker,
        "listed": listed,
        "found": found,
        "named": named,
        "right": right,
        "precision": round(right / named, 4) if named else None,
        "recall": round(right / with_speaker, 4) if with_speaker else None,
    }


def to_text(report: dict[str, Any]) -> str:
    """Return the report as a table for people."""
    lines = ["| what | value |", "|---|---|"]
    for name, value in report.items():
        shown = "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
        lines.append(f"| {name.replace('_', ' ')} | {shown} |")
    return "\n".join(lines)


def _nearest(said: Sequence[Utterance], known: KnownQuotation) -> Utterance | None:
    """Return the utterance that overlaps most; None where none does."""
    overlap, best = max(
        (
            (min(utterance.end, known.end) - max(utterance.start, known.start), -place)
            for place, utterance in enumerate(said)
        ),
        default=(0, 0),
    )
    return said[-best] if overlap > 0 else None


def _parse(path: Path, number: int, written: bytes) -> _Line:
    try:
        return _Line.model_validate_json(written)
    except ValidationError as error:
        mistake = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in mistake["loc"])
        if mistake["type"] == "json_invalid" or not field:
            raise _wrong(path, number, f"this isn't a JSON object; write {FORM}") from None
        if mistake["type"] == "missing":
            raise _wrong(path, number, f"{field} is missing; write {FORM}") from None
        raise _wrong(path, number, f"{field} is {mistake['input']!r:.60}; write {FORM}") from None


def _wrong(path: Path, number: int, mistake: str) -> SpeakerSetError:
    return SpeakerSetError(f"{path}:{number}: {mistake}.")
