"""An Answer as the object that --json prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.chat.answer_texts import CLOSE
from bot.cli.json_output import to_object
from index.types import Article, Passage
from retrieval.answers import AboutArticle, ArticleList, Aspect, Length, Quotes, Refusal, SmallTalk
from retrieval.types import Citation, Speaker
from tests.answers import quote_at

TEXT = "Bears like jam. They eat it with a spoon. It is sweet."
PASSAGE = Passage("a1", 10, 10 + len(TEXT), TEXT, "Bears")
SECONDS = {"understand": 0.0, "embed": 0.1, "search": 0.2, "read": 0.3, "quotes": 0.4, "total": 1.0}
BARE = Article(
    "a1", "s1", "bears.md", datetime(2026, 1, 1, tzinfo=UTC), "Bears", text=f"Once more:{TEXT}"
)  # fmt: skip
FULL = replace(
    BARE,
    url="https://forest.example/b",
    publisher="The Forest",
    author="A. Bear",
    published=date(2022, 3, 18),
    language="en",
)


def cited(article: Article, end: int, best: tuple[int, int], score: float, **fields: Any) -> Citation:
    quote = quote_at(article, 10, end, best=best, score=score, passage=PASSAGE)
    return replace(Citation(1, quote, 1, None, None), **fields)


def test_everything_known() -> None:
    known = cited(FULL, 51, (26, 51), 0.987654, paragraph=2, page=7, link="https://forest.example/b#page=7")
    speaker = Speaker("Bo Bear", "Chief of the Forest", "Bear")
    citation = replace(known, quote=replace(known.quote, speaker=speaker))
    assert to_object(Quotes("Who?", (citation,), seconds=SECONDS)) == {
        "question": "Who?",
        "understood": None,
        "kind": "quotes",
        "answered": True,
        "reason": "answered",
        "text": None,
        "facts": {},
        "articles": [],
        "citations": [
            {
                "number": 1,
                "library": "main",
                "quote": "Bears like jam. They eat it with a spoon.",
                "best": "They eat it with a spoon.",
                "context": TEXT,
                "score": 0.9877,
                "speaker": "Bo Bear",
                "role": "Chief of the Forest",
                "article": {
                    "id": "a1",
                    "source": "bears.md",
                    "title": "Bears",
                    "author": "A. Bear",
                    "publisher": "The Forest",
                    "published": "2022-03-18",
                    "url": "https://forest.example/b",
                },
                "start": 10,
                "end": 51,
                "section": None,
                "paragraph": 2,
                "page": 7,
                "link": "https://forest.example/b#page=7",
            }
        ],
        "nearest": [],
        "seconds": SECONDS,
    }


def test_what_does_not_apply_is_null() -> None:
    found = to_object(Quotes("Who?", (cited(BARE, 25, (10, 25), 0.5),)))["citations"][0]
    assert [key for key, value in found.items() if value is None] == [
        "speaker", "role", "section", "page", "link",
    ]  # fmt: skip
    assert [key for key, value in found["article"].items() if value is None] == [
        "author", "publisher", "published", "url",
    ]  # fmt: skip


def test_what_came_closest_has_the_same_shape_and_is_no_citation() -> None:
    found = (cited(BARE, 25, (10, 25), 0.1),)
    refused, answered = to_object(Refusal("Who?", "close", found)), to_object(Quotes("Who?", found))
    assert (refused["answered"], refused["reason"], refused["citations"]) == (False, "close", [])
    assert refused["text"] == CLOSE
    assert refused["nearest"] == answered["citations"]


def test_what_is_known_of_an_article_has_its_types() -> None:
    asked: tuple[Aspect, ...] = ("author", "published", "publisher", "link", "length")
    known = to_object(AboutArticle("How long is it?", FULL, asked, length=Length(1200, 5, 7)))
    assert (known["kind"], known["answered"], known["articles"][0]["id"]) == ("about", True, "a1")
    assert known["facts"] == {
        "author": "A. Bear",
        "published": "2022-03-18",
        "publisher": "The Forest",
        "link": "https://forest.example/b",
        "length": {"words": 1200, "minutes": 5, "pages": 7},
    }
    assert known["text"] == (
        "It was written by A. Bear and published in The Forest on 18 March 2022. It's "
        "1,200 words long (7 pages) and takes about 5 minutes to read. You can read it at "
        "https://forest.example/b"
    )


def test_what_an_article_does_not_say_is_null_and_said() -> None:
    unknown = to_object(AboutArticle("Who wrote it?", BARE, ("author",)))
    assert (unknown["answered"], unknown["reason"]) == (False, "close")
    assert (unknown["facts"], unknown["text"]) == (
        {"author": None},
        "The article doesn't say who wrote it.",
    )


def test_a_summary_names_people_and_places() -> None:
    summary = to_object(AboutArticle("tl;dr", BARE, ("summary",), people=("Bo Bear", "A. Fox")))
    assert summary["facts"] == {"people": ["Bo Bear", "A. Fox"], "places": []}
    assert summary["text"] == "People: Bo Bear, A. Fox."


def test_a_list_counts_what_there_is() -> None:
    listed = to_object(ArticleList("Which articles?", (), among=3, topic="jam"))
    assert (listed["kind"], listed["reason"]) == ("about", "nothing")
    assert listed["facts"] == {"articles": 3, "topic": "jam"}
    assert listed["text"].startswith("I have no articles about jam. ")
    empty = to_object(ArticleList("Which articles?", (), among=0), " --chat 5")
    assert empty["text"].endswith("Add some with `verbatim add PATH --chat 5`.")


def test_small_talk_and_another_language() -> None:
    talk = to_object(SmallTalk("thanks", "thanks"))
    assert (talk["kind"], talk["answered"], talk["text"]) == ("talk", False, "You're welcome!")
    foreign = to_object(Refusal("Wer?", "language", languages=("en", "de")))
    assert foreign["facts"] == {"languages": ["en", "de"]}
    assert foreign["text"] == "I can't search in this language. Please ask in English or German."
