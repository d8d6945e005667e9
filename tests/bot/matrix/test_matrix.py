"""Every command and button, and whoever uses it: what the bot does is what the matrix says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.telegram.handlers import BUTTONS, COMMANDS
from tests.bot.matrix.acts import Presses, Writes
from tests.bot.matrix.matrix import ROWS, Matrix, matrix
from tests.bot.matrix.pressing import PRESSING
from tests.bot.matrix.rows import Row
from tests.bot.matrix.writing import WRITING


@pytest.fixture(scope="module")
def played() -> Iterator[Matrix]:
    """One bot for all cells; at the end, it has sent nothing that Telegram would not take."""
    with matrix() as playing:
        yield playing
        assert playing.telegram.refused == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_happens(played: Matrix, row: Row) -> None:
    expected = dict(row.outcomes())
    assert {role: played.outcome(row, role) for role in expected} == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_has_a_cell_for_every_role(row: Row) -> None:
    assert sorted(role for role, _ in row.outcomes()) == sorted(row.act.roles.split())


def test_no_two_rows_have_one_name() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_every_handler_is_reached(played: Matrix) -> None:
    reached = played.play()
    missing = [name for name in played.recorder.handlers if name not in reached]
    assert not missing, (
        f"no cell of the matrix reaches {missing}: add a row to tests/bot/matrix/writing.py, pressing.py or "
        "happening.py that says what happens then, to every role"
    )


def test_every_command_has_a_row() -> None:
    written = [row.act.text or "" for row in WRITING if isinstance(row.act, Writes)]
    missing = [name for name in COMMANDS if not any(f"{text} ".startswith(f"/{name} ") for text in written)]
    assert not missing, f"add a row to tests/bot/matrix/writing.py for {missing}"


def test_every_kind_of_button_has_a_row() -> None:
    pressed = [row.act.data.format(key="A" * 16, topic=4) for row in PRESSING if isinstance(row.act, Presses)]
    missing = [button.kind.prefix for button in BUTTONS if not any(map(button.kind.read, pressed))]
    assert not missing, f"add a row to tests/bot/matrix/pressing.py for {missing}"


def test_every_button_that_is_shown_has_a_row(played: Matrix) -> None:
    played.play()
    markups = [call.values.get("reply_markup") or {} for call in played.telegram.calls]
    rows = [row for markup in markups for row in markup.get("inline_keyboard", ())]
    shown = {form_of(button["callback_data"]) for row in rows for button in row if "callback_data" in button}
    pressed = {form_of(row.act.data) for row in PRESSING if isinstance(row.act, Presses)}
    assert {"s:q:0", "s:k:0", "s:t:0:0", "a:…:f", "a:…:c", "a:…:", "p:0", "l:…:0", "k:0"} <= shown
    assert not shown - pressed, f"add a row to tests/bot/matrix/pressing.py for {shown - pressed}"


def form_of(data: str) -> str:
    """What a button's data has in common with that of others of its kind."""
    return re.sub(r"[0-9]+", "0", re.sub(r"^([alrR]):[^:]+:", r"\1:…:", data.replace("{topic}", "4")))
