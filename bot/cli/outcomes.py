"""What became of files and addresses, told in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import Progress

from index.program import NAME

if TYPE_CHECKING:
    from index.ingest.ingest import Outcome
    from index.ingest.refresh import Refreshed
    from index.types import ArticleInfo


NEAR_DUPLICATES_TOLD = 3


def tell_outcome(progress: Progress, outcome: Outcome) -> None:
    """Print what was added or replaced, or what went wrong, above the bar where there is one.

    Where its reader is a program, what was done goes to stdout.
    """
    console = progress.console
    if outcome.error:
        console.print(f"{NAME}: {outcome.error}", markup=False, highlight=False, soft_wrap=True)
    elif outcome.did != "unchanged" and console.is_terminal:
        console.print(_line(outcome), markup=False, highlight=False, soft_wrap=True)
    elif outcome.did != "unchanged":
        print(_line(outcome), flush=True)


def tell_refreshed(progress: Progress, done: Refreshed) -> None:
    """Print what changed of an article that was read again, or why it was not read."""
    outcome, console = done.outcome, progress.console
    if outcome and outcome.error:
        console.print(f"{NAME}: {outcome.error}", markup=False, highlight=False, soft_wrap=True)
        return
    if outcome is None:
        line = f"left {line_of(done.article)}: its file is not at hand"
    elif outcome.article and outcome.did == "replaced":
        line = f"replaced {line_of(outcome.article)}: {', '.join(done.changed)}"
    else:
        return
    if console.is_terminal:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    else:
        print(line, flush=True)


def summary_of(counts: dict[str, int], library: str) -> str:
    """Say what a run did, in one line, from how much of it was added, replaced, unchanged and failed."""
    if counts["added"] == counts["replaced"] == counts["failed"] == 0:
        return f"Nothing to do: {counted(counts['unchanged'], 'article')} in {library}, unchanged."
    done = [f"{count} {what}" for what, count in counts.items() if count]
    return f"{library}: {', '.join(done)}."


def counted(count: int, what: str) -> str:
    """Write a count with its word: 1 article, 2 articles."""
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def shown(text: str) -> str:
    """Make ``text`` safe for a terminal: a file's name may hold what moves the cursor, or ends the line."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )


def line_of(info: ArticleInfo) -> str:
    """Write an article as a line: id, title, source."""
    return f"{info.id}  {shown(info.title)}  ({shown(info.source)})"


def _line(outcome: Outcome) -> str:
    """Say what was done, and below it name each article that says nearly the same."""
    assert outcome.article is not None  # noqa: S101 - only what failed, or did not change, has none
    article = outcome.article
    line = f"{outcome.did} {article.id}  {shown(article.title)} ({counted(outcome.passages, 'passage')})"
    near_duplicates = [
        f"    has a lot in common with {line_of(copy)}"
        for copy in outcome.near_duplicates[:NEAR_DUPLICATES_TOLD]
    ]
    if len(outcome.near_duplicates) > NEAR_DUPLICATES_TOLD:
        near_duplicates.append(f"    and with {len(outcome.near_duplicates) - NEAR_DUPLICATES_TOLD} more")
    return "\n".join([line, *near_duplicates])
