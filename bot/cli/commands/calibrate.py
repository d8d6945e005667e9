"""The two thresholds of a library, from its owner's own questions."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import ChatOption, ConfigOption, LibraryOption, check_one_named
from index.command_line import make_progress, spinner
from index.config import DEFAULT_PATH, load_config
from index.settings import IndexSettings
from retrieval.settings import RetrievalSettings

WIDEST = 100  # columns


def calibrate(
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS.jsonl", help="A file with one question per line.")
    ],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    write: Annotated[
        bool, typer.Option("--write", help="Save the chosen values in the configuration.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Choose both thresholds, using questions with known answers.

    They are min_relevance and min_answers in the configuration.
    """
    check_one_named(library, chat)
    values = load_config(config)
    index, settings = values.section("index", IndexSettings), values.section("retrieval", RetrievalSettings)
    from index.library_name import library_names
    from index.stores import open_libraries
    from retrieval.evaluation.calibration import change_of, never_refusing, outcome_of, write_thresholds
    from retrieval.evaluation.known_questions import KnownQuestionsError, read_known_questions
    from retrieval.evaluation.thresholds import Thresholds, choose_thresholds
    from retrieval.evaluation.trade_off import to_text

    known = read_known_questions(questions)
    libraries = open_libraries(values)
    search = libraries.searches(library_names([library] if chat is None else [], chat))[0]
    with spinner("loading the models"):
        from index.models import load_embedder
        from retrieval import Answerer
        from retrieval.read import load_reader

        answerer = Answerer(
            load_embedder(index.embedder), load_reader(settings.reader), never_refusing(settings)
        )
    with make_progress() as progress:
        asking = progress.track(known, description="asking")
        outcomes = [outcome_of(question, answerer, search) for question in asking]
    libraries.close()
    if not any(outcome.is_right for outcome in outcomes):
        raise KnownQuestionsError(
            f"{questions}: no quote from {library} contains the expected words. Correct the words, or "
            "ask another library with --library."
        )
    current = Thresholds(settings.min_relevance, settings.min_answers)
    chosen = choose_thresholds(outcomes)
    print(to_text(outcomes, current, chosen, width=min(WIDEST, shutil.get_terminal_size().columns)))
    if write:
        path = config or DEFAULT_PATH
        write_thresholds(path, chosen)
        print(f"\n{path}:\n{change_of(current, chosen)}")
    else:
        print("\nNothing was saved. To save these values in the configuration, add --write.")
