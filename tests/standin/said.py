"""A message in a play, and how what people do reaches the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.chat import texts
from tests.patience import PATIENT_S
from tests.standin.routing import reaches_the_bot
from tests.standin.world import BOT, Chat, Json, World, member_shown
from tests.standin.world import user_shown as shown

if TYPE_CHECKING:
    from tests.standin.telegram import Telegram


@dataclass(frozen=True)
class Said:
    """A message in a chat, of a person or of the bot."""

    telegram: Telegram
    chat: Chat
    message: Json

    def __getitem__(self, name: str) -> Any:
        return self.message[name]

    @property
    def id(self) -> int:
        """Its number in its chat."""
        return int(self.message["message_id"])

    def answers(self, count: int = 1, within_s: float = PATIENT_S) -> list[Said]:
        """The first ``count`` messages of the bot that reply to this one; raises TimeoutError."""

        def replies() -> list[Said]:
            sent = self.telegram.sent(self.chat.id)
            found = [
                message
                for message in sent
                if message.get("reply_to_message", {}).get("message_id") == self.id
            ]
            return (
                [Said(self.telegram, self.chat, message) for message in found] if len(found) >= count else []
            )

        return self.telegram.wait_for(replies, within_s)

    def answer(self, within_s: float = PATIENT_S) -> Said:
        """The bot's reply to it, once it stands there whole; raises TimeoutError."""

        def whole() -> Said | None:
            first = self.answers(1, within_s)[0]
            return None if says_how_far_it_is(first["text"]) else first

        return self.telegram.wait_for(whole, within_s)

    @property
    def buttons(self) -> list[str]:
        """What stands on the buttons under it, row by row."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def buttons_now(self) -> list[str]:
        """What stands on the buttons under it now."""
        current = self.now()
        return [] if current is None else Said(self.telegram, self.chat, current).buttons

    def now(self) -> Json | None:
        """Return the message as it stands there now; None where it was deleted."""
        return self.telegram.do(lambda: self.chat.messages.get(self.id))


def says_how_far_it_is(text: str) -> bool:
    """Whether a message is one that its answer will take the place of."""
    return text.endswith("…") or text == texts.STARTING


def arrives(telegram: Telegram, chat: Chat, message: Json, kind: str = "message") -> None:
    """A message stands in ``chat``: the bot gets it, if it may see it."""
    if kind == "edited_message":
        telegram.world.transcript.edited(chat, message)
    else:
        telegram.world.transcript.arrives(chat, message)
    if reaches_the_bot(chat, message, telegram.world.bot):
        telegram.methods.updates.add(kind, dict(message), chat.id)


def member_change(world: World, chat: Chat, by: Json, before: Json, user: Json) -> Json:
    """A ChatMemberUpdated: ``user`` is another member than ``before``."""
    world.ticks()
    return {
        "chat": chat.shown(),
        "from": shown(by),
        "date": world.now,
        "old_chat_member": before,
        "new_chat_member": member_shown(chat, user),
    }


def tell_member_change(telegram: Telegram, chat: Chat, by: Json, before: Json, user: Json) -> None:
    """``user`` is another member than ``before``: the bot gets it where it is told such things."""
    change = member_change(telegram.world, chat, by, before, user)
    telegram.world.transcript.became(chat, by, before, change["new_chat_member"])
    kind = "my_chat_member" if user["id"] == BOT["id"] else "chat_member"
    if kind == "my_chat_member" or chat.is_admin(BOT["id"]):
        telegram.methods.updates.add(kind, change, chat.id)
