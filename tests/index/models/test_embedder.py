"""The real model: unit vectors, counted tokens, and a question near the passage that answers it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from index.errors import ModelError
from index.ingest.ingest import embed_article
from index.models import load_embedder
from index.search import SqliteSearch
from index.store import SqliteLibrary
from index.types import Embedder, IndexConfiguration
from tests.fakes import make_article

PASSAGES = [
    "China refused to supply Russian airlines with aeroplane parts.",
    "The bakery on Main Street sells rye bread on Tuesdays.",
    "Scientists found water ice at the south pole of the moon.",
    "The striker scored twice in the final.",
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder("bge-small-en-v1.5")


def test_it_says_what_it_is(embedder: Embedder) -> None:
    assert (embedder.name, embedder.dim, embedder.max_tokens) == ("bge-small-en-v1.5", 384, 512)


def test_texts_of_any_length_become_unit_vectors(embedder: Embedder) -> None:
    vectors = embedder.embed_passages([*PASSAGES, "", "🦔", "bear " * 2000])
    assert vectors.shape == (7, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_text_has_the_same_vector_whatever_comes_with_it(embedder: Embedder) -> None:
    texts = [*PASSAGES, "bear " * 2000, "jam", PASSAGES[0]]
    together = embedder.embed_passages(texts)
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(embedder.embed_passages([text])[0], vector)


def test_no_texts_are_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == embedder.embed_questions([]).shape == (0, 384)
    assert embedder.count_tokens([]) == []


def test_tokens_are_counted_without_marks_padding_or_an_end(embedder: Embedder) -> None:
    texts = ["China refused.", "", "bear " * 2000, "unaffordable"]
    assert embedder.count_tokens(texts) == [3, 0, 2000, 4]


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("What would Beijing not deliver to carriers from Moscow?", 0),
        ("Where can I buy a loaf?", 1),
        ("Is there frozen H2O on the lunar surface?", 2),
        ("Who won the football match?", 3),
    ],
)
def test_a_question_is_nearest_to_what_answers_it(embedder: Embedder, question: str, nearest: int) -> None:
    cosines = embedder.embed_passages(PASSAGES) @ embedder.embed_questions([question])[0]
    assert int(cosines.argmax()) == nearest


def test_questions_are_written_as_the_model_wants_them(embedder: Embedder) -> None:
    prompt = "Represent this sentence for searching relevant passages: "
    assert np.allclose(
        embedder.embed_questions(["Who called?"]),
        embedder.embed_passages([prompt + "Who called?"]),
        atol=1e-6,
    )


def save_tiny_model(folder: Path) -> None:
    """A sentence-transformers model of one layer with random weights, as anybody may have in a folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(7)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "bears", "foxes", "like", "jam", "read", "."]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words))
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder)
    BertTokenizer(vocab=str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder)
    transformer = Transformer(str(folder))
    SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu").save(str(folder))


def test_a_model_in_a_folder_can_be_named(tmp_path: Path) -> None:
    save_tiny_model(tmp_path / "tiny")
    name = str(tmp_path / "tiny")
    embedder = load_embedder(name)
    assert (embedder.name, embedder.dim, embedder.max_tokens) == (name, 16, 64)
    assert embedder.count_tokens(["bears like jam .", "bears " * 100]) == [4, 100]
    vectors = embedder.embed_passages(["bears like jam .", "foxes read ."])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)

    article = make_article("bears like jam .")
    configuration = IndexConfiguration(name, 32)
    with SqliteLibrary(tmp_path / "main.db", configuration) as library:
        library.replace(article, *embed_article(article, 32, embedder))
    search = SqliteSearch(tmp_path / "main.db", configuration)
    assert [hit.passage.text for hit in search.nearest(embedder.embed_questions(["jam"])[0], 3)] == [
        "bears like jam ."
    ]
    search.close()


def test_weights_that_are_a_pickle_are_not_loaded(tmp_path: Path) -> None:
    save_tiny_model(tmp_path / "tiny")
    weights = load_file(tmp_path / "tiny" / "model.safetensors")
    torch.save(weights, tmp_path / "tiny" / "pytorch_model.bin")
    assert load_embedder(str(tmp_path / "tiny")).dim == 16
    (tmp_path / "tiny" / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"isn't in a package, in a folder of safetensors"):
        load_embedder(str(tmp_path / "tiny"))


def test_a_model_that_is_nowhere_is_named() -> None:
    with pytest.raises(ModelError) as caught:
        load_embedder("no/such-model")
    assert str(caught.value).startswith(
        "The model no/such-model isn't in a package, in a folder of safetensors or in the local cache ("
    )
    assert str(caught.value).endswith(". Known models: bge-small-en-v1.5.")
