"""A database of every format that a version of the bot has kept becomes one of the newest, and is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.store import ChatSettings, Database, Exchanges, Inbox, State, schema
from tests.standin.process import ROOT

FORMATS = {
    int(path.stem.removeprefix("bot_")): path for path in (ROOT / "tests/files/forms").glob("bot_*.sql")
}
ANN, FORUM, NEWS = 1000005, -1000002000001, 2
"""Of the databases from format 2 on: a person, a group and a topic of it."""


def database_of(format_version: int, path: Path) -> Path:
    """A file of this format version at ``path``, as an earlier version left it."""
    with closing(sqlite3.connect(path)) as earlier:
        earlier.executescript(FORMATS[format_version].read_text(encoding="utf-8"))
        assert earlier.execute("PRAGMA user_version").fetchone() == (format_version,)
    return path


def layout(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2"
        ).fetchall()


def test_every_past_format_is_tried() -> None:
    assert set(range(1, schema.FORMAT_VERSION)) <= set(FORMATS)


@pytest.mark.parametrize("format_version", FORMATS)
def test_a_past_format_becomes_the_newest_once_and_is_whole(format_version: int, tmp_path: Path) -> None:
    path = database_of(format_version, tmp_path / "bot.db")
    for _ in range(2):
        Database(path).close()
    Database(tmp_path / "new.db").close()
    assert layout(path) == layout(tmp_path / "new.db")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.FORMAT_VERSION,)
        for check in ("quick_check", "integrity_check"):
            assert connection.execute(f"PRAGMA {check}").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_chats_of_format_1_are_set_as_they_were(tmp_path: Path) -> None:
    with closing(Database(database_of(1, tmp_path / "bot.db"))) as database:
        state = State(database)
        assert state.settings(-5) == ChatSettings(2, "admins", frozenset({40}))
        assert state.come(6)  # had left


@pytest.mark.parametrize(
    "format_version", [format_version for format_version in FORMATS if format_version >= 2]
)
def test_what_was_asked_and_answered_is_found_as_before(format_version: int, tmp_path: Path) -> None:
    with closing(Database(database_of(format_version, tmp_path / "bot.db"))) as database:
        assert State(database).settings(FORUM) == ChatSettings(1, "admins", frozenset({NEWS}))
        exchanges = Exchanges(database)
        jam, why, in_news = (
            exchanges.by_message(chat, message) for chat, message in ((ANN, 3), (ANN, 5), (FORUM, 6))
        )
        assert jam is not None
        assert why is not None
        assert in_news is not None
        assert [exchange.messages for exchange in (jam, why, in_news)] == [(3,), (5,), (6,)]
        assert jam.answer is not None
        assert jam.answer.question == "Who likes jam?"
        assert exchanges.chain(why.key, 8) == [jam, why]
        assert exchanges.last_in(FORUM, NEWS) == in_news
        assert exchanges.forget_before(1_790_000_100.0) == 3
        assert exchanges.by_message(ANN, 3) is None
        waiting = database.all("SELECT number FROM inbox")
        assert waiting == [(700000009,)]
        assert [
            update["message"]["text"] for update in Inbox(database, lambda: 1_790_000_020.0).unfinished()
        ] == ["Do wolves like jam?"]


def test_a_message_of_an_answer_that_is_gone_does_not_stop_a_change_of_format(tmp_path: Path) -> None:
    path = database_of(2, tmp_path / "bot.db")
    with closing(sqlite3.connect(path)) as earlier:  # without foreign keys
        earlier.execute("DELETE FROM exchanges WHERE number = 1")
        earlier.commit()
    with closing(Database(path)) as database:
        assert database.all("SELECT message FROM messages ORDER BY message") == [(5,), (6,)]


def test_what_a_later_version_kept_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    Database(path).close()
    with closing(sqlite3.connect(path)) as later:
        later.execute("PRAGMA user_version=99")
    before = path.read_bytes()
    with pytest.raises(StateError, match="isn't from this version"):
        Database(path)
    assert path.read_bytes() == before


def damaged(path: Path, what: str) -> str:
    return (
        f"{path} is damaged: {what}. Restore a backup of it, or move it away to start afresh: "
        "that loses settings and buttons under old answers, but no articles."
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"", "it is empty"), (b"S", "file is not a database"), (bytes(9000), "file is not a database")],
)
def test_what_is_no_database_is_not_taken_for_a_new_one(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(data)
    with pytest.raises(StateError) as caught:
        Database(path)
    assert str(caught.value) == damaged(path, what)
    assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_that_is_gone_but_for_its_journal_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "bot.db-journal").write_bytes(b"what was there before")
    with pytest.raises(StateError) as caught:
        Database(tmp_path / "bot.db")
    what = "it is gone, and only bot.db-journal is left"
    assert str(caught.value) == damaged(tmp_path / "bot.db", what)


def test_an_empty_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("VACUUM")
    before = path.read_bytes()
    with pytest.raises(StateError, match="isn't from this version"):
        Database(path)
    assert path.read_bytes() == before != b""


def test_every_zeroed_page_is_found_at_the_start(tmp_path: Path) -> None:
    path = database_of(2, tmp_path / "bot.db")
    Database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")  # no page is free
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    whole = path.read_bytes()
    for page in range(len(whole) // size):
        harmed = whole[: page * size] + bytes(size) + whole[(page + 1) * size :]
        path.write_bytes(harmed)
        with pytest.raises(StateError, match="is damaged: "):
            Database(path)
        assert path.read_bytes() == harmed
    assert [file.name for file in tmp_path.iterdir()] == ["bot.db"]


def test_an_index_that_disagrees_with_its_table_is_damage(tmp_path: Path) -> None:
    path = database_of(2, tmp_path / "bot.db")
    Database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
            " WHERE name = 'exchanges_by_place') WHERE name = 'exchanges_by_question'"
        )
        connection.commit()
    with pytest.raises(StateError, match="is damaged: "):
        Database(path)


@pytest.mark.parametrize(
    ("format_version", "fault"),
    [(2, "no such table: inbox"), (schema.FORMAT_VERSION, "inbox is missing or different")],
)
def test_a_table_that_is_gone_is_damage(format_version: int, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    if format_version == schema.FORMAT_VERSION:
        Database(path).close()
    else:
        database_of(format_version, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE inbox")
        connection.commit()
    with pytest.raises(StateError) as caught:
        Database(path)
    assert str(caught.value) == damaged(path, fault)


def test_a_damaged_name_is_repeated_in_one_line(tmp_path: Path) -> None:
    path = database_of(2, tmp_path / "bot.db")
    Database(path).close()
    data = path.read_bytes()
    for damage in (b"CREATE TABL\xc9 chats", b"CREATE\nTABLE\x01 chats"):
        path.write_bytes(data.replace(b"CREATE TABLE chats", damage[:18]))
        with pytest.raises(StateError, match=r"is damaged: .+\. Restore a backup of it") as caught:
            Database(path)
        assert str(caught.value).isprintable()


def test_damaged_rows_are_counted_at_the_start(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = database_of(2, tmp_path / "bot.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE exchanges SET given = '{' WHERE number < 3")
        connection.execute("UPDATE inbox SET body = CAST(x'ff00' AS TEXT)")
        connection.commit()
    Database(path).close()
    assert caplog.messages == [
        f"{path}: {count} rows of {table} are damaged and left out; if it's more than a few, restore a backup"
        for table, count in (("exchanges", 2), ("inbox", 1))
    ]


def full() -> sqlite3.Error:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def test_a_database_is_whole_from_the_moment_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bot.db"

    def fail(*_: object) -> None:
        assert not path.exists()
        raise full()

    monkeypatch.setattr(schema, "_lay_out", fail)
    with pytest.raises(StateError) as caught:
        Database(path)
    assert str(caught.value) == f"The disk is full, so {path} can't be written. Make room on it."
    assert list(tmp_path.iterdir()) == []
