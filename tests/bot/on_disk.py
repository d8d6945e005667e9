"""The bot inside the test with its real files, bot.db and libraries, and with fake models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.config import Config
from index.search import SqliteLibraries
from retrieval.answerer import Answerer
from retrieval.settings import RetrievalSettings
from tests.bot.inside import Inside
from tests.fakes import CONFIGURATION, FakeEmbedder, FakeReader
from tests.standin.telegram import Telegram


def config_of(folder: Path) -> Config:
    """The configuration of a bot whose data folder is ``data`` in ``folder``."""
    configuration = {"embedder": CONFIGURATION.model, "passage_tokens": CONFIGURATION.passage_tokens}
    return Config(folder, folder / "data", {"index": configuration})


def answerer() -> Answerer:
    """One that finds and reads by the words that texts share."""
    return Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())


def on_disk(telegram: Telegram, folder: Path, **settings: Any) -> Inside:
    """A bot of which everything is real but its models and Telegram."""
    config = config_of(folder)
    return Inside(telegram, config.data_dir, answerer, SqliteLibraries(config), **settings)
