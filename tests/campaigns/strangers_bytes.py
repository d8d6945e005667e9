"""python -m tests.campaigns.strangers_bytes --count 100000 --seed 1 --journal FILE

Mutated files go the real way in. Each becomes an article that is split into passages, or is refused in a
sentence. Nothing else may happen: no other exception, no death of this process, nothing that takes over
SECONDS, no memory that stays taken.
"""

from __future__ import annotations

import argparse
import functools
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from unittest import mock

from index.documents.article import make_article
from index.documents.extract import extract
from index.documents.feeds import feed
from index.documents.formats.blocks import MAX_CHARS
from index.documents.formats.table import FORMATS
from index.documents.formats.table import endings as all_endings
from index.documents.language import article_language
from index.documents.normalize import normal_form
from index.documents.web.fetcher import Fetched
from index.errors import FeedError, SourceError
from index.text import split_article
from tests.campaigns.containers import PDF, mutate_archive
from tests.campaigns.forked_child import ForkedChildren
from tests.campaigns.journal import Journal, Outcome
from tests.campaigns.memory import held_mb, resident_mb
from tests.campaigns.mutations import RTF, TEXT, XML, mutate, splice
from tests.documents import DOCUMENTS

SECONDS = 10.0
"""Of processor time for one file, by this process and the one that reads the file."""
GROWN_MB = 50
"""By so much at most this process is larger after any file than after the first WARM ones."""
WARM = 50
PART = 10_000
"""So many files are tried by one process, so that what it knows of them is no part of what it grows by."""
PASSAGE_TOKENS = 160
_SEEDS = DOCUMENTS.parent / "seeds"
_SENTENCE_CHARS = 1_000
_MIX = {"text": 8, "html": 5, "pdf": 4, "docx": 3, "rtf": 3, "epub": 4, "feed": 1}
_CHARSETS = (None, None, None, "utf-8", "utf-16", "windows-1252", "shift_jis", "zlib", "x" * 99)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A mutated file: of which kind its seed was, how it is called, its bytes, what its server says of it."""

    kind: str
    name: str
    data: bytes
    charset: str | None


def make_file(seed: int, number: int) -> Spoilt:
    """The file of this number: the same for the same seed, on every machine."""
    random = Random(f"{seed} {number}")
    kind = random.choices(list(_MIX), list(_MIX.values()))[0]
    data = random.choice(seeds_of(kind))
    if random.random() < 0.1:
        data = splice(data, random.choice(seeds_of(random.choice(list(_MIX)))), random)
    if kind in ("docx", "epub") and data.startswith(b"PK") and data in seeds_of(kind):
        data = mutate_archive(data, random)
    else:
        data = mutate(data, {"text": TEXT, "pdf": PDF, "rtf": RTF}.get(kind, XML), random)
    if kind == "text" and random.random() < 0.6:
        data = data.decode("utf-8", "replace").encode()
    endings = FORMATS[kind].endings if kind in FORMATS else (".xml",)
    if kind == "text":
        endings = (*endings, *FORMATS["markdown"].endings)
    if random.random() < 0.1:
        endings = ("", ".bin", *all_endings())
    return Spoilt(kind, f"a{random.choice(endings)}", data, random.choice(_CHARSETS))


@functools.cache
def seeds_of(kind: str) -> tuple[bytes, ...]:
    """The files that those of ``kind`` are made of, in the order of their names."""
    files = [*sorted((_SEEDS / kind).glob("*")), *sorted(DOCUMENTS.glob(f"*.{kind}"))]
    return tuple(file.read_bytes() for file in files if file.name != "password.pdf")


def read(spoilt: Spoilt) -> str:
    """Take the file in, as the bot does with one that was sent; say what became of it.

    Raises AssertionError where the article is not as it has to be, or the refusal is no sentence.
    """
    try:
        if spoilt.kind == "feed":
            items = feed.read_feed(Fetched("https://example.org/feed", "application/rss+xml", spoilt.data))
            assert all(len(item.title) <= 300 and len(item.url) <= 9_000 for item in items)
            return "items"
        article = make_article("file a", extract(spoilt.data, spoilt.name, None, spoilt.charset))
    except (SourceError, FeedError) as error:
        sentence = str(error)
        assert 10 < len(sentence) < _SENTENCE_CHARS
        assert sentence.isprintable()
        return "refused"
    assert 0 < len(article.text) <= MAX_CHARS
    assert 0 < len(article.title) <= 300
    assert article.text == normal_form(article.text)
    assert all(0 <= section.start <= len(article.text) for section in article.sections)
    passages = split_article(article, PASSAGE_TOKENS, lambda texts: [1 + len(text) // 4 for text in texts])
    assert all(article.text[passage.start : passage.end] == passage.text for passage in passages)
    article_language(article.text, ["en"], lambda _: {"en": 1.0})
    return "article"


class Trying:
    """Tries files, and measures: processor time with that of the processes that read them, and memory."""

    def __init__(self, children_s: Callable[[], float]) -> None:
        """``children_s`` says how much processor time the processes took that have read files so far."""
        self._children_s = children_s
        self._tried = 0
        self._held_mb = 0.0

    def __call__(self, spoilt: Spoilt) -> Outcome:
        """What became of the file (``did``); with ``trace`` where it is not as it has to be."""
        begun = time.process_time() + self._children_s()
        outcome: Outcome = {"kind": spoilt.kind}
        try:
            outcome["did"] = read(spoilt)
        except Exception:
            outcome |= {"did": "broke", "trace": traceback.format_exc(limit=-4)}
        outcome["cpu_s"] = round(time.process_time() + self._children_s() - begun, 3)
        self._tried += 1
        if self._tried <= WARM:
            self._held_mb = resident_mb()
        grown_mb = resident_mb() - self._held_mb
        if grown_mb > GROWN_MB:  # of that, what is only kept for later has not grown
            grown_mb = held_mb() - self._held_mb
        outcome["grown_mb"] = round(grown_mb, 1)
        return outcome


@contextmanager
def forked() -> Iterator[Trying]:
    """Files are read by processes that have imported what they need before they begin."""
    with (
        ForkedChildren() as children,
        mock.patch("index.documents.child_process.run_program", children.run_program),
    ):
        yield Trying(lambda: children.cpu_s)


@contextmanager
def started() -> Iterator[Trying]:
    """Files are read by processes that are started for each, as the product does it."""

    def children_s() -> float:
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    yield Trying(children_s)


def run(
    numbers: range, seed: int, journal: Journal, trying: Trying, keep: Path | None = None
) -> list[Outcome]:
    """Try the files of these numbers that the ``journal`` does not know; ``keep`` those that fail."""
    outcomes = []
    for number in numbers:
        outcome = journal.run(f"{seed} {number}", partial(_try_number, number, seed, trying))
        outcomes.append(outcome)
        if keep is not None and fails(outcome):
            spoilt = make_file(seed, number)
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{seed}-{number}-{spoilt.name}").write_bytes(spoilt.data)
    return outcomes


def _try_number(number: int, seed: int, trying: Trying) -> Outcome:
    return trying(make_file(seed, number))


def _run_part(numbers: range, seed: int, journal: Path | None, keep: Path | None) -> list[Outcome]:
    with forked() as trying:
        return run(numbers, seed, Journal(journal), trying, keep)


def fails(outcome: Outcome) -> bool:
    """Whether something became of a file that must not."""
    is_too_much = outcome["cpu_s"] > SECONDS or outcome["grown_mb"] > GROWN_MB
    return outcome["did"] == "broke" or bool(is_too_much)


def summary(outcomes: Sequence[Outcome]) -> str:
    """What became of all, in a few lines."""
    did = Counter(outcome["did"] for outcome in outcomes)
    kinds = Counter(outcome["kind"] for outcome in outcomes).most_common()
    slow = sum(outcome["cpu_s"] > SECONDS for outcome in outcomes)
    slowest_s = max(outcome["cpu_s"] for outcome in outcomes)
    grown_mb = max(outcome["grown_mb"] for outcome in outcomes)
    return (
        f"{len(outcomes):,} files ({', '.join(f'{count:,} {kind}' for kind, count in kinds)}):\n"
        f"{did['article'] + did['items']:,} were read, {did['refused']:,} refused in a sentence, "
        f"{did['broke']:,} broke, {slow:,} took over {SECONDS:g} s.\n"
        f"The slowest took {slowest_s:.1f} s of processor time; this process grew "
        f"by {grown_mb:.0f} MB at most."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the campaign; the exit code is 1 where a file fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.strangers_bytes")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--journal", type=Path, help="where a run that is stopped goes on")
    parser.add_argument("--keep", type=Path, help="a folder for the files that fail")
    options = parser.parse_args(arguments)
    parts = [range(options.count)[first : first + PART] for first in range(0, options.count, PART)]
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
        for part in parts:
            given = (part, options.seed, options.journal, options.keep)
            outcomes += processes.submit(_run_part, *given).result()
    print(summary(outcomes))
    for number, outcome in enumerate(outcomes):
        if fails(outcome):
            print(number, outcome)
    return int(any(map(fails, outcomes)))


if __name__ == "__main__":
    sys.exit(main())
