"""Files are read in a process of their own, which may break without harm."""

from __future__ import annotations

import json
import resource
import subprocess
from typing import Any

import pytest

from index.documents import child_process, sandbox
from index.documents.child_process import Ended
from index.documents.formats import blocks
from index.documents.formats.blocks import MAX_CHARS, MAX_LINES, Block, compose
from index.documents.formats.table import FORMATS
from index.documents.formats.types import Extracted, Known
from index.documents.sandbox import Limits, extract_in_child
from index.errors import SourceError
from index.types import Section

PAGE = b"<html><head><title>Bears</title></head><body><p>Bears like jam.</p></body></html>"


def refusal(data: bytes, limits: Limits) -> str:
    with pytest.raises(SourceError) as caught:
        extract_in_child(FORMATS["html"], data, "b.html", limits=limits)
    return str(caught.value)


def test_what_is_read_comes_back_whole() -> None:
    extracted = extract_in_child(FORMATS["html"], PAGE, "b.html", "https://forest.example/b")
    assert (extracted.title, extracted.text) == ("Bears", "Bears like jam.")
    assert (extracted.url, extracted.pages) == ("https://forest.example/b", ())


def test_a_refusal_comes_back_in_its_words() -> None:
    assert refusal(b"<html></html>", sandbox.LIMITS).startswith("I couldn't tell the article in b.html")


def test_what_takes_too_long_is_given_up() -> None:
    many = b"<html><body>" + b"<p>Bears like jam, and honey, and berries, and fish, and roots.</p>" * 19_000
    assert refusal(many, Limits(cpu_s=1)) == (
        "b.html takes longer than 1 s to read. Please save just its text, or split it into several files."
    )
    assert refusal(many, Limits(cpu_s=30, wall_s=1)) == (
        "b.html takes longer than 30 s to read. Please save just its text, or split it into several files."
    )


def test_what_takes_too_much_memory_is_given_up() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    message = refusal(PAGE.replace(b"jam", b"jam " * 1_000_000), Limits(memory_bytes=120 << 20))
    assert message == (
        "b.html is damaged, or takes more than 120 MB of memory to read. Please save it "
        "again with another program, or save just its text. The process that read it ended "
        "with exit code 1."
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_nothing_of_this_process_is_handed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")
    seen: list[dict[str, Any]] = []
    start = subprocess.Popen

    def recorded(*args: Any, **kwargs: Any) -> Any:
        seen.append(kwargs)
        return start(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", recorded)
    extract_in_child(FORMATS["html"], PAGE, "b.html")
    assert (seen[0]["env"], seen[0].get("close_fds", True)) == ({}, True)


def test_the_longest_article_may_be_said() -> None:
    """Of characters that take four bytes, with as many headings as lines may be, and pages."""
    headings = tuple(Section(MAX_CHARS - number, "\U0001f994") for number in range(MAX_LINES))
    longest = Extracted(
        "\U0001f994" * 300,
        "\U0001f994" * (MAX_CHARS - MAX_LINES),
        sections=headings,
        pages=(MAX_CHARS,) * 100_000,
    )
    said = sandbox.as_said(sandbox.said_of(longest))
    assert len(said) <= sandbox.MOST_SAID_BYTES
    assert sandbox._to_extracted(json.loads(said)["extracted"]) == longest


def test_headings_count_as_characters_of_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MAX_CHARS", 20)
    whole = [Block("Bears", is_heading=True), Block("Bears like jam.")]
    assert compose(whole, Known(), "b.html").text == "Bears like jam."
    with pytest.raises(SourceError, match=r"b\.html is over 20 characters or"):
        compose([Block("A", is_heading=True), *whole], Known(), "b.html")


def test_what_says_more_than_an_article_can_need_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_SAID_BYTES", 1 << 20)
    long = PAGE.replace(b"jam", b"jam " * 270_000)
    assert refusal(long, sandbox.LIMITS) == (
        "b.html is damaged, or takes more than 1024 MB of memory to read. Please save it "
        "again with another program, or save just its text. The process that read it "
        "returned more than 1 MB."
    )


def test_what_answers_too_deep_to_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "run_program", lambda *_, **__: Ended(0, b"[" * 100_000))
    assert refusal(PAGE, sandbox.LIMITS).endswith("The process that read it ended with exit code 0.")
