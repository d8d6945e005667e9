"""Forty pages that stand where an article should be are refused, and pages of articles are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.page_templates import TEMPLATES, make_page, make_story
from index.documents.formats.html import extract_html
from index.errors import SourceError

WALLS = sorted(Path("tests/files/cases/walls").glob("*.html"))
MISSED = {"consent-age"}
"""The age check of a shop says too little that only such a page says."""
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


SUBJECTS = {
    "One more step for the weir": "The board took one more step on Monday, and checks its gates every "
    "year. Voters "
    "must register in May to keep their vote, and members may see the plan in the hall. We use cookies, "
    "said the "
    "baker, to measure how long the queue is; something went wrong with the oven on Friday.",
    "Page not found: how the parish register was lost": "A page that the parish wanted was torn out in "
    "1911, and "
    "the register is no longer available to readers. It may have been moved to the mill, the vicar says.",
    "Are you a robot? The town asks its new crane": "The crane moves by itself, and children ask it "
    "whether it is "
    "a person. It works for the harbour on every day of the week, and it has a name, which the school "
    "gave it.",
    "Login codes stolen from the harbour office": "Thieves took the list of codes with which the staff "
    "sign in to "
    "the gates, the police say. The office must pay for new ones, and has changed all of them since Monday.",
    "Unusual traffic on the bridge": "There was unusual traffic from your side of the river, the mayor "
    "wrote to "
    "her neighbour, who wrote back that the ferry was down for maintenance and that he would try again in "
    "June.",
}


@pytest.mark.parametrize("title", SUBJECTS)
def test_a_short_article_about_such_things_is_an_article(title: str) -> None:
    paragraphs = [SUBJECTS[title], make_story(1).parts[0][1][0]]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<!doctype html><title>{title}</title><body><article><h1>{title}</h1>{body}</article></body>"
    assert extract_html(page.encode(), "page.html").text == "\n\n".join(paragraphs)
