"""Every word that a reader sees in the paragraphs of an article is in its text, whatever tags stand there."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.formats.html import extract_html

PARAGRAPHS = [
    "The river board lowered the weir at Tallow Mill on Thursday, after two dry summers.",
    "Its members had argued about the plan since 2019, when a survey counted a hundred trout there.",
    "The work took nine days, the treasurer says.",
    "The bench costs about fifty pounds.",
    "Anglers from both banks came to watch, and the council has promised a bench with names.",
    "It needs dry ground to stand on, and two people to carry it.",
]
CLASSES = [
    "author",
    "author-name",
    "byline",
    "social",
    "share-link",
    "button",
    "meta",
    "timestamp",
    "hide-",
    "tags",
]
SPLITS = [
    "<!-- -->",
    "<!-- ad: <p> -->",
    "<wbr>",
    "\N{SOFT HYPHEN}",
    "<!---->",
    "<i></i>",
    "<span class='icon'></span>",
]
AROUND = [
    *((f"<span class='{name}'>", "</span>") for name in CLASSES),
    *((f"<a class='{name}' href='/a'>", "</a>") for name in CLASSES[:3]),
    ("<b>", "</b>"),
    ("<em><strong>", "</strong></em>"),
    ("<mark id='author'>", "</mark>"),
    ("<span><span class='share-x'><u>", "</u></span></span>"),
    ("<time datetime='2019-01-01'>", "</time>"),
    ("<cite>", "</cite>"),
    ("<abbr title='x'>", "</abbr>"),
    ("<x-word>", "</x-word>"),
    ("<code>", "</code>"),
]


@st.composite
def marked_paragraphs(draw: st.DrawFn) -> str:
    """The paragraphs, with what nobody sees anywhere in them, and some of their words in tags."""
    written = []
    for paragraph in PARAGRAPHS:
        words = re.split(r"(?<= )", paragraph)
        for _ in range(draw(st.integers(0, 2))):
            place = draw(st.integers(0, len(words) - 1))
            first, last = draw(st.sampled_from(AROUND))
            words[place] = f"{first}{words[place].rstrip()}{last}{' ' * words[place].endswith(' ')}"
        for _ in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, len(words) - 1))
            word = words[place]
            middle = 0 if "<" in word else draw(st.integers(0, len(word)))
            words[place] = word[:middle] + draw(st.sampled_from(SPLITS)) + word[middle:]
        written.append(f"<p>{''.join(words)}</p>")
    return draw(st.sampled_from(["", "\n"])).join(written)


@settings(max_examples=60, deadline=None)
@given(marked_paragraphs(), st.sampled_from(["<article>{}</article>", "<main>{}</main>", "<div>{}</div>"]))
def test_every_word_of_every_paragraph_is_in_the_text(paragraphs: str, around: str) -> None:
    body = around.format(f"<h1>River board lowers the weir</h1>{paragraphs}")
    page = f"<!doctype html><title>River board lowers the weir</title><body>{body}</body>"
    assert extract_html(page.encode(), "weir.html").text.split("\n\n") == PARAGRAPHS
