"""The table [bot]."""

from pathlib import Path

import pytest
from telegram.constants import ChatID

from bot.settings import STAND_INS, BotSettings
from index.config import load_config
from index.errors import ConfigError


def settings(tmp_path: Path, text: str) -> BotSettings:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path).section("bot", BotSettings)


def test_defaults(tmp_path: Path) -> None:
    assert settings(tmp_path, "") == BotSettings(libraries=["main"], api_url="https://api.telegram.org")


def test_another_server(tmp_path: Path) -> None:
    assert settings(tmp_path, '[bot]\napi_url = "http://127.0.0.1:8081/"').api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('api_url = "api.telegram.org"', "api_url"),
        ('api_url = "ftp://api.telegram.org"', "api_url"),
        ('api_url = "https://"', "api_url"),
        ('api_url = "https://u:p@example.org"', "api_url"),
        ("api_url = 8081", "api_url"),
        ("libraries = []", "libraries"),
        ('libraries = ["../x"]', "libraries"),
        ('libraries = "main"', "libraries"),
        ('librarys = ["main"]', "librarys"),
        ("operators = [5, 1087968824]", "operators"),
        ("users = [777000]", "users"),
    ],
)
def test_what_cannot_be_is_refused_by_name(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(ConfigError, match=rf"\[bot\].* {named}"):
        settings(tmp_path, f"[bot]\n{line}")


def test_telegrams_own_accounts_are_nobody_to_be_listed() -> None:
    assert set(ChatID) == STAND_INS
