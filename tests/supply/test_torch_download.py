"""Before anything is installed it is known whether torch would bring gigabytes. A small program plays pip."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from supply import torch_download
from supply.pins import torch_pin
from supply.torch_download import is_installed, megabytes_announced, warning

TORCH = f"torch=={torch_pin().version}"
PROGRAM = """
import sys, tempfile, time
from pathlib import Path
assert sys.argv[1:3] == ["download", "--no-deps"] and sys.argv[-1] == "torch==2.13.0"
Path(tempfile.mkdtemp(), "part").touch()
Path(__file__).with_name("folder").write_text(tempfile.gettempdir())
print({said!r}, flush=True)
time.sleep({then_s})
"""
GPU = """Collecting torch==2.13.0
  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl.metadata (330.1 kB)
  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (526.6 MB)"""
FROM_ADDRESS = """Collecting torch==2.13.0
  Downloading https://files.example.org/torch-2.13.0-cp311-cp311-manylinux_2_28_aarch64.whl (427.2 MB)"""
CPU = """Collecting torch==2.13.0
  Downloading https://example.org/torch-2.13.0%2Bcpu-cp311-cp311-manylinux_2_28_x86_64.whl (191.8 MB)"""
CACHED = """Collecting torch==2.13.0
  Using cached torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (526.6 MB)"""
LOCAL = """Processing /wheels/torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl
Saved ./torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl"""


def announced(folder: Path, said: str, then_s: int = 0) -> float:
    program = folder / "pip.py"
    program.write_text(PROGRAM.format(said=said, then_s=then_s))
    return megabytes_announced([sys.executable, str(program)], "torch==2.13.0")


@pytest.mark.parametrize(
    ("said", "megabytes", "warned"),
    [
        (GPU, 526.6, True),
        (FROM_ADDRESS, 427.2, True),
        (CPU, 191.8, False),
        (CACHED, 0, False),
        (LOCAL, 0, False),
        ("", 0, False),
    ],
)
def test_only_a_download_of_the_build_for_the_gpu_is_warned_of(
    tmp_path: Path, said: str, megabytes: float, warned: bool
) -> None:
    assert announced(tmp_path, said) == megabytes
    assert bool(warning(megabytes, TORCH)) == warned


def test_pip_is_ended_once_it_has_named_the_file_and_leaves_nothing(tmp_path: Path) -> None:
    assert announced(tmp_path, GPU, then_s=3600) == 526.6
    assert not Path((tmp_path / "folder").read_text()).exists()


def test_the_warning_names_the_size_and_the_way_out() -> None:
    assert warning(526.6, "torch==2.13.0") == (
        "Here pip takes the build of torch==2.13.0 for the GPU: 527 MB, and with it several GB\n"
        "of NVIDIA's libraries. Verbatim uses none of them. For the build for the CPU, press Ctrl-C, then:\n"
        "  PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu make run"
    )


def test_where_torch_is_installed_pip_is_not_asked() -> None:
    assert is_installed(TORCH)
    assert not is_installed("torch==2.12.0")
    assert not is_installed("no-such-package==1.0")


def test_it_runs_before_anything_is_installed() -> None:
    tree = ast.parse(Path(torch_download.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {str(module).partition(".")[0] for module in modules} - {*sys.stdlib_module_names} == set()
