"""The table of all subcommands, in the order in which ``--help`` lists them, each with an example."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperCommand

from bot.cli.commands import (
    add,
    ask,
    bot,
    browse,
    calibrate,
    evaluate,
    speakers,
    transfer,
    upkeep,
    weights,
)
from index.program import program

Command = tuple[str, Callable[..., None], str]
"""Its name, what it does, and the arguments of an example."""

COMMANDS: Sequence[Command] = (
    ("add", add.add, "add articles"),
    ("watch", add.watch, "watch https://example.org/feed.xml --every 60"),
    ("list", browse.list_articles, "list --library main"),
    ("show", browse.show, "show 9ada0c192785"),
    ("stats", browse.stats, "stats"),
    ("libraries", browse.libraries, "libraries"),
    ("remove", upkeep.remove, "remove 9ada0c192785"),
    ("rebuild", upkeep.rebuild, "rebuild"),
    ("refresh", upkeep.refresh, "refresh"),
    ("verify", upkeep.verify, "verify --vectors"),
    ("export", transfer.export_, "export main.db"),
    ("import", transfer.import_, "import main.db --library copy"),
    ("backup", transfer.backup, "backup backups/monday"),
    ("ask", ask.ask, 'ask "What did China refuse to give Russian airlines?"'),
    ("speakers", speakers.list_speech, "speakers articles --speaker Blinken"),
    ("evaluate", evaluate.evaluate, "evaluate question-sets/news --limit 200"),
    ("calibrate", calibrate.calibrate, "calibrate questions.jsonl --write"),
)
OF_WEIGHTS: Sequence[Command] = (
    ("fill", weights.fill, "weights fill ~/weights"),
    ("check", weights.check, "weights check"),
)
OF_BOT: Sequence[Command] = (
    ("set-aside", bot.set_aside, "bot set-aside"),
    ("left", bot.left, "bot left"),
)


class PlainCommand(TyperCommand):
    """A command whose help names its arguments as they are typed: ``ID``, not ``{ID}`` nor ``ID <str>``."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words of the usage line behind the command's name."""
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and the options, each with its help."""
        records: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                records[parameter.param_type_name].append(record)
        arguments = [(name.partition(" <")[0], help) for name, help in records["argument"]]
        for title, rows in (("Arguments", arguments), ("Options", records["option"])):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def _group(help: str, commands: Sequence[Command]) -> typer.Typer:
    """Make a command with subcommands."""
    group = typer.Typer(
        help=help,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,  # they would show local variables
        rich_markup_mode=None,
    )
    for name, command, example in commands:
        group.command(name, cls=PlainCommand, epilog=_example(example))(command)
    return group


def _example(arguments: str) -> str:
    return f"\b\nExample:\n  {program()} {arguments}"  # \b: click leaves its lines as they are


app = _group("Answer questions about articles in the articles' own words.", COMMANDS)
app.add_typer(_group("Copy and check the models' weights.", OF_WEIGHTS), name="weights")
_of_bot = _group("Run the bot in Telegram. Without TELEGRAM_BOT_TOKEN, ask in the terminal.", OF_BOT)
_of_bot.callback(invoke_without_command=True, no_args_is_help=False, epilog=_example("bot"))(bot.run_bot)
app.add_typer(_of_bot, name="bot")
