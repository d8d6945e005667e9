"""A conversation: an answer a line, and a reason for what cannot be asked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.cli.converse import PROMPT, _typed, converse, open_searches
from index.config import load_config
from index.errors import LibraryDamagedError, LibraryMissingError, LibraryNameError
from index.search import SqliteLibraries
from retrieval.answerer import Answerer
from retrieval.answers import Answer
from retrieval.conversation import Conversation
from retrieval.parser import load_parser
from retrieval.settings import RetrievalSettings
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch

BEARS = make_article("Bears like jam.", "bears.md", title="Bears")
CONFIG = '[index]\nembedder = "fake"\npassage_tokens = 40\n'


def test_what_cannot_be_asked_gets_its_reason_and_the_conversation_goes_on(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS)
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())
    out = io.StringIO()
    lines = ["hi", "🦔", "x" * 1001, "Who likes jam?", "Who won?", "Thanks!"]
    converse(lambda question, _: answerer.ask(question, [search]), lines, out)
    assert out.getvalue() == (
        "Hello! Ask a question about the articles, or try “What is this about?” or “Which "
        "articles do you have?”.\n\nPlease write your question in words.\n\nThat's too long for "
        "a question (1,001 characters; 1,000 at most). Please shorten it.\n\n▎ Bears like "
        "jam.\n— Bears · ¶ 1\n\nI found nothing about that in these articles. Ask “Which "
        "articles do you have?” to see what you can ask about.\n\nYou're welcome!\n\n"
    )


def test_a_question_goes_on_with_the_one_before_it(make_search: MakeSearch) -> None:
    search = make_search("main", make_article("Honey feeds Winnie. Jam feeds Paddington.", "food.md"))
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings(), load_parser())
    out = io.StringIO()
    converse(
        lambda question, before: answerer.ask(question, [search], conversation=before),
        ["Who feeds Paddington?", "and Winnie?"],
        out,
    )
    assert (
        out.getvalue().split("\n\n")[1].startswith("Understood as: Who feeds Winnie?\n▎ Honey feeds Winnie.")
    )


def test_a_library_that_breaks_meanwhile_does_not_end_the_conversation() -> None:
    def broken(question: str, _: Conversation) -> Answer:
        raise LibraryDamagedError(f"{question} is no library")

    out = io.StringIO()
    converse(broken, ["one", "two"], out)
    assert out.getvalue() == "one is no library\n\ntwo is no library\n\n"


def test_a_mistake_of_ours_is_not_taken_for_an_answer() -> None:
    def wrong(question: str, _: Conversation) -> Answer:
        raise ZeroDivisionError(question)

    with pytest.raises(ZeroDivisionError):
        converse(wrong, ["one"], io.StringIO())


def test_every_library_that_is_named_has_to_be_there(make_search: MakeSearch, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'data_dir = "data"\n{CONFIG}')
    (tmp_path / "data").mkdir()
    make_search("main", BEARS)
    (tmp_path / "libraries").rename(tmp_path / "data" / "libraries")
    opened = SqliteLibraries(load_config(tmp_path / "config.toml"))
    assert [search.name for search in open_searches(opened, ["main"])()] == ["main"]
    with pytest.raises(LibraryMissingError, match=r"^There's no library other yet\. "):
        open_searches(opened, ["main", "other"])
    with pytest.raises(LibraryNameError):
        open_searches(opened, ["main", "../main"])
    opened.close()


def test_the_library_of_a_chat_is_asked_beside_those_that_are_there(
    make_search: MakeSearch, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(f'data_dir = "data"\n{CONFIG}')
    make_search("main", BEARS)
    make_search("-100123", BEARS)
    chats = tmp_path / "data" / "libraries" / "chats"
    chats.mkdir(parents=True)
    (tmp_path / "libraries" / "-100123.db").rename(chats / "-100123.db")
    opened = SqliteLibraries(load_config(tmp_path / "config.toml"))
    assert [search.name for search in open_searches(opened, ["main"], -100123)()] == ["chats/-100123"]
    (tmp_path / "libraries" / "main.db").rename(chats.parent / "main.db")
    names = [search.name for search in open_searches(opened, ["main"], -100123)()]
    assert names == ["chats/-100123", "main"]
    with pytest.raises(LibraryMissingError, match=r"^There's no library chats/5 yet\. "):
        open_searches(opened, ["main"], 5)
    opened.close()


class Keyboard(io.StringIO):
    """Standard input where somebody types."""

    def isatty(self) -> bool:
        """It is."""
        return True


@pytest.mark.parametrize("end", ["", EOFError])
def test_an_empty_line_or_the_end_of_input_ends_what_is_typed(
    end: str | type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["Who? ", " When?", end, "Never read"])

    def type_in(prompt: str) -> str:
        assert prompt == PROMPT
        line = next(typed)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr("builtins.input", type_in)
    assert list(_typed(Keyboard())) == ["Who?", "When?"]
    assert capsys.readouterr().out == ("" if end == "" else "\n")  # the shell's prompt begins a new line


def test_from_a_pipe_blank_lines_are_passed_over() -> None:
    assert list(_typed(io.StringIO("Who?\n\n  \n When? \nWhy?"))) == ["Who?", "When?", "Why?"]
