"""In which language a question is: an English one is never taken for another, whatever names it holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.language import load_identifier
from retrieval.answerer import Answerer
from retrieval.conversation.language import other_language
from retrieval.settings import RetrievalSettings
from tests.answers import quotes_in, refusal_in
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import ROOT, MakeSearch

BEARS = make_article("Bears like jam. Winter is long.", "bears.md", title="Bears")


def questions_of(name: str) -> list[tuple[str, str]]:
    lines = (ROOT / "tests" / "files" / name).read_text(encoding="utf-8").splitlines()
    return [(line["question"], line["language"]) for line in map(json.loads, lines)]


def other(question: str, *searched: str) -> str | None:
    return other_language(question, searched or ["en"], load_identifier())


@pytest.mark.parametrize(
    ("name", "found", "count", "taken_for_another"),
    [
        ("languages.jsonl", 77, 82, []),
        ("languages_heldout.jsonl", 57, 67, ["Côte d'Ivoire coup"]),
    ],
)
def test_most_of_another_language_are_noticed_and_english_ones_are_not(
    name: str, found: int, count: int, taken_for_another: list[str]
) -> None:
    questions = questions_of(name)
    foreign = [other(question) for question, language in questions if language != "en"]
    assert (len(foreign) - foreign.count(None), len(foreign)) == (found, count)
    english = [question for question, language in questions if language == "en"]
    assert [question for question in english if other(question)] == taken_for_another


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Was hat China den russischen Fluggesellschaften verweigert?", "de"),
        ("Qui a gagné les élections ?", "fr"),
        ("¿Quién ganó las elecciones?", "es"),
        ("Кто победил на выборах?", "ru"),
        ("Путин?", "ru"),
        ("谁赢得了选举？", "zh"),
        ("من فاز في الانتخابات؟", "ar"),
    ],
)
def test_a_question_in_another_language(question: str, language: str) -> None:
    assert other(question) == language
    assert other(question, "en", language) is None


@pytest.mark.parametrize(
    "question",
    [
        "Zelenskyy Pelosi Kyiv?",
        "zelenskyy pelosi kyiv",
        "Macron Scholz Meloni",
        "Volkswagen Wolfsburg Betriebsrat",
        "Who runs Deutsche Bahn?",
        "Bild am Sonntag interview",
        "How does कान्तिपुर transliterate into English?",
        "Sanktionen?",  # one word proves nothing
        "2022",
        "2022 / 3:1",
        "?",
        "\ud800 \ud800",
        "\x00",
    ],
)
def test_names_numbers_and_single_words_are_of_no_other_language(question: str) -> None:
    assert other(question) is None


@given(st.text(max_size=200))
def test_any_text_has_a_verdict_that_is_not_a_searched_language(text: str) -> None:
    assert other(text) != "en"


def answerer(*languages: str, **settings: object) -> Answerer:
    found = RetrievalSettings.model_validate(settings)
    return Answerer(
        FakeEmbedder(), FakeReader(), found, languages=languages or ["en"], identify=load_identifier()
    )


def test_what_nothing_answers_in_another_language_is_refused_for_that(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS)
    for question in ("Wo wohnen die Menschen, die hier nicht mehr arbeiten?", "Wer hat die Bears gesehen?"):
        refusal = refusal_in(answerer().ask(question, [search]))
        assert (refusal.reason, refusal.nearest, refusal.languages) == ("language", (), ("en",))
    assert answerer("en", "de").ask("Wer hat die Bears gesehen?", [search]).reason != "language"
    anything = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())
    assert anything.ask("Wer hat die Bears gesehen?", [search]).reason != "language"


def test_what_is_half_answered_in_another_language_is_not_trusted(make_search: MakeSearch) -> None:
    german = make_article("Die Bären mögen Honig. Der Winter ist lang.", "baeren.md", title="Bären")
    search = make_search("main", german)
    # Half of the words are there: -1 as a logit, 0.27 as a probability, over the threshold of these tests.
    half = refusal_in(answerer(reader="fake").ask("Mögen die Wölfe wirklich keinen Honig?", [search]))
    assert (half.reason, half.nearest) == ("language", ())


def test_what_is_answered_for_certain_is_answered_in_any_language(make_search: MakeSearch) -> None:
    german = make_article("Die Bären mögen Honig. Der Winter ist lang.", "baeren.md", title="Bären")
    answer = answerer().ask("Ist der Winter lang, mögen die Bären Honig?", [make_search("main", german)])
    assert [citation.quote.text for citation in quotes_in(answer).citations] == [german.text]


def test_an_english_refusal_says_nothing_of_languages(make_search: MakeSearch) -> None:
    refusal = refusal_in(answerer().ask("Zelenskyy Pelosi Kyiv?", [make_search("main", BEARS)]))
    assert (refusal.reason, refusal.languages) == ("nothing", ())
