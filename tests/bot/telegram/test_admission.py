"""What is decided of an update as it arrives, before anything is done for it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from telegram import Message, Update
from telegram.ext import CallbackContext

from bot.chat import article_texts, texts
from bot.telegram.admission import Admission
from bot.telegram.handlers.routing import by_purpose
from bot.telegram.messages.addressing import Addressed, Ignored, address
from bot.telegram.services import Services
from tests.bot.fakes import article
from tests.bot.telegram.conftest import JAM, Telegram
from tests.standin.people import in_group, in_topic, message, update

PHOTO: dict[str, Any] = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}


async def test_of_a_flood_of_questions_a_few_are_answered_and_one_is_told_so(telegram: Telegram) -> None:
    said = [await telegram.texts(message("Who likes jam?")) for _ in range(400)]
    too_many = texts.too_many_questions(10)
    assert said == [*[[JAM]] * 5, [too_many], *[[]] * 394]
    assert len(telegram.answerer.asked) == 5


async def test_of_a_flood_of_commands_and_greetings_too(telegram: Telegram) -> None:
    said = Counter[str]()
    for number in range(400):
        written = ("/help", "hello", "/articles", "/start", "/settings", "/nonsense", "thanks")[number % 7]
        said.update(await telegram.texts(message(written)))
    assert said.pop(texts.too_much(2)) == 1
    assert said.total() == 10


async def test_a_flood_in_a_group_is_one_persons_and_stops_nobody_else_there(telegram: Telegram) -> None:
    mallory = {"id": 66, "is_bot": False, "first_name": "Mallory"}
    asked = in_group("/ask who likes jam?", **{"from": mallory})
    flood = [await telegram.texts({**asked, "message_id": 1000 + number}) for number in range(100)]
    assert [len(said) for said in flood] == [1] * 6 + [0] * 94
    assert await telegram.texts(in_group("/ask who likes jam?")) == [JAM]


async def test_what_is_not_for_the_bot_is_not_counted(telegram: Telegram) -> None:
    for _ in range(400):
        assert await telegram.texts(in_group("Nice weather.")) == []
    assert await telegram.texts(in_group("/ask who likes jam?")) == [JAM]


async def test_who_is_not_listed_is_told_so_a_few_times_only(tmp_path: Path) -> None:
    telegram = Telegram(tmp_path, article(), users=[6], chats=[-100_456])
    async with telegram.bot:
        said = Counter[str]()
        for _ in range(100):
            said.update(await telegram.texts(message("hello")))
            assert await telegram.texts(in_group("/ask who likes jam?")) == []
    assert said == {texts.not_admitted_person(5): 10, texts.too_much(2): 1}
    telegram.answering.close()
    telegram.database.close()


async def test_an_album_counts_as_one(telegram: Telegram) -> None:
    for album in ("m1", "m2"):
        said = [await telegram.texts(message(**PHOTO, media_group_id=album)) for _ in range(10)]
        assert said == [[texts.MEDIA], *[[]] * 9]


@pytest.mark.parametrize(
    ("text", "is_addition"),
    [
        ("/add", True),
        ("/ADD@verbatim_bot", True),
        ("https://forest.example/jam", True),
        ("/address", False),
        ("Who likes jam?", False),
    ],
)
async def test_what_adds_an_article_is_known_when_it_arrives(
    telegram: Telegram, text: str, is_addition: bool
) -> None:
    admission = Admission(telegram.services)
    arriving = update(**message(text))
    assert admission.admits(Update.de_json(arriving, telegram.bot.bot))
    assert admission.is_addition(arriving["update_id"]) is is_addition


@pytest.mark.parametrize("written", [message("Who likes jam?"), message("/help"), in_group("Good morning")])
async def test_a_message_is_read_once(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch, written: dict[str, Any]
) -> None:
    read: list[Message] = []

    def reading(message: Message, *rest: Any, **more: Any) -> Addressed | Ignored:
        read.append(message)
        return address(message, *rest, **more)

    monkeypatch.setattr("bot.telegram.services.address", reading)
    await telegram.bring(written)
    assert len(read) == 1


async def test_an_addition_that_is_too_much_waits_where_additions_do(telegram: Telegram) -> None:
    admission = Admission(telegram.services)
    limit = telegram.services.settings.person_additions_an_hour
    arriving = [update(**message("https://forest.example/jam")) for _ in range(limit + 1)]
    assert all(admission.admits(Update.de_json(one_more, telegram.bot.bot)) for one_more in arriving)
    last = arriving[-1]["update_id"]
    assert (admission.is_too_much(last), admission.is_addition(last)) == (True, True)
    assert admission.take_reply(last) == article_texts.too_many_additions(60.0)
    assert (admission.is_too_much(last), admission.is_addition(last)) == (False, False)


async def test_what_cannot_be_counted_is_answered_all_the_same(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError("counting broke")

    monkeypatch.setattr(telegram.services.questions, "take", fail)
    assert await telegram.texts(message("Who likes jam?")) == [JAM]
    assert await telegram.texts(in_group("Good morning")) == []
    assert "cannot be judged: ValueError" in caplog.text


@pytest.mark.parametrize("is_still_free", [True, False])
async def test_what_waits_in_a_topic_that_is_free_no_more_is_not_answered(
    telegram: Telegram, is_still_free: bool
) -> None:
    services = telegram.services
    services.state.set_free(-100_456, 40, is_free=True)
    admission, said = Admission(services), update(**in_topic("Who likes jam?", topic=40))
    arriving = Update.de_json(said, telegram.bot.bot)
    assert admission.admits(arriving)
    services.state.set_free(-100_456, 40, is_free=is_still_free)
    asked: list[Addressed] = []

    async def ask(_services: Services, _message: Message, to_us: Addressed) -> None:
        asked.append(to_us)

    await by_purpose(services, admission, {"ask": ask}, arriving, CallbackContext(telegram.bot))
    assert asked == ([Addressed("ask", "Who likes jam?")] if is_still_free else [])
