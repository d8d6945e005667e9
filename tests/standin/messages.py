"""What a bot may do with messages, and when Telegram refuses: send, edit, delete, draft, react."""

from __future__ import annotations

from typing import Any

from tests.standin import gate
from tests.standin import refusals as say
from tests.standin.refusals import RefusedError, bad, forbidden, kicked, no_member, upgraded
from tests.standin.world import BOT, GENERAL, IN_CHAT, Chat, Json, World

NOT_SHOWN_IN_A_REPLY = ("reply_to_message", "quote")
_CONTENT: Json = {"text": None, "entities": [], "reply_markup": None}  # what an edit replaces, and none of it


class Messages:
    """The bot's messages in a world. Every method takes the parameters of its name at Telegram."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.drafts: list[Json] = []
        self.actions: list[Json] = []
        self.reactions: list[Json] = []

    def send_message(self, call: Json) -> Json:
        """The message that stands there now."""
        chat = self.writable(call["chat_id"], call.get("message_thread_id"))
        text, entities = formatted(call)
        return self.put(chat, call, text=text, entities=entities)

    def put(self, chat: Chat, call: Json, **content: Any) -> Json:
        """A message of the bot's with what all kinds share: thread, reply, buttons."""
        fields: Json = {**content, **self._reply(chat, call), **_markup(call)}
        fields |= self._thread(chat, call, fields.get("reply_to_message"))
        if "link_preview_options" in call:
            fields["link_preview_options"] = call["link_preview_options"]
        message = self._world.write(chat, BOT, **fields)
        if not message.get("entities"):
            message.pop("entities", None)  # Telegram leaves out what is empty
        return message

    def edit_text(self, call: Json) -> Json | bool:
        """The message as it is now."""
        if "inline_message_id" in call:
            formatted(call)
            return True
        chat, message = self._own(call, say.EDIT_NOT_FOUND, say.NOT_EDITABLE)
        text, entities = formatted(call)
        content: Json = {"text": text, "entities": entities, **_markup(call)}
        if all(message.get(name, none) == content.get(name, none) for name, none in _CONTENT.items()):
            raise bad(say.NOT_MODIFIED)
        return self._change(chat, message, content)

    def edit_markup(self, call: Json) -> Json | bool:
        """The message with other buttons, or none."""
        if "inline_message_id" in call:
            return True
        chat, message = self._own(call, say.EDIT_NOT_FOUND, say.NOT_EDITABLE)
        markup = _markup(call)
        if message.get("reply_markup") == markup.get("reply_markup"):
            raise bad(say.NOT_MODIFIED)
        kept: Json = {name: message[name] for name in ("text", "entities") if name in message}
        return self._change(chat, message, {**kept, **markup})

    def delete(self, call: Json) -> bool:
        """Whether it is gone; an admin may delete what others wrote."""
        chat = self._world.chat(call["chat_id"])
        message = chat.messages.get(call["message_id"])
        if message is None:
            raise bad(say.DELETE_NOT_FOUND)
        own = message.get("from", {}).get("id") == BOT["id"]
        if not own and chat.type != "private" and not chat.is_admin(BOT["id"]):
            raise bad(say.NOT_DELETABLE)
        del chat.messages[call["message_id"]]
        return True

    def draft(self, call: Json) -> bool:
        """A message that is still being written, in a private chat."""
        if self.writable(call["chat_id"], None).type != "private":
            raise bad(say.PRIVATE_ONLY)
        if call.get("text"):
            formatted(call)
        self.drafts.append(call)
        return True

    def act(self, call: Json) -> bool:
        """Show that the bot is typing."""
        self.writable(call["chat_id"], call.get("message_thread_id"))
        self.actions.append(call)
        return True

    def react(self, call: Json) -> bool:
        """A reaction to a message."""
        chat = self.writable(call["chat_id"], None)
        if call["message_id"] not in chat.messages:
            raise bad(say.REACT_NOT_FOUND)
        self.reactions.append(call)
        return True

    def writable(self, chat_id: int, thread: int | None) -> Chat:
        """The chat, if the bot may write there. Raises Refusal."""
        chat = self._world.chat(chat_id)
        if chat.migrated_to is not None:
            raise upgraded(chat.migrated_to)
        status = chat.status(BOT["id"])
        if chat.type == "private":
            if status == "kicked":
                raise forbidden(say.BLOCKED)
            if status not in IN_CHAT:
                raise forbidden(say.NOT_STARTED)
            return chat
        if status == "kicked":
            raise kicked(chat.type)
        if status == "left":
            raise no_member(chat.type)
        if status == "restricted" or (chat.is_read_only and not chat.is_admin(BOT["id"])):
            raise bad(say.NO_RIGHT_TO_WRITE)
        if thread is not None:
            self._check_topic(chat, thread)
        return chat

    def _check_topic(self, chat: Chat, thread: int) -> None:
        topic = chat.topics.get(thread)
        if topic is None or thread == GENERAL:  # the General topic has no number to send to
            raise bad(say.THREAD_NOT_FOUND)
        if topic.is_closed and not chat.is_admin(BOT["id"]):
            raise bad(say.TOPIC_CLOSED)

    def _thread(self, chat: Chat, call: Json, replied: Json | None) -> Json:
        """A message stands in the topic that it is sent to, else in that of the message it replies to."""
        if "message_thread_id" in call:
            return {"message_thread_id": call["message_thread_id"], "is_topic_message": True}
        if replied is None or "message_thread_id" not in replied:
            return {}
        if replied.get("is_topic_message"):
            self._check_topic(chat, replied["message_thread_id"])
            return {"message_thread_id": replied["message_thread_id"], "is_topic_message": True}
        return {"message_thread_id": replied["message_thread_id"]}

    def _reply(self, chat: Chat, call: Json) -> Json:
        asked = call.get("reply_parameters")
        if not asked:
            return {}
        replied = chat.messages.get(asked["message_id"])
        if replied is None:
            if asked.get("allow_sending_without_reply"):
                return {}
            raise bad(say.REPLY_NOT_FOUND)
        if "quote" not in asked:
            return {"reply_to_message": in_a_reply(replied)}
        if asked["quote"] not in replied.get("text", ""):
            raise bad(say.QUOTE_INVALID)
        quote = {"text": asked["quote"], "position": asked.get("quote_position", 0)}
        return {"reply_to_message": in_a_reply(replied), "quote": quote}

    def _own(self, call: Json, not_found: str, not_ours: str) -> tuple[Chat, Json]:
        chat = self.writable(call["chat_id"], None)
        message = chat.messages.get(call["message_id"])
        if message is None:
            raise bad(not_found)
        if message.get("from", {}).get("id") != BOT["id"]:
            raise bad(not_ours)
        return chat, message

    def _change(self, chat: Chat, message: Json, content: Json) -> Json:
        for name in _CONTENT:
            message.pop(name, None)
        message |= {name: value for name, value in content.items() if value or name == "text"}
        message["edit_date"] = self._world.now
        chat.messages[message["message_id"]] = message
        return message


def formatted(call: Json) -> tuple[str, list[Json]]:
    """Text and entities as Telegram keeps them. Raises Refusal."""
    try:
        text, entities = gate.formatted(call["text"], call.get("parse_mode"), call.get("entities") or [])
        gate.check_text(text, entities)
    except RefusedError as error:
        raise bad(str(error)) from None
    return text, entities


def in_a_reply(message: Json) -> Json:
    """A message as it stands inside one that replies to it: one level deep."""
    return {name: value for name, value in message.items() if name not in NOT_SHOWN_IN_A_REPLY}


def _markup(call: Json) -> Json:
    markup = call.get("reply_markup")
    if not markup or not (rows := markup.get("inline_keyboard")):
        return {}
    return {"reply_markup": {"inline_keyboard": rows}}
