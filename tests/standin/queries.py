"""What people ask without a message: a pressed button, an inline query, a guest's question."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from tests.standin import refusals as say
from tests.standin.delivery import Updates
from tests.standin.messages import formatted
from tests.standin.refusals import bad
from tests.standin.world import Chat, Json, World, user_shown

MAX_RESULTS = 50
MAX_AGE_S = 30.0
"""A query that is answered later is refused; a button's a little later, which nothing here waits for."""


@dataclass
class Query:
    """What waits for one answer, and the answer."""

    id: str
    asked: float  # by the world's clock
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

    def choose(self, user: Json, query: Json, result_id: str) -> Json:
        """The message that a result of an answered query becomes; the bot knows it if it has buttons."""
        result = next(offered for offered in query["results"] if offered["id"] == result_id)
        chosen: Json = {"result_id": result_id, "from": user_shown(user), "query": ""}
        message = _as_sent(result)
        if "reply_markup" in message:
            message_id = f"inline-{query['inline_query_id']}-{result_id}"
            self._world.inline[message_id] = message
            chosen["inline_message_id"] = message_id
        self._updates.add("chosen_inline_result", chosen, user["id"])
        return message

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
        if len(call["results"]) > MAX_RESULTS:
            raise bad(say.TOO_MANY_RESULTS)
        if len({result["id"] for result in call["results"]}) < len(call["results"]):
            raise bad(say.RESULT_TWICE)
        for result in call["results"]:
            _as_sent(result)
        self._answered(call["inline_query_id"], call)
        return True

    def answer_guest(self, call: Json) -> Json:
        """answerGuestQuery."""
        message = _as_sent(call["result"])
        self._answered(call["guest_query_id"], call)
        sent = {"inline_message_id": f"guest-{call['guest_query_id']}"}
        self._world.inline[sent["inline_message_id"]] = message
        return sent

    def _new(self) -> Query:
        query = Query(str(next(self._numbers)), self._world.clock())
        self.asked[query.id] = query
        return query

    def _answered(self, query_id: str, call: Json) -> None:
        query = self.asked.get(query_id)
        if query is None or query.answer is not None or self._world.clock() - query.asked > MAX_AGE_S:
            raise bad(say.QUERY_TOO_OLD)
        query.answer = call


def _as_sent(result: Json) -> Json:
    """The message that a result of an inline or guest query becomes. Raises Refusal."""
    message: Json = {name: result[name] for name in ("reply_markup",) if name in result}
    content = result.get("input_message_content", {})
    if "message_text" in content:
        text, entities = formatted({**content, "text": content["message_text"]})
        message |= {"text": text, **({"entities": entities} if entities else {})}
    return message
