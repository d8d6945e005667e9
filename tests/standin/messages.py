"""What a bot may do with messages, and when Telegram refuses: send, edit, delete, draft, react."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.standin import access, gate
from tests.standin import refusals as say
from tests.standin.refusals import RefusedError, bad
from tests.standin.tdlib import units
from tests.standin.world import BOT, Chat, Json, World

DELETABLE_S = 48 * 3600  # so old may a message be that its chat is to lose
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
KEPT_IN_QUOTES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"})
NOT_SHOWN_IN_A_REPLY = ("reply_to_message", "external_reply", "quote")
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
        chat = access.writable(self._world, call["chat_id"], call.get("message_thread_id"))
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
        """The message as it is now; True for one that stands where the bot is not."""
        message = self._to_edit(call)
        if "text" not in message:
            raise bad(say.NO_TEXT_TO_EDIT)
        text, entities = formatted(call)
        return self._change(call, message, {"text": text, "entities": entities, **_markup(call)})

    def edit_markup(self, call: Json) -> Json | bool:
        """The message with other buttons, or none."""
        message = self._to_edit(call)
        kept: Json = {name: message[name] for name in ("text", "entities") if name in message}
        return self._change(call, message, {**kept, **_markup(call)})

    def delete(self, call: Json) -> bool:
        """Whether it is gone; an admin may delete what others wrote, and what is old."""
        chat = access.visited(self._world, call["chat_id"])
        message = chat.messages.get(call["message_id"])
        if message is None:
            raise bad(say.DELETE_NOT_FOUND)
        may_all = chat.is_admin(BOT["id"]) and chat.rights.get(BOT["id"], {}).get("can_delete_messages", True)
        own = message.get("from", {}).get("id") == BOT["id"]
        if not own and chat.type != "private" and not may_all:
            raise bad(say.NOT_DELETABLE)
        if self._world.now - message["date"] > DELETABLE_S and not may_all:
            raise bad(say.TOO_OLD_TO_DELETE)
        del chat.messages[call["message_id"]]
        return True

    def draft(self, call: Json) -> bool:
        """A message that is still being written, in a private chat."""
        if access.writable(self._world, call["chat_id"]).type != "private":
            raise bad(say.PRIVATE_ONLY)
        if call.get("text"):
            formatted(call)
        self.drafts.append(call)
        return True

    def act(self, call: Json) -> bool:
        """Show that the bot is typing."""
        access.writable(self._world, call["chat_id"], call.get("message_thread_id"))
        if call["action"] not in ACTIONS:
            raise bad(say.ACTION_UNKNOWN)
        self.actions.append(call)
        return True

    def react(self, call: Json) -> bool:
        """A reaction to a message."""
        chat = access.writable(self._world, call["chat_id"])
        if call["message_id"] not in chat.messages:
            raise bad(say.REACT_NOT_FOUND)
        self.reactions.append(call)
        return True

    def _thread(self, chat: Chat, call: Json, replied: Json | None) -> Json:
        """A message stands in the topic that it is sent to, else in that of the message it replies to."""
        if "message_thread_id" in call:
            return {"message_thread_id": call["message_thread_id"], "is_topic_message": True}
        if replied is None or "message_thread_id" not in replied:
            access.check_topic(chat, None)
            return {}
        if replied.get("is_topic_message"):
            access.check_topic(chat, replied["message_thread_id"])
            return {"message_thread_id": replied["message_thread_id"], "is_topic_message": True}
        return {"message_thread_id": replied["message_thread_id"]}

    def _reply(self, chat: Chat, call: Json) -> Json:
        asked = call.get("reply_parameters")
        if not asked:
            return {}
        elsewhere = self._world.chat(asked["chat_id"]) if "chat_id" in asked else chat
        replied = elsewhere.messages.get(asked["message_id"])
        if replied is None:
            if asked.get("allow_sending_without_reply"):
                return {}
            raise bad(say.REPLY_NOT_FOUND)
        quote = {"quote": _quote(replied, asked)} if "quote" in asked else {}
        if elsewhere is not chat:
            return {"external_reply": seen_from_elsewhere(elsewhere, replied), **quote}
        return {"reply_to_message": in_a_reply(replied), **quote}

    def _to_edit(self, call: Json) -> Json:
        """The message of the bot's that a call names. Raises Refusal."""
        if "inline_message_id" in call:
            if call["inline_message_id"] not in self._world.inline:
                raise bad(say.INLINE_NOT_FOUND)
            return self._world.inline[call["inline_message_id"]]
        if "chat_id" not in call or "message_id" not in call:
            raise bad(say.NO_IDENTIFIER)
        chat = access.writable(self._world, call["chat_id"])
        message = chat.messages.get(call["message_id"])
        if message is None:
            raise bad(say.EDIT_NOT_FOUND)
        if message.get("from", {}).get("id") != BOT["id"]:
            raise bad(say.NOT_EDITABLE)
        return message

    def _change(self, call: Json, message: Json, content: Json) -> Json | bool:
        if all(message.get(name, none) == content.get(name, none) for name, none in _CONTENT.items()):
            raise bad(say.NOT_MODIFIED)
        for name in _CONTENT:
            message.pop(name, None)
        message |= {name: value for name, value in content.items() if value}
        if "inline_message_id" in call:
            return True
        message["edit_date"] = self._world.now
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


def seen_from_elsewhere(chat: Chat, message: Json) -> Json:
    """An ExternalReplyInfo: what a reply in another chat tells of a message."""
    reply_info: Json = {"origin": origin_of(chat, message)}
    if chat.type in {"supergroup", "channel"}:
        reply_info |= {"chat": chat.shown(), "message_id": message["message_id"]}
    return reply_info


def origin_of(chat: Chat, message: Json) -> Json:
    """A MessageOrigin: whose message it was, and where, as a forward of it tells."""
    written: Json = {"date": message["date"]}
    if "forward_origin" in message:
        return dict(message["forward_origin"])
    if chat.type == "channel":
        return {"type": "channel", **written, "chat": chat.shown(), "message_id": message["message_id"]}
    if "sender_chat" in message:
        return {"type": "chat", **written, "sender_chat": message["sender_chat"]}
    return {"type": "user", **written, "sender_user": message["from"]}


def _quote(replied: Json, asked: Json) -> Json:
    """A TextQuote: the words nearest to where the bot says they are, marked as they are there."""
    text: str = replied["text"] if "text" in replied else replied.get("caption", "")
    quote: str = asked["quote"]
    marks = _marks(asked.get("quote_entities", ()), 0, units(quote))
    found = [units(text[:at]) for at in range(len(text)) if text.startswith(quote, at)]
    found = [at for at in found if _marks(replied.get("entities", ()), at, units(quote)) == marks]
    if not quote or not found:
        raise bad(say.QUOTE_INVALID)
    position = min(found, key=lambda at: abs(at - asked.get("quote_position", 0)))
    return {"text": quote, "position": position, **({"entities": marks} if marks else {})}


def _marks(entities: Iterable[Json], start: int, length: int) -> list[Json]:
    """Those that a quote keeps, as they are in a part of a text."""
    kept = []
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], start + length)
        if entity["type"] in KEPT_IN_QUOTES and first < last:
            kept.append({**entity, "offset": first - start, "length": last - first})
    return sorted(kept, key=lambda entity: (entity["offset"], entity["type"]))


def _markup(call: Json) -> Json:
    markup = call.get("reply_markup")
    if not markup or not (rows := markup.get("inline_keyboard")):
        return {}
    return {"reply_markup": {"inline_keyboard": rows}}
