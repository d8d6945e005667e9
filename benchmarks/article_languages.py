"""python -m benchmarks.article_languages DIR…: which texts are refused where only English is read.

The texts of question sets in English: none may be. What Debian's packages say in other languages, where this
machine has it, is to be: manual pages, full of English names, and the catalogues of gettext, without.
"""

from __future__ import annotations

import gettext
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from index.documents.language import article_language, load_identifier

MANUALS = Path("/usr/share/man")
CATALOGUES = Path("/usr/share/locale")
LEAST_CHARS = 600
_MESSAGES = 60
_ROFF = re.compile(r"^[.'].*$|\\f.|\\[-&]", re.MULTILINE)


def main(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR…", help="Question sets in English.")],
) -> None:
    """Print how many texts of each source are refused, and which English ones."""
    for folder in folders:
        texts = [
            json.loads(line)["text"]
            for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        refused = [text for text in texts if _is_refused(text)]
        print(f"{folder.name}: {len(refused)} of {len(texts)} refused")
        for text in refused:
            print(f"    {text[:100]!r}")
    _print_foreign("manual pages", _manuals())
    _print_foreign("catalogues", _catalogues())


def _is_refused(text: str) -> bool:
    return article_language(text, ["en"], load_identifier()) is not None


def _print_foreign(what: str, texts: Iterator[tuple[str, str]]) -> None:
    by_language: dict[str, list[bool]] = defaultdict(list)
    for language, text in texts:
        if len(text) >= LEAST_CHARS and not language.startswith("en"):
            by_language[language].append(_is_refused(text))
    found = [is_refused for each in by_language.values() for is_refused in each]
    print(f"{what}: {sum(found)} of {len(found)} refused, in {len(by_language)} languages")
    print("    " + ", ".join(f"{name} {sum(each)}/{len(each)}" for name, each in sorted(by_language.items())))


def _manuals() -> Iterator[tuple[str, str]]:
    for path in sorted(MANUALS.glob("[a-z][a-z]*/man*/*.gz")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        yield path.parts[4], _ROFF.sub("", text)


def _catalogues() -> Iterator[tuple[str, str]]:
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/*.mo")):
        try:
            with path.open("rb") as file:
                said = getattr(gettext.GNUTranslations(file), "_catalog", {})
        except (UnicodeDecodeError, IndexError):  # catalogues from before UTF-8
            continue
        long = [text for key, text in said.items() if key and text != key and len(str(text)) > _MESSAGES]
        yield path.parts[4], "\n\n".join(map(str, long[:_MESSAGES]))


if __name__ == "__main__":
    typer.run(main)
