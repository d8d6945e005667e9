"""A folder with ``tokenizer.json`` and ``model.onnx`` -> the two of them, ready to run."""

from __future__ import annotations

from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer

from index.errors import ModelError


def load_tokenizer(folder: Path, max_tokens: int) -> Tokenizer:
    """Load a tokenizer that cuts the longer of two texts at ``max_tokens``, and pads a batch to its longest.

    Raises ModelError.
    """
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises bare Exceptions of its own
        raise ModelError(f"The tokenizer in {folder} can't be loaded: {error}") from None
    tokenizer.enable_truncation(max_tokens, strategy="longest_first")
    tokenizer.enable_padding()
    return tokenizer


def load_session(folder: Path, threads: int = 0) -> onnxruntime.InferenceSession:
    """Load the model on the CPU; a run takes ``threads``, or one for each core. Raises ModelError."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Without VNNI, onnxruntime adds products of signed weights in sixteen bits: those of weights over 64
    # overflow. With this it makes the weights unsigned there, whose products are exact and take a fifth
    # longer. Stored unsigned, they would take two and a half times as long where there is VNNI.
    options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        return onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # the library raises bare Exceptions of its own
        raise ModelError(f"The model in {folder} can't be loaded: {error}") from None
