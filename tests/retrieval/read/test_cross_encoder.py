"""A cross-encoder in the place of the project's own reader."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification, BertTokenizer

from index.config import load_config
from index.errors import ModelError
from index.types import Passage
from retrieval.read import load_reader
from retrieval.read.cross_encoder import BATCH
from retrieval.settings import RetrievalSettings
from retrieval.types import Reader

QUESTION = "What did China refuse to give Russian airlines?"
TEXTS = [
    "The recipe needs two eggs and a cup of flour.",
    "China refused to supply Russian airlines with aeroplane parts.",
    "China and Russia share a border of 4,200 km.",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The one that a package carries."""
    return load_reader("ms-marco-MiniLM-L-12-v2")


def passages(texts: list[str], context: str = "") -> list[Passage]:
    return [Passage("a1", 0, len(text), text, context) for text in texts]


def scores(reader: Reader, texts: list[str], context: str = "") -> list[float]:
    return [reading.answers for reading in reader.read(QUESTION, passages(texts, context))]


def test_what_answers_scores_higher_than_what_is_near_and_that_than_what_is_not(reader: Reader) -> None:
    recipe, parts, border = scores(reader, TEXTS)
    assert parts > 5.0
    assert parts > border + 2.0
    assert recipe < -9.0 < border


def test_one_reading_a_passage_in_their_order(reader: Reader) -> None:
    there = scores(reader, TEXTS)
    assert scores(reader, TEXTS[::-1]) == pytest.approx(there[::-1], abs=1e-3)


def test_nothing_to_read(reader: Reader) -> None:
    assert list(reader.read(QUESTION, [])) == []


def test_a_model_of_one_score_says_the_same_of_relevance_and_answer_and_knows_no_words(
    reader: Reader,
) -> None:
    [reading] = reader.read(QUESTION, passages(TEXTS[1:2]))
    assert reading.relevance == reading.answers
    assert (reading.tokens, len(reading.starts), len(reading.ends)) == ((), 0, 0)


def test_what_a_passage_is_about_is_read_with_it(reader: Reader) -> None:
    vague = ["They refused to supply them with parts."]
    assert scores(reader, vague, "China and the airlines of Russia") > scores(reader, vague)


def test_many_passages_at_once_score_nearly_as_each_alone(reader: Reader) -> None:
    texts = [" ".join([text] * times) for times in (1, 2, 5) for text in TEXTS] * 2
    assert len(texts) > BATCH
    alone = [scores(reader, [text])[0] for text in texts]
    # The int8 weights scale what runs through them by the largest number of a batch, so its neighbours move
    # a score by up to half a logit; a mixed-up order would move it by ten.
    assert scores(reader, texts) == pytest.approx(alone, abs=0.6)


def test_a_passage_longer_than_the_model_reads_is_read_as_far_as_it_reads(reader: Reader) -> None:
    long = f"{TEXTS[1]} {'The recipe needs eggs. ' * 400}"
    assert scores(reader, [long])[0] > scores(reader, TEXTS)[0]


def test_an_unknown_name_is_named_with_what_is_known() -> None:
    with pytest.raises(ModelError) as raised:
        load_reader("no-such-reader")
    assert str(raised.value) == (
        "The model no-such-reader isn't in a package, in a folder of safetensors or in the "
        "local cache (OSError). Known models: verbatim-reader, ms-marco-MiniLM-L-12-v2."
    )


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"isn't in a package"):
        load_reader(str(tmp_path))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A cross-encoder of random weights, saved as sentence-transformers and transformers save theirs."""
    words = sorted({word for text in [QUESTION, *TEXTS] for word in text.lower().replace("?", "").split()})
    vocabulary = tmp_path / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]))
    folder = tmp_path / "tiny"
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=5 + len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64,
    )  # fmt: skip
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(vocabulary), model_max_length=64).save_pretrained(folder)
    return folder


def test_another_cross_encoder_by_its_folder_in_the_config(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[retrieval]\nreader = "{tiny.as_posix()}"\n')
    settings = load_config(tmp_path / "config.toml").section("retrieval", RetrievalSettings)
    reader = load_reader(settings.reader)
    readings = reader.read(QUESTION, passages(TEXTS))
    with torch.no_grad():
        model = BertForSequenceClassification.from_pretrained(tiny)
        tokens = AutoTokenizer.from_pretrained(tiny)
        expected = [
            float(model(**tokens(QUESTION, text, return_tensors="pt")).logits[0, 0]) for text in TEXTS
        ]
    assert [reading.answers for reading in readings] == pytest.approx(expected, abs=1e-5)
    assert len(set(expected)) == 3
    assert [dataclasses.astuple(r)[:2] for r in readings] == [(r.answers, r.answers) for r in readings]


def test_weights_that_are_a_pickle_are_not_loaded(tiny: Path) -> None:
    torch.save(load_file(tiny / "model.safetensors"), tiny / "pytorch_model.bin")
    assert len(load_reader(str(tiny)).read(QUESTION, passages(TEXTS))) == len(TEXTS)
    (tiny / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"isn't in a package, in a folder of safetensors"):
        load_reader(str(tiny))


def test_with_float_weights_many_passages_at_once_score_exactly_as_each_alone(tiny: Path) -> None:
    reader = load_reader(str(tiny))
    texts = [" ".join([text] * times) for times in (1, 2, 3) for text in TEXTS] * 2
    assert len(texts) > BATCH
    alone = [scores(reader, [text])[0] for text in texts]
    assert scores(reader, texts) == pytest.approx(alone, abs=1e-4)
