from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import parser as parsing
from retrieval.parser import Name, load_parser

TEXT = "“We must end it,” said Antony Blinken.\n\nHe spoke in London on Thursday."


def test_words_are_slices_and_hang_on_their_heads() -> None:
    (parsed,) = load_parser().parse([TEXT])
    assert [TEXT[word.start : word.end] for word in parsed.words] == [word.text for word in parsed.words]
    (said,) = (place for place, word in enumerate(parsed.words) if word.text == "said")
    (subject,) = (word for word in parsed.words if word.head == said and word.relation == "nsubj")
    assert (subject.text, subject.pos, parsed.words[said].lemma) == ("Blinken", "PROPN", "say")
    (pronoun,) = (word for word in parsed.words if word.text == "He")
    assert parsed.words[pronoun.head].text == "spoke"  # behind the blank line, which is no word


def test_names_say_what_they_name() -> None:
    first, second = load_parser().parse([TEXT, "China met Russian envoys of the United Nations."])
    assert first.names == (Name(23, 37, "Antony Blinken", "person"), Name(52, 58, "London", "place"))
    assert [(name.text, name.kind) for name in second.names] == [
        ("China", "place"),
        ("Russian", "people"),
        ("the United Nations", "organisation"),
    ]


@pytest.mark.parametrize("mark", ["“", "(", "'s"])
def test_a_text_without_spaces_takes_no_longer_than_its_length(mark: str) -> None:
    text = "Bears like jam. " + mark * (10_000 // len(mark))
    parser = load_parser()
    begun = time.thread_time()
    (parsed,) = parser.parse([text])
    assert time.thread_time() - begun < 5  # the quotation marks took ten seconds
    assert parsed.words[0].text == "Bears"
    assert all(text[word.start : word.end] == word.text for word in parsed.words)


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.text(max_size=80), st.text(st.characters(exclude_categories=["Z", "C"]), min_size=200)))
def test_any_text_can_be_parsed(text: str) -> None:
    (parsed,) = load_parser().parse([text])
    whole = text.encode("utf-8", "replace").decode()
    assert all(whole[word.start : word.end] == word.text for word in parsed.words)
    assert all(0 <= word.head < len(parsed.words) for word in parsed.words)


def test_words_that_were_read_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_LEMMAS", 50)
    parser = load_parser()
    model = parser._model  # type: ignore[attr-defined]  # what it holds is the question
    known = len(model.vocab.strings)
    for number in range(100):
        parser.parse([f"The grumble{number}s were zorbled{number} by Blemwick{number}."])
    assert len(model.vocab.strings) == known
    assert len(model.get_pipe("lemmatizer").cache) <= 50 + 3  # of one text
