"""How changes are counted, and that what is changed and what should notice are still there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.campaigns.mutants.__main__ import ROOT
from tests.campaigns.mutants.figures import fates_of, table
from tests.campaigns.mutants.groups import GROUPS, STARTS_A_PROCESS


@pytest.mark.parametrize("name", GROUPS)
def test_every_file_of_a_group_is_there(name: str) -> None:
    files = (*GROUPS[name].modules, *GROUPS[name].tests)
    assert [file for file in files if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize("test", STARTS_A_PROCESS)
def test_every_test_that_is_left_out_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"\ndef {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_all_that_fetches_is_changed() -> None:
    modules = {
        str(path.relative_to(ROOT)) for path in (ROOT / "index" / "documents" / "web").glob("[a-z]*.py")
    }
    assert modules == set(GROUPS["fetch"].modules)


def test_what_became_of_each_change_is_counted_by_module(tmp_path: Path) -> None:
    noted = tmp_path / "mutants" / "bot" / "store" / "inbox.py.meta"
    noted.parent.mkdir(parents=True)
    codes = {"a": 1, "b": 0, "c": 33, "d": None, "e": 36, "f": -11, "g": 5}  # f crashed
    noted.write_text(json.dumps({"exit_code_by_key": codes}), encoding="utf-8")
    found = fates_of(tmp_path, "bot/store/inbox.py")
    assert found == {
        "a": "killed",
        "b": "survived",
        "c": "not reached",
        "d": "not tried",
        "e": "took too long",
        "f": "killed",
        "g": "not reached",
    }
    assert fates_of(tmp_path, "bot/telegram/rights.py") == {}
    assert table({"bot/store/inbox.py": found.values(), "bot/telegram/rights.py": []}).splitlines()[2:] == [
        "| `bot/store/inbox.py` | 7 | 2 | 1 | 1 | 2 | 1 | 0.500 |",
        "| `bot/telegram/rights.py` | 0 | 0 | 0 | 0 | 0 | 0 | – |",
        "| all | 7 | 2 | 1 | 1 | 2 | 1 | 0.500 |",
    ]
