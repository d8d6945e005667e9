"""Which messages of a chat a bot gets to see: Telegram's privacy mode.

By Telegram's page on bots in groups: with privacy mode on, a bot gets commands that name it, commands that
name nobody if it was the last bot to write there, mentions of it, replies to it, what was sent through it,
and service messages; without, or as an admin, all but what other bots write.
"""

from __future__ import annotations

from tests.standin.world import BOT, IN_CHAT, Chat, Json

SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "group_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
        "forum_topic_edited",
        "general_forum_topic_hidden",
    }
)


def reaches_the_bot(chat: Chat, message: Json, bot: Json = BOT) -> bool:
    """Whether the bot gets ``message`` of ``chat``."""
    if chat.type == "private":
        return chat.members.get(bot["id"], "member") in IN_CHAT
    if chat.status(bot["id"]) not in IN_CHAT:
        return False
    sender = message.get("from", {})
    if sender.get("id") == bot["id"]:
        return False
    if chat.type == "channel":
        return chat.is_admin(bot["id"])
    if SERVICE & message.keys():
        return True
    if sender.get("is_bot") and "sender_chat" not in message:
        return False
    if bot["can_read_all_group_messages"] or chat.is_admin(bot["id"]):
        return True
    return _is_meant_for(chat, message, bot)


def _is_meant_for(chat: Chat, message: Json, bot: Json) -> bool:
    if message.get("via_bot", {}).get("id") == bot["id"]:
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]:
        return True
    for entity in (*message.get("entities", ()), *message.get("caption_entities", ())):
        text = message.get("text") or message.get("caption", "")
        words = _cut(text, entity)
        if entity["type"] == "text_mention" and entity["user"]["id"] == bot["id"]:
            return True
        if entity["type"] == "mention" and _is_name(words.removeprefix("@"), bot):
            return True
        if entity["type"] == "bot_command":
            _, named, name = words.partition("@")
            if _is_name(name, bot) if named else chat.last_bot == bot["id"]:
                return True
    return False


def _cut(text: str, entity: Json) -> str:
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def _is_name(name: str, bot: Json) -> bool:
    return name.casefold() == str(bot["username"]).casefold()
