"""What is quoted of a web page is what its reader sees: a browser's own text of the page has it."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.page_templates import TEMPLATES, make_page, make_story
from tests.documents import document
from tests.index.documents.test_quotes_found import TRICKY, article_of, joined, quotes
from tests.patience import PATIENT_S

CHROMIUM = shutil.which("chromium")
SHOW = b"""<script>addEventListener("load", () => {
    const seen = document.body.innerText;
    document.open();
    document.write("<body><pre></pre>");
    document.querySelector("pre").textContent = seen;
    document.close();
})</script>"""
PAGES = {
    "pandoc.html": document("pandoc.html"),
    "tricky.html": TRICKY,
    **{f"{name}.html": make_page(name, make_story(11)).encode() for name in sorted(TEMPLATES)},
}


def seen(data: bytes, folder: Path) -> str:
    """The text of the page as the browser lays it out."""
    path = folder / "page.html"
    path.write_bytes(data + SHOW)
    assert CHROMIUM is not None
    done = subprocess.run(  # noqa: S603 - the browser that is installed here
        [
            CHROMIUM,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            f"--user-data-dir={folder / 'profile'}",
            *("--virtual-time-budget=2000", "--dump-dom", path.as_uri()),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENT_S,
        check=True,
    )
    found = re.search(r"<pre>(.*)</pre>", done.stdout, re.DOTALL)
    assert found is not None, done.stdout[:500]
    return html.unescape(found[1])


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_quote_is_seen_on_the_page(name: str, tmp_path: Path) -> None:
    article = article_of(PAGES[name], name)
    whole = joined(seen(PAGES[name], tmp_path))
    found = [article.text[start:end] for start, end in quotes(article)]
    assert len(found) > 5
    assert [quote for quote in found if joined(quote) not in whole] == []
