"""What people do at Telegram, so that a scenario reads like a play.

asked = ann.says("/ask Who likes jam?", to=readers)
answer = asked.answer()
ben.presses(answer, "More quotes")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.standin.groups import Group
from tests.standin.messages import in_a_reply, origin_of, seen_from_elsewhere
from tests.standin.queries import Query
from tests.standin.said import Said, arrives, tell_member_change
from tests.standin.tdlib import units
from tests.standin.world import ANONYMOUS, BOT, CHANNEL_BOT, Chat, Json, member_shown

if TYPE_CHECKING:
    from tests.standin.telegram import Telegram

PASSED_ON = ("entities", "document", "caption", "caption_entities")


@dataclass(frozen=True)
class Person:
    """Somebody who uses Telegram."""

    telegram: Telegram
    user: Json

    @property
    def id(self) -> int:
        """Of the user, and of the private chat with them."""
        return int(self.user["id"])

    @property
    def private(self) -> Chat:
        """The chat with the bot."""
        return self.telegram.world.chats[self.id]

    def says(
        self,
        text: str | None = None,
        *,
        to: Group | None = None,
        reply_to: Said | None = None,
        quote: str | None = None,
        topic: int | None = None,
        anonymously: bool = False,
        as_channel: Group | None = None,
        **fields: Any,
    ) -> Said:
        """A message: in a group, else to the bot in private; ``fields`` are of a Message."""

        def say() -> Said:
            chat = reply_to.chat if reply_to and to is None else to.chat if to else self.private
            if chat is self.private and chat.status(BOT["id"]) == "left":
                chat.members[BOT["id"]] = "member"
            content = {**fields, **({} if text is None else {"text": text})}
            thread = _thread(chat, reply_to, topic)
            content |= thread | (_reply(chat, reply_to, quote) or _opening(chat, thread))
            sender = self.user
            if anonymously:
                sender, content["sender_chat"] = ANONYMOUS, chat.shown()
            if as_channel is not None:
                sender, content["sender_chat"] = CHANNEL_BOT, as_channel.chat.shown()
            message = self.telegram.world.write(chat, sender, **content)
            arrives(self.telegram, chat, message)
            return Said(self.telegram, chat, message)

        return self.telegram.do(say)

    def edits(self, said: Said, text: str, **fields: Any) -> None:
        """A message of theirs says something else, or the same: then something about it changed unseen."""

        def edit() -> None:
            self.telegram.world.rewrite(said.message, text, **fields)
            arrives(self.telegram, said.chat, said.message, "edited_message")

        self.telegram.do(edit)

    def deletes(self, said: Said) -> None:
        """A message is gone; bots are not told."""

        def delete() -> None:
            said.chat.messages.pop(said.id, None)
            self.telegram.world.transcript.deleted(self.user, said.chat, said.message)

        self.telegram.do(delete)

    def forwards(self, said: Said, to: Group | None = None, *, hidden: bool = False) -> Said:
        """A message passed on, with its origin; ``hidden``: whose author does not want to be linked."""
        message, origin = said.message, origin_of(said.chat, said.message)
        if hidden:
            name = message["from"]["first_name"]
            origin = {"type": "hidden_user", "date": message["date"], "sender_user_name": name}
        content = {name: message[name] for name in PASSED_ON if name in message}
        return self.says(message.get("text"), to=to, forward_origin=origin, **content)

    def sends_file(
        self, data: bytes, name: str, mime: str, *, to: Group | None = None, **fields: Any
    ) -> Said:
        """A document."""
        document = self.telegram.do(lambda: self.telegram.methods.files.put(data, name, mime))
        return self.says(to=to, document=document, **fields)

    def presses(self, said: Said, button: str | None = None, *, data: str | None = None) -> Json:
        """The bot's answer to a pressed button: by what stands on it, or with forged ``data``."""

        def press() -> Query:
            current = said.chat.messages.get(said.id, said.message)
            pressed = _data_of(current, button) if data is None else data
            query = self.telegram.methods.queries.press(self.user, said.chat, said.id, pressed)
            self.telegram.world.transcript.pressed(self.user, said.chat, current, pressed, query.id)
            return query

        return self._answered(self.telegram.do(press))

    def asks_inline(self, text: str) -> Json:
        """The answer to ``@bot text`` typed anywhere."""
        return self._answered(
            self.telegram.do(lambda: self.telegram.methods.queries.ask_inline(self.user, text))
        )

    def chooses(self, answer: Json, result_id: str) -> Json:
        """The message that a result of an answered inline query becomes, sent anywhere."""
        return self.telegram.do(lambda: self.telegram.methods.queries.choose(self.user, answer, result_id))

    def asks_as_guest(self, text: str, in_: Group, *, reply_to: Said | None = None) -> Json:
        """The answer to ``@bot text`` in a chat that the bot is not in."""
        reply = _reply(in_.chat, reply_to, None)
        return self._answered(
            self.telegram.do(
                lambda: self.telegram.methods.queries.ask_as_guest(self.user, in_.chat, text, **reply)
            )
        )

    def blocks_the_bot(self, *, again: bool = False) -> None:
        """No word from it any more; with ``again`` it is let back in."""

        def block() -> None:
            before = member_shown(self.private, BOT)
            self.private.members[BOT["id"]] = "member" if again else "kicked"
            tell_member_change(self.telegram, self.private, self.user, before, BOT)

        self.telegram.do(block)

    def deletes_their_account(self) -> None:
        """Nobody is there any more."""
        self.telegram.do(lambda: self.telegram.world.deactivated.add(self.id))

    def _answered(self, query: Query) -> Json:
        return self.telegram.wait_for(lambda: query.answer)


def _data_of(message: Json, button: str | None) -> str:
    rows = message["reply_markup"]["inline_keyboard"]
    data = {shown["text"]: shown.get("callback_data", "") for row in rows for shown in row}
    return str(data[button or ""])


def _thread(chat: Chat, reply_to: Said | None, topic: int | None) -> Json:
    if topic is not None:
        return {"message_thread_id": topic, "is_topic_message": True}
    if reply_to is None:
        return {}
    replied = reply_to.message
    if reply_to.chat is not chat:
        return {}
    if replied.get("is_topic_message"):
        return {"message_thread_id": replied["message_thread_id"], "is_topic_message": True}
    if chat.type == "supergroup":  # a chain of replies carries the number of its first message
        return {"message_thread_id": replied.get("message_thread_id", replied["message_id"])}
    return {}


def _reply(chat: Chat, reply_to: Said | None, quote: str | None) -> Json:
    if reply_to is None:
        return {}
    is_here = reply_to.chat is chat
    reply: Json = {"reply_to_message": in_a_reply(reply_to.message)}
    if not is_here:
        reply = {"external_reply": seen_from_elsewhere(reply_to.chat, reply_to.message)}
    if quote is not None:
        position = units(reply_to.message["text"].partition(quote)[0])
        reply["quote"] = {"text": quote, "position": position, "is_manual": True}
    return reply


def _opening(chat: Chat, thread: Json) -> Json:
    """In a topic, a message that replies to nothing replies to the one that opened it."""
    opening = chat.messages.get(thread.get("message_thread_id", 0), {})
    return {"reply_to_message": in_a_reply(opening)} if thread.get("is_topic_message") and opening else {}
