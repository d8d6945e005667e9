"""At single points: what a person sees who wrote just before the bot died there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.kills import CrashingBot
from tests.crash.town import question_about, sentence_of
from tests.standin.said import Said
from tests.standin.telegram import Telegram

BEHIND_THE_ARTICLE = ("article committed", "planned, not committed", "confirmed")


def any_says(said: list[Said], words: str) -> bool:
    return any(words in (message.now() or {}).get("text", "") for message in said)


@pytest.mark.parametrize("point", BEHIND_THE_ARTICLE)
def test_an_article_that_is_in_is_called_added_once(point: str, tmp_path: Path) -> None:
    with Telegram() as telegram:
        ann = telegram.person("Ann")
        # What is planned and confirmed first in this chat is that the article is in.
        sent = ann.sends_file(sentence_of("Vex1x").encode(), "vex.txt", "text/plain")
        with CrashingBot(tmp_path, telegram.url, f"{point}:1") as bot:
            assert bot.exit_code() == -9
        with CrashingBot(tmp_path, telegram.url):
            telegram.wait_for(lambda: any_says(sent.answers(), "Added: "))
            assert "Vex1x" in ann.says(question_about("Vex1x")).answer()["text"]
        assert len(telegram.sent(ann.id)) == 2  # the word about the article, once, and the answer
