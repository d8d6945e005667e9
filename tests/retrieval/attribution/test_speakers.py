"""Who says what: only where the text settles it."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.types import Article
from retrieval.attribution import GrammarAttributor
from retrieval.attribution.grammar_attributor import SHORT, STEP
from retrieval.parser import load_parser
from retrieval.types import Speaker, Utterance
from tests.fakes import make_article

INTRODUCED = "Antony Blinken, the US secretary of state, met Wang Yi in Paris.\n\n"


def utterances(text: str) -> list[Utterance]:
    return GrammarAttributor(load_parser()).utterances(text)


def speakers(text: str) -> list[str | None]:
    return [utterance.speaker.name if utterance.speaker else None for utterance in utterances(text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("“We will go,” said Antony Blinken, the secretary.", ["Antony Blinken"]),
        ("“We will go,” US Secretary of State Antony Blinken told reporters.", ["Antony Blinken"]),
        ("“We will go,” Jane Roe, the mayor of Leeds, said. “Not now.”", ["Jane Roe", "Jane Roe"]),
        ("Jane Roe told reporters: “We will go.”", ["Jane Roe"]),
        ("“We will go?” asked the mayor of Leeds, Jane Roe.", ["Jane Roe"]),
        ("According to CNN, “nobody went”.", ["CNN"]),
        ("Jane Roe said that China “bears responsibility” for it.", ["Jane Roe"]),
        ("Jane Roe accused him of “lying”, calling the plan a “disgrace”.", ["Jane Roe", "Jane Roe"]),
        ("Young actors, Jane Roe says, “want to be brands”.", ["Jane Roe"]),
        ("Jane Roe was blunt. “It was never possible.”", ["Jane Roe"]),
        ("Jane Roe said it was late.\n\n“Nobody told us anything.”", ["Jane Roe"]),
        ("“One.\n\n“Two,” said Jane Roe.", ["Jane Roe", "Jane Roe"]),
        ("“Two and a half.” So says Jane Roe.", ["Jane Roe"]),
        ("PARIS (AP) — Jane Roe said it was “over”.", ["Jane Roe"]),
    ],
)
def test_what_the_sentence_says(text: str, named: list[str | None]) -> None:
    assert speakers(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("“We met,” Blinken said.", ["Antony Blinken"]),
        ("“We met,” he said. “And we talked.”", ["Antony Blinken", "Antony Blinken"]),
        ("“We met,” the secretary said.", ["Antony Blinken"]),
        ("“We met,” a spokesman said.", [None]),
        ("“We met,” she said.", [None]),
        ("“We met,” the ministry said. “We talked.”", [None, None]),
    ],
)
def test_what_the_article_has_said_before(text: str, named: list[str | None]) -> None:
    assert speakers(INTRODUCED + text) == named


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “dark web” is large, Jane Roe said.",
        "Jane Roe did not say that it was “over”.",
        "Did Jane Roe say it was “over”?",
        "The song “Let It Be” was played when Jane Roe came.",
        "The US “bluntly” warned China.",
        "Jane Roe and Tom Harker said they were “appalled”.",
        "“Police,” said the sign.",
        "Nothing is as “natural” as it was.",
        "“Nobody knows.”",
    ],
)
def test_nobody_is_named_where_nobody_says_it(text: str) -> None:
    assert speakers(text) == [None]


def test_two_who_share_a_family_name_are_told_apart_or_not_named() -> None:
    smiths = "John Smith, 45, was jailed on Friday. His wife, Carol Smith, wept.\n\n"
    assert speakers(smiths + "“He is good,” Mrs Smith said.") == ["Carol Smith"]
    assert speakers(smiths + "“He is good,” Carol said.") == ["Carol Smith"]
    assert speakers(smiths + "“It was wrong,” Smith said.") == [None]
    assert speakers("John Smith sat down. “It was wrong,” Smith said. Carol Smith wept.") == ["John Smith"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("“We met,” Jr. said.", [None]),
        ("“We met,” Sr. said. “And talked,” he added.", [None, None]),
        ("“We met,” III said.", [None]),
        ("Jane Roe came. “We met,” Jr. said.", [None]),
        ("“We met,” J. said.", ["J"]),
        ("“We met,” said Martin Roe Jr. “And talked,” Roe said.", ["Martin Roe Jr", "Martin Roe Jr"]),
        ("J. R. Roe sat down. “We met,” Roe said.", ["J. R. Roe"]),
    ],
)
def test_what_follows_a_family_name_is_nobodys_name(text: str, named: list[str | None]) -> None:
    assert speakers(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("MP and II “ St. said they were “appalled”. “We met,” “ said.", [None, None, None, None]),
        ("“We met,” said Dwayne “Rock” Johnson.", ["Johnson", None]),
        ("Dwayne Johnson came. “We met,” said Dwayne “The Rock” Johnson.", ["Dwayne Johnson", None]),
    ],
)
def test_a_name_does_not_reach_over_a_quotation_mark(text: str, named: list[str | None]) -> None:
    assert speakers(text) == named


PARTS = [
    *(
        "Jr.",
        "Sr.",
        "III",
        "II",
        "J.",
        "X",
        "é",
        "王",
        "i",
        "O'",
        "’",
        "’s",
        "-",
        "...",
        "1",
        "“",
        "MP",
        "QC",
    ),
    *("J.R.R.", "St.", "al-", "de", "van der", "The", "Mr.", "President", "Inc.", "& Co", "Smith", "Jane"),
]
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map(" ".join)
SENTENCES = st.sampled_from(
    [
        "“We met,” {} said.",
        "{} said that it was “over”.",
        "According to {}, “nobody went”.",
        "“He is gone,” said {}, 45.",
        "{}, the mayor of Leeds, said: “We will go.”",
        "{}’s spokesman told Mrs {} “no”.",
        "{} and {} said they were “appalled”.",
        "“Yes.” So says {}.",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=2), st.tuples(*[NAMES] * 4))
def test_whatever_a_name_is_made_of_the_speaker_stands_in_the_text(
    sentences: list[str], names: tuple[str, ...]
) -> None:
    text = " ".join(sentences).format(*names)
    for utterance in utterances(text):
        assert utterance.speaker is None or utterance.speaker.name in text


def test_name_role_and_surface() -> None:
    (utterance,) = utterances(INTRODUCED + "“We met,” he said.")
    assert utterance.speaker == Speaker("Antony Blinken", "US secretary of state", "he")
    (utterance,) = utterances("“We met,” a spokesman said.")
    assert (utterance.speaker, utterance.surface) == (None, "a spokesman")


def test_whose_words_a_sentence_reports() -> None:
    reported = "Blinken said that China should act."
    quoted = "“We met,” he added. “And talked.”"
    told = "It rained all day in the city."
    others = "“We did not,” a spokesman said."
    text = INTRODUCED + f"{reported} {quoted}\n\n{told}\n\n{others}"
    article, said = make_article(text), GrammarAttributor(load_parser())

    def of(first: str, last: str) -> Speaker | None:
        return said.speaker_of(article, text.index(first), text.index(last) + len(last))

    assert of(reported, reported) == Speaker("Antony Blinken", "US secretary of state", "Blinken")
    assert of(quoted, quoted) == Speaker("Antony Blinken", "US secretary of state", "he")
    assert of(quoted, told) == of(quoted, quoted)
    assert of(told, told) is None
    assert of(quoted, others) is None


def test_of_a_long_article_the_part_around_the_quote_is_read() -> None:
    filler = "The rain fell on the town and the river rose a little.\n\n" * (3 * SHORT // 50)
    said = "“We met,” Blinken said."
    article = make_article(INTRODUCED + filler + said)
    start = article.text.index(said)
    speaker = GrammarAttributor(load_parser()).speaker_of(article, start, start + len(said))
    assert speaker == Speaker("Antony Blinken", "US secretary of state", "Blinken")
    assert GrammarAttributor(load_parser()).speaker_of(article, 20_000, 20_050) is None


def test_the_texts_of_articles_that_were_read_are_not_kept() -> None:
    """A library gives an article anew for every quote: 64 of its parts would keep 64 copies of its text."""
    text = "Rain fell.\n\n" * (SHORT // 10) + "“We met,” Blinken said.\n\n" * 400
    speakers = GrammarAttributor(load_parser())
    before = sum(type(value) is Article for value in gc.get_objects())
    for start in range(len(text) - 2 * STEP, len(text) - 100, STEP):
        article = make_article(text)
        speakers.speaker_of(article, start, start + 60)
        del article
    assert sum(type(value) is Article for value in gc.get_objects()) == before
