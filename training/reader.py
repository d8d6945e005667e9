"""python -m training.reader DATA... --out DIR: train the reader on question sets."""

from __future__ import annotations

import json
import time
import zlib
from collections import Counter
from pathlib import Path
from random import Random
from typing import Annotated

import torch
import typer
from tokenizers import Tokenizer

from index.command_line import make_progress, run
from retrieval.evaluation import QuestionSetError, read_question_set
from training.batches import Encoded, encode, load_tokenizer, make_batches, to_tensors
from training.body import Body, packaged_body
from training.check import check
from training.checkpoint import Checkpoint
from training.examples import read_examples, read_texts
from training.loss import losses
from training.model import TRAINED, ReaderModel
from training.pairs import make_pairs, write_pairs
from training.precision import computing_in, faster_precision
from training.teacher import Teacher

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

WARM_UP = 0.06
DECAY = 0.01
HEADS = 10.0
"""How many times faster the new heads learn than the body."""

TAUGHT = 3
"""Every third batch is also trained towards the body's own relevance."""

SAVE_S = 240.0
"""Seconds between two checkpoints."""

LOG = "losses.jsonl"

CHECKED = "checked.jsonl"

HELD_OUT = 600
"""The most pairs that are kept from training to check on."""


@app.command()
def main(
    data: Annotated[list[Path], typer.Argument(metavar="DATA...", help="Folders of question sets.")],
    out: Annotated[Path, typer.Option(help="Where weights, checkpoint and log go.")],
    rate: Annotated[float, typer.Option(help="The highest learning rate of the body.")] = 8e-5,
    epochs: Annotated[int, typer.Option(min=1, help="Times that every pair is seen.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed and data give the same pairs and order.")] = 1,
    start: Annotated[
        Path | None, typer.Option(help="The --out of a finished run, to train its weights further.")
    ] = None,
) -> None:
    """Train; stopped, the same command goes on from its last checkpoint."""
    train(packaged_body(), data, out, rate, epochs, seed, start)


def train(
    body: Body, data: list[Path], out: Path, rate: float, epochs: int, seed: int, start: Path | None = None
) -> None:
    """Train ``body`` on the sets in ``data``; write weights, checkpoint, log and figures to ``out``."""
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    batches, held_out = _prepare(load_tokenizer(body.folder), data, epochs, Random(seed), out)
    data_sum = zlib.crc32(json.dumps([pair.ids for batch in batches for pair in batch]).encode())
    made_with = {"rate": rate, "epochs": epochs, "seed": seed, "start": str(start), "data": data_sum}
    model = ReaderModel.from_body(body)
    if start:
        model.load_trained(start)
    _take_steps(model, body, batches, rate, Checkpoint(out, made_with), out / LOG)
    torch.save(model.state_dict(), out / TRAINED)
    figures = check(model, held_out)
    (out / "figures.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    typer.echo(json.dumps(figures, indent=2))


def _take_steps(
    model: ReaderModel,
    body: Body,
    batches: list[list[Encoded]],
    rate: float,
    checkpoint: Checkpoint,
    log_path: Path,
) -> None:
    """Train ``model`` on ``batches`` in order, from the last checkpoint on."""
    teacher = Teacher(body.folder)
    model.bert.embeddings.requires_grad_(False)
    optimizer = torch.optim.AdamW(_groups(model, rate), weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, len(batches)))
    resumed = checkpoint.load(model, optimizer, schedule)
    # A run keeps the type that it began with, also on another machine: it shall end at the same weights.
    done, precision = resumed or (0, faster_precision(body.sizes.hidden_size, body.sizes.intermediate_size))
    typer.echo(f"from step {done} of {len(batches)}, in {precision}", err=True)
    _cut_log(log_path, done)
    saved = time.monotonic()
    with make_progress() as progress, log_path.open("a", encoding="utf-8") as log:
        task = progress.add_task("training", total=len(batches), completed=done)
        for step in range(done, len(batches)):
            batch = to_tensors(batches[step])
            old = teacher.relevance(batch) if step % TAUGHT == 0 else None
            optimizer.zero_grad(set_to_none=True)
            with computing_in(precision):
                outputs = model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
            parts = losses(outputs, batch, old)
            torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            values = {name: round(value.item(), 4) for name, value in parts.items()}
            log.write(json.dumps({"step": step + 1, "tokens": batch.input_ids.numel(), **values}) + "\n")
            log.flush()
            progress.update(task, advance=1, description=f"training, loss {sum(values.values()):.2f}")
            if time.monotonic() - saved > SAVE_S:
                checkpoint.save(step + 1, precision, model, optimizer, schedule)
                saved = time.monotonic()


def _prepare(
    tokenizer: Tokenizer, data: list[Path], epochs: int, random: Random, out: Path
) -> tuple[list[list[Encoded]], list[Encoded]]:
    """Return the batches of all epochs, each with windows of its own, and the pairs to check on."""
    sets = [read_question_set(folder) for folder in data]
    texts = {question_set.name: read_texts(question_set) for question_set in sets}
    examples = [
        example
        for question_set in sets
        for example in read_examples(question_set, texts[question_set.name], random)
    ]
    if not examples:
        raise QuestionSetError(
            f"No question in {', '.join(map(str, data))} can be trained on. Name other sets."
        )
    # Held out by text, so that no text of a checked pair is trained on. Too few texts are all trained on, and
    # checked on what is trained.
    order = sorted({example.text.id for example in examples})
    random.shuffle(order)
    held_out = set(order[: max(0, min(HELD_OUT // 4, len(order) // 50))])
    lists = {name: list(found.values()) for name, found in texts.items()}
    checked = make_pairs([example for example in examples if example.text.id in held_out], lists, random)[
        :HELD_OUT
    ]
    trained = [example for example in examples if example.text.id not in held_out]
    checked = checked or make_pairs(trained, lists, random)[:HELD_OUT]
    write_pairs(out / CHECKED, checked)
    batches: list[list[Encoded]] = []
    counts: Counter[str] = Counter()
    for _ in range(epochs):
        pairs = make_pairs(trained, lists, random)
        encoded = encode(tokenizer, pairs)
        batches += make_batches(encoded, random)
        counts.update({"pairs": len(encoded), "dropped": len(pairs) - len(encoded)})
        counts.update(f"kind: {pair.kind}" for pair in pairs)
        counts.update(f"set: {pair.source}" for pair in pairs)
        counts["tokens"] += sum(len(pair.ids) for pair in encoded)
    (out / "pairs.json").write_text(json.dumps(dict(sorted(counts.items())), indent=2) + "\n", "utf-8")
    typer.echo(f"{counts['pairs']} pairs, {counts['tokens']} tokens, {len(batches)} steps", err=True)
    return batches, encode(tokenizer, checked)


def _cut_log(path: Path, done: int) -> None:
    """Take out what a stopped run wrote behind its last checkpoint: those steps are taken again."""
    if path.exists():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:done]), encoding="utf-8")


def _groups(model: ReaderModel, rate: float) -> list[dict[str, object]]:
    new = [*model.answers.parameters(), *model.spans.parameters()]
    own = {id(parameter) for parameter in new}
    body = [
        parameter for parameter in model.parameters() if parameter.requires_grad and id(parameter) not in own
    ]
    return [{"params": body, "lr": rate}, {"params": new, "lr": rate * HEADS}]


def _pace(step: int, steps: int) -> float:
    """Return the share of the highest rate: up over the first 6 %, then down to none in a line."""
    up = max(1.0, WARM_UP * steps)
    return min((step + 1) / up, max(0.0, (steps - step) / max(1.0, steps - up)))


if __name__ == "__main__":
    run(app, "python -m training.reader")
