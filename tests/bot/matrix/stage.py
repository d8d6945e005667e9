"""Where one cell is played: somebody in a role, in a chat of their own, and what the bot made of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.chat import texts
from tests.bot.matrix.outcomes import ID, Outcome
from tests.bot.matrix.roles import Role
from tests.standin.groups import Group
from tests.standin.messages import in_a_reply
from tests.standin.persons import Person
from tests.standin.queries import Query
from tests.standin.said import Said
from tests.standin.telegram import Telegram
from tests.standin.world import ANONYMOUS, BOT, TELEGRAM, Chat, Json

PROBE = "/help@verbatim_bot me"
"""Written after everything: once it is answered, what was said before it has been answered, or never is."""

ADD_PROBE = "/ADD@verbatim_bot"
"""Written after everything where articles are added: they wait for each other, and nothing waits for them."""

PROBE_DATA = "probe"
"""On a button that nobody has, for the same."""

OTHER_BOT: Json = {"id": 77, "is_bot": True, "first_name": "Chatter", "username": "chatter_bot"}
WRITE_CALLS = frozenset({"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"})


class Stage:
    """The cast of one cell. The host owns the group and is an operator: the bot always answers to them."""

    def __init__(self, telegram: Telegram, role: Role, **group: Any) -> None:
        self.telegram = telegram
        self.role = role
        self.person = telegram.person("Ann")
        self.host = telegram.person("Olga")
        self.group = telegram.group("Readers", self.host, **{"bot": "administrator", **group})
        self.channel = telegram.channel("Paper", self.person)
        self.own = telegram.group("Own", self.person, bot="administrator")
        self.topic = self.group.opens_topic("News", by=self.host) if self.group.chat.is_forum else None
        self.group.chat.members[self.person.id] = role.status
        self.group.chat.rights[self.person.id] = {"is_anonymous": role.voice == "group"}
        self.first_call = 0
        self.probe = PROBE

    @property
    def listed_chats(self) -> list[int]:
        """Those that are to stand in [bot] chats."""
        return [self.own.id, *([] if self.role.where == "unlisted" else [self.group.id])]

    @property
    def place(self) -> Group | None:
        """Where they are; None in private."""
        return {"private": None, "own": self.own}.get(self.role.where, self.group)

    @property
    def chat(self) -> Chat:
        """The chat of ``place``; in private, that with the bot."""
        return self.place.chat if self.place else self.person.private

    @property
    def name_as_admin(self) -> Person:
        """Who Telegram says has done what an admin does."""
        return Person(self.telegram, ANONYMOUS) if self.role.voice == "group" else self.person

    def says(self, text: str | None, reply_to: Said | None = None, **fields: Any) -> Said:
        """They write this, in their voice."""
        if self.role.voice in {"forwarded", "bot"}:
            return self._arrives(text, reply_to, fields)
        return self.person.says(
            text,
            to=self.place,
            reply_to=reply_to,
            topic=self.topic if self.place else None,
            anonymously=self.role.voice == "group",
            as_channel=self.channel if self.role.voice == "channel" else None,
            **fields,
        )

    def edits(self, said: Said, text: str, *, after_s: int) -> None:
        """They change it, so long after."""

        def pass_time() -> None:
            self.telegram.world.now += after_s

        self.telegram.do(pass_time)
        self.person.edits(said, text)
        if self.role.voice == "bot":
            self._add("edited_message", said.message)

    @property
    def is_private(self) -> bool:
        """Whether all of it is played in a private chat with the bot; a stranger is shown nothing there."""
        return self.role.where == "private" and self.role.name != "stranger"

    def opened(self, text: str) -> Said:
        """What the bot answers to ``text``, with buttons for all who are there."""
        if self.is_private:
            asked = self.person.says(text)
        else:
            asked = self.host.says(text, to=self.group, topic=self.topic)
        self.settle(asked.chat)  # it is sent before it is kept
        return self.answer(asked)

    def asked_to_keep(self, words: str) -> Said:
        """The bot's question whether somebody's words are to be kept."""
        if self.is_private:
            said = self.person.forwards(self.host.says(words, to=self.own))
        else:
            said = self.host.says(words, to=self.group)
            self.host.says("/add@verbatim_bot", reply_to=said)
        self.telegram.wait_for(lambda: _answers(said))
        return self.answer(said)

    def has_added(self, data: bytes, name: str) -> None:
        """A file has become an article of the chat, by who may add."""
        probe, self.probe = self.probe, ADD_PROBE
        if self.is_private:
            self.person.sends_file(data, name, "text/markdown")
            self.settle()
        else:
            self.host.says("/add@verbatim_bot", reply_to=self.file_of_host(data, name))
            self.settle(self.group.chat)
        self.probe = probe

    def file_of_host(self, data: bytes, name: str) -> Said:
        """A file that stands in the group."""
        return self.host.sends_file(data, name, "text/markdown", to=self.group)

    def file(self, data: bytes, name: str) -> Json:
        """A file, as a field of a message."""
        files = self.telegram.methods.files
        return {"document": self.telegram.do(lambda: files.put(data, name, "text/markdown"))}

    def under(self, opened: Said) -> Said:
        """The message whose button is pressed: a forger has only another one, in a chat of theirs."""
        if self.role.name != "stranger" and self.role.where != "own":
            return opened
        return self.answer(self.settle())

    def pressed_before(self, opened: Said, data: str) -> None:
        """Somebody who may has pressed this there, and all that came of it has come."""
        by = self.person if opened.chat is self.person.private else self.host
        for pressed in (data, PROBE_DATA):
            by.presses(opened, data=pressed)

    def answer(self, said: Said) -> Said:
        """What the bot has said to it."""
        return Said(self.telegram, said.chat, _answers(said)[0])

    def presses(self, said: Said, data: str) -> Query:
        """They press; what comes of it may still be under way."""
        queries = self.telegram.methods.queries
        return self.telegram.do(lambda: queries.press(self.person.user, said.chat, said.id, data))

    def presses_often(self, said: Said, data: str, count: int) -> None:
        """They press it ``count`` times, and the bot has answered every time."""
        pressed = [self.presses(said, data) for _ in range(count)]
        self.telegram.wait_for(lambda: all(query.answer for query in pressed))

    def settle(self, where: Chat | None = None) -> Said:
        """Wait until the bot is done with what was written where they are; the message it answered last."""
        chat = where or self.chat
        if chat is self.group.chat:
            probe = self.host.says(self.probe, to=self.group, topic=self.topic)
        else:
            probe = self.person.says(self.probe, to=self.own if chat is self.own.chat else None)
        self.telegram.wait_for(lambda: self.has_left or _answers(probe))
        return probe

    def move_to(self, group: Group) -> None:
        """The group is another chat from now on."""
        self.group = group

    @property
    def has_left(self) -> bool:
        """Whether the bot is not in the group any more."""
        return self.place is not None and self.chat.members.get(BOT["id"]) == "left"

    def begin(self) -> None:
        """What comes from now on is the outcome."""
        self.first_call = len(self.telegram.calls)

    def outcome(self, probe: Said | None) -> Outcome:
        """All of it but the settings; ``probe`` and what was said to it do not count."""
        calls = [call for call in self.telegram.calls[self.first_call :] if call.method in WRITE_CALLS]
        said, shown, elsewhere = [], None, set()
        for call in calls:
            if probe is not None and _replies_to(call.result, probe):
                continue
            if call.values["chat_id"] != self.chat.id:
                elsewhere.add(int(call.values["chat_id"]))
            elif call.method == "editMessageText":
                shown = call.values["text"]
            elif call.method == "sendMessage":
                said.append(self._without_number(call.values["text"]))
        return Outcome(
            said=tuple(said), shown=shown, elsewhere=tuple(sorted(elsewhere)), has_left=self.has_left
        )

    def pressed(self, query: Query, said: Said) -> Outcome:
        """What came of a press; waits until all of it has."""
        later = self.presses(said, PROBE_DATA)  # those of one person are taken in order
        answer = self.telegram.wait_for(lambda: later.answer and query.answer)
        text, is_alert = answer.get("text"), answer.get("show_alert", False)
        seen = self.outcome(None)
        return replace(seen, alert=text) if is_alert else replace(seen, toast=text)

    def _arrives(self, text: str | None, reply_to: Said | None, fields: Json) -> Said:
        """A message that no person of the play writes; another bot's, though Telegram would keep it back."""
        content = dict(fields) if text is None else {"text": text, **fields}
        if reply_to is not None:
            content["reply_to_message"] = in_a_reply(reply_to.message)
        if self.topic is not None:
            content |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.role.voice == "forwarded":
            channel = self.channel.chat.shown()
            origin = {"type": "channel", "date": self.telegram.world.now, "chat": channel, "message_id": 2}
            content |= {"sender_chat": channel, "is_automatic_forward": True, "forward_origin": origin}
        sender = TELEGRAM if self.role.voice == "forwarded" else OTHER_BOT
        message = self.telegram.do(lambda: self.telegram.world.write(self.group.chat, sender, **content))
        self._add("message", message)
        return Said(self.telegram, self.group.chat, message)

    def _add(self, kind: str, message: Json) -> None:
        self.telegram.do(lambda: self.telegram.methods.updates.add(kind, dict(message), self.group.id))

    def _without_number(self, text: str) -> str:
        for say in (texts.not_admitted, texts.not_admitted_person):
            if text == say(self.chat.id):
                return say(ID)
        return text


def key_of(said: Said) -> str:
    """What the buttons under an answer know it by; empty where there are none of that kind."""
    rows = said.message.get("reply_markup", {}).get("inline_keyboard", [])
    found = [re.match("a:([^:]+):", button.get("callback_data", "")) for row in rows for button in row]
    return next((match[1] for match in found if match), "")


def _answers(said: Said) -> list[Json]:
    return [
        message
        for message in list(said.chat.messages.values())
        if _is_ours(message) and _replies_to(message, said)
    ]


def _is_ours(message: Json) -> bool:
    return bool(message.get("from", {}).get("id") == BOT["id"])


def _replies_to(sent: Any, said: Said) -> bool:
    if not isinstance(sent, dict) or sent["chat"]["id"] != said.chat.id:
        return False
    return bool(sent.get("reply_to_message", {}).get("message_id") == said.id)
