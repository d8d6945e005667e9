"""An Answer as a person reads it in a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.answer_texts import written_out
from bot.cli.terminal import to_text
from index.documents.normalize import normalize
from index.types import Article
from retrieval.answers import Quotes, Refusal, SmallTalk, Talk
from retrieval.types import Citation, Quote
from tests.answers import quote_at
from tests.fakes import make_article

TEXT = "Bears like jam. They eat it with a spoon."
ARTICLE = make_article(TEXT, "b.md", title="Bears", published=date(2022, 3, 18))
QUOTE = quote_at(ARTICLE, 0, 41, best=(16, 41))


def cited(quote: Quote = QUOTE, article: Article = ARTICLE, **fields: Any) -> Citation:
    return replace(Citation(1, replace(quote, article=article), 3, None, None), **fields)


def text_of(*citations: Citation, width: int = 80, bold: bool = False) -> str:
    return to_text(Quotes("Who?", citations), width=width, bold=bold)


def test_a_quote_and_where_it_stands() -> None:
    assert text_of(cited()) == (
        "▎ Bears like jam. They eat it with a spoon.\n"  #
        "— Bears, 18 March 2022 · ¶ 3"
    )


def test_lines_end_at_the_width() -> None:
    assert text_of(cited(), width=22) == (
        "▎ Bears like jam. They\n"  #
        "▎ eat it with a spoon.\n"
        "— Bears, 18 March 2022 · ¶ 3"
    )


def test_the_best_of_two_sentences_is_bold_on_every_line() -> None:
    assert text_of(cited(), width=22, bold=True) == (
        "▎ Bears like jam. \x1b[1mThey\x1b[0m\n"  #
        "▎ \x1b[1meat it with a spoon.\x1b[0m\n"
        "— Bears, 18 March 2022 · ¶ 3"
    )
    first = replace(QUOTE, best=(0, 15))
    assert text_of(cited(first), bold=True).splitlines()[0] == (
        "▎ \x1b[1mBears like jam. \x1b[0mThey eat it with a spoon."
    )


def test_a_quote_of_one_sentence_has_no_bold() -> None:
    alone = replace(QUOTE, end=15, best=(0, 15))
    assert text_of(cited(alone), bold=True) == "▎ Bears like jam.\n— Bears, 18 March 2022 · ¶ 3"


def test_a_citation_with_all_that_is_known() -> None:
    full = replace(ARTICLE, publisher="The Forest", author="A. Bear", url="https://forest.example/b")
    link = "https://forest.example/b#page=7"
    assert text_of(cited(article=full, page=7, link=link)).splitlines()[1:] == [
        "— Bears, The Forest, 18 March 2022 · p. 7",
        link,
    ]


def test_a_citation_leaves_out_what_is_unknown() -> None:
    assert text_of(cited(article=replace(ARTICLE, published=None))).splitlines()[1] == "— Bears · ¶ 3"


def test_several_quotes_stand_apart() -> None:
    assert text_of(cited(), cited(paragraph=5, number=2)) == (
        "▎ Bears like jam. They eat it with a spoon.\n"
        "— Bears, 18 March 2022 · ¶ 3\n"
        "\n"
        "▎ Bears like jam. They eat it with a spoon.\n"
        "— Bears, 18 March 2022 · ¶ 5"
    )


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (
            Refusal("Who?", "nothing"),
            "I found nothing about that in these articles. Ask “Which articles do you have?” to "
            "see what you can ask about.",
        ),
        (
            Refusal("Who?", "close"),
            "I found an article on this, but it doesn't answer your question. Try rephrasing it.",
        ),
        (
            Refusal("Who?", "language", languages=("en", "de")),
            "I can't search in this language. Please ask in English or German.",
        ),
    ],
)
def test_a_refusal_says_why(refusal: Refusal, text: str) -> None:
    assert to_text(refusal, width=80, bold=True) == text


@pytest.mark.parametrize(
    ("talk", "text"),
    [
        (
            "greeting",
            "Hello! Ask a question about the articles, or try “What is this about?” or “Which "
            "articles do you have?”.",
        ),
        ("thanks", "You're welcome!"),
        ("goodbye", "Goodbye!"),
    ],
)
def test_talk_gets_talk(talk: Talk, text: str) -> None:
    assert to_text(SmallTalk("hi", talk), width=80, bold=False) == text


def test_a_day_is_written_out() -> None:
    assert written_out(date(2022, 3, 18)) == "18 March 2022"
    assert written_out(date(1999, 12, 1)) == "1 December 1999"


def no_space(text: str) -> str:
    return "".join(text.split())


@given(
    st.lists(st.text(min_size=1).map(lambda text: normalize(text).text.strip()), max_size=4),
    st.integers(22, 60),
)
def test_no_character_is_lost_and_only_the_best_sentence_is_bold(parts: list[str], width: int) -> None:
    sentences = [part for part in parts if part] or ["Bears."]
    text = " ".join(sentences)
    best = (0, len(sentences[0]))
    quote = quote_at(make_article(text), 0, len(text), best=best)
    body = text_of(cited(quote), width=width, bold=True).rpartition("\n— Bears")[0]
    shown = "\n".join(line.removeprefix("▎ ") for line in body.split("\n"))
    assert no_space(re.sub(r"\x1b\[[01]m", "", shown)) == no_space(text)
    if len(sentences) > 1:
        bold = "".join(re.findall(r"\x1b\[1m(.*?)\x1b\[0m", shown, re.DOTALL))
        assert no_space(bold) == no_space(sentences[0])
    assert all(len(re.sub(r"\x1b\[[01]m", "", line)) <= width for line in body.split("\n"))
