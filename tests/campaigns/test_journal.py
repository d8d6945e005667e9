"""A campaign that was stopped tries again only what was not tried to its end."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.campaigns.journal import Journal, Outcome


def test_what_was_tried_is_not_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    tried = []

    def trying(name: str) -> Outcome:
        tried.append(name)
        return {"did": name.upper(), "took_s": 0.5}

    for stop in (2, 3):
        journal = Journal(path)
        for name in ("a", "b", "c")[:stop]:
            assert journal.run(name, partial(trying, name)) == {"did": name.upper(), "took_s": 0.5}
    assert tried == ["a", "b", "c"]
    assert list(Journal(path).outcomes) == ["a", "b", "c"]


def test_a_line_that_was_cut_is_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    journal = Journal(path)
    journal.add("a", {"fine": True})
    journal.add("b", {"fine": True})
    path.write_bytes(path.read_bytes()[:-5])
    again = Journal(path)
    assert again.outcomes == {"a": {"fine": True}}
    assert again.run("b", lambda: {"fine": False}) == {"fine": False}
    assert Journal(path).outcomes == {"a": {"fine": True}, "b": {"fine": False}}


def test_without_a_file_it_remembers_as_long_as_it_lives() -> None:
    journal = Journal()
    journal.add("a", {})
    assert journal.run("a", lambda: {"tried": "again"}) == {}
