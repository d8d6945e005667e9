"""python -m benchmarks.languages DIR…: which language identifier suits questions of people.

Each runs in a process of its own. "Alone" it is believed where it finds another language likelier than
English and gives that at most MAX_DOUBT; "as asked" is the rule of ``retrieval.conversation.language``, the
same for all.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from index.documents.language import MAX_DOUBT, Identify, load_identifier
from retrieval.conversation.language import other_language

FILES = Path(__file__).parents[1] / "tests" / "files"
SETS = ("languages.jsonl", "languages_heldout.jsonl")
COLUMNS = (
    "identifier | loads | memory | a question | named right | found alone | found as asked | held out"
    " | English refused alone | as asked | names refused as asked, written so, in lower case"
)


def _fasttext() -> Identify:
    return load_identifier()


def _py3langid() -> Identify:
    langid = import_module("py3langid.langid")
    model = langid.LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
    return lambda text: dict(model.rank(text))


def _lingua() -> Identify:
    detector = import_module("lingua").LanguageDetectorBuilder.from_all_languages().build()
    return lambda text: {
        found.language.iso_code_639_1.name.lower(): found.value
        for found in detector.compute_language_confidence_values(text)
    }


def _langdetect() -> Identify:
    langdetect = import_module("langdetect")
    langdetect.DetectorFactory.seed = 0

    def identify(text: str) -> Mapping[str, float]:
        try:
            return {found.lang.partition("-")[0]: found.prob for found in langdetect.detect_langs(text)}
        except langdetect.LangDetectException:  # no letters
            return {"en": 1.0}

    return identify


IDENTIFIERS: Mapping[str, Callable[[], Identify]] = {
    "fastText lid.176.ftz": _fasttext,
    "py3langid": _py3langid,
    "lingua": _lingua,
    "langdetect": _langdetect,
}


def main(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR…", help="Question sets in English.")],
    only: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> None:
    """Print a table, a row for each identifier that is installed."""
    if only is not None:
        print(_row(only, folders))
        return
    print(f"| {COLUMNS} |\n|{'---|' * len(COLUMNS.split('|'))}")
    for name in IDENTIFIERS:
        command = [sys.executable, "-m", "benchmarks.languages", "--only", name, *map(str, folders)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True)


def _row(name: str, folders: list[Path]) -> str:
    before, start = _memory_mb(), time.perf_counter()
    try:
        identify = IDENTIFIERS[name]()
    except ImportError as error:
        return f"| {name} | {error} |"
    identify("Wer hat die Wahl gewonnen?")
    loaded_s = time.perf_counter() - start
    tuned, held_out = (_foreign(FILES / file) for file in SETS)
    english = [line["text"] for folder in folders for line in _lines(folder / "queries.jsonl")]
    names = sorted({" ".join(found) for found in map(_names, english) if 1 <= len(found) <= 6})

    def refused(questions: list[str]) -> str:
        found = sum(other_language(question, ["en"], identify) is not None for question in questions)
        return f"{found} of {len(questions)}"

    def refused_alone(questions: list[str]) -> str:
        found = sum(_is_refused_alone(identify(question)) for question in questions)
        return f"{found} of {len(questions)}"

    start = time.perf_counter()
    alone = refused_alone(english)
    ms = 1000 * (time.perf_counter() - start) / len(english)
    shares = [(identify(question), language) for question, language in tuned]
    right = sum(max(found, key=lambda code: found[code]) == language for found, language in shares)
    cells = [
        name,
        f"{loaded_s:.2f} s",
        f"{_memory_mb() - before:.0f} MB",
        f"{ms:.2f} ms",
        f"{right} of {len(tuned)}",
        refused_alone([question for question, _ in tuned]),
        refused([question for question, _ in tuned]),
        refused([question for question, _ in held_out]),
        alone,
        refused(english),
        f"{refused(names)}, {refused([name.lower() for name in names])}",
    ]
    return f"| {' | '.join(cells)} |"


def _is_refused_alone(shares: Mapping[str, float]) -> bool:
    return max(shares, key=lambda code: shares[code]) != "en" and shares.get("en", 0.0) <= MAX_DOUBT


def _names(question: str) -> list[str]:
    """Return the words of ``question`` that begin with a capital, but for the first."""
    return [word for word in question.split()[1:] if word[:1].isupper()]


def _foreign(path: Path) -> list[tuple[str, str]]:
    return [(line["question"], line["language"]) for line in _lines(path) if line["language"] != "en"]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    typer.run(main)
