"""Decides as an update arrives whether it is handled: before it waits in a line or costs a write.

Who floods the bot costs others next to nothing that way: a message that is one too many is told from others
by what stands in memory.
"""

from __future__ import annotations

from collections import deque
from typing import Literal

from telegram import CallbackQuery, Message, Update

from bot.chat import RateLimits, article_texts, texts
from bot.chat.ingest.sources import Words
from bot.telegram.messages.addressing import MEDIA, Addressed
from bot.telegram.messages.keyboards import KEEP
from bot.telegram.messages.message_sources import source_of
from bot.telegram.services import Services, asker_of
from retrieval.conversation import talk_of

Asked = Literal["question", "addition", "command"]
"""How a message counts: as a question to read, an article to add, or anything else that gets a reply."""

EDITABLE_S = 600.0
"""A question that is edited later than this after it was asked keeps its answer."""

ALBUMS = 100
"""Albums that are remembered: their photos come one by one, and are answered once."""


class Admission:
    """Counts what arrives, and turns away what is too much of it, or not for the bot at all."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._too_much: dict[int, str] = {}
        self._addressed: dict[int, Addressed] = {}
        self._unjudged: set[int] = set()  # messages that failed to be judged, and are admitted for that
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    def admits(self, update: Update) -> bool:
        """Return whether a handler has to see ``update``, which is counted; to be asked once for each.

        Raises what judging it raises; a message is read anew, then, by whoever takes what it wants.
        """
        try:
            return self._judge(update)
        except Exception:
            if update.message is not None or update.edited_message is not None:
                self._unjudged.add(update.update_id)
            raise

    def is_addition(self, number: int) -> bool:
        """Return whether the update of this number, which was admitted, is to add an article."""
        to_us = self._addressed.get(number)
        return to_us is not None and to_us.purpose == "add"

    def is_addressed(self, number: int) -> bool:
        """Return whether the update of this number, which was admitted, is a message that is for us."""
        return number in self._addressed or number in self._unjudged

    def take_addressed(self, number: int, message: Message) -> Addressed | None:
        """Forget what an admitted ``message`` wants, and return it; None where it is not for us."""
        to_us = self._addressed.pop(number, None)
        if number in self._unjudged:
            self._unjudged.discard(number)
            return self._services.addressed(message)
        return to_us

    def is_too_much(self, number: int) -> bool:
        """Return whether the update of this number, which was admitted, is only to be told that it is one."""
        return number in self._too_much

    def take_reply(self, number: int) -> str:
        """Forget an update that is too much; return what is said to it, which may be nothing."""
        self._addressed.pop(number, None)
        return self._too_much.pop(number, "")

    def _judge(self, update: Update) -> bool:
        if update.callback_query is not None:
            self._count_press(update.update_id, update.callback_query)
            return True
        if update.message is not None:
            return self._admits_message(update.update_id, update.message)
        if update.edited_message is not None:
            return self._admits_edit(update.update_id, update.edited_message)
        # Rights that were taken away are gone for the next press, whatever waits in the line of the chat.
        if update.chat_member is not None:
            self._services.rights.notice(update.chat_member)
            return False
        if update.my_chat_member is not None:
            self._services.rights.notice(update.my_chat_member)
            self._services.presence.expects_news(update.my_chat_member.chat.id)
        return True

    def _admits_message(self, number: int, message: Message) -> bool:
        self._services.presence.heard(message.chat.id)
        to_us = self._services.addressed(message)
        if to_us is None:
            return _tells_of_a_move(message)
        if to_us.purpose == MEDIA and self._is_of_an_album(message):
            return False
        asked, asker, chat_id = self._asked_for(message, to_us), asker_of(message), message.chat.id
        verdict, wait_s = self._taken(asked, asker, chat_id, message.date.timestamp())
        if verdict == "tell" and (chat_id == asker or self._services.admits(message)):
            self._too_much[number] = _too_many(asked, wait_s)
        is_admitted = verdict == "go" or number in self._too_much
        if is_admitted:
            self._addressed[number] = to_us
        return is_admitted

    def _is_of_an_album(self, message: Message) -> bool:
        """Return whether it is one of several photos that were sent at once, and not the first that came."""
        album = message.media_group_id
        if album is None or album in self._albums:
            return album is not None
        self._albums.append(album)
        return False

    def _admits_edit(self, number: int, message: Message) -> bool:
        """Tell whether an edit is answered; one too many changes nothing: the answer there is worth more."""
        self._services.presence.heard(message.chat.id)
        to_us = self._services.addressed(message)
        command = self._services.known_commands.get(to_us.purpose) if to_us is not None else None
        if to_us is None or command is None or not command.follows_edits:
            return False
        edited = message.edit_date or message.date
        if to_us.purpose == "ask" and (edited - message.date).total_seconds() > EDITABLE_S:
            return False
        asked, asker = self._asked_for(message, to_us), asker_of(message)
        verdict, _ = self._taken(asked, asker, message.chat.id, edited.timestamp())
        if verdict == "go":
            self._addressed[number] = to_us
        return verdict == "go"

    def _count_press(self, number: int, query: CallbackQuery) -> None:
        """Count a press. Each is answered, at last without a word, or the button goes on spinning."""
        services, person = self._services, query.from_user.id
        chat_id = query.message.chat.id if query.message else person
        verdict = services.presses.take(services.clock(), person=person, chat=chat_id)
        said = texts.too_much(services.presses.wait_s(person=person, chat=chat_id))
        if verdict == "go" and query.data == KEEP.data(yes=1):
            verdict = services.additions.take(services.clock(), person=person)
            said = article_texts.too_many_additions(services.additions.wait_s(person=person))
        if verdict != "go":
            self._too_much[number] = said if verdict == "tell" else ""

    def _asked_for(self, message: Message, to_us: Addressed) -> Asked:
        """Return how a message counts."""
        command = self._services.known_commands.get(to_us.purpose)
        if command is not None and command.is_question:
            is_talk = to_us.purpose == "ask" and (not to_us.text or talk_of(to_us.text) is not None)
            return "command" if is_talk else "question"
        if to_us.purpose == "add":
            source = source_of(message, to_us.text)
            if source is not None and not isinstance(source, Words):
                return "addition"
        return "command"

    def _taken(self, asked: Asked, asker: int, chat_id: int, at: float) -> tuple[str, float]:
        """Count it; return the verdict, and how long to wait.

        ``at`` is when it was written, by Telegram's clock: who asked over hours while the bot was not running
        has not asked too much at once.
        """
        if asked == "addition":  # of the chat, only once it is clear that who sends it may add there
            verdict = self._services.additions.take(self._services.clock(), person=asker)
            return verdict, self._services.additions.wait_s(person=asker)
        limits: RateLimits = self._services.questions if asked == "question" else self._services.commands
        verdict = limits.take(at, person=asker, chat=chat_id)
        return verdict, limits.wait_s(person=asker, chat=chat_id)


def _tells_of_a_move(message: Message) -> bool:
    """Return whether the group of a message has become a supergroup, or was one."""
    return message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None


def _too_many(asked: Asked, wait_s: float) -> str:
    match asked:
        case "question":
            return texts.too_many_questions(wait_s)
        case "addition":
            return article_texts.too_many_additions(wait_s)
        case "command":
            return texts.too_much(wait_s)
