"""Groups, supergroups and channels in a play: what happens to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.standin.said import Said, arrives, tell_member_change
from tests.standin.world import (
    BOT,
    GENERAL,
    IN_CHAT,
    TELEGRAM,
    Chat,
    Json,
    Status,
    Topic,
    member_shown,
    user_shown,
)

if TYPE_CHECKING:
    from tests.standin.persons import Person
    from tests.standin.telegram import Telegram


@dataclass(frozen=True)
class Group:
    """A group, supergroup or channel, and what its people do to it."""

    telegram: Telegram
    chat: Chat

    @property
    def id(self) -> int:
        """Its id in the Bot API."""
        return self.chat.id

    def sets(self, who: Person | Literal["bot"], status: Status, by: Person, **rights: bool) -> None:
        """``who`` gets another status from ``by``: joins, leaves, is made an admin, is thrown out."""
        user = BOT if who == "bot" else who.user

        def change() -> None:
            before, status_before = member_shown(self.chat, user), self.chat.status(user["id"])
            self.chat.members[user["id"]] = status
            self.chat.rights[user["id"]] = dict(rights)
            tell_member_change(self.telegram, self.chat, by.user, before, user)
            self._says_who_came_or_left(status_before, user, by)

        self.telegram.do(change)

    def opens_topic(self, name: str, by: Person) -> int:
        """The number of a new topic of a forum."""

        def open_it() -> int:
            created = {"name": name, "icon_color": 7322096}
            message = self.telegram.world.write(self.chat, by.user, forum_topic_created=created)
            number = int(message["message_id"])
            message |= {"message_thread_id": number, "is_topic_message": True}
            self.chat.topics[number] = Topic(number, name)
            arrives(self.telegram, self.chat, message)
            return number

        return self.telegram.do(open_it)

    def closes_topic(self, number: int, by: Person) -> None:
        """Only admins may write there now; GENERAL is a topic, too."""
        self._changes_topic(number, by, is_closed=True)

    def reopens_topic(self, number: int, by: Person) -> None:
        """All may write there again."""
        self._changes_topic(number, by, is_closed=False)

    def deletes_topic(self, number: int) -> None:
        """The topic and its messages are gone; bots are not told."""

        def delete() -> None:
            del self.chat.topics[number]
            for message_id, message in list(self.chat.messages.items()):
                if message.get("is_topic_message") and message["message_thread_id"] == number:
                    del self.chat.messages[message_id]

        self.telegram.do(delete)

    def ends(self) -> None:
        """The group is no more."""
        self.telegram.do(lambda: setattr(self.chat, "is_deleted", True))

    def _changes_topic(self, number: int, by: Person, *, is_closed: bool) -> None:
        said = "forum_topic_closed" if is_closed else "forum_topic_reopened"
        thread = {} if number == GENERAL else {"message_thread_id": number, "is_topic_message": True}

        def change() -> None:
            self.chat.topics.setdefault(number, Topic(number, "General")).is_closed = is_closed
            message = self.telegram.world.write(self.chat, by.user, **{said: {}}, **thread)
            arrives(self.telegram, self.chat, message)

        self.telegram.do(change)

    def _says_who_came_or_left(self, before: Status, user: Json, by: Person) -> None:
        """A service message; who was thrown out does not get it."""
        was, is_ = before in IN_CHAT, self.chat.status(user["id"]) in IN_CHAT
        if was == is_ or self.chat.type == "channel":
            return
        member = user_shown(user)
        said: Json = {"new_chat_members": [member]} if is_ else {"left_chat_member": member}
        arrives(self.telegram, self.chat, self.telegram.world.write(self.chat, by.user, **said))

    def upgrades(self, by: Person, *, new_first: bool = False) -> Group:
        """The supergroup that a group becomes; both say so, the old one first, or the new."""

        def upgrade() -> Group:
            world, old = self.telegram.world, self.chat
            new = world.upgrade(old)
            messages = [
                (old, world.write(old, by.user, migrate_to_chat_id=new.id)),
                (new, world.write(new, by.user, migrate_from_chat_id=old.id)),
            ]
            for chat, message in reversed(messages) if new_first else messages:
                arrives(self.telegram, chat, message)
            return Group(self.telegram, new)

        return self.telegram.do(upgrade)

    def posts(self, text: str, discussed_in: Group | None = None) -> Said:
        """A post of a channel; Telegram forwards it to the group that discusses it."""

        def post() -> Said:
            world = self.telegram.world
            sender = {"sender_chat": self.chat.shown()}
            message = world.write(self.chat, None, text=text, **sender)
            arrives(self.telegram, self.chat, message, "channel_post")
            if discussed_in is None:
                return Said(self.telegram, self.chat, message)
            origin = {
                "type": "channel",
                "date": message["date"],
                "chat": self.chat.shown(),
                "message_id": message["message_id"],
            }
            fields = {**sender, "forward_origin": origin, "is_automatic_forward": True}
            copy = world.write(discussed_in.chat, TELEGRAM, text=text, **fields)
            arrives(self.telegram, discussed_in.chat, copy)
            return Said(self.telegram, discussed_in.chat, copy)

        return self.telegram.do(post)
