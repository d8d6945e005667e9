"""Question + passages -> what one pass says of each: the project's own model, or another that is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelError
from index.ingest.ingest import searched_text
from index.models.find import check_files
from index.types import Passage
from retrieval.settings import OWN
from retrieval.types import Reader, Reading

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights" / "reader"

MAX_TOKENS = 512
"""Of a question and a passage together; what is behind them is not read."""

_SUMS = "SHA256SUMS"
_REMEDY = "get it again with `git checkout retrieval/read/weights`"


def load_reader(name: str) -> Reader:
    """Return the project's own reader, or a cross-encoder: a packaged one, a folder, or a cached one.

    Raises ModelError when it is not there, is damaged or cannot be loaded.
    """
    if name == OWN:
        return load_own(WEIGHTS)
    from retrieval.read.cross_encoder import load_cross_encoder

    return load_cross_encoder(name)


def load_own(folder: Path) -> OwnReader:
    """Return the reader whose weights, tokenizer and SHA256SUMS are in ``folder``. Raises ModelError."""
    try:
        lines = (folder / _SUMS).read_text(encoding="utf-8").splitlines()
        sums = {name: digest for digest, name in (line.split() for line in lines)}
    except (OSError, ValueError):
        raise ModelError(f"{folder / _SUMS} can't be read. To fix it, {_REMEDY}.") from None
    check_files(folder, sums, _REMEDY)
    from index.models.onnx_session import load_session, load_tokenizer

    return OwnReader(load_tokenizer(folder, MAX_TOKENS), load_session(folder))


class OwnReader:
    """Reads each passage in a pass of its own and says which words answer."""

    def __init__(self, tokenizer: Tokenizer, session: onnxruntime.InferenceSession) -> None:
        self._tokenizer = tokenizer
        self._session = session

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """Return a reading for each passage, in order. A passage's reading does not depend on the others."""
        return [self._read(question, passage) for passage in passages]

    def _read(self, question: str, passage: Passage) -> Reading:
        text = searched_text(passage)
        shift = len(text) - len(passage.text)  # what stands above the passage is read, but no answer
        encoding = self._tokenizer.encode(question, text)
        inputs = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        relevance, answers, starts, ends = self._session.run(
            None, {name: np.array([values], dtype=np.int64) for name, values in inputs.items()}
        )
        own = [
            token
            for token, sequence in enumerate(encoding.sequence_ids)
            if sequence == 1 and encoding.offsets[token][0] >= shift
        ]
        move = passage.start - shift
        return Reading(
            float(relevance[0]),
            float(answers[0]),
            tuple((encoding.offsets[token][0] + move, encoding.offsets[token][1] + move) for token in own),
            starts[0, own],
            ends[0, own],
            float(starts[0, 0] + ends[0, 0]),  # the first token stands for "no answer"
        )
