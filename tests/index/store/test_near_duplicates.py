"""How alike two texts are by their signatures, and which articles of a library are near-duplicates."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import LibraryDamagedError
from index.search import SqliteSearch
from index.store import SqliteLibrary, schema
from index.text import shingles_of, signature_of
from index.text.minhash import from_bytes, likeness, likest, to_bytes
from tests.fakes import CONFIGURATION, make_article, put_article

WORDS = st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=300)
MARKS = st.lists(
    st.sampled_from([" ", "\n\n", " – ", "—", "\u00a0", ", ", "’", '" ', "”. ", " “"]), min_size=1
)
COUNTED = (
    "door",
    "roof",
    "wheel",
    "owner",
    "flour",
    "history",
    "river",
    "cellar",
    "stone",
    "engine",
    "miller",
)
STORY = " ".join(f"The {what} of the old mill has been counted again." for what in COUNTED)
SHORTENED = STORY.replace(" The river of the old mill has been counted again.", "")


@given(WORDS, MARKS, st.booleans())
def test_spaces_marks_and_capitals_do_not_count(words: list[str], marks: list[str], loud: bool) -> None:
    text = "".join(word + marks[place % len(marks)] for place, word in enumerate(words))
    plain = signature_of(" ".join(words))
    assert likeness(plain, signature_of(text.upper() if loud else text)) == 1.0


@given(st.text(), st.text())
@example("", "…")
@example("\ud800", "a b")
def test_likeness_is_symmetric_and_a_share(text: str, other: str) -> None:
    first, second = signature_of(text), signature_of(other)
    assert likeness(first, second) == likeness(second, first)
    assert 0.0 <= likeness(first, second) <= likeness(first, first) == 1.0


@given(WORDS)
def test_texts_without_a_shared_word_are_not_alike(words: list[str]) -> None:
    assert (
        likeness(signature_of(" ".join(words)), signature_of(" ".join(f"{word}q9" for word in words))) < 0.02
    )


@given(WORDS, st.integers(0, 300))
def test_a_signature_estimates_the_share_of_shingles_that_both_have(words: list[str], cut: int) -> None:
    text, other = " ".join(words), " ".join(words[cut % len(words) :])
    mine, theirs = shingles_of(text), shingles_of(other)
    share = len(mine & theirs) / len(mine | theirs)
    assert likeness(signature_of(text), signature_of(other)) == pytest.approx(share, abs=0.2)


def test_a_signature_is_the_same_on_every_machine() -> None:
    stored = to_bytes(signature_of("Bears like jam. They eat it with a spoon."))
    assert (len(stored), stored[:12].hex(), stored[-4:].hex()) == (
        1024,
        "b7127f16a30a370fb4a1e632",
        "977f8e2d",
    )
    assert np.array_equal(from_bytes(stored), signature_of("BEARS LIKE JAM — they eat it with a spoon"))


def test_what_is_no_signature_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="a signature is not complete"):
        from_bytes(bytes(1023))


def test_the_likest_come_first() -> None:
    others = [SHORTENED, "Bears like jam.", STORY]
    assert likest(signature_of(STORY.upper()), [to_bytes(signature_of(text)) for text in others]) == [2, 0]
    assert likest(signature_of(STORY), []) == []


def test_near_copies_of_other_sources_are_found(library: SqliteLibrary) -> None:
    mine = put_article(library, make_article(STORY, "a.md"))
    shorter = put_article(library, make_article(SHORTENED, "b.md"))
    same = put_article(library, make_article(f"By our reporter.\n\n{STORY}", "c.md"))
    put_article(library, make_article("Bears like jam.", "d.md"))
    assert [info.id for info in library.near_duplicates_of(mine)] == [same.id, shorter.id]
    search = SqliteSearch(library.path, CONFIGURATION)
    assert [info.id for info in search.near_duplicates_of(signature_of(STORY))] == [
        mine.id,
        same.id,
        shorter.id,
    ]
    assert [*search.signatures([mine.id, "no such id"])] == [mine.id]
    library.remove(same.id)
    assert [info.id for info in search.near_duplicates_of(signature_of(STORY))] == [mine.id, shorter.id]
    assert search.signatures([same.id]) == {}
    search.close()


def test_a_new_version_is_no_copy_of_the_one_before(library: SqliteLibrary) -> None:
    before = put_article(library, make_article(STORY, "a.md"))
    now = put_article(library, make_article(SHORTENED, "a.md"))
    other = put_article(library, make_article(STORY, "b.md"))
    for version in (before, now):
        assert [info.id for info in library.near_duplicates_of(version)] == [other.id]
    assert [info.id for info in library.near_duplicates_of(other)] == [now.id]  # the newest alone


def test_articles_of_an_earlier_form_get_their_signatures_with_the_next_one(library: SqliteLibrary) -> None:
    old = put_article(library, make_article(STORY, "a.md"))
    tampered(library.path, "DELETE FROM sketches")
    new = make_article(SHORTENED, "b.md")
    assert library.near_duplicates_of(new) == []
    put_article(library, new)
    assert [info.id for info in library.near_duplicates_of(new)] == [old.id]
    assert library.verify() == []


def test_a_signature_that_is_broken_is_said_to_be(library: SqliteLibrary) -> None:
    article = put_article(library, make_article(STORY, "a.md"))
    put_article(library, make_article(SHORTENED, "b.md"))
    tampered(library.path, "UPDATE sketches SET sketch = x'00'")
    assert library.verify()[0] == f"the MinHash signature of {article.id} isn't that of its text"
    with pytest.raises(LibraryDamagedError) as caught:
        library.near_duplicates_of(article)
    assert str(caught.value) == (
        f"{library.path} isn't a library, or is damaged (a signature is not complete). "
        "Restore a backup of it, or move it away and add the articles again."
    )


def tampered(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (schema.KIND.application_id,)
    connection.execute(statement)
    connection.commit()
    connection.close()
