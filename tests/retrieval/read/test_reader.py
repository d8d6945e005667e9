"""The project's own reader: what it says of a passage, and that its files are the right ones."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.types import Passage
from retrieval.read import WEIGHTS, load_own, load_reader, sentences_of, window_of_words
from retrieval.types import Reader

TEXT = (
    "China refused on Thursday to supply Russian airlines with aircraft parts. "
    "The two countries share a border of 4,200 km. A spokesman said the ministry had no comment."
)
PARTS = Passage("a1", 1000, 1000 + len(TEXT), TEXT, "Trade · Aviation")
RECIPE = Passage("a2", 0, 43, "The recipe needs two eggs and a cup of tea.")


def marked(reader: Reader, question: str, passage: Passage = PARTS) -> str:
    """The words of the passage that the reader would mark."""
    [reading] = reader.read(question, [passage])
    window = window_of_words(passage, sentences_of(passage, [0]), reading, 2, 0.8)
    return passage.cut(*window.best).text


def test_the_words_that_answer(reader: Reader) -> None:
    assert marked(reader, "What did China refuse to give Russian airlines?") == "aircraft parts"
    assert marked(reader, "how long is the border") == "4,200 km"


def test_what_answers_is_told_from_what_is_near_and_from_what_is_not(reader: Reader) -> None:
    question = "What did China refuse to give Russian airlines?"
    parts, recipe = reader.read(question, [PARTS, RECIPE])
    [near] = reader.read("What did the spokesman of the Russian airlines say about the eggs?", [PARTS])
    assert parts.answers > 1.0
    assert parts.answers > near.answers + 1.0
    assert parts.relevance > recipe.relevance + 8.0
    assert recipe.answers < -1.0
    assert parts.starts.max() + parts.ends.max() > parts.no_answer
    assert recipe.starts.max() + recipe.ends.max() < recipe.no_answer


def test_every_token_is_a_slice_of_the_passage_and_none_of_what_stands_above_it(reader: Reader) -> None:
    [reading] = reader.read("Who refused?", [PARTS])
    words = [PARTS.cut(start, end).text for start, end in reading.tokens]
    assert "".join(words) == TEXT.replace(" ", "")
    assert (words[0], reading.tokens[0]) == ("China", (1000, 1005))
    assert len(reading.starts) == len(reading.ends) == len(reading.tokens)
    assert reading.starts.dtype == reading.ends.dtype == np.float32


def test_what_stands_above_a_passage_is_read_with_it(reader: Reader) -> None:
    vague = "They refused to supply them with parts."
    plain = Passage("a1", 0, len(vague), vague)
    titled = Passage("a1", 0, len(vague), vague, "China and the airlines of Russia")
    of_plain, of_titled = reader.read("What did China refuse to give Russian airlines?", [plain, titled])
    assert of_titled.relevance > of_plain.relevance + 1.0


def test_a_reading_does_not_depend_on_what_else_is_read(reader: Reader) -> None:
    question = "Who refused?"
    long = Passage("a3", 0, 20 * len(TEXT), TEXT * 20)
    together = reader.read(question, [RECIPE, long, PARTS])
    alone = [reader.read(question, [passage])[0] for passage in (RECIPE, long, PARTS)]
    for reading, other in zip(together, alone, strict=True):
        assert (reading.relevance, reading.answers, reading.no_answer) == (
            other.relevance,
            other.answers,
            other.no_answer,
        )
        assert np.array_equal(reading.starts, other.starts)
        assert np.array_equal(reading.ends, other.ends)
    assert reader.read(question, []) == []


def test_of_a_passage_longer_than_it_reads_it_knows_the_words_it_read(reader: Reader) -> None:
    text = "The border is 4,200 km long. " + "The recipe needs two eggs. " * 200
    long = Passage("a3", 0, len(text), text)
    [reading] = reader.read("How long is the border?", [long])
    assert 400 < len(reading.tokens) < 512
    assert marked(reader, "How long is the border?", long).startswith("4,200 km")


@pytest.mark.parametrize("text", ["🦔", "\u200b", "Ⅻ", "x" * 5000])
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    passage = Passage("a1", 3, 3 + len(text), text)
    [reading] = reader.read("🦔?", [passage])
    window = window_of_words(passage, [passage], reading, 1, 1.0)
    assert (window.start, window.end) == (passage.start, passage.end)
    assert all(3 <= start <= end <= 3 + len(text) for start, end in reading.tokens)


def test_its_card_names_the_files_as_they_are() -> None:
    card = (WEIGHTS / "README.md").read_text(encoding="utf-8")
    for name in ("model.onnx", "tokenizer.json"):
        digest = hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest()
        assert f"{digest}  {name}" in (WEIGHTS / "SHA256SUMS").read_text(encoding="utf-8")
        assert digest in card


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_flipped_byte_is_named_and_refused(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(WEIGHTS, tmp_path / "reader")
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError) as raised:
        load_own(folder)
    assert str(raised.value).startswith(f"{folder / name} isn't the file it should be (its SHA-256 begins ")
    assert str(raised.value).endswith(
        "). To fix it, get it again with `git checkout retrieval/read/weights`."
    )


def test_weights_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"SHA256SUMS can't be read. To fix it, get it again"):
        load_own(tmp_path)


def test_an_unknown_name_is_named_with_what_is_known() -> None:
    with pytest.raises(ModelError, match=r"Known models: verbatim-reader, ms-marco-MiniLM-L-12-v2\."):
        load_reader("no-such-reader")
