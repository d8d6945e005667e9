"""Which splitter finds the sentences of hard news texts: ours, or one of three libraries.

Run: ``python -m benchmarks.sentences``. Every splitter gets the same paragraphs and items of lists, so that
only the borders inside them are compared. pysbd is set to English: a text's language is not known here.
"""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from index.text import Span, block_spans, sentence_spans

Split = Callable[[str], Sequence[Span]]

FILES = Path(__file__).parent.parent / "tests" / "files"
SETS = {"cases": "sentences.jsonl", "held out": "sentences_heldout.jsonl"}
ENDLESS = ("a" * 20_000, "." * 20_000, '"' * 20_000, " " * 20_000, "a. " * 7_000, "U.S. " * 4_000)


@dataclass(frozen=True, slots=True)
class Score:
    """How well one splitter does on one set: shares, 0 to 1; ``lost`` counts cases where text is missing."""

    exact: float
    precision: float
    recall: float
    lost: int


def main() -> None:
    """Print the comparison as a table; the time is a ratio to ours, the last column seconds."""
    warnings.simplefilter("ignore")  # pysbd's patterns are not raw strings
    sets = {name: _cases(FILES / file) for name, file in SETS.items()}
    everything = [text for cases in sets.values() for text, _ in cases]
    splitters = _splitters()
    ours_s = _seconds(splitters["own rules"], everything)
    chars = sum(map(len, everything))
    print(f"own rules: {1e9 * ours_s / chars:.0f} microseconds per 1,000 characters\n")
    print(
        "| splitter | set | cases exact | precision | recall | text lost | time | slowest of 20,000 chars |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, split in splitters.items():
        ratio = _seconds(split, everything) / ours_s
        slowest_s = max(_seconds(split, [text]) for text in ENDLESS)
        for set_name, cases in sets.items():
            score = _score(split, cases)
            print(
                f"| {name} | {set_name} ({len(cases)}) | {score.exact:.3f} | {score.precision:.3f} "
                f"| {score.recall:.3f} | {score.lost} | {ratio:.1f} | {slowest_s:.2f} |"
            )


def _cases(path: Path) -> list[tuple[str, list[str]]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(line["text"], line["sentences"]) for line in lines]


def _score(split: Split, cases: Sequence[tuple[str, list[str]]]) -> Score:
    """Compare the sentences that ``split`` finds with those of the cases.

    Borders are counted at the first visible character of a sentence; the first sentence needs none.
    """
    exact = lost = right = found = wanted = 0
    for text, sentences in cases:
        spans = split(text)
        got = [text[start:end] for start, end in spans]
        exact += got == sentences
        lost += "".join("".join(got).split()) != "".join(text.split())
        borders = {start for start, _ in spans} - {0}
        expected = _starts(text, sentences) - {0}
        right, found, wanted = right + len(borders & expected), found + len(borders), wanted + len(expected)
    return Score(exact / len(cases), right / found, right / wanted, lost)


def _starts(text: str, sentences: Sequence[str]) -> set[int]:
    starts, place = set(), 0
    for sentence in sentences:
        place = text.index(sentence, place)
        starts.add(place)
        place += len(sentence)
    return starts


def _seconds(split: Split, texts: Sequence[str]) -> float:
    """Return the quickest of three runs over ``texts``: the others were disturbed."""
    runs = []
    for _ in range(3):
        started = time.perf_counter()
        for text in texts:
            split(text)
        runs.append(time.perf_counter() - started)
    return min(runs)


def _splitters() -> dict[str, Split]:
    import blingfire
    import pysbd
    from syntok import segmenter

    english = pysbd.Segmenter(language="en", clean=False, char_span=True)

    def with_blingfire(block: str) -> list[Span]:
        return [(start, end) for start, end in blingfire.text_to_sentences_and_offsets(block)[1]]

    def with_pysbd(block: str) -> list[Span]:
        return [(span.start, span.end) for span in english.segment(block)]

    def with_syntok(block: str) -> list[Span]:
        sentences = [sentence for paragraph in segmenter.analyze(block) for sentence in paragraph]
        return [(words[0].offset, words[-1].offset + len(words[-1].value)) for words in sentences]

    libraries = {"syntok": with_syntok, "pysbd": with_pysbd, "blingfire": with_blingfire}
    return {
        "own rules": sentence_spans,
        **{f"{name} {version(name)}": _by_block(split) for name, split in libraries.items()},
    }


def _by_block(split: Split) -> Split:
    """Return ``split`` for each paragraph and list item, its spans stripped and counted in the text."""

    def spans(text: str) -> list[Span]:
        return [
            (begin + start + len(piece) - len(piece.lstrip()), begin + start + len(piece.rstrip()))
            for begin, end in block_spans(text)
            for start, stop in split(text[begin:end])
            if (piece := text[begin + start : begin + stop]).strip()
        ]

    return spans


if __name__ == "__main__":
    main()
