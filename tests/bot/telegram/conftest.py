"""The bot with what its handlers do recorded, inside the test's own process."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.chat import Answering
from bot.settings import BotSettings
from bot.store import Database, State
from bot.telegram.application import SERVICES, Bot, build
from bot.telegram.services import Services
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article, unpaced
from tests.standin.people import update
from tests.standin.recording import RecordingRequest

TOKEN = "123456789:AAEhBP0av28fC2S-tHiS_is_nOt_a_tOkEn1"  # noqa: S105  # made up
JAM = "Bears like jam.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"


class Telegram:
    """The bot, and what it sent."""

    def __init__(self, folder: Path, *articles: Any, **settings: Any) -> None:
        self.request = RecordingRequest()
        self.answerer = FakeAnswerer()
        self.libraries = FakeLibraries(*articles)
        answering = Answering(lambda: self.answerer, self.libraries, ["main"])
        self.answering = answering
        self.database = Database(folder / "bot.db")
        self.state = State(self.database)
        self.bot: Bot = build(
            TOKEN,
            BotSettings(**settings),
            answering,
            self.database,
            quotes=3,
            request=self.request,
            pacer=unpaced(),
        )
        self.services: Services = self.bot.bot_data[SERVICES]

    async def bring(self, written: dict[str, Any], kind: str = "message") -> list[dict[str, Any]]:
        """What the bot sends when this arrives."""
        before = len(self.request.sent())
        await self.process(update(kind, **written))
        return self.request.sent()[before:]

    async def process(self, arriving: dict[str, Any]) -> None:
        """An update, whatever it holds."""
        self.services.inbox.take([arriving])
        parsed = Update.de_json(arriving, self.bot.bot)
        await self.bot.update_processor.process_update(parsed, self.bot.process_update(parsed))

    async def texts(self, written: dict[str, Any], kind: str = "message") -> list[str]:
        """The texts of it."""
        return [sent["text"] for sent in await self.bring(written, kind)]


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    """A bot that has read one article, with the limits of a fresh installation."""
    bot = Telegram(tmp_path, article())
    async with bot.bot:
        yield bot
    bot.answering.close()
    bot.database.close()
