"""A conversation in the terminal, or answers line by line from a pipe."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from bot.cli.terminal import to_text
from index.command_line import spinner
from index.config import Config
from index.errors import AppError
from index.library_name import library_names
from index.protocols import Libraries, Search
from index.stores import open_libraries
from retrieval.answers import Answer
from retrieval.conversation import EMPTY, Conversation

PROMPT = "? "


def converse_in_terminal(config: Config, libraries: Sequence[str], chat_id: int | None = None) -> None:
    """Answer what is typed until the input ends. Raises what loading the models or a library raises."""
    opened = open_libraries(config)
    searches = open_searches(opened, libraries, chat_id)
    with spinner("loading the models"):
        from retrieval import Answerer

        answerer = Answerer.load(config)
    if sys.stdin.isatty():
        print("Ask about the articles. To stop, enter an empty line or press Ctrl-D.")
    converse(
        lambda question, before: answerer.ask(question, searches(), conversation=before),
        _typed(sys.stdin),
        sys.stdout,
    )
    opened.close()


def open_searches(
    opened: Libraries, names: Sequence[str], chat_id: int | None = None
) -> Callable[[], list[Search]]:
    """Return what opens a chat's own library, if one is named, and those of ``names``, each time anew.

    Raises now, and then, if one of them is missing; beside a chat's own, no other has to be there.
    """

    def searches() -> list[Search]:
        if chat_id is None:
            return [opened.searches(library_names([name]))[0] for name in names]
        own = opened.searches(library_names([], chat_id))
        return [*own, *opened.searches(library_names(names, chat_id))[1:]]

    searches()
    return searches


def converse(answer_of: Callable[[str, Conversation], Answer], lines: Iterable[str], out: TextIO) -> None:
    """Write the answer to each line, understood from those before it.

    What cannot be asked gets its reason; the conversation goes on.
    """
    width = min(100, shutil.get_terminal_size().columns)
    conversation = EMPTY
    for line in lines:
        try:
            answer = answer_of(line, conversation)
            conversation = conversation.followed_by(answer)
            text = to_text(answer, width=width, bold=out.isatty())
        except AppError as error:
            text = str(error)
        print(f"{text}\n", file=out, flush=True)


def _typed(lines: TextIO) -> Iterable[str]:
    if not lines.isatty():
        yield from (line.strip() for line in lines if line.strip())
        return
    while True:
        try:
            line = input(PROMPT).strip()
        except EOFError:
            print()
            return
        if not line:
            return
        yield line
