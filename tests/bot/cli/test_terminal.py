"""An Answer as a person reads it in a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.terminal import to_text
from index.documents.normalize import normalize
from index.types import ArticleInfo, Passage
from retrieval.summaries import written_out
from retrieval.types import Answer, Citation, Kind, Quote, Reason

TEXT = "Bears like jam. They eat it with a spoon."
ARTICLE = ArticleInfo(
    "a1", "s1", "b.md", datetime(2026, 1, 1, tzinfo=UTC), "Bears", published=date(2022, 3, 18)
)
QUOTE = Quote(Passage("a1", 0, len(TEXT), TEXT), 0, 41, (16, 41), 0.9)


def cited(quote: Quote = QUOTE, article: ArticleInfo = ARTICLE, **fields: Any) -> Citation:
    return replace(Citation(1, "main", quote, article, 3, None, None), **fields)


def answer(*citations: Citation, question: str = "Who?", kind: Kind = "quotes", reason: Reason) -> Answer:
    return Answer(question, None, kind, reason, citations, (), {}, {})


def text_of(*citations: Citation, width: int = 80, bold: bool = False) -> str:
    return to_text(answer(*citations, reason="answered"), width=width, bold=bold)


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
    ("reason", "text"),
    [
        ("nothing", "No article answers that: nothing in them comes close."),
        ("close", "No article answers that. One is about it, but does not say."),
        ("language", "The articles cannot be searched in this language; ask in English or German."),
    ],
)
def test_a_refusal_says_why(reason: Reason, text: str) -> None:
    refused = replace(answer(reason=reason), facts={"languages": "English or German"})
    assert to_text(refused, width=80, bold=True) == text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("hi", "Hello! Ask a question, and you get the words of the articles that answer it."),
        ("thanks!", "You are welcome."),
    ],
)
def test_talk_gets_talk(said: str, text: str) -> None:
    assert to_text(answer(question=said, kind="talk", reason="nothing"), width=80, bold=False) == text


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
    quote = Quote(Passage("a1", 0, len(text), text), 0, len(text), best, 0.9)
    body = text_of(cited(quote), width=width, bold=True).rpartition("\n— Bears")[0]
    shown = "\n".join(line.removeprefix("▎ ") for line in body.split("\n"))
    assert no_space(re.sub(r"\x1b\[[01]m", "", shown)) == no_space(text)
    if len(sentences) > 1:
        bold = "".join(re.findall(r"\x1b\[1m(.*?)\x1b\[0m", shown, re.DOTALL))
        assert no_space(bold) == no_space(sentences[0])
    assert all(len(re.sub(r"\x1b\[[01]m", "", line)) <= width for line in body.split("\n"))
