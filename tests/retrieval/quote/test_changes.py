"""An article changes: what was quoted from it is quoted still, and it is said how it reads now."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.store import SqliteLibrary
from index.store.paths import library_path
from retrieval.answers import citations_of
from retrieval.quote import quote_place
from retrieval.quote.changes import compared
from retrieval.types import Change
from tests.answers import shown_in
from tests.fakes import CONFIGURATION, make_article, put_article
from tests.retrieval.conftest import MakeSearch
from tests.retrieval.test_answerer import answerer

OLD = "Bears like jam. Winter is long.\n\nBears sleep in deep caves."


@pytest.mark.parametrize(
    ("newest", "change"),
    [
        ("Winter is short. Bears sleep in deep caves.", Change("kept", None)),
        ("Bears like jam.\n\nBears sleep in dry caves.", Change("reworded", "Bears sleep in dry caves.")),
        ("Bears like jam.", Change("gone", None)),
        ("Granite is hard.", Change("gone", None)),
    ],
)
def test_what_has_become_of_words(newest: str, change: Change) -> None:
    assert compared("Bears sleep in deep caves.", make_article(newest)) == change


def test_several_sentences_are_compared_with_as_many() -> None:
    newest = make_article("Foxes read. Bears like honey. Winter is long. Owls sleep.")
    assert compared("Bears like jam. Winter is long.", newest) == Change(
        "reworded", "Bears like honey. Winter is long."
    )


def test_a_quote_outlives_its_version(tmp_path: Path, make_search: MakeSearch) -> None:
    search = make_search("main", make_article(OLD, "bears.md"))
    places = [
        quote_place(citation) for citation in citations_of(answerer().ask("Where do bears sleep?", [search]))
    ]
    [before] = answerer().quote_again(places, [search])
    assert (before.quote.text, before.change) == ("Bears sleep in deep caves.", None)
    with SqliteLibrary(library_path(tmp_path, "main"), CONFIGURATION) as library:
        put_article(library, make_article(OLD.replace("deep", "dry"), "bears.md"))
    [after] = answerer().quote_again(places, [search], around=100)
    assert after.quote.text == OLD
    assert after.change == Change("reworded", "Bears sleep in dry caves.")
    [newest] = citations_of(answerer().ask("Where do bears sleep?", [search]))
    assert newest.quote.text == "Bears sleep in dry caves."


def test_copies_of_an_article_are_quoted_once(make_search: MakeSearch) -> None:
    copies = [make_article("Bears like jam. They eat it cold.", f"{name}.md") for name in ("a", "b", "c")]
    search = make_search("main", *copies, make_article("Wolves like jam, too.", "d.md"))
    answer = answerer(quotes=3).ask("Who likes jam?", [search], more=5)
    said = [citation.quote.text for citation in shown_in(answer)]
    assert sorted(said) == ["Bears like jam.", "Wolves like jam, too."]
