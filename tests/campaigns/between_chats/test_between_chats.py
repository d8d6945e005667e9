"""What one chat owns never reaches another, in short; and what is wrong is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.telegram.handlers import views
from bot.telegram.rights import Rights
from tests.bot.isolation.places import write_libraries
from tests.bot.matrix.matrix import ROWS
from tests.bot.matrix.outcomes import SILENCE
from tests.bot.matrix.rows import Row
from tests.campaigns.between_chats.buttons import try_buttons
from tests.campaigns.between_chats.isolation import try_isolation
from tests.campaigns.between_chats.rights import KINDS, try_rights

SEED = 1


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The libraries of all chats, by their secret words."""
    folder = tmp_path_factory.mktemp("written")
    write_libraries(folder)
    return folder


def test_chats_know_nothing_of_each_other_over_restarts(written: Path, tmp_path: Path) -> None:
    outcome = try_isolation(SEED, 0, 240, written, tmp_path)
    assert outcome.pop("findings") == []
    assert outcome["forged"] > 0


def test_buttons_of_others_do_nothing(written: Path, tmp_path: Path) -> None:
    outcome = try_buttons(SEED, 0, 300, written, tmp_path)
    assert outcome.pop("findings") == []
    assert min(outcome.values()) > 20  # of each kind


@pytest.mark.parametrize(("number", "where"), [(0, "supergroup"), (2, "group")])
def test_rights_are_the_same_after_a_restart(number: int, where: str, tmp_path: Path) -> None:
    """Every fourth row in a supergroup, and every other fourth in a group."""
    assert KINDS[number // 2] == where
    outcome = try_rights(SEED, number, tmp_path, ROWS[number::4])
    assert outcome["findings"] == []
    assert outcome["cells"] > 200


def test_a_right_that_nobody_has_is_found(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def yes(*_: Any) -> bool:
        return True

    monkeypatch.setattr(Rights, "may_set", yes)
    findings = try_buttons(SEED, 0, 120, written, tmp_path)["findings"]
    assert {finding.split(" ")[0] for finding in findings} == {"settings", "articles"}


def test_an_answer_of_another_chat_is_found(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_is_under", lambda *_: True)
    findings = try_buttons(SEED, 0, 120, written, tmp_path)["findings"]
    assert {finding.split(" ")[0] for finding in findings} >= {"shown:", "person"}


def test_a_cell_that_comes_out_otherwise_is_found(tmp_path: Path) -> None:
    row = next(row for row in ROWS if row.name == "s:q, quotes")
    wrong = Row(row.name, row.act, {**row.cells, "member": SILENCE})
    (finding,) = try_rights(SEED, 0, tmp_path, [wrong])["findings"]
    assert finding.startswith("s:q, quotes, member, in a supergroup: Outcome(")
