"""python -m training.export RUN: the trained weights as int8 ONNX, checked against the float ones."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from index.command_line import run, spinner
from index.errors import OperatorError
from index.types import Passage
from retrieval.read import WEIGHTS, OwnReader, load_own, sentences_of, window_of_words
from retrieval.types import Reading
from training.batches import encode, load_tokenizer, to_tensors
from training.body import Body, packaged_body
from training.model import ReaderModel
from training.pairs import Pair, read_pairs
from training.reader import CHECKED

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

SAME_SENTENCE = 0.95
"""The share of the answerable pairs that must have the same best sentence in int8 as in float."""

OUTPUTS = ("relevance", "answers", "starts", "ends")


class ExportError(OperatorError):
    """Weights that lose too much in int8."""


@app.command()
def main(
    trained: Annotated[Path, typer.Argument(metavar="RUN", help="The --out of training.reader.")],
    out: Annotated[Path, typer.Option(help="Where the files go.")] = WEIGHTS,
) -> None:
    """Export, check, and write the files with their SHA-256."""
    export(packaged_body(), trained, out)


def export(body: Body, trained: Path, out: Path) -> None:
    """Write to ``out`` what the run in the folder ``trained`` made of ``body``. Raises ExportError."""
    model = ReaderModel(body.sizes)
    model.load_trained(trained)
    model.eval()
    with tempfile.TemporaryDirectory() as place, spinner("exporting"):
        made = Path(place)
        write_quantised(model, made / "model.onnx", OUTPUTS)
        shutil.copy(body.folder / "tokenizer.json", made)
        names = ("model.onnx", "tokenizer.json")
        sums = "".join(f"{hashlib.sha256((made / n).read_bytes()).hexdigest()}  {n}\n" for n in names)
        (made / "SHA256SUMS").write_text(sums, encoding="utf-8")
        figures = compare(model, load_own(made), load_tokenizer(body.folder), read_pairs(trained / CHECKED))
        if not figures["same best sentence"] >= SAME_SENTENCE:  # nor if there was none to compare
            raise ExportError(f"int8 differs too much from float: {figures}. Nothing was written.")
        out.mkdir(parents=True, exist_ok=True)
        for name in (*names, "SHA256SUMS"):
            shutil.copy(made / name, out)
    typer.echo(json.dumps(figures, indent=2))
    typer.echo(sums, nl=False)


def write_quantised(model: nn.Module, path: Path, outputs: Sequence[str]) -> None:
    """Write ``model``, whose inputs are those of BERT, to ``path`` as ONNX with weights of eight bits."""
    # Three tensors, not one thrice: the exporter would take one input for the other.
    ids, mask, types = (torch.ones((2, 20), dtype=torch.long) for _ in range(3))
    axes = {0: torch.export.Dim("pairs"), 1: torch.export.Dim("tokens", max=512)}
    floats = path.with_suffix(".float.onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own: axes named otherwise, deprecated parts
        torch.onnx.export(
            model,
            (ids, mask, types),
            floats,
            input_names=["input_ids", "attention_mask", "token_type_ids"],
            output_names=outputs,
            dynamic_shapes=(axes, axes, axes),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    quantize_dynamic(floats, path, per_channel=True, weight_type=QuantType.QInt8)
    floats.unlink()


def compare(
    model: ReaderModel, reader: OwnReader, tokenizer: Tokenizer, pairs: Sequence[Pair]
) -> dict[str, float]:
    """Measure how the int8 ``reader`` differs from the float ``model`` on ``pairs``.

    ``answers`` and ``relevance`` are the mean absolute difference in logits; ``correlation`` is that of
    "answers"; ``same best sentence`` is the share of answerable pairs in which both choose it alike.
    """
    pairs = [pair for pair in pairs if encode(tokenizer, [pair])]
    floats, integers = [], []
    for pair in pairs:
        passage = Passage("", 0, len(pair.text), pair.text, pair.context.removesuffix("\n"))
        [reading] = reader.read(pair.question, [passage])
        integers.append((passage, reading))
        batch = to_tensors(encode(tokenizer, [pair]))
        with torch.inference_mode():
            outputs = model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
        relevance, answers, starts, ends = (output[0].numpy() for output in outputs)
        own = batch.inside[0].numpy().nonzero()[0][1:]
        size = min(len(own), len(reading.tokens))
        floats.append(
            Reading(
                float(relevance),
                float(answers),
                reading.tokens[:size],
                starts[own[:size]],
                ends[own[:size]],
                0.0,
            )
        )
    both = list(zip(pairs, integers, floats, strict=True))
    same = [
        _best(passage, reading) == _best(passage, other)
        for pair, (passage, reading), other in both
        if pair.spans
    ]
    answers = np.array([(reading.answers, other.answers) for _, (_, reading), other in both])
    relevances = np.array([(reading.relevance, other.relevance) for _, (_, reading), other in both])
    return {
        "pairs": len(pairs),
        "answers": round(float(np.abs(answers[:, 0] - answers[:, 1]).mean()), 3),
        "relevance": round(float(np.abs(relevances[:, 0] - relevances[:, 1]).mean()), 3),
        "correlation": round(float(np.corrcoef(answers.T)[0, 1]), 4),
        "same best sentence": round(sum(same) / len(same), 3) if same else float("nan"),
    }


def _best(passage: Passage, reading: Reading) -> int:
    return window_of_words(passage, sentences_of(passage, [0]), reading, 1, 1.0).start


if __name__ == "__main__":
    run(app, "python -m training.export")
