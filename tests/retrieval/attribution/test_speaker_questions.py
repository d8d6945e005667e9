"""Questions for somebody's words, and which quotes come first for them."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import pytest

from bot.cli.terminal import source_line
from index.types import Article
from retrieval.answerer import Answerer
from retrieval.answers import citations_of
from retrieval.attribution import GrammarAttributor, asked_speaker, prefer
from retrieval.attribution.speaker_questions import AskedSpeaker
from retrieval.parser import load_parser
from retrieval.settings import RetrievalSettings
from retrieval.types import Attributor, Quote, Speaker, Utterance
from tests.answers import quote_at
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Blinken say about China?", "Blinken"),
        ("what did antony blinken say about china", "antony blinken"),
        ("WHAT DOES THE IMF THINK OF IT?", "IMF"),
        ("According to Merkel, who is right?", "Merkel"),
        ("Why did Jane Roe call the plan a disgrace?", "Jane Roe"),
        ("What was Harker's reaction to the vote?", "Harker"),
        ("Did Blinken say that China should act?", "Blinken"),
        ("Who said that China bears responsibility?", None),
        ("Who warned about trade?", None),
    ],
)
def test_a_question_for_words(question: str, name: str | None) -> None:
    assert asked_speaker(question) == AskedSpeaker(name)


@pytest.mark.parametrize(
    "question",
    [
        "What did he say?",
        "Who won the cup?",
        "What did China refuse to give?",
        "What does the article say?",
        "Why?",
    ],
)
def test_other_questions(question: str) -> None:
    assert asked_speaker(question) is None


def answerer(attributor: Attributor | None) -> Answerer:
    settings = RetrievalSettings.model_validate({"reader": "fake"})
    return Answerer(FakeEmbedder(), FakeReader(), settings, attributor=attributor)


def quote(text: str, name: str | None = None) -> Quote:
    said = quote_at(make_article(text), 0, len(text))
    return replace(said, speaker=Speaker(name, None, name)) if name else said


def test_the_speakers_words_come_first_then_what_is_told_of_them() -> None:
    other, plain = quote("China is wrong.", "Wang Yi"), quote("It rained.")
    about, own, far = quote("Blinken left."), quote("Go.", "Antony Blinken"), quote("Stay.", "Blinken")
    blinken = AskedSpeaker("blinken")
    assert prefer([other, plain, about, own], [far, quote("No.", "Li")], blinken) == [
        own,
        far,
        about,
        other,
        plain,
    ]
    assert prefer([plain, own, other], [far], AskedSpeaker(None)) == [own, other, plain]


def test_an_answer_names_the_speaker_and_prefers_the_one_asked_for(make_search: MakeSearch) -> None:
    search = make_search(
        "main",
        make_article("Jam is bad for bears, said Tom Harker, a vet. Jam is bad.", "a.md"),
        make_article("Jane Roe, the mayor, came. “Jam is good for bears,” Roe said.", "b.md"),
    )
    asked = answerer(GrammarAttributor(load_parser()))
    citations = citations_of(asked.ask("What did Roe say about jam for bears?", [search]))
    assert citations[0].quote.speaker == Speaker("Jane Roe", "mayor", "Roe")
    assert source_line(citations[0]) == "Jane Roe (mayor), in “b” · ¶ 1"
    citations = citations_of(answerer(None).ask("What did Roe say about jam for bears?", [search]))
    assert {citation.quote.speaker for citation in citations} == {None}


def test_another_attributor_can_take_its_place(make_search: MakeSearch) -> None:
    class EverythingIsRoes:
        def speaker_of(self, article: Article, start: int, end: int) -> Speaker | None:
            return Speaker("Jane Roe", None, article.text[start:end].split()[0])

        def utterances(self, text: str) -> list[Utterance]:
            return [Utterance(0, len(text), None, None)]

    search = make_search("main", make_article("Bears like jam.", "bears.md"))
    citations = citations_of(answerer(EverythingIsRoes()).ask("Who likes jam?", [search]))
    assert [citation.quote.speaker for citation in citations] == [Speaker("Jane Roe", None, "Bears")]


def test_an_article_that_cannot_be_attributed_is_quoted_without_a_speaker(
    make_search: MakeSearch, caplog: pytest.LogCaptureFixture
) -> None:
    class Stumbling(GrammarAttributor):
        def speaker_of(self, article: Article, start: int, end: int) -> Speaker | None:
            if "Harker" in article.text:
                raise ValueError(article.text)
            return super().speaker_of(article, start, end)

    odd = make_article("“Jam is bad for bears,” Tom Harker said.", "a.md")
    search = make_search("main", odd, make_article("Jane Roe said that jam is good for bears.", "b.md"))
    citations = citations_of(answerer(Stumbling(load_parser())).ask("Is jam for bears?", [search]))
    assert {citation.quote.text: citation.quote.speaker for citation in citations} == {
        "“Jam is bad for bears,” Tom Harker said.": None,
        "Jane Roe said that jam is good for bears.": Speaker("Jane Roe", None, "Jane Roe"),
    }
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert re.fullmatch(
        rf"A quote of article {odd.id} is cited without a speaker: "
        r"ValueError in test_speaker_questions\.py, line \d+\.",
        record.getMessage(),
    )
    assert record.exc_info is None  # a traceback ends with the error's own words, which may be the article's
