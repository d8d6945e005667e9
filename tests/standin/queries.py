"""What people ask without a message: a pressed button, an inline query, a guest's question."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.standin import refusals as say
from tests.standin.delivery import Updates
from tests.standin.messages import Messages, formatted
from tests.standin.refusals import bad
from tests.standin.world import Chat, Json, World, user_shown

MAX_AGE_S = 30.0
"""A query that is answered later is refused; a button's a little later, which nothing here waits for."""


@dataclass
class Query:
    """What waits for one answer, and the answer."""

    id: str
    asked: float = field(default_factory=time.monotonic)
    answer: Json | None = None


class Queries:
    """Queries of people, by their id."""

    def __init__(self, world: World, updates: Updates) -> None:
        self._world = world
        self._updates = updates
        self._numbers = itertools.count(9_000_001)
        self.asked: dict[str, Query] = {}

    def press(self, user: Json, chat: Chat, message_id: int, data: str) -> Query:
        """A button of a message is pressed; it may be gone from it meanwhile, or forged."""
        query = self._new()
        message = chat.messages.get(message_id)
        gone = {"message_id": message_id, "chat": chat.shown(), "date": 0}
        payload = {
            "id": query.id,
            "from": user_shown(user),
            "message": gone if message is None else message,
            "chat_instance": str(chat.id),
            "data": data,
        }
        self._updates.add("callback_query", payload, user["id"])
        return query

    def ask_inline(self, user: Json, text: str, offset: str = "") -> Query:
        """``@bot text`` is typed in any chat."""
        query = self._new()
        self._world.transcript.asked(user, None, text, query.id)
        payload = {"id": query.id, "from": user_shown(user), "query": text, "offset": offset}
        self._updates.add("inline_query", payload, user["id"])
        return query

    def ask_as_guest(self, user: Json, chat: Chat, text: str, **fields: Any) -> Query:
        """``@bot text`` is sent in a chat that the bot is not in."""
        query = self._new()
        self._world.transcript.asked(user, chat, text, query.id)
        message = self._world.write(chat, user, text=text, guest_query_id=query.id, **fields)
        self._updates.add("guest_message", message, user["id"])
        return query

    def answer_press(self, call: Json) -> bool:
        """answerCallbackQuery."""
        self._answered(call["callback_query_id"], call)
        return True

    def answer_inline(self, call: Json) -> bool:
        """answerInlineQuery."""
        for result in call["results"]:
            if "message_text" in (content := result.get("input_message_content", {})):
                formatted({**content, "text": content["message_text"]})
        self._answered(call["inline_query_id"], call)
        return True

    def answer_guest(self, call: Json) -> Json:
        """answerGuestQuery."""
        self._answered(call["guest_query_id"], call)
        return {"inline_message_id": f"guest-{call['guest_query_id']}"}

    def _new(self) -> Query:
        query = Query(str(next(self._numbers)))
        self.asked[query.id] = query
        return query

    def _answered(self, query_id: str, call: Json) -> None:
        query = self.asked.get(query_id)
        if query is None or query.answer is not None or time.monotonic() - query.asked > MAX_AGE_S:
            raise bad(say.QUERY_TOO_OLD)
        query.answer = call


class Files:
    """Files by their id, as getFile and the download know them."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def put(self, data: bytes, name: str, mime: str) -> Json:
        """A Document."""
        file_id = f"file-{len(self._held) + 1}"
        self._held[file_id] = data
        return {
            "file_id": file_id,
            "file_unique_id": f"unique-{file_id}",
            "file_name": name,
            "mime_type": mime,
            "file_size": len(data),
        }

    def get(self, call: Json) -> Json:
        """getFile."""
        data = self._held.get(call["file_id"])
        if data is None:
            raise bad(say.FILE_INVALID)
        if len(data) > 20 << 20:
            raise bad("file is too big")
        known = {"file_id": call["file_id"], "file_unique_id": f"unique-{call['file_id']}"}
        return {**known, "file_size": len(data), "file_path": f"documents/{call['file_id']}"}

    def data(self, path: str) -> bytes | None:
        """What lies at a ``file_path``."""
        return self._held.get(path.removeprefix("documents/"))

    def send(self, call: Json, messages: Messages) -> Json:
        """sendDocument, with the bytes of the upload in ``call["document"]``."""
        chat = messages.writable(call["chat_id"], call.get("message_thread_id"))
        uploaded = call["document"]
        caption = {"caption": call["caption"]} if "caption" in call else {}
        return messages.put(chat, call, document=self.put(*uploaded), **caption)
