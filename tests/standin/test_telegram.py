"""The stand-in itself, asked by aiogram's client: the server, its updates and its faults."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, Update
from aiohttp import ClientSession

from tests.patience import PATIENT_S
from tests.standin import gate
from tests.standin.client import client
from tests.standin.groups import Group
from tests.standin.loopback import TOKEN
from tests.standin.methods import Delay, Dropped
from tests.standin.persons import Person
from tests.standin.refusals import Refusal, bad, too_many
from tests.standin.specification import Specification
from tests.standin.telegram import Telegram


async def until_it_polls(telegram: Telegram) -> None:
    """Return once somebody waits at the line for updates."""
    await asyncio.to_thread(telegram.wait_for, lambda: telegram.methods.updates.is_polled)


async def test_it_is_the_bot_that_its_token_says(bot: Bot, telegram: Telegram) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.can_read_all_group_messages) == (123_456_789, "verbatim_bot", False)
    async with client(telegram, TOKEN[:-1] + "X") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_an_update_comes_again_until_its_successor_is_asked_for(bot: Bot, ann: Person) -> None:
    ann.says("one")
    ann.says("two")
    first = await bot.get_updates(limit=1)
    again = await bot.get_updates(limit=1)
    assert [first[0].message.text, again[0].message.text] == ["one", "one"]  # type: ignore[union-attr]
    later = await bot.get_updates(offset=first[0].update_id + 1)
    assert [update.message and update.message.text for update in later] == ["two"]
    assert await bot.get_updates(offset=later[0].update_id + 1) == []


async def test_a_poll_waits_for_what_comes(bot: Bot, ann: Person, telegram: Telegram) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await until_it_polls(telegram)
    assert not polling.done()
    await asyncio.to_thread(ann.says, "at last")
    (update,) = await asyncio.wait_for(polling, PATIENT_S)
    assert update.message is not None
    assert update.message.text == "at last"


async def test_the_second_poller_ends_the_first(bot: Bot, telegram: Telegram) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await until_it_polls(telegram)
    async with client(telegram) as second:
        assert await second.get_updates() == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await polling


async def test_unwanted_kinds_do_not_arrive(bot: Bot, ann: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    said = ann.says("one")
    ann.edits(said, "two")
    (update,) = await bot.get_updates()
    assert update.message is not None
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=["edited_message"])
    ann.edits(said, "three")
    (edited,) = await bot.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "three"


async def test_faults_come_as_ordered(bot: Bot, telegram: Telegram, ann: Person) -> None:
    ann.says("hello")
    telegram.fail("sendMessage", too_many(3), bad("later"), Dropped(), Dropped(done=True), Delay(0.01))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(ann.id, "a")
    assert caught.value.retry_after == 3
    with pytest.raises(TelegramBadRequest, match="later"):
        await bot.send_message(ann.id, "b")
    for text in ("c", "d"):
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(ann.id, text)
    await bot.send_message(ann.id, "e")
    assert [message["text"] for message in telegram.sent(ann.id)] == ["d", "e"]  # d was done, its answer lost


async def test_limits_are_enforced_when_asked_for(bot: Bot, telegram: Telegram, ann: Person) -> None:
    ann.says("hello")
    telegram.methods.is_limited = True
    await bot.send_message(ann.id, "a")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(ann.id, "b")
    assert [(method, call["text"]) for method, call in telegram.methods.too_fast] == [("sendMessage", "b")]


async def test_calls_that_are_none_are_refused_and_remembered(bot: Bot, telegram: Telegram) -> None:
    with pytest.raises(TelegramNotFound, match="Not Found: method not found"):
        await bot.log_out()
    async with ClientSession() as session, session.get(f"{telegram.url}/bot{TOKEN}/getYou") as response:
        assert (response.status, (await response.json())["description"]) == (
            404,
            "Not Found: method not found",
        )
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(5, "a" * 4097)
    assert telegram.refused == [
        "the stand-in has no method logOut",
        "Telegram has no method getYou",
        "message is too long",
    ]


async def test_a_server_that_fails(bot: Bot, telegram: Telegram) -> None:
    telegram.fail("getMe", Refusal(502, "Bad Gateway"), Refusal(401, "Unauthorized"))
    with pytest.raises(TelegramServerError, match="Bad Gateway"):
        await bot.get_me()
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_me()


async def test_what_the_description_names_wrong_is_refused(
    bot: Bot, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = Specification({"version": "No API", "methods": {}, "types": {}})
    monkeypatch.setattr(gate, "specification", lambda: described)
    with pytest.raises(TelegramBadRequest, match="No API has no method getMe"):
        await bot.get_me()
    assert telegram.refused == ["No API has no method getMe"]


async def test_commands_are_kept_by_scope(bot: Bot) -> None:
    ask = BotCommand(command="ask", description="Ask")
    await bot.set_my_commands([ask], scope=BotCommandScopeAllGroupChats())
    assert await bot.get_my_commands() == []
    (kept,) = await bot.get_my_commands(scope=BotCommandScopeAllGroupChats())
    assert (kept.command, kept.description) == ("ask", "Ask")
    await bot.delete_my_commands(scope=BotCommandScopeAllGroupChats())
    assert await bot.get_my_commands(scope=BotCommandScopeAllGroupChats()) == []


async def test_every_update_is_one_to_aiogram(bot: Bot, ann: Person, readers: Group) -> None:
    ann.forwards(ann.says("one", to=readers))
    updates = await bot.get_updates()
    assert all(isinstance(update, Update) for update in updates)
    origin = updates[-1].message.forward_origin  # type: ignore[union-attr]
    assert origin is not None
    assert origin.type == "user"


async def test_nonsense_arrives_as_it_is(telegram: Telegram, ann: Person) -> None:
    telegram.brings({"message": {"text": "who wrote this"}})
    ann.says("hello")
    async with ClientSession() as session, session.get(f"{telegram.url}/bot{TOKEN}/getUpdates") as response:
        first, second = (await response.json())["result"]
    assert first == {"update_id": second["update_id"] - 1, "message": {"text": "who wrote this"}}
