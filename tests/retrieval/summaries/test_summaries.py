"""Questions about an article get its own words, what is known of it, or an honest no."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.cli.terminal import to_text
from index.errors import ArticleMissingError
from index.store import SqliteLibrary
from index.store.paths import library_path
from retrieval.answerer import Answerer
from retrieval.answers import Answer, citations_of
from retrieval.conversation import EMPTY
from retrieval.parser import load_parser
from retrieval.settings import RetrievalSettings
from retrieval.summaries.article_lookup import ArticleNameError
from tests.answers import about_in, list_in
from tests.fakes import CONFIGURATION, FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch

BRIDGE = "The mayor of London opened a new bridge over the Thames on Monday."
OLD = make_article(
    BRIDGE,
    "bridge.md",
    title="Bridge over the Thames",
    published=date(2020, 1, 2),
    author="A. Writer",
    publisher="The Paper",
)
NEW = make_article(
    "Foxes in the woods of Canada read newspapers every day.",
    "fox.md",
    title="Foxes in Canada",
    published=date(2022, 3, 18),
)


@pytest.fixture
def fake() -> Answerer:
    return Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings(), load_parser())


def quoted(answer: Answer) -> list[str]:
    return [citation.quote.text for citation in citations_of(answer)]


def test_the_newest_is_meant_where_none_is_at_hand(fake: Answerer, make_search: MakeSearch) -> None:
    answer = fake.ask("What is this about?", [make_search("main", OLD, NEW)])
    assert (answer.kind, answer.reason, quoted(answer)) == ("about", "answered", [NEW.text])
    assert about_in(answer).article.title == "Foxes in Canada"


def test_the_one_talked_about_is_meant_until_it_is_removed(
    fake: Answerer, make_search: MakeSearch, tmp_path: Path
) -> None:
    search = make_search("main", OLD, NEW)
    talked = EMPTY.followed_by(fake.ask("Who opened a bridge over the Thames?", [search]))
    assert quoted(fake.ask("tl;dr", [search], conversation=talked)) == [BRIDGE]
    with SqliteLibrary(library_path(tmp_path, "main"), CONFIGURATION) as library:
        library.remove(OLD.id)
    assert quoted(fake.ask("tl;dr", [search], conversation=talked)) == [NEW.text]


def test_words_of_a_title_say_which(fake: Answerer, make_search: MakeSearch) -> None:
    search = make_search("main", OLD, NEW)
    assert quoted(fake.ask("Summarise the brigde article", [search])) == [BRIDGE]
    assert quoted(fake.ask("summarise Bridge over the Thames", [search])) == [BRIDGE]
    assert fake.ask("summarise bridges of Paris", [search]).kind == "quotes"


def test_what_is_known_of_it_and_what_is_not(fake: Answerer, make_search: MakeSearch) -> None:
    search = make_search("main", OLD, NEW)
    known = about_in(fake.ask("Who wrote the Thames article and when?", [search]))
    assert (known.asked, known.missing) == (("author", "published"), ())
    assert to_text(known, width=80, bold=False) == (
        "Bridge over the Thames, The Paper, 2 January 2020\n\n"
        "It was written by A. Writer and published on 2 January 2020."
    )
    unknown = about_in(fake.ask("Who wrote it?", [search]))
    assert (unknown.reason, unknown.missing) == ("close", ("author",))
    assert to_text(unknown, width=80, bold=False).endswith("\n\nThe article doesn't say who wrote it.")


def test_which_articles_there_are(fake: Answerer, make_search: MakeSearch) -> None:
    search = make_search("main", OLD, NEW)
    listed = list_in(fake.ask("list articles", [search]))
    assert [article.title for article in listed.articles] == [NEW.title, OLD.title]
    some = list_in(fake.ask("articles about foxes", [search]))
    assert [article.title for article in some.articles] == [NEW.title]
    none = list_in(fake.ask("which articles do you have about penguins?", [search]))
    assert (none.reason, none.articles, none.among, none.topic) == ("nothing", (), 2, "penguins")


def test_an_empty_library_says_so(fake: Answerer, make_search: MakeSearch) -> None:
    search = make_search("main")
    answer = list_in(fake.ask("What is this about?", [search]))
    assert (answer.kind, answer.reason, answer.among) == ("about", "nothing", 0)
    assert to_text(answer, width=80, bold=False) == (
        "There are no articles yet, so I have nothing to quote from. Add some with `verbatim add PATH`."
    )
    with pytest.raises(ArticleMissingError, match="There are no articles yet"):
        fake.summarize("", [search])


def test_a_summary_by_id_or_title(fake: Answerer, make_search: MakeSearch) -> None:
    search = make_search("main", OLD, NEW)
    assert quoted(fake.summarize(OLD.id, [search])) == [BRIDGE]
    assert quoted(fake.summarize("foxes", [search])) == [NEW.text]
    with pytest.raises(ArticleMissingError, match="No article is called “penguins”"):
        fake.summarize("penguins", [search])


def test_words_of_several_titles_list_them(fake: Answerer, make_search: MakeSearch) -> None:
    other = make_article(
        "A bridge over the Seine was closed in Paris.", "seine.md", title="Bridge over the Seine"
    )
    with pytest.raises(ArticleNameError, match="2 articles match “bridge”: Bridge over the"):
        fake.summarize("bridge", [make_search("main", OLD, other)])


def test_what_is_asked_behind_a_summary_is_asked_of_its_article(make_search: MakeSearch) -> None:
    jam = make_article("Bears like jam of plums and eat it in the dark forest.", "jam.md", title="Jam")
    search = make_search("main", jam, make_article("Wolves like honey of the south.", "honey.md"))
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings(), load_parser())
    told = answerer.summarize("jam", [search])
    for question, aspect in (("how long is it?", "length"), ("who wrote it?", "author")):
        answer = about_in(answerer.ask(question, [search], conversation=EMPTY.followed_by(told)))
        assert (answer.article.title, answer.asked) == ("Jam", (aspect,))
