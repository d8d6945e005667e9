"""Near-duplicates: one of them is read and quoted for all, and what only one of them says is not lost."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.protocols import Search
from index.search import SqliteSearch
from index.store import SqliteLibrary
from index.text import are_near_duplicates, signature_of
from index.types import Article, Passage
from retrieval.answerer import Answerer
from retrieval.answers import Answer, citations_of
from retrieval.retrieve import NearDuplicates, find_all, find_candidates
from retrieval.settings import RetrievalSettings
from retrieval.types import Quote
from tests.answers import quote_at, shown_in
from tests.fakes import CONFIGURATION, FakeEmbedder, FakeReader, make_article, put_article
from tests.retrieval.conftest import MakeSearch

STORY = (
    "The old mill of Osterwick burned down on Monday night. Forty firemen fought the fire until the morning. "
    "Nobody was hurt, since the mill has stood empty for eleven years.\n\n"
    "The mayor promised to build the mill again, of stone and with a new wheel. The council will vote on the "
    "money in spring, and the miller's family will be asked for the old plans."
)
AGENCY = make_article(STORY, "agency.md")
COURIER = make_article(
    f"From our reporter at the river, for The Courier.\n\n{STORY}\n\nCopyright The Courier.", "courier.md"
)
HERALD = make_article(STORY.replace("burned down", "was burned down").upper(), "herald.md")
VALLEY = make_article(STORY.replace("Forty firemen fought", "Forty firemen have fought"), "valley.md")
EVENING = make_article(STORY.replace(" and with a new wheel", "").replace("'", "’"), "evening.md")
FIVE = (AGENCY, COURIER, HERALD, VALLEY, EVENING)
OTHER = make_article("A barn burned, too, on the other side of the river, the mill owner said.", "barn.md")
BURNED = "When did the old mill of Osterwick burn?"


def answerer(candidates: int = 3, quotes: int = 3) -> Answerer:
    settings = RetrievalSettings.model_validate({"candidates": candidates, "quotes": quotes})
    return Answerer(FakeEmbedder(), FakeReader(), settings)


def read_of(search: Search, question: str, candidates: int = 3) -> list[Passage]:
    return [*answerer(candidates).retrieve([question], [search]).fused]


def said_in(answer: Answer) -> list[str]:
    return [citation.quote.text for citation in shown_in(answer)]


def having(words: str, passages: Iterable[Passage]) -> list[str]:
    return [passage.article_id for passage in passages if words.casefold() in passage.text.casefold()]


def test_the_five_are_near_copies_and_the_other_is_none() -> None:
    first, *others = map(signature_of, (article.text for article in (*FIVE, OTHER)))
    assert [are_near_duplicates(first, other) for other in others] == [True, True, True, True, False]


def test_five_copies_take_the_places_of_one(make_search: MakeSearch) -> None:
    search = make_search("main", *FIVE, OTHER)
    crowded = find_all(BURNED, FakeEmbedder().embed_questions([BURNED])[0], [search], 3, None)
    assert having("barn burned", crowded.fused) == []  # the copies alone would be read
    read = read_of(search, BURNED)
    assert len(having("Osterwick", read)) == 1
    assert having("barn burned", read) == [OTHER.id]


def test_what_is_read_fills_up_with_what_there_is(make_search: MakeSearch) -> None:
    alone = read_of(make_search("alone", AGENCY, OTHER), BURNED, candidates=8)
    five = read_of(make_search("five", *FIVE, OTHER), BURNED, candidates=8)
    assert len(alone) == 3
    assert len(having("Osterwick", five)) == len(having("barn", five)) == 1
    assert len(having("spring", five)) == 2  # with the new wheel and without
    assert len(having("new wheel", five)) == 1


def test_one_stands_for_copies_in_other_libraries(make_search: MakeSearch) -> None:
    searches = [make_search("mine", AGENCY), make_search("theirs", HERALD, VALLEY, OTHER)]
    found = answerer().retrieve([BURNED], searches)
    (osterwick,) = [passage for passage in found.fused if "osterwick" in passage.text.casefold()]
    assert having("barn burned", found.fused) == [OTHER.id]
    assert found.searches[osterwick] in searches


def test_what_only_one_copy_says_is_found(make_search: MakeSearch) -> None:
    candle = "A candle in the cellar caused the fire."
    longer = make_article(STORY.replace("Nobody was hurt", f"{candle} Nobody was hurt"), "longer.md")
    search = make_search("main", *FIVE, longer, OTHER)
    for question in ("What caused the fire?", "Which candle was it?"):
        assert said_in(answerer().ask(question, [search]))[0] == candle


@pytest.mark.parametrize(
    ("question", "stays"),
    [
        ("What caused the fire?", True),  # a word of the sentence that only the second has
        ("Which cellars are safe?", True),  # one that begins alike
        ("Who promised to build the mill again?", False),
    ],
)
def test_a_sentence_of_its_own_that_may_be_asked_for_has_a_passage_stay(
    make_search: MakeSearch, question: str, stays: bool
) -> None:
    candle = "A candle in the cellar caused it."
    longer = make_article(STORY.replace("Nobody was hurt", f"{candle} Nobody was hurt"), "longer.md")
    search = make_search("main", AGENCY, longer)
    (first, *_), (second, *_) = (search.passages(source)[0] for source in (AGENCY, longer))
    assert candle in second.text
    instead = NearDuplicates([search]).instead(question, [first, second])
    assert instead == ({} if stays else {second: first})


COSTS = "The council says that to build the old mill again will cost {} million crowns in all."


def test_another_number_is_another_statement(make_search: MakeSearch) -> None:
    texts = {name: f"{STORY} {COSTS.format(cost)}" for name, cost in (("a", 3), ("b", 5), ("c", 3))}
    first, corrected, same = articles = [make_article(text, f"{name}.md") for name, text in texts.items()]
    question = "How many million crowns will it cost to build the old mill again?"
    answer = answerer(8).ask(question, [make_search("main", *articles)])
    assert sorted(said_in(answer)[:2]) == [COSTS.format(3), COSTS.format(5)]
    assert len([said for said in said_in(answer) if "million" in said]) == 2
    assert {citation.article.id for citation in citations_of(answer)[:2]} <= {
        first.id, corrected.id, same.id
    }  # fmt: skip


def test_another_name_is_another_statement(make_search: MakeSearch) -> None:
    opened = "The swimming pool of {} opens at seven in the morning and closes at nine in the evening."
    pools = [make_article(f"{STORY} {opened.format(name)}", f"{name}.md") for name in ("Ardvale", "Corrinth")]
    passages = read_of(make_search("main", *pools), "When does the swimming pool of Corrinth open?", 8)
    assert len(having("Ardvale", passages)) == len(having("Corrinth", passages)) == 1
    assert len(having("old mill of Osterwick", passages)) == 1


def quote(search: Search, article: Article, words: str, best: str = "") -> Quote:
    """These words of an article, quoted; the ``best`` are those they begin with."""
    start = article.text.index(words)
    passages = search.passages(article)[0]
    passage = next(found for found in passages if found.start <= start and start + len(words) <= found.end)
    marked = (start, start + len(best or words))
    return quote_at(article, start, start + len(words), best=marked, passage=passage)


def test_quotes_that_share_a_sentence_of_near_copies_are_one(make_search: MakeSearch) -> None:
    barn = make_article(f"{OTHER.text} Nobody was hurt, since it was empty.", "barn.md")
    search = make_search("main", AGENCY, VALLEY, barn)
    near_duplicates = NearDuplicates([search])
    forty = quote(search, AGENCY, "Forty firemen fought the fire until the morning.")
    hurt_too = "Nobody was hurt, since the mill has stood empty for eleven years."
    fought = "Forty firemen have fought the fire until the morning."
    more = quote(search, VALLEY, f"{fought} {hurt_too}", best="Forty firemen")
    hurt = quote(search, barn, "Nobody was hurt, since it was empty.")
    assert near_duplicates.unlike([forty, more, hurt]) == [forty, hurt]
    assert near_duplicates.unlike([hurt, more, forty]) == [hurt, more]
    assert near_duplicates.unlike([hurt, forty, more]) == [hurt, forty]
    # It says that nobody was hurt.
    assert near_duplicates.new([forty, more], lambda item: item) == [forty, more]
    assert near_duplicates.new([more, forty], lambda item: item) == [more]


def test_quotes_that_hold_each_other_are_one_whatever_they_are_of(make_search: MakeSearch) -> None:
    short = make_article("Bears like jam. They eat it cold.", "one.md")
    other = make_article(
        "We asked the keeper. Bears like jam. He would know, after 30 years with them.", "o.md"
    )
    search = make_search("main", short, other)
    both = quote(search, short, "Bears like jam. They eat it cold.")
    jam = quote(search, other, "Bears like jam.")
    years = quote(search, other, "He would know, after 30 years with them.")
    assert NearDuplicates([search]).unlike([both, jam, years]) == [both, years]
    assert NearDuplicates([search]).unlike([jam, both]) == [jam]
    assert NearDuplicates([search]).new([both, jam, years], lambda item: item) == [both, years]
    # That they eat it cold is new.
    assert NearDuplicates([search]).new([jam, both], lambda item: item) == [jam, both]


def test_a_sentence_is_quoted_once_among_near_copies(make_search: MakeSearch) -> None:
    search = make_search("main", *FIVE, OTHER)
    answer = answerer(8).ask(BURNED, [search], more=5)
    assert len([said for said in said_in(answer) if "osterwick" in said.casefold()]) == 1


def test_and_word_for_word_the_same_once_among_all(make_search: MakeSearch) -> None:
    wire = "Bears like jam. They eat it cold."
    longer = " ".join(f"Animal number {n} likes something else, such as food {n}." for n in range(40))
    search = make_search(
        "main", make_article(wire, "wire.md"), make_article(f"{longer}\n\n{wire}\n\n{longer}", "longer.md")
    )
    said = said_in(answerer(8).ask("Who likes jam and eats it cold?", [search], more=5))
    assert len([text for text in said if "jam" in text]) == 1


def test_parts_of_a_question_get_a_sentence_of_near_copies_once(make_search: MakeSearch) -> None:
    search = make_search("main", *FIVE)
    answer = answerer(8).ask("When did the old mill burn? Did the old mill of Osterwick burn?", [search])
    assert len([said for said in said_in(answer) if "burned down" in said.casefold()]) == 1


@pytest.mark.parametrize("question", [BURNED, "Who promised to build the mill again?", "Who pays?"])
def test_the_copy_that_is_quoted_may_be_any_but_its_words_are_there(
    make_search: MakeSearch, question: str
) -> None:
    texts = {article.id: article.text for article in (*FIVE, OTHER)}
    for citation in citations_of(answerer(8).ask(question, [make_search("main", *FIVE, OTHER)])):
        assert citation.quote.text in texts[citation.article.id]


SENTENCES = st.lists(
    st.sampled_from([
        "Bears like jam.", "Wolves eat 12 sheep.", "Foxes read the newspaper.", "Owls sleep by day in barns.",
        "The moon shines.", "Granite is a hard stone.", "Bears like honey.", "It costs 3 crowns.",
    ]),
    min_size=1, max_size=12,
).map(" ".join)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_every_passage_is_there_or_one_that_says_it_is(
    tmp_path_factory: pytest.TempPathFactory, written: list[str]
) -> None:
    path = tmp_path_factory.mktemp("copies") / "main.db"
    with SqliteLibrary(path, CONFIGURATION) as library:
        for place, text in enumerate(written):
            put_article(library, make_article(text, f"{place}.md"))
    search = SqliteSearch(path, CONFIGURATION)
    question = "Do bears like jam?"
    vector = FakeEmbedder().embed_questions([question])[0]
    every = find_all(question, vector, [search], 99, None).fused
    once = find_candidates(question, vector, [search], 99, None).fused
    search.close()
    assert set(once) <= set(every)
    for sentence in ("Bears like jam.", "Bears like honey."):  # those with words of the question
        assert any(sentence in other.text for other in every) == any(sentence in other.text for other in once)


def test_texts_that_share_too_little_are_all_read(make_search: MakeSearch) -> None:
    article: Article = make_article(f"{STORY}\n\n" + " ".join(f"Word {n} is new." for n in range(80)), "x.md")
    search = make_search("main", AGENCY, article, HERALD)
    osterwick = having("Osterwick", read_of(search, BURNED, candidates=8))
    assert len(osterwick) == 2
    assert article.id in osterwick
