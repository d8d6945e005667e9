"""python -m retrieval.calibrate QUESTIONS.jsonl: the two thresholds of a library, from its own questions.

The form of the file stands at ``retrieval.evaluation.known_questions``. Nothing is written without --write.
"""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import tomlkit
import typer
from tomlkit.exceptions import TOMLKitError

from index.cli import ChatOption, ConfigOption, LibraryOption, check_one_named, make_progress, run, waiting
from index.config import DEFAULT_PATH, load_config
from index.errors import ConfigError
from index.settings import IndexSettings
from retrieval.evaluation.thresholds import LOWEST, Outcome, Thresholds, choose_thresholds
from retrieval.settings import RetrievalSettings

if TYPE_CHECKING:
    from index.protocols import Search
    from retrieval.answerer import Answerer
    from retrieval.evaluation.known_questions import KnownQuestion

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
WIDEST = 100  # columns


@app.command()
def calibrate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="Questions, a line each.")],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    write: Annotated[bool, typer.Option("--write", help="Put them into the configuration.")] = False,
    config: ConfigOption = None,
) -> None:
    """Choose min_relevance and min_answers by questions whose answers are known."""
    check_one_named(library, chat)
    values = load_config(config)
    index, settings = values.section("index", IndexSettings), values.section("retrieval", RetrievalSettings)
    from index.library_name import library_names
    from index.search.libraries import Libraries
    from retrieval.evaluation.known_questions import KnownQuestionsError, read_known_questions
    from retrieval.evaluation.trade_off import to_text

    known = read_known_questions(questions)
    libraries = Libraries(values)
    search = libraries.searches(library_names([library] if chat is None else [], chat))[0]
    with waiting("loading the models"):
        from index.models.embedder import load_embedder
        from retrieval.answerer import Answerer
        from retrieval.read import load_reader

        answerer = Answerer(
            load_embedder(index.embedder), load_reader(settings.reader), never_refusing(settings)
        )
    with make_progress() as progress:
        outcomes = [outcome_of(one, answerer, search) for one in progress.track(known, description="asking")]
    libraries.close()
    if not any(outcome.is_right for outcome in outcomes):
        raise KnownQuestionsError(
            f"{questions}: no quote of {library} holds the words that it should; mend the words, or ask "
            "another library with --library."
        )
    current = Thresholds(settings.min_relevance, settings.min_answers)
    chosen = choose_thresholds(outcomes)
    print(to_text(outcomes, current, chosen, width=min(WIDEST, shutil.get_terminal_size().columns)))
    if write:
        path = config or DEFAULT_PATH
        write_thresholds(path, chosen)
        print(f"\n{path}:\n{change_of(current, chosen)}")
    else:
        print("\nNothing is written; --write puts them into the configuration.")


def never_refusing(settings: RetrievalSettings) -> RetrievalSettings:
    """``settings`` under which everything that is found is quoted."""
    return settings.model_copy(update={"min_relevance": LOWEST, "min_answers": LOWEST})


def outcome_of(known: KnownQuestion, answerer: Answerer, search: Search) -> Outcome:
    """What the first candidate of a question scores, and whether its quote is right.

    ``answerer`` never refuses.
    """
    from retrieval.evaluation import normal_form
    from retrieval.read import answer_score

    candidates = answerer.retrieve([known.question], [search])
    ranked = answerer.rerank([known.question], candidates.fused)
    if not ranked:
        return Outcome(known.words is not None, False, -math.inf, -math.inf)
    quotes = answerer.quoting.quotes(known.question, ranked, candidates)
    is_right = (
        known.words is not None
        and bool(quotes)
        and f" {normal_form(known.words)} " in f" {normal_form(quotes[0].text)} "
    )
    reading = ranked[0][1]
    return Outcome(known.words is not None, is_right, reading.relevance, answer_score(reading))


def write_thresholds(path: Path, chosen: Thresholds) -> None:
    """Set the two keys in the table [retrieval] of ``path``, leaving the rest of the file as it is.

    The file is replaced at once or not at all. Raises ConfigError when it cannot be.
    """
    place = path.resolve()  # where a link leads to
    try:
        document = tomlkit.parse(place.read_text(encoding="utf-8")) if place.exists() else tomlkit.document()
        table = document.setdefault("retrieval", tomlkit.table())
        table["min_relevance"] = chosen.min_relevance
        table["min_answers"] = chosen.min_answers
        _replace(place, tomlkit.dumps(document))
    except (OSError, TOMLKitError) as error:
        raise ConfigError(f"{path} cannot be written: {error}; set the two values by hand.") from None


def change_of(current: Thresholds, chosen: Thresholds) -> str:
    """The two values before and after, a line each."""
    return (
        f"  min_relevance: {current.min_relevance} → {chosen.min_relevance}\n"
        f"  min_answers: {current.min_answers} → {chosen.min_answers}"
    )


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


if __name__ == "__main__":
    run(app, "python -m retrieval.calibrate")
