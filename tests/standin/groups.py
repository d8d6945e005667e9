"""Groups, supergroups and channels in a play: what happens to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.standin.routing import reaches_the_bot
from tests.standin.said import Said, arrives, tell_member_change
from tests.standin.world import BOT, TELEGRAM, Chat, Status, Topic, member_shown

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
        """As the Bot API has it."""
        return self.chat.id

    def sets(self, who: Person | Literal["bot"], status: Status, by: Person, **rights: bool) -> None:
        """``who`` gets another status from ``by``: joins, leaves, is made an admin, is thrown out."""
        user = BOT if who == "bot" else who.user

        def change() -> None:
            before = member_shown(self.chat, user)
            self.chat.members[user["id"]] = status
            self.chat.rights[user["id"]] = dict(rights)
            tell_member_change(self.telegram, self.chat, by.user, before, user)

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
        """Only admins may write there now."""

        def close_it() -> None:
            self.chat.topics[number].is_closed = True
            thread = {"message_thread_id": number, "is_topic_message": True}
            arrives(
                self.telegram,
                self.chat,
                self.telegram.world.write(self.chat, by.user, forum_topic_closed={}, **thread),
            )

        self.telegram.do(close_it)

    def upgrades(self, by: Person, *, new_first: bool = False) -> Group:
        """The supergroup that a group becomes; both say so, the old one first, or the new."""

        def upgrade() -> Group:
            world, old = self.telegram.world, self.chat
            new = world.upgrade(old)
            told = [
                (old, world.write(old, by.user, migrate_to_chat_id=new.id)),
                (new, world.write(new, by.user, migrate_from_chat_id=old.id)),
            ]
            for chat, message in reversed(told) if new_first else told:
                arrives(self.telegram, chat, message)
            return Group(self.telegram, new)

        return self.telegram.do(upgrade)

    def posts(self, text: str, discussed_in: Group | None = None) -> Said:
        """A post of a channel; Telegram forwards it to the group that discusses it."""

        def post() -> Said:
            world = self.telegram.world
            sender = {"sender_chat": self.chat.shown()}
            message = world.write(self.chat, None, text=text, **sender)
            world.transcript.arrives(self.chat, message)
            if reaches_the_bot(self.chat, message):
                self.telegram.methods.updates.add("channel_post", message, self.chat.id)
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
