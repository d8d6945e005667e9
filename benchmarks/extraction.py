"""How much of an article is found in a web page, and how much else: ours, trafilatura alone, readability.

Run: ``python -m benchmarks.extraction [STORIES]`` with what `make setup-bench` installs. Each of thirty
page templates gets STORIES known texts (5). Words are compared as bags: precision is the share of what is
extracted that is the story's, recall the share of the story that is extracted; 0 to 1, the title left out.
"""

from __future__ import annotations

import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable

import trafilatura
from lxml import html
from readability import Document

from benchmarks.page_templates import TEMPLATES, Story, make_page, make_story
from index.documents.formats.html import extract_html
from index.errors import SourceError

Extract = Callable[[str], str]


def main() -> None:
    """Print a table of the extractors, and the templates that ours does not read perfectly."""
    logging.disable(logging.WARNING)
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print("| extractor | precision | recall | F1 | worst page | perfect pages | milliseconds a page |")
    print("|---|---|---|---|---|---|---|")
    by_template: dict[str, list[tuple[float, float]]] = {}
    for name, extract in {"ours": _ours, "trafilatura": _trafilatura, "readability": _readability}.items():
        begun = time.perf_counter()
        scores = {template: _scores(extract, template, stories) for template in TEMPLATES}
        each_s = (time.perf_counter() - begun) / (stories * len(TEMPLATES))
        row = _row([score for found in scores.values() for score in found])
        print(f"| {name} | {row} | {1000 * each_s:.0f} |")
        by_template = by_template or scores
    for template, found in by_template.items():
        precision, recall = (statistics.mean(values) for values in zip(*found, strict=True))
        if min(precision, recall) < 1:
            print(f"ours, {template}: precision {precision:.3f}, recall {recall:.3f}")


def _row(scores: list[tuple[float, float]]) -> str:
    precision, recall = (statistics.mean(values) for values in zip(*scores, strict=True))
    each = [_f1(*score) for score in scores]
    perfect = sum(value == 1 for value in each)
    means = f"{precision:.3f} | {recall:.3f} | {statistics.mean(each):.3f}"
    return f"{means} | {min(each):.3f} | {perfect} of {len(each)}"


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _scores(extract: Extract, template: str, stories: int) -> list[tuple[float, float]]:
    scores = []
    for seed in range(stories):
        story = make_story(seed)
        scores.append(_score(story, extract(make_page(template, story))))
    return scores


def _score(story: Story, found: str) -> tuple[float, float]:
    wanted, got = _words(story.text), _words(found.replace(story.title, "", 1))
    same = (wanted & got).total()
    return (same / got.total() if got else 0.0), same / wanted.total()


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _ours(page: str) -> str:
    try:
        extracted = extract_html(page.encode(), "page.html")
    except SourceError:
        return ""
    return "\n".join([*(section.title for section in extracted.sections), extracted.text])


def _trafilatura(page: str) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


def _readability(page: str) -> str:
    return " ".join(html.fromstring(Document(page).summary()).itertext())


if __name__ == "__main__":
    main()
