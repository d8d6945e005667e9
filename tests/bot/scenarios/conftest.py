"""The bot as a process with the real models, at a stand-in for Telegram's server; one for all scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.settings import IndexSettings
from index.store.paths import library_path
from index.types import Embedder
from tests.bot.scenarios.libraries import embedder_of, fill
from tests.bot.scenarios.page import on_the_page as on_the_page
from tests.bot.scenarios.page import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.bot.scenarios.page import pytest_deselected as pytest_deselected
from tests.bot.scenarios.page import pytest_runtest_makereport as pytest_runtest_makereport
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.process import ROOT, BotProcess, UnpacedBot
from tests.standin.telegram import Telegram


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real one, to write libraries with."""
    return embedder_of(IndexSettings().embedder)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample article and those about Osterwick in its library."""
    made = tmp_path_factory.mktemp("scenarios")
    config = made / "config.toml"
    config.touch()
    ours = sorted((ROOT / "tests" / "files" / "scenarios").glob("*.md"))
    sample = ROOT / "articles" / "2022-03-18-blinken-china-russia.md"
    fill(library_path(made / "data", "main"), [sample, *ours], config)
    return made


@pytest.fixture(scope="session")
def telegram() -> Iterator[Telegram]:
    """The server; at its end, the bot has sent nothing that Telegram would not take."""
    with Telegram() as server:
        yield server
        assert server.refused == []


@pytest.fixture(scope="session")
def bot(folder: Path, telegram: Telegram) -> Iterator[BotProcess]:
    """The bot, ready."""
    with UnpacedBot(folder, telegram.url) as process:
        process.wait_for_line("ready: ")
        yield process
        process.send()
        assert process.exit_code() == 0
        assert "Traceback" not in process.output


@pytest.fixture
def ann(telegram: Telegram, bot: BotProcess) -> Person:  # noqa: ARG001  # a play needs the bot
    """She owns the groups."""
    return telegram.person("Ann")


@pytest.fixture
def ben(telegram: Telegram) -> Person:
    """A member of them."""
    return telegram.person("Ben")


@pytest.fixture
def readers(telegram: Telegram, ann: Person, ben: Person) -> Group:
    """A group of the two."""
    return telegram.group("Readers", ann, ben)


@pytest.fixture
def forum(telegram: Telegram, ann: Person, ben: Person) -> Group:
    """A group with topics."""
    return telegram.group("Forum", ann, ben, is_forum=True)
