"""The Bot API's methods by name: every call is judged by aiogram's models, then done in the world."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.standin import access
from tests.standin import refusals as say
from tests.standin.delivery import Updates, Webhook
from tests.standin.files import Files
from tests.standin.gate import check_call, knows
from tests.standin.messages import Messages
from tests.standin.queries import Queries
from tests.standin.refusals import Refusal, RefusedError, bad, too_many
from tests.standin.said import member_change
from tests.standin.world import BOT, Chat, Json, World, member_shown

A_CHAT_S = 1.0  # Telegram's limits, as its FAQ has them: a message a second a chat,
A_GROUP_MINUTE = 20  # 20 a minute in a group,
ALL_A_SECOND = 30  # and 30 a second overall
WRITES = frozenset({"sendMessage", "sendDocument", "editMessageText"})


@dataclass(frozen=True)
class Call:
    """A call that the bot made."""

    method: str
    values: Json
    at: float  # time.monotonic
    result: Any


@dataclass(frozen=True)
class Delay:
    """A fault: the answer comes so many seconds late."""

    seconds: float


class Spoiled(Exception):  # noqa: N818  # it is no error of ours: it was ordered
    """A fault: no answer comes that anybody can read. ``done``: after the call was done."""

    def __init__(self, *, done: bool = False) -> None:
        super().__init__()
        self.done = done


class Dropped(Spoiled):
    """The connection breaks."""


class Silent(Spoiled):
    """The connection stays, and nothing is ever said."""


class Garbled(Spoiled):
    """``body`` is said, whatever that is."""

    def __init__(self, body: bytes, status: int = 200, *, done: bool = False) -> None:
        super().__init__(done=done)
        self.body = body
        self.status = status


Fault = Refusal | Delay | Spoiled


def in_words(fault: Fault) -> str:
    """What becomes of a call that meets it."""
    match fault:
        case Delay(seconds):
            return f"be answered {seconds:g} s late"
        case Spoiled(done=True):
            return "be done, and its answer be lost"
        case Spoiled():
            return "be lost"
    return f"be refused: “{fault.description}”"


class Methods:
    """Takes calls."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.updates = Updates(self.call, world.clock)
        self.messages = Messages(world)
        self.queries = Queries(world, self.updates)
        self.files = Files(world)
        self.calls: list[Call] = []
        self.refused: list[str] = []  # by the judges: a bot that sends what Telegram would not take
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.is_limited = False  # whether Telegram's limits are enforced
        self.too_fast: list[tuple[str, Json]] = []  # what they refused
        self.commands: dict[str, list[Json]] = {}
        self.on_call: Callable[[], None] = lambda: None
        self._known: dict[str, Callable[[Json], Any]] = {
            "getMe": lambda _: world.bot,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self.messages.send_message,
            "editMessageText": self.messages.edit_text,
            "editMessageReplyMarkup": self.messages.edit_markup,
            "deleteMessage": self.messages.delete,
            "sendMessageDraft": self.messages.draft,
            "sendChatAction": self.messages.act,
            "setMessageReaction": self.messages.react,
            "sendDocument": lambda call: self.files.send(call, self.messages),
            "getFile": self.files.get,
            "answerCallbackQuery": self.queries.answer_press,
            "answerInlineQuery": self.queries.answer_inline,
            "answerGuestQuery": self.queries.answer_guest,
            "getChat": self._get_chat,
            "getChatMember": self._get_member,
            "getChatAdministrators": self._get_admins,
            "getChatMemberCount": lambda call: len(self._visited(call).members),
            "leaveChat": self._leave,
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda call: self.commands.get(_scope(call), []),
            "deleteMyCommands": self._delete_commands,
            "setMyDescription": lambda _: True,
            "setMyShortDescription": lambda _: True,
        }

    async def call(self, method: str, fields: Json, uploads: Json | None = None) -> Any:
        """The result of a call. Raises Refusal, or Spoiled where that was ordered."""
        done = self._known.get(method)
        if method != "getUpdates" and done is None:
            self.refused.append(f"{'the stand-in' if knows(method) else 'Telegram'} has no method {method}")
            raise Refusal(404, "Not Found: method not found")
        try:
            values = check_call(method, fields)
        except RefusedError as error:
            self.refused.append(str(error))
            raise bad(str(error)) from None
        if method == "getUpdates":
            self.updates.supersede()
        lost = await self._strike(method)
        if self.is_limited and method in WRITES:
            self._check_limits(method, values)
        called = time.monotonic()
        result = await self._poll(values) if done is None else done({**values, **(uploads or {})})
        self.calls.append(Call(method, values, called, result))
        self.world.transcript.called(method, values, result)
        self.on_call()
        if lost is not None:
            raise lost
        return result

    async def _strike(self, method: str) -> Spoiled | None:
        """Meet the fault that was ordered; one that spoils the answer afterwards is returned."""
        if not self.faults[method]:
            return None
        match self.faults[method].popleft():
            case Delay(seconds):
                await asyncio.sleep(seconds)
                return None
            case Spoiled() as broken if broken.done:
                return broken
            case fault:
                self.on_call()
                raise fault

    def _check_limits(self, method: str, values: Json) -> None:
        wait_s = self._too_fast_by_s(values)
        if wait_s is not None:
            self.too_fast.append((method, values))
            raise too_many(wait_s)

    def _too_fast_by_s(self, values: Json) -> int | None:
        now = time.monotonic()
        sent = [call for call in self.calls if call.method in WRITES]
        there = [call.at for call in sent if call.values.get("chat_id") == values.get("chat_id")]
        if there and now - there[-1] < A_CHAT_S:
            return 1
        is_group = isinstance(values.get("chat_id"), int) and values["chat_id"] < 0
        if is_group and sum(now - at < 60 for at in there) >= A_GROUP_MINUTE:
            return int(60 - (now - there[-A_GROUP_MINUTE])) + 1
        return 1 if sum(now - call.at < 1 for call in sent) >= ALL_A_SECOND else None

    async def _poll(self, call: Json) -> list[Json]:
        self.updates.allow(call.get("allowed_updates"))
        return await self.updates.poll(call.get("offset", 0), call.get("limit", 100), call.get("timeout", 0))

    def _set_webhook(self, call: Json) -> bool:
        self.updates.allow(call.get("allowed_updates"))
        hook = (
            Webhook(call["url"], call.get("secret_token"), call.get("max_connections", 40))
            if call["url"]
            else None
        )
        self.updates.set_webhook(hook, drop=call.get("drop_pending_updates", False))
        return True

    def _delete_webhook(self, call: Json) -> bool:
        self.updates.set_webhook(None, drop=call.get("drop_pending_updates", False))
        return True

    def _webhook_info(self, _: Json) -> Json:
        hook, error = self.updates.webhook, self.updates.last_error
        return {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": self.updates.pending_count,
            **({"last_error_message": error, "last_error_date": self.world.now} if error else {}),
        }

    def _visited(self, call: Json) -> Chat:
        return access.visited(self.world, call["chat_id"])

    def _get_chat(self, call: Json) -> Json:
        chat = self._visited(call)
        kinds = (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        )
        gifts = dict.fromkeys(kinds, False)
        return chat.shown() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}

    def _get_member(self, call: Json) -> Json:
        chat = self._visited(call)
        user = self.world.users.get(call["user_id"])
        if user is None:
            raise bad(say.USER_NOT_FOUND)
        return member_shown(chat, user)

    def _get_admins(self, call: Json) -> list[Json]:
        chat = self._visited(call)
        if chat.type == "private":
            raise bad(say.NO_ADMINS_IN_PRIVATE)
        users = (self.world.users[user_id] for user_id in chat.members if chat.is_admin(user_id))
        return [member_shown(chat, user) for user in users if not user["is_bot"] or user["id"] == BOT["id"]]

    def _leave(self, call: Json) -> bool:
        chat = self._visited(call)
        if chat.type == "private":
            raise bad(say.NO_LEAVING_IN_PRIVATE)
        before = member_shown(chat, BOT)
        chat.members[BOT["id"]] = "left"
        self.updates.add("my_chat_member", member_change(self.world, chat, BOT, before, BOT), chat.id)
        return True

    def _set_commands(self, call: Json) -> bool:
        self.commands[_scope(call)] = call["commands"]
        return True

    def _delete_commands(self, call: Json) -> bool:
        self.commands.pop(_scope(call), None)
        return True


def _scope(call: Json) -> str:
    scope = call.get("scope") or {"type": "default"}
    return " ".join(
        [*map(str, scope.values()), *([call["language_code"]] if call.get("language_code") else [])]
    )
