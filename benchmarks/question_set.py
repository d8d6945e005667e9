"""A question set on disk: ``corpus.jsonl`` and ``queries.jsonl``, a JSON object a line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.extract.text import Extracted
from index.normalize import normalize
from index.read import make_article
from index.types import Article


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the words that answer it, and the article it is about."""

    question: str
    answers: tuple[str, ...]
    about: str


def read_articles(folder: Path) -> list[Article]:
    """The texts of the set; the paragraphs of one article (``article#3``) are joined again, in order."""
    whole: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        whole.setdefault(text["_id"].partition("#")[0], []).append(text)
    return [
        make_article(
            source,
            Extracted(
                texts[0]["title"] or source, normalize("\n\n".join(text["text"] for text in texts)).text
            ),
        )
        for source, texts in whole.items()
    ]


def read_questions(folder: Path, limit: int) -> list[Asked]:
    """Every n-th answerable question, so that there are about ``limit``."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [
        Asked(query["text"], tuple(query["answers"]), query["answer_spans"][0][0].partition("#")[0])
        for query in map(json.loads, lines)
        if query["answerable"] and query["answers"] and query.get("answer_spans")
    ]
    return asked[:: max(1, len(asked) // limit)][:limit]


def plain(text: str) -> str:
    """``text`` in lower case without articles and punctuation, as SQuAD compares."""
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", re.sub(r"[^\w\s]", " ", text.lower())).split())
