"""Texts -> unit vectors, by a sentence-transformers model. The only file here that runs one."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from index.models.find import find_weights, no_such_model
from index.models.packaged import EMBEDDERS
from index.types import Embedder, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32
COUNTED = 1024
"""Texts whose tokens are counted at a time: those of a long book would take hundreds of megabytes."""


def load_embedder(name: str) -> Embedder:
    """Load the model ``name``: one that a package carries, a folder, or one in the local cache.

    Takes 5 to 8 seconds, most of it imports. Raises ModelError when it is not there or cannot be loaded.
    """
    if name not in EMBEDDERS:
        return _load_plain(name)
    packaged = EMBEDDERS[name]
    folder = find_weights(packaged)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    from index.models.onnx import OnnxTransformer

    transformer = OnnxTransformer(folder, packaged.max_tokens, "token_embeddings")
    modules = [transformer, Pooling(packaged.dim, pooling_mode=packaged.pooling), Normalize()]
    model = SentenceTransformer(modules=modules, device="cpu")
    return SentenceEmbedder(name, model, packaged.prompt)


def _load_plain(name: str) -> Embedder:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(
            name,
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},  # the other form of weights is a pickle
        )
    except Exception as error:  # the library raises many kinds, among them bare ones of its backends
        raise no_such_model(name, error, EMBEDDERS) from None
    return SentenceEmbedder(name, model, "")


class SentenceEmbedder:
    """A SentenceTransformer as the Embedder of this project."""

    def __init__(self, name: str, model: SentenceTransformer, prompt: str) -> None:
        self.name = name
        self.max_tokens = int(model.max_seq_length or 512)
        self._model = model
        self._prompt = prompt
        self._count = _counting(model.tokenizer)
        self.dim = int(self.embed_passages(["dimension"]).shape[1])

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """Count the tokens that the model makes of each text, its own marks at both ends left out."""
        counted: list[int] = []
        for first in range(0, len(texts), COUNTED):
            counted += self._count(texts[first : first + COUNTED])
        return counted

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order: shape (len(texts), dim), float32."""
        return self._embed(texts, None)

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        """Return one unit vector per question, which this model wants to see behind its prompt."""
        return self._embed(questions, self._prompt or None)

    def _embed(self, texts: Sequence[str], prompt: str | None) -> Vectors:
        vectors = self._model.encode(
            [*texts], batch_size=BATCH, prompt=prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1 if texts else self.dim)


def _counting(tokenizer: Any) -> Callable[[Sequence[str]], list[int]]:
    """Return a function that counts the tokens of each text, without marks at both ends, to its end."""
    if not hasattr(tokenizer, "encode_batch_fast"):
        own = copy.deepcopy(tokenizer)  # another thread may embed with it meanwhile
        return lambda texts: [
            len(own.encode(text, add_special_tokens=False, verbose=False)) for text in texts
        ]
    from tokenizers import Tokenizer

    whole = Tokenizer.from_str(tokenizer.to_str())  # of the tokenizers library; the other cuts and pads
    whole.no_truncation()
    whole.no_padding()
    return lambda texts: [
        len(encoding.ids) for encoding in whole.encode_batch_fast([*texts], add_special_tokens=False)
    ]
