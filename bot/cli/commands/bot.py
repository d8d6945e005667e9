"""Running the bot in Telegram, or without a token a conversation in the terminal; and looking after it."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, NoReturn

import typer

from bot.chat import texts
from bot.cli.options import ConfigOption
from bot.errors import BotError, InUseError, SecondBotError
from bot.redaction import set_up_logging
from bot.settings import BotSettings
from index.config import Config, load_config
from index.errors import AppError
from index.settings import IndexSettings
from retrieval.settings import RetrievalSettings

TOKEN = "TELEGRAM_BOT_TOKEN"  # noqa: S105  # the variable's name
EXIT_CODES: Mapping[type[AppError], int] = MappingProxyType({InUseError: 3, SecondBotError: 4})
"""By which a service knows why the bot ended; 1 for every other error."""
EXIT_S = 9.5  # after a signal: an answer that hangs does not keep the process
_TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]+")


def run_bot(
    context: typer.Context,
    config: ConfigOption = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Log more, but never the token or what people write.")
    ] = False,
) -> None:
    """Run the bot in Telegram, with the token in TELEGRAM_BOT_TOKEN. Without a token, ask in the terminal.

    The bot runs until it is stopped, the conversation until its end.
    """
    if context.invoked_subcommand is not None:
        return
    token = os.environ.get(TOKEN, "").strip()
    try:
        settings_file = load_config(config)
        settings_file.section("index", IndexSettings)
        settings_file.section("retrieval", RetrievalSettings)
        settings = settings_file.section("bot", BotSettings)
        if token:
            set_up_logging(token, debug=debug)
            _run_bot(token, settings_file, settings)
        else:
            _converse(settings_file, settings)
    except AppError as error:
        typer.echo(str(error), err=True)
        _leave(next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), 1))
    _leave(0)


def set_aside(
    config: ConfigOption = None,
) -> None:
    """List the messages that the bot gave up on.

    It crashed each time it tried them. The list covers seven days. It shows numbers, chats and times, never
    what anyone wrote.
    """
    from bot.telegram.set_aside import listed

    path = load_config(config).data_dir / "bot.db"
    found = listed(path) if path.exists() else []
    print("\n".join(found) or "Nothing was set aside in the last seven days.")


def left(
    config: ConfigOption = None,
) -> None:
    """List the chats that removed the bot.

    For each it shows what is still stored, and when that will be deleted.
    """
    from bot.telegram.retention import listed as listed_left
    from index.stores import open_store

    values = load_config(config)
    found = listed_left(values.data_dir, values.section("bot", BotSettings).left_days, open_store(values))
    print("\n".join(found) or "Nothing is stored for chats that have removed the bot.")


def _converse(config: Config, settings: BotSettings) -> None:
    typer.echo(texts.WITHOUT_TELEGRAM, err=True)
    from bot.cli.converse import converse_in_terminal

    converse_in_terminal(config, settings.libraries)


def _run_bot(token: str, config: Config, settings: BotSettings) -> None:
    if not _TOKEN_FORM.fullmatch(token):
        raise BotError(texts.MALFORMED)
    from bot.store.data_lock import lock

    lock(config.data_dir)  # until the process ends
    asyncio.run(_serve(token, config, settings))


async def _serve(token: str, config: Config, settings: BotSettings) -> None:
    from bot.chat import Answering
    from bot.chat.protocols import AnswererLike
    from bot.store import Database
    from bot.telegram.application import SERVICES, build, run
    from index.documents.web.fetcher import Fetcher
    from index.stores import open_libraries

    def load() -> AnswererLike:
        from retrieval import Answerer

        return Answerer.load(config)

    answering = Answering(load, open_libraries(config), settings.libraries)
    database = Database(config.data_dir / "bot.db")
    quotes = config.section("retrieval", RetrievalSettings).quotes
    fetcher = Fetcher(config.section("index", IndexSettings).fetch_hosts)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    application = build(token, settings, answering, database, quotes=quotes, fetcher=fetcher)
    release = application.bot_data[SERVICES].inbox.release
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, stop, number, release)
    try:
        await run(application, settings, answering, stop)
    finally:
        database.close()


def _stop(stop: asyncio.Event, number: signal.Signals, release: Callable[[], None]) -> None:
    if stop.is_set():
        release()  # whoever is impatient says nothing against the messages that are in work
        _end_now(128 + number)
    stop.set()
    last = threading.Timer(EXIT_S, _end_now, [0])
    last.daemon = True
    last.start()


def _leave(code: int) -> NoReturn:
    """Exit, also while a thread still loads models or reads: the interpreter would wait for it."""
    others = [t for t in threading.enumerate() if t is not threading.main_thread() and not t.daemon]
    for thread in others:
        thread.join(0.5)
    if any(thread.is_alive() for thread in others):
        _end_now(code)
    raise typer.Exit(code)


def _end_now(code: int) -> NoReturn:
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
