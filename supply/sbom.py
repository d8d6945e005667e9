"""python -m supply.sbom: write build/sbom.json, a bill of materials in CycloneDX's form, of what runs.

cyclonedx-py reads the environment; what only tests, trains or checks is left out, and the models' weights,
which it does not know, come in.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from packaging.utils import canonicalize_name
from packaging.version import Version

from index.command_line import run
from index.models.packaged import PACKAGED
from retrieval.read import WEIGHTS
from supply.errors import SupplyError
from supply.pins import ROOT, RUNS, Pin, requirements, torch_pin

_TOOL = ROOT / ".venv-tools" / "bin" / "cyclonedx-py"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def write(
    environment: Annotated[Path, typer.Option(help="Where Verbatim is set up.")] = ROOT / ".venv",
    tool: Annotated[Path, typer.Option(help="The program cyclonedx-py.")] = _TOOL,
    out: Annotated[Path, typer.Option(help="The file to write.")] = ROOT / "build" / "sbom.json",
) -> None:
    """Write the bill of materials of what runs: packages and weights."""
    bill = of_what_runs(read_environment(environment, tool))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")
    kinds = [component["type"] for component in bill["components"]]
    print(
        f"{out} names {kinds.count('library')} packages and {kinds.count('machine-learning-model')} models."
    )


def read_environment(environment: Path, tool: Path) -> dict[str, Any]:
    """Return the bill of everything in an environment. Raises SupplyError where the tool gives none."""
    command: list[str | Path] = [
        tool,
        "environment",
        environment,
        "--pyproject",
        ROOT / "pyproject.toml",
        "--output-reproducible",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own tool
    except OSError as error:
        raise SupplyError(f"{tool} can't be run: {error.strerror}. Use `make sbom`.") from None
    except subprocess.CalledProcessError as error:
        raise SupplyError(f"{tool} read nothing from {environment}: {error.stderr.strip()[-500:]}") from None
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


def of_what_runs(bill: dict[str, Any]) -> dict[str, Any]:
    """Return ``bill`` without what is installed for other purposes, and with the weights.

    Raises SupplyError when something that runs is not in it, or in another version than the pinned one.
    """
    others = {pin.name for file, pins in requirements().items() if file not in RUNS for pin in pins}
    others -= {pin.name for file in RUNS for pin in requirements()[file]}
    kept = [each for each in bill["components"] if canonicalize_name(each["name"]) not in others | {"pip"}]
    _check_whole(kept)
    refs = {bill["metadata"]["component"]["bom-ref"], *(each["bom-ref"] for each in kept)}
    dependencies = [
        {**each, "dependsOn": [ref for ref in each.get("dependsOn", []) if ref in refs]}
        for each in bill.get("dependencies", [])
        if each["ref"] in refs
    ]
    return {**bill, "components": [*kept, *_models()], "dependencies": dependencies}


def _check_whole(components: Iterable[Mapping[str, Any]]) -> None:
    found = {Pin(canonicalize_name(each["name"]), Version(each["version"]).public) for each in components}
    if missing := sorted((requirements()["requirements.txt"] | {torch_pin()}) - found):
        raise SupplyError(
            "These should be installed but aren't, or in another version: "
            f"{', '.join(f'{pin.name} {pin.version}' for pin in missing)}. Run `make setup`, then "
            "this again."
        )


def _models() -> list[dict[str, Any]]:
    found = [_model(model.name, model.licence, model.origin, dict(model.sha256)) for model in PACKAGED]
    files = ("model.onnx", "tokenizer.json")
    sums = {name: hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() for name in files}
    return [*found, _model("verbatim-reader", "Apache-2.0", "this project", sums)]


def _model(name: str, licence: str, origin: str, sha256: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{name}",
        "name": name,
        "description": origin,
        "licenses": [{"license": {"id": licence}}],
        "components": [
            {
                "type": "file",
                "bom-ref": f"model:{name}/{file}",
                "name": file,
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }
            for file, digest in sha256.items()
        ],
    }


if __name__ == "__main__":
    run(app, "python -m supply.sbom")
