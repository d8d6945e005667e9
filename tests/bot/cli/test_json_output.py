"""An Answer as the object that --json prints."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.cli.json_output import to_object
from index.types import ArticleInfo, Passage
from retrieval.types import Answer, Citation, Quote, Speaker

TEXT = "Bears like jam. They eat it with a spoon. It is sweet."
PASSAGE = Passage("a1", 10, 10 + len(TEXT), TEXT, "Bears")
SECONDS = {"understand": 0.0, "embed": 0.1, "search": 0.2, "read": 0.3, "quotes": 0.4, "total": 1.0}
BARE = ArticleInfo("a1", "s1", "bears.md", datetime(2026, 1, 1, tzinfo=UTC), "Bears")
FULL = ArticleInfo(
    "a1", "s1", "bears.md", datetime(2026, 1, 1, tzinfo=UTC), "Bears", "https://forest.example/b",
    "The Forest", "A. Bear", date(2022, 3, 18), "en",
)  # fmt: skip


def answer(citation: Citation | None, reason: str = "answered") -> Answer:
    found = (citation,) if citation else ()
    return Answer(
        "Who?", None, "quotes", reason,  # type: ignore[arg-type]
        found if reason == "answered" else (), found if reason == "close" else (), {}, SECONDS,
    )  # fmt: skip


def test_everything_known() -> None:
    quote = Quote(PASSAGE, 10, 51, (26, 51), 0.987654, Speaker("Bo Bear", "Chief of the Forest", "Bear"))
    cited = Citation(1, "main", quote, FULL, 2, 7, "https://forest.example/b#page=7")
    assert to_object(answer(cited)) == {
        "question": "Who?",
        "understood": None,
        "kind": "quotes",
        "answered": True,
        "reason": "answered",
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
                "paragraph": 2,
                "page": 7,
                "link": "https://forest.example/b#page=7",
            }
        ],
        "nearest": [],
        "seconds": SECONDS,
    }


def test_what_does_not_apply_is_null() -> None:
    cited = Citation(1, "main", Quote(PASSAGE, 10, 25, (10, 25), 0.5), BARE, 1, None, None)
    found = to_object(answer(cited))["citations"][0]
    assert [key for key, value in found.items() if value is None] == ["speaker", "role", "page", "link"]
    assert [key for key, value in found["article"].items() if value is None] == [
        "author", "publisher", "published", "url",
    ]  # fmt: skip


def test_what_came_closest_has_the_same_shape_and_is_no_citation() -> None:
    cited = Citation(1, "main", Quote(PASSAGE, 10, 25, (10, 25), 0.1), BARE, 1, None, None)
    refused, answered = to_object(answer(cited, "close")), to_object(answer(cited))
    assert (refused["answered"], refused["reason"], refused["citations"]) == (False, "close", [])
    assert refused["nearest"] == answered["citations"]
