"""Writes down what happens in a world, in order, while it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.standin.events import (
    NOWHERE,
    AskAnswered,
    Asked,
    Became,
    Changed,
    Content,
    Deleted,
    Drafted,
    Happened,
    Line,
    Mark,
    Place,
    PressAnswered,
    Pressed,
    Reacted,
    Waited,
    Wrote,
)

if TYPE_CHECKING:
    from tests.standin.world import Chat, Json, World

GENERAL = "General"
SERVICE: dict[str, Callable[[Any, str], str]] = {  # of what the message holds, and the topic it is in
    "forum_topic_created": lambda _, topic: f"opens {topic}",
    "forum_topic_closed": lambda _, topic: f"closes {topic}",
    "forum_topic_reopened": lambda _, topic: f"opens {topic} again",
    "forum_topic_edited": lambda edited, topic: f"calls {topic} “{edited.get('name', '')}”",
    "new_chat_title": lambda title, _: f"calls this chat “{title}”",
    "pinned_message": lambda *_: "pins a message",
    "migrate_from_chat_id": lambda *_: "makes this group a supergroup",
}
UNSEEN = frozenset({"migrate_to_chat_id", "new_chat_members", "left_chat_member"})  # told by another event
ATTACHED = (
    *("photo", "sticker", "voice", "video", "video_note", "audio", "animation", "poll", "location"),
    *("contact", "dice", "venue", "story"),
)


class Transcript:
    """All that happened so far, in ``lines``; nothing is changed once it stands there."""

    def __init__(self, world: World, bot: str) -> None:
        self._world = world
        self._bot = bot
        self.lines: list[Line] = []

    def waits(self) -> None:
        """The play waits for the bot."""
        self.lines.append(Waited())

    def happens(self, words: str, who: str = "") -> None:
        """What no reader of a chat could see: ``words`` continue ``who``, or stand alone."""
        self.lines.append(Happened(who=who, place=NOWHERE, words=words))

    def arrives(self, chat: Chat, message: Json) -> None:
        """A message, or what Telegram says in the form of one."""
        if UNSEEN & message.keys():
            return
        who, place = _author(message), _place(chat, message)
        topic = f"the topic “{place.topic_name}”"
        for kind, words in SERVICE.items():
            if kind in message:
                sentence = words(message[kind], topic)
                self.lines.append(Happened(who=who, place=_place(chat, {}), words=sentence))
                return
        self.lines.append(_wrote(message, who=who, place=place))

    def edited(self, chat: Chat, message: Json) -> None:
        """A person's message says something else."""
        number = message["message_id"]
        place = _place(chat, message)
        self.lines.append(
            Changed(who=_author(message), place=place, number=number, content=content_of(message))
        )

    def deleted(self, who: Json, chat: Chat, message: Json) -> None:
        """A person's message is gone."""
        number = message["message_id"]
        self.lines.append(Deleted(who=who["first_name"], place=_place(chat, message), number=number))

    def pressed(self, who: Json, chat: Chat, message: Json, data: str, query: str) -> None:
        """A button under ``message``, as it stands there, is pressed."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        labels = [button["text"] for row in rows for button in row if button.get("callback_data") == data]
        number, place = message["message_id"], _place(chat, message)
        button = labels[0] if labels else ""
        self.lines.append(
            Pressed(who=who["first_name"], place=place, number=number, button=button, query=query)
        )

    def asked(self, who: Json, chat: Chat | None, text: str, query: str) -> None:
        """A question typed behind the bot's name anywhere, or, in ``chat``, to a guest."""
        place = NOWHERE if chat is None else _place(chat, {})
        is_guest = chat is not None
        self.lines.append(
            Asked(who=who["first_name"], place=place, query=query, text=text, is_guest=is_guest)
        )

    def became(self, chat: Chat, by: Json, before: Json, after: Json) -> None:
        """A ChatMember is another now."""
        if before["status"] == after["status"]:
            return
        user = after["user"]
        change = {"whom": user["first_name"], "is_whom_bot": user["is_bot"]}
        statuses = {"before": before["status"], "after": after["status"]}
        self.lines.append(Became(who=by["first_name"], place=_place(chat, {}), **change, **statuses))

    def called(self, method: str, call: Json, result: Any) -> None:
        """The bot did something; what no reader sees is left out."""
        match method:
            case "sendMessage" | "sendDocument":
                chat = self._world.chats[result["chat"]["id"]]
                silent = call.get("disable_notification", False)
                self.lines.append(_wrote(result, is_silent=silent, **self._by_us(chat, result)))
            case "editMessageText" | "editMessageReplyMarkup" if isinstance(result, dict):
                chat = self._world.chats[result["chat"]["id"]]
                number = result["message_id"]
                self.lines.append(
                    Changed(number=number, content=content_of(result), **self._by_us(chat, result))
                )
            case "deleteMessage":
                self.lines.append(Deleted(number=call["message_id"], **self._there(call)))
            case "setMessageReaction":
                emoji = "".join(reaction.get("emoji", "") for reaction in call.get("reaction") or [])
                self.lines.append(Reacted(number=call["message_id"], emoji=emoji, **self._there(call)))
            case "sendMessageDraft":
                self.lines.append(Drafted(content=content_of(call), **self._there(call)))
            case "leaveChat":
                self.lines.append(Happened(words="leaves", **self._there(call)))
            case "answerCallbackQuery":
                query, text = call["callback_query_id"], call.get("text") or ""
                alert = call.get("show_alert", False)
                self.lines.append(PressAnswered(query=query, text=text, is_alert=alert, **self._nowhere()))
            case "answerInlineQuery":
                self._offers(call["inline_query_id"], call["results"])
            case "answerGuestQuery":
                self._offers(call["guest_query_id"], [call["result"]])

    def _offers(self, query: str, results: list[Json]) -> None:
        offered = []
        for result in results:
            sent = result.get("input_message_content", {})
            message = {"text": sent.get("message_text", ""), "entities": sent.get("entities") or []}
            offered.append((result.get("title", ""), content_of({**result, **message})))
        self.lines.append(AskAnswered(query=query, results=tuple(offered), **self._nowhere()))

    def _nowhere(self) -> Json:
        return {"who": self._bot, "place": NOWHERE, "is_bot": True}

    def _by_us(self, chat: Chat, message: Json) -> Json:
        return {"who": self._bot, "place": _place(chat, message), "is_bot": True}

    def _there(self, call: Json) -> Json:
        return self._by_us(self._world.chat(call["chat_id"]), {})


def content_of(message: Json) -> Content:
    """What stands in a message."""
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or []
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return Content(
        text,
        tuple(_mark(text, entity) for entity in entities),
        tuple(tuple(button["text"] for button in row) for row in rows),
        _attached(message),
    )


def _wrote(message: Json, **fields: Any) -> Wrote:
    return Wrote(
        number=message["message_id"],
        content=content_of(message),
        reply_to=message.get("reply_to_message", {}).get("message_id"),
        quote=message.get("quote", {}).get("text", ""),
        forwarded_from=_origin(message.get("forward_origin", {})),
        **fields,
    )


def _place(chat: Chat, message: Json) -> Place:
    if chat.user is not None:
        return Place(chat.id, chat.user["first_name"], is_private=True)
    if not chat.is_forum:
        return Place(chat.id, chat.title)
    if not message.get("is_topic_message"):
        return Place(chat.id, chat.title, topic_name=GENERAL if message else "")
    topic = chat.topics[message["message_thread_id"]]
    return Place(chat.id, chat.title, topic=topic.id, topic_name=topic.name)


def _author(message: Json) -> str:
    """A person's name, or that behind which somebody writes."""
    behind = message.get("sender_chat")
    if behind is None:
        return str(message["from"]["first_name"])
    is_group = behind["id"] == message["chat"]["id"] and message["chat"]["type"] != "channel"
    return f"“{behind['title']}” (an admin)" if is_group else f"“{behind['title']}”"


def _origin(origin: Json) -> str:
    match origin.get("type"):
        case "user":
            return str(origin["sender_user"]["first_name"])
        case "hidden_user":
            return str(origin["sender_user_name"])
        case "channel":
            return f"“{origin['chat']['title']}”"
        case "chat":
            return f"“{origin['sender_chat']['title']}”"
    return ""


def _attached(message: Json) -> str:
    if "document" in message and isinstance(message["document"], dict):
        return f"the file {message['document'].get('file_name', '')}".rstrip()
    kinds = [kind.replace("_", " ") for kind in ATTACHED if kind in message]
    return f"{'an' if kinds[0][0] in 'aeiou' else 'a'} {kinds[0]}" if kinds else ""


def _mark(text: str, entity: Json) -> Mark:
    raw = text.encode("utf-16-le")
    start = len(raw[: 2 * entity["offset"]].decode("utf-16-le"))
    end = len(raw[: 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"))
    return Mark(entity["type"], start, end, entity.get("url", ""))
