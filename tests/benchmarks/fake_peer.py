"""A peer that computes: it shows the texts that share a word with the question, most words first."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.peers.protocol import Ask, Ingest, Shown, Text, serve


def to_ingest(model: str, folder: Path) -> Ingest:
    def ingest(articles: Sequence[Text]) -> None:
        print("a library that talks")
        written = json.dumps([asdict(article) for article in articles])
        (folder / f"{model}.json").write_text(written, encoding="utf-8")

    return ingest


def to_ask(model: str, folder: Path) -> Ask:
    texts = [Text(**text) for text in json.loads((folder / f"{model}.json").read_text(encoding="utf-8"))]

    def ask(question: str) -> list[Shown]:
        if question == "break":
            sys.exit("broken, as asked")
        words = set(question.lower().split())
        shared = {text: len(words & set(text.text.lower().split())) for text in texts}
        ranked = sorted((text for text in texts if shared[text]), key=lambda text: -shared[text])
        return [Shown(text.id, text.text) for text in ranked]

    return ask


if __name__ == "__main__":
    serve(to_ingest, to_ask, ["numpy"])
