"""Question sets for tests, written to disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HEADER = "query-id\tcorpus-id\tscore"


def write_set(
    folder: Path,
    texts: Sequence[Mapping[str, Any]],
    questions: Sequence[Mapping[str, Any]],
    qrels: Sequence[tuple[str, str]],
) -> Path:
    """``folder`` with these texts, questions and pairs of question and text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (("corpus.jsonl", texts), ("queries.jsonl", questions)):
        written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / name).write_text(written, encoding="utf-8")
    rows = [HEADER, *(f"{question}\t{text}\t1" for question, text in qrels)]
    (folder / "qrels.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def text(text_id: str, words: str, title: str = "") -> dict[str, Any]:
    """A line of corpus.jsonl."""
    return {"_id": text_id, "title": title, "text": words}


def question(
    question_id: str, words: str, answers: list[str] | None, answerable: bool | None, **fields: Any
) -> dict[str, Any]:
    """A line of queries.jsonl."""
    return {"_id": question_id, "text": words, "answers": answers, "answerable": answerable, **fields}
