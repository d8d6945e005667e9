"""The bot inside the test, at the stand-in for Telegram's server, with models and articles of choice.

    with Telegram() as telegram, Inside(telegram, folder, FakeAnswerer, FakeLibraries(article())):
        assert telegram.person("Ann").says("Who likes jam?").answer()["text"].startswith("Bears like jam.")

No message waits for its turn there; for that, and for how the bot starts and stops, there is BotProcess.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self

from bot.chat import Answering
from bot.chat.protocols import AnswererLike
from bot.errors import BotError
from bot.settings import BotSettings
from bot.store import Database
from bot.telegram.application import Bot, build, run
from index.documents.web.fetcher import Fetcher
from index.protocols import Libraries
from tests.bot.fakes import unpaced
from tests.patience import PATIENT_S
from tests.standin.telegram import Telegram

AT_EASE: dict[str, Any] = {
    f"{who}_{what}at_once": 10_000 for who in ("person", "chat") for what in ("", "commands_")
} | {"free_megabytes": 0}
"""People may ask as much as they like, and add as long as the disk takes it."""


class Inside:
    """A running bot, which ends with its block; ``settings`` are those of its table [bot]."""

    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None

    def __init__(
        self,
        telegram: Telegram,
        folder: Path,
        load: Callable[[], AnswererLike],
        libraries: Libraries,
        *,
        fetch_hosts: Collection[str] = (),
        **settings: Any,
    ) -> None:
        self._telegram = telegram
        self._folder = folder
        self._load = load
        self._libraries = libraries
        self._fetcher = Fetcher(fetch_hosts)
        self.settings = BotSettings(api_url=telegram.url, **{**AT_EASE, **settings})
        self._started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        self.error: BotError | None = None
        """Why it ended, if it was not asked to."""
        self._thread = threading.Thread(target=self._run, name="bot")

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.result(PATIENT_S)
        return self

    def __exit__(self, *_: object) -> None:
        loop, stop = self._started.result()
        if self._thread.is_alive():
            loop.call_soon_threadsafe(stop.set)
        self._thread.join(PATIENT_S)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._thread.is_alive()

    def build(self, answering: Answering, database: Database) -> Bot:
        """Make the application."""
        return build(
            self._telegram.token,
            self.settings,
            answering,
            database,
            quotes=3,
            pacer=unpaced(),
            fetcher=self._fetcher,
        )

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=self.loop_factory) as runner:
                runner.run(self._serve())
        except BotError as error:
            self.error = error
        except BaseException as error:
            if not self._started.done():
                self._started.set_exception(error)
            raise

    async def _serve(self) -> None:
        answering = Answering(self._load, self._libraries, self.settings.libraries)
        database = Database(self._folder / "bot.db")
        database.all("PRAGMA synchronous = OFF")  # no test here cuts the power, and a disk takes its time
        try:
            application = self.build(answering, database)
            stop = asyncio.Event()
            self._started.set_result((asyncio.get_running_loop(), stop))
            await run(application, self.settings, answering, stop)
        finally:
            database.close()
