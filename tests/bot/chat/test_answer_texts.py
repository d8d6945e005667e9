"""Tests for the sentences that stand around quotes, or in their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.chat.answer_texts import Directions, above_list, facts, place, without_quotes
from index.types import Article, Section
from retrieval.answers import (
    AboutArticle,
    ArticleList,
    Aspect,
    Length,
    Quotes,
    Refusal,
    SmallTalk,
)
from retrieval.quote import cite
from tests.answers import quote_at
from tests.fakes import make_article

DIRECTIONS = Directions("Just ask.", "The shelf shows them.", "Put one on the shelf.")
BEARS = make_article("Bears like jam.\n\nThey eat it.\n\nWolves do not.", "b.md", title="Bears")
KNOWN = replace(
    BEARS, author="A. Bear", publisher="The Forest", published=date(2022, 3, 18), url="https://b.example/"
)


def with_headings(*headings: tuple[int, str]) -> Article:
    return replace(BEARS, sections=tuple(Section(start, title) for start, title in headings))


def places_in(article: Article) -> list[str]:
    words = ("Bears like jam.", "They eat it.", "Wolves do not.")
    starts = [(article.text.index(said), len(said)) for said in words]
    return [place(cited) for cited in cite([quote_at(article, at, at + length) for at, length in starts])]


def test_a_place_has_the_heading_above_it() -> None:
    they, wolves = BEARS.text.index("They"), BEARS.text.index("Wolves")
    assert places_in(BEARS) == ["¶ 1", "¶ 2", "¶ 3"]
    assert places_in(with_headings((they, "How they eat"), (wolves, "Others"))) == [
        "¶ 1",
        "How they eat, ¶ 2",
        "Others, ¶ 3",
    ]


def test_of_two_headings_in_a_row_the_nearer_one_counts() -> None:
    assert places_in(with_headings((0, "Part One"), (0, "Food")))[0] == "Food, ¶ 1"


def test_the_title_is_not_said_twice_and_a_long_heading_is_cut() -> None:
    they = BEARS.text.index("They")
    assert places_in(with_headings((0, "Bears"), (they, "On\neating " * 20)))[:2] == [
        "¶ 1",
        "On eating On eating On eating On eating On eating On eating…, ¶ 2",
    ]


def test_a_page_is_said_instead_of_a_paragraph() -> None:
    paged = replace(with_headings((0, "Food")), pages=(0, BEARS.text.index("Wolves")))
    assert places_in(paged) == ["Food, p. 1", "Food, p. 1", "Food, p. 2"]


def test_a_page_is_called_by_what_is_printed_on_it_and_opened_by_its_place() -> None:
    pages = (0, BEARS.text.index("Wolves"))
    printed = replace(BEARS, url="https://b.example/b.pdf", pages=pages, page_labels=("xii", "345"))
    assert places_in(printed) == ["p. xii", "p. xii", "p. 345"]
    assert places_in(replace(printed, page_labels=("", "345")))[0] == "p. 1"
    (cited,) = cite([quote_at(printed, pages[1], pages[1] + len("Wolves do not."))])
    assert cited.link is not None
    assert cited.link.endswith("#page=2")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("author",), ["It was written by A. Bear and published in The Forest on 18 March 2022."]),
        (("author", "link"), ["It was written by A. Bear. You can read it at https://b.example/"]),
        (("published",), ["It was published on 18 March 2022."]),
        (("publisher",), ["It was published in The Forest."]),
        (("people",), ["It doesn't name any people."]),
        (("summary",), []),
    ],
)
def test_only_what_is_asked_of_an_article_is_said(asked: tuple[Aspect, ...], said: list[str]) -> None:
    assert facts(AboutArticle("?", KNOWN, asked)) == said


def test_what_an_article_does_not_say_is_said_to_be_missing() -> None:
    asked: tuple[Aspect, ...] = ("author", "published", "link")
    assert facts(AboutArticle("?", BEARS, asked)) == [
        "The article doesn't say who wrote it, when it was published or where it can be read."
    ]


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (Length(1, 1, None), "It's 1 word long and takes about 1 minute to read."),
        (Length(2400, 10, 1), "It's 2,400 words long (1 page) and takes about 10 minutes to read."),
        (Length(2400, 10, 12), "It's 2,400 words long (12 pages) and takes about 10 minutes to read."),
    ],
)
def test_how_long_an_article_is(length: Length, said: str) -> None:
    assert facts(AboutArticle("?", BEARS, ("length",), length=length)) == [said]


def test_people_and_places_stand_on_lines_of_their_own() -> None:
    summary = AboutArticle("?", BEARS, ("summary",), people=("Bo", "Jo"), places=("Wood",))
    assert facts(summary) == ["People: Bo, Jo.", "Places: Wood."]


def test_every_surface_sends_people_its_own_way() -> None:
    assert without_quotes(Refusal("?", "nothing"), DIRECTIONS) == (
        "I found nothing about that in these articles. The shelf shows them."
    )
    assert without_quotes(SmallTalk("hi", "greeting"), DIRECTIONS) == "Hello! Just ask."
    assert above_list(ArticleList("?", (), among=0), DIRECTIONS) == (
        "There are no articles yet, so I have nothing to quote from. Put one on the shelf."
    )
    assert above_list(ArticleList("?", (), among=2, topic="jam"), DIRECTIONS) == (
        "I have no articles about jam. The shelf shows them."
    )
    assert above_list(ArticleList("?", (BEARS,), among=2, topic="jam"), DIRECTIONS) == "Articles about jam:"
    assert above_list(ArticleList("?", (BEARS,), among=1), DIRECTIONS) == "You can ask about:"


def test_beside_quotes_nothing_is_said() -> None:
    assert without_quotes(Quotes("?", cite([quote_at(BEARS, 0, 15)])), DIRECTIONS) == ""
