"""``pytest --fast`` knows what is slow, and which modules the others run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import start
from tests.entered import ROOT, VARIABLE, does_something
from tests.fast import HEAVY, SLOW

SAYS = """
from tests.entered import Entered

entered = Entered()
from index.library_name import LibraryName

print(*sorted(file.rpartition("/")[2] for file in entered.files()))
LibraryName.shared("main")
print(*sorted(file.rpartition("/")[2] for file in entered.files()))
entered.close()
"""


@pytest.mark.parametrize("name", [*(f"tests/{name}" for name in SLOW), *HEAVY])
def test_what_is_named_is_there(name: str) -> None:
    path, _, test = name.partition("::")
    assert (ROOT / path).exists()
    assert f"def {test}" in (ROOT / path).read_text(encoding="utf-8") if test else True


@pytest.mark.parametrize(
    ("source", "does"),
    [
        ("X = 1\n", False),
        ("class Search:\n    def nearest(self) -> int:\n        '''The nearest.'''\n", False),
        ("class Search:\n    def nearest(self) -> int: ...\n", False),
        ("def __getattr__(name):\n    return load(name)\n", False),
        ("def nearest():\n    '''The nearest.'''\n    return 1\n", True),
        ("class A:\n    async def b(self):\n        await c()\n", True),
    ],
)
def test_a_module_that_only_declares_does_nothing(tmp_path: Path, source: str, does: bool) -> None:
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    assert does_something(str(tmp_path / "module.py")) is does


def test_a_module_says_when_one_of_its_functions_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    done = start(tmp_path, "-c", SAYS)
    assert (done.stdout, done.stderr) == ("\nlibrary_name.py\n", "")
