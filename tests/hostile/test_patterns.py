"""No text keeps a regular expression of the code busy: every one of them is linear in the length of its text.

They run in the process that answers everybody, on what strangers send.
"""

from __future__ import annotations

import ast
import collections
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from tests.hostile.patterns import (
    FILLED_IN,
    METHODS,
    Used,
    all_patterns,
    calls_of_re,
    filled_in,
    modules,
    tree_of,
)
from tests.hostile.shapes import Shape, shapes_for
from tests.hostile.timing import interruptible, seconds_at

LENGTH = 50_000
MAX_S = 0.1
"""Of processor time, for LENGTH characters."""
_ONCE = ("match", "fullmatch", "search")  # the other methods go on to the end of the text


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    with interruptible():
        yield


def slowest(used: Used) -> tuple[float, str]:
    """The processor time of the text that takes ``used`` longest, and how that text is made."""
    worst = (0.0, "")
    for shape in shapes_for(used.pattern):
        for way in {method if method in _ONCE else "finditer" for method in used.methods}:
            seconds = seconds_at(LENGTH, MAX_S, partial(_run, used.pattern, way, shape))
            worst = max(worst, (seconds, f"{way} of {shape}"))
            if seconds >= MAX_S:
                return worst
    return worst


def _run(pattern: re.Pattern[Any], way: str, shape: Shape, length: int) -> Callable[[], object]:
    given: Any = shape.text(length)
    if isinstance(pattern.pattern, bytes):
        given = given.encode("latin-1", "replace")
    if way in _ONCE:
        return partial(getattr(pattern, way), given)
    return lambda: collections.deque(pattern.finditer(given), maxlen=0)


@pytest.mark.parametrize("used", all_patterns(), ids=lambda used: used.place)
def test_no_text_keeps_a_pattern_busy(used: Used) -> None:
    seconds, how = slowest(used)
    assert seconds < MAX_S, how


@pytest.mark.parametrize(
    ("source", "method"),
    [
        (rb"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*(?:<!doctype\s+html|<html)[\s>]", "match"),
        (r"(?:a|a)*b", "match"),
        (r"(?:\w+ ?)+$", "match"),
        (r"\d{6,}:", "search"),
        (r"[^?]+\?", "findall"),
        (r"\s+$", "sub"),
        (r"(?m)^#[ \t]+(.+?)[ \t]*#*[ \t]*$", "finditer"),
        (r"(.+?)\s+[|-]\s+site", "fullmatch"),
        (r"/Filter\s*\[?\s*/Flate", "search"),
        (rb"<meta[^>]+charset", "search"),
        (rb"(?s)\d+ obj<<((?:(?!endobj).){0,2000}?)>>stream", "finditer"),
        (r"\S@\S+\.\w", "search"),
    ],
)
def test_slow_patterns_are_found(source: str | bytes, method: str) -> None:
    """All of them, or their like, stood in the code once, or stand in books."""
    used = Used(re.compile(source, re.DOTALL | re.IGNORECASE), "here", frozenset([method]))
    assert slowest(used)[0] >= MAX_S


def test_no_pattern_escapes() -> None:
    """``re`` is called by its name, and every pattern that is compiled out of variables is filled in."""
    out_of_variables = set()
    for module in modules():
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("re", "regex"), module.__name__
            if isinstance(node, ast.Import):
                assert all(
                    name.name != "regex" and (name.name != "re" or not name.asname) for name in node.names
                )
        out_of_variables |= {filled_in(module, call) for call in calls_of_re(module)} & FILLED_IN.keys()
    assert out_of_variables == FILLED_IN.keys()


def test_patterns_are_found_wherever_they_stand() -> None:
    found = {used.pattern.pattern: used for used in all_patterns()}
    in_function = r"man|woman|person|politician|president|minister|guy"
    in_container = r"what (?:is|was) (?P<title>.{2,150}) about"
    of_many_modules = r"\w+"
    assert found[in_function].methods == {"fullmatch"}
    assert found[in_container].methods == METHODS
    assert found[of_many_modules].methods >= {"findall", "match"}
    assert any(isinstance(source, bytes) for source in found)
