"""What is kept of an answer, and what is made of it again."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answers import Answer, SmallTalk, citations_of
from retrieval.conversation import EMPTY
from retrieval.quote import quote_place, recalled, stored_turn
from retrieval.quote.stored_turns import quotes_at
from retrieval.types import Speaker
from tests.answers import quotes_in, refusal_in, shown_in
from tests.fakes import make_article
from tests.retrieval.conftest import MakeSearch
from tests.retrieval.test_answerer import BEARS, STONES, WOLVES, answerer

WHO = "Who likes jam?"


def test_further_quotes_come_along_when_they_are_asked_for(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES, STONES)
    few = answerer().ask(WHO, [search], quotes=1, more=5)
    both = quotes_in(answerer().ask(WHO, [search]))
    assert [cited.quote for cited in shown_in(few)] == [cited.quote for cited in both.citations]
    assert both.more == quotes_in(answerer().ask(WHO, [search], quotes=2, more=5)).more == ()
    near = answerer().ask("Who likes granite and bears in the rain?", [search], more=5)
    assert refusal_in(near).reason == "close"


def test_of_several_questions_what_is_over_comes_along(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES, STONES)
    answer = quotes_in(answerer().ask(f"{WHO} What is a hard stone?", [search], quotes=2, more=5))
    shown = [cited.quote.text for cited in answer.citations]
    assert shown[1] == "Granite is a hard stone."
    assert {shown[0], *(cited.quote.text for cited in answer.more)} == {"Bears like jam.", "Wolves like jam."}


def test_words_are_quoted_again_from_where_they_stand(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES)
    cited = citations_of(answerer().ask(WHO, [search]))
    places = [quote_place(citation) for citation in cited]
    again = answerer().quote_again(places, [search])
    assert [citation.quote.text for citation in again] == [citation.quote.text for citation in cited]
    assert [replace(citation, quote=cited[0].quote) for citation in again] == [
        replace(citation, quote=cited[0].quote) for citation in cited
    ]


def test_only_from_libraries_that_may_be_read(make_search: MakeSearch) -> None:
    mine, theirs = make_search("mine", BEARS), make_search("theirs", WOLVES)
    places = [quote_place(citation) for citation in citations_of(answerer().ask(WHO, [mine, theirs]))]
    assert [citation.quote.text for citation in answerer().quote_again(places, [mine])] == ["Bears like jam."]
    gone = [replace(place, article_id="gone") for place in places]
    assert quotes_at(gone, [mine, theirs]) == []


def test_a_conversation_is_recalled(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES, STONES)
    answer = quotes_in(answerer().ask(WHO, [search]))
    who = Speaker("A Bear", None, "he")
    named = tuple(
        replace(citation, quote=replace(citation.quote, speaker=who)) for citation in answer.citations
    )
    refused = answerer().ask("What is the capital of Peru?", [search])
    turns = [stored_turn(replace(answer, citations=named)), stored_turn(refused)]
    first, second = recalled([turn for turn in turns if turn], [search]).turns
    assert (first.question, second.question) == (WHO, "What is the capital of Peru?")
    assert [citation.quote.text for citation in first.citations] == [
        citation.quote.text for citation in answer.citations
    ]
    assert [citation.quote.speaker for citation in first.citations] == [who, who]
    assert [article.title for article in first.articles] == [
        citation.article.title for citation in answer.citations
    ]
    assert (second.citations, second.articles) == ((), ())


def test_an_article_that_is_gone_is_left_out_of_a_conversation(make_search: MakeSearch) -> None:
    answer = answerer().ask(WHO, [make_search("main", BEARS)])
    turn = stored_turn(answer)
    assert turn is not None
    [left] = recalled([turn], [make_search("other", make_article("Owls sleep."))]).turns
    assert (left.question, left.citations, left.articles) == (WHO, (), ())


def test_a_greeting_is_not_kept() -> None:
    assert stored_turn(SmallTalk("Hello!", "greeting")) is None
    assert recalled([], []) == EMPTY


def test_what_stands_around_comes_along(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS)
    places = [
        quote_place(citation) for citation in citations_of(answerer().ask("Where do bears sleep?", [search]))
    ]
    [wider] = answerer().quote_again(places, [search], around=200)
    assert wider.quote.text == "Bears like jam. Winter is long.\n\nBears sleep in caves."
    assert wider.quote.passage.cut(*wider.quote.best).text == "Bears sleep in caves."
    assert wider.paragraph == 2


def test_of_several_questions_what_there_is_is_told_after_each(make_search: MakeSearch) -> None:
    told: list[Answer] = []
    search = make_search("main", BEARS, WOLVES, STONES)
    asked = f"{WHO} What is a hard stone?"
    answer = answerer().ask(asked, [search], tell=told.append)
    [first] = told
    assert {cited.quote.text for cited in citations_of(first)} == {"Bears like jam.", "Wolves like jam."}
    assert citations_of(first)[0] == citations_of(answer)[0]
    answerer().ask(WHO, [search], tell=told.append)
    assert told == [first]
