"""python -m benchmarks.embedding DIR: how fast passages are embedded, against plain sentence-transformers.

The plain one has the architecture of our embedder, random weights in float32 and the defaults of its
``encode``; both embed the same passages of a question set. How fast the machine multiplies int8 matrices is
measured in the same rounds: by onnxruntime, each core for itself. Needs what `make setup-dev` installs.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from benchmarks.question_set import whole_articles
from index.command_line import JsonOption, make_progress, run
from index.ingest.ingest import searched_text, split_for
from index.models import find_weights, load_embedder
from index.settings import IndexSettings
from retrieval.evaluation import read_question_set

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LAYERS, HIDDEN, HEADS, INNER, WORDS = 12, 384, 12, 1536, 30_522  # of bge-small
ROWS = 1024  # of the matrices that are multiplied to know the machine
SHAPES = [(HIDDEN, HIDDEN)] * 4 + [(HIDDEN, INNER), (INNER, HIDDEN)]
TIMES = 20
CORES = os.cpu_count() or 1

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def embedding(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    passages: Annotated[int, typer.Option(min=1, help="Passages in a round, spread evenly.")] = 128,
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is measured, in turns.")] = 7,
    as_json: JsonOption = False,
) -> None:
    """Measure how fast passages are embedded, how fast plainly, and how fast int8 matrices are multiplied."""
    settings = IndexSettings()
    embedder = load_embedder(settings.embedder)
    articles = whole_articles(read_question_set(folder))
    split = [split_for(article, settings.passage_tokens, embedder) for article in articles]
    every = [searched_text(passage) for parts in split for passage in parts]
    texts = every[:: max(1, len(every) // passages)][:passages]
    tokens = [count + 2 for count in embedder.count_tokens(texts)]  # its marks at both ends
    plain, multiply = _plain(), _multiplication()
    steps: dict[str, Callable[[], object]] = {
        "plain": lambda: plain.encode(texts, show_progress_bar=False),
        "ours": lambda: embedder.embed_passages(texts),
        "int8": multiply,
    }
    for step in steps.values():
        step()
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    with make_progress() as progress:
        for _ in progress.track(range(rounds), description="rounds"):
            for name, step in steps.items():
                start = time.perf_counter()
                step()
                seconds[name].append(time.perf_counter() - start)
    figures = _figures(seconds, tokens)
    if as_json:
        print(json.dumps(figures, indent=2))
        return
    cores = f"{platform.machine()}, {CORES} cores"
    print(f"{folder.name}, {cores}; {len(texts)} passages of {sum(tokens) / len(tokens):.0f} tokens, medians")
    print("| what | value |")
    print("|---|---|")
    print(f"| plain sentence-transformers, float32 | {figures['plain']:.1f} passages/s |")
    print(f"| as `index add` embeds | {figures['ours']:.1f} passages/s |")
    print(f"| that is, times plain | {figures['times_plain']:.2f} |")
    print(f"| the model's matrix products, as `index add` embeds | {figures['gops']:.0f} GOPS |")
    print(f"| int8 matrix products, {ROWS} rows in the model's shapes | {figures['int8_gops']:.0f} GOPS |")
    print(f"| share of them | {figures['share_of_int8']:.2f} |")


def _figures(seconds: dict[str, list[float]], tokens: Sequence[int]) -> dict[str, float]:
    """Return medians; those of a ratio are taken round by round, as what else the machine does varies."""
    operations = sum(_operations(count) for count in tokens) / 1e9
    products = CORES * TIMES * sum(2 * ROWS * width * height for width, height in SHAPES) / 1e9
    plain, ours, int8 = seconds["plain"], seconds["ours"], seconds["int8"]
    return {
        "plain": len(tokens) / median(plain),
        "ours": len(tokens) / median(ours),
        "times_plain": median(slow / fast for slow, fast in zip(plain, ours, strict=True)),
        "gops": operations / median(ours),
        "int8_gops": products / median(int8),
        "share_of_int8": median(
            (operations / fast) / (products / all_int8) for fast, all_int8 in zip(ours, int8, strict=True)
        ),
    }


def _operations(tokens: int) -> int:
    """Count the operations of the matrix products for a text; a multiplication and an addition are two."""
    weights = sum(2 * tokens * width * height for width, height in SHAPES)
    return LAYERS * (weights + 2 * 2 * tokens * tokens * HIDDEN)


def _plain() -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    from index.models.packaged import EMBEDDERS

    torch.manual_seed(0)
    packaged = EMBEDDERS[IndexSettings().embedder]
    with tempfile.TemporaryDirectory() as place:
        config = BertConfig(
            vocab_size=WORDS,
            hidden_size=HIDDEN,
            num_hidden_layers=LAYERS,
            num_attention_heads=HEADS,
            intermediate_size=INNER,
        )
        BertModel(config).save_pretrained(place)
        tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_file=str(find_weights(packaged) / "tokenizer.json"),
            model_max_length=packaged.max_tokens,
            pad_token="[PAD]",  # noqa: S106 - no password
        )
        tokenizer.save_pretrained(place)
        modules = [Transformer(place), Pooling(HIDDEN, pooling_mode="cls"), Normalize()]
        return SentenceTransformer(modules=modules, device="cpu")


def _multiplication() -> Callable[[], object]:
    """Return what multiplies ROWS rows with weights of each of SHAPES, in int8, TIMES, on every core."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    random = np.random.default_rng(0)
    weights = [random.integers(-100, 100, shape).astype(np.int8) for shape in SHAPES]
    widths = sorted({width for width, _ in SHAPES})
    graph = helper.make_graph(
        [
            helper.make_node("MatMulInteger", [f"rows{width}", f"weights{number}"], [f"product{number}"])
            for number, (width, _) in enumerate(SHAPES)
        ],
        "products",
        [helper.make_tensor_value_info(f"rows{width}", TensorProto.UINT8, [ROWS, width]) for width in widths],
        [
            helper.make_tensor_value_info(f"product{number}", TensorProto.INT32, [ROWS, height])
            for number, (_, height) in enumerate(SHAPES)
        ],
        [numpy_helper.from_array(matrix, f"weights{number}") for number, matrix in enumerate(weights)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    cores = ThreadPoolExecutor(CORES)
    inputs = {f"rows{width}": random.integers(0, 255, (ROWS, width)).astype(np.uint8) for width in widths}
    return lambda: list(cores.map(lambda _: session.run(None, inputs), range(TIMES * CORES)))


if __name__ == "__main__":
    run(app, "python -m benchmarks.embedding")
