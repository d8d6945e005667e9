"""An admin is one as long as Telegram says so, and not a moment longer than it tells."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import UTC, datetime

import pytest
from telegram import (
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberUpdated,
    Message,
    User,
)
from telegram.constants import ChatID
from telegram.error import TimedOut

from bot.telegram.rights import Rights
from tests.patience import PATIENT_S
from tests.standin.world import RESTRICTED

GROUP = Chat(-100_5, "supergroup")
ELSEWHERE = Chat(-100_6, "supergroup")
ANN, BEN, CAY = (User(number, name, is_bot=False) for number, name in ((1, "Ann"), (2, "Ben"), (3, "Cay")))
OURSELVES = User(9, "Verbatim", is_bot=True)
GROUP_BOT = User(ChatID.ANONYMOUS_ADMIN, "Group", is_bot=True)
CHANNEL_BOT = User(ChatID.FAKE_CHANNEL, "Channel", is_bot=True)
TELEGRAM = User(ChatID.SERVICE_CHAT, "Telegram", is_bot=False)
NOW = datetime(2026, 3, 18, tzinfo=UTC)


def administrator(user: User) -> ChatMemberAdministrator:
    return ChatMemberAdministrator(user, *[False] * 12)  # type: ignore[arg-type]  # which rights does not matter


def restricted(user: User, *, is_there: bool) -> ChatMember:
    return ChatMember.de_json(
        {**RESTRICTED, "status": "restricted", "user": user.to_dict(), "is_member": is_there}, None
    )


def changes(member: ChatMember, chat: Chat = GROUP) -> ChatMemberUpdated:
    return ChatMemberUpdated(chat, ANN, NOW, ChatMemberMember(member.user), member)


def written(user: User, sender_chat: Chat | None = None, chat: Chat = GROUP) -> Message:
    return Message(1, NOW, chat, from_user=user, sender_chat=sender_chat)


class Server:
    """Telegram, which is asked for admins: it answers when it is let, with who they were when asked."""

    def __init__(self, *admins: User) -> None:
        self.admins = admins
        self.asked: list[int] = []
        self.waiting: deque[asyncio.Future[None]] | None = None
        self.asked_again = asyncio.Event()

    async def __call__(self, chat_id: int) -> list[ChatMember]:
        found: list[ChatMember] = [ChatMemberOwner(CAY, False), *map(administrator, self.admins)]
        self.asked.append(chat_id)
        if self.waiting is not None:
            answered = asyncio.get_running_loop().create_future()
            self.waiting.append(answered)
            self.asked_again.set()
            await answered
        return found

    async def is_asked(self) -> asyncio.Future[None]:
        """Wait for the next request; it is answered when the result is set."""
        assert self.waiting is not None
        await asyncio.wait_for(self.asked_again.wait(), PATIENT_S)
        self.asked_again.clear()
        return self.waiting[-1]


async def nobody(chat_id: int, user_id: int) -> ChatMember:
    """Telegram, which is not to be asked who somebody is."""
    raise AssertionError((chat_id, user_id))


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_a_private_chat_is_set_by_whom_it_belongs_to_and_nobody_is_asked(clock: Clock) -> None:
    server = Server()
    assert await Rights(server, nobody, (), clock).may_set(ANN, Chat(ANN.id, "private"))
    assert server.asked == []


async def test_a_list_is_trusted_for_a_minute(clock: Clock) -> None:
    server = Server(ANN)
    rights = Rights(server, nobody, (), clock)
    assert await rights.may_set(ANN, GROUP)
    server.admins = ()
    clock.now += 60
    assert await rights.may_set(ANN, GROUP)
    clock.now += 0.1
    assert not await rights.may_set(ANN, GROUP)
    assert server.asked == [GROUP.id, GROUP.id]


async def test_what_telegram_tells_counts_at_once(clock: Clock) -> None:
    rights = Rights(Server(ANN), nobody, (), clock)
    assert await rights.may_set(ANN, GROUP)
    for member in (ChatMemberMember(ANN), ChatMemberLeft(ANN)):
        rights.notice(changes(member))
        assert not await rights.may_set(ANN, GROUP)
        rights.notice(changes(administrator(ANN)))
        assert await rights.may_set(ANN, GROUP)


async def test_an_answer_on_its_way_undoes_nothing_that_was_told_meanwhile(clock: Clock) -> None:
    server = Server(ANN)
    server.waiting = deque()
    rights = Rights(server, nobody, (), clock)
    pressed = asyncio.create_task(rights.may_set(ANN, GROUP))
    answered = await server.is_asked()
    rights.notice(changes(ChatMemberMember(ANN)))
    rights.notice(changes(administrator(BEN)))
    answered.set_result(None)
    assert not await pressed
    assert [await rights.may_set(user, GROUP) for user in (ANN, BEN)] == [False, True]
    assert len(server.asked) == 1


async def test_the_answer_to_an_earlier_request_does_not_replace_that_to_a_later_one(clock: Clock) -> None:
    server = Server(ANN)
    server.waiting = deque()
    rights = Rights(server, nobody, (), clock)
    early = asyncio.create_task(rights.may_set(ANN, GROUP))
    first = await server.is_asked()
    server.admins = ()
    clock.now += 1
    late = asyncio.create_task(rights.may_set(ANN, GROUP))
    (await server.is_asked()).set_result(None)
    assert not await late
    first.set_result(None)
    assert not await early
    assert not await rights.may_set(ANN, GROUP)


async def test_when_the_bot_itself_is_another_the_list_is_asked_for_anew(clock: Clock) -> None:
    server = Server(ANN)
    rights = Rights(server, nobody, (), clock)
    assert await rights.may_set(ANN, GROUP)
    server.admins, server.waiting = (), deque()
    rights.notice(changes(ChatMemberMember(OURSELVES)))
    pressed = asyncio.create_task(rights.may_set(ANN, GROUP))
    on_its_way = await server.is_asked()
    rights.notice(changes(administrator(OURSELVES)))
    on_its_way.set_result(None)
    (await server.is_asked()).set_result(None)
    assert not await pressed
    assert len(server.asked) == 3


async def test_a_request_that_fails_is_no_list(clock: Clock) -> None:
    server = Server(ANN)
    fails = True

    async def sometimes(chat_id: int) -> list[ChatMember]:
        if fails:
            raise TimedOut
        return await server(chat_id)

    rights = Rights(sometimes, nobody, (), clock)
    with pytest.raises(TimedOut):
        await rights.may_set(ANN, GROUP)
    fails = False
    assert await rights.may_set(ANN, GROUP)


async def test_every_identity_has_the_rights_it_has_and_no_others(clock: Clock) -> None:
    rights = Rights(Server(ANN), nobody, (BEN.id,), clock)
    elsewhere = Rights(Server(), nobody, (BEN.id,), clock)
    channel = Chat(-100_7, "channel")
    # An admin who hides behind the group writes in its name; in the name of another chat they are nobody.
    assert await rights.may_set(GROUP_BOT, GROUP, written(GROUP_BOT, GROUP))
    assert not await rights.may_set(GROUP_BOT, GROUP, written(GROUP_BOT, ELSEWHERE))
    assert not await rights.may_set(GROUP_BOT, GROUP, written(GROUP_BOT))
    assert not await rights.may_set(GROUP_BOT, GROUP)
    # A channel, linked or not, and Telegram's own account, which forwards its posts.
    for user in (CHANNEL_BOT, TELEGRAM):
        assert not await rights.may_set(user, GROUP, written(user, channel))
        assert not await rights.may_set(user, GROUP, written(user, GROUP))
    # A person, and in the name of the group only by Telegram's stand-in for who hides there.
    assert await rights.may_set(ANN, GROUP, written(ANN))
    assert not await elsewhere.may_set(ANN, ELSEWHERE, written(ANN, chat=ELSEWHERE))
    assert not await elsewhere.may_set(ANN, ELSEWHERE, written(ANN, ELSEWHERE, ELSEWHERE))
    assert await elsewhere.may_set(BEN, ELSEWHERE)
    assert not await rights.may_set(None, GROUP)


@pytest.mark.parametrize(
    ("member", "is_one"),
    [
        (ChatMemberMember(BEN), True),
        (administrator(BEN), True),
        (ChatMemberOwner(BEN, False), True),
        (ChatMemberLeft(BEN), False),
        (ChatMemberBanned(BEN, NOW), False),
        (restricted(BEN, is_there=True), True),
        (restricted(BEN, is_there=False), False),
    ],
)
async def test_who_has_left_is_no_member_though_they_see_the_buttons(
    clock: Clock, member: ChatMember, is_one: bool
) -> None:
    async def who(chat_id: int, user_id: int) -> ChatMember:
        assert (chat_id, user_id) == (GROUP.id, BEN.id)
        return member

    assert await Rights(Server(), who, (), clock).is_member(BEN, GROUP) == is_one
    assert await Rights(Server(), nobody, (), clock).is_member(BEN, Chat(BEN.id, "private"))
