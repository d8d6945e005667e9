"""The ways by which a word might get from one chat to another, each for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat import texts
from index.store.paths import chat_library_path
from tests.bot.isolation.places import NOBODYS, WORDS, all_places
from tests.bot.isolation.plan import NAMES, QUESTIONS
from tests.bot.isolation.play import Play
from tests.bot.isolation.played import playing
from tests.bot.isolation.room import NAME, Room, answer_to, keys_of
from tests.standin.said import Said

ALL = all_places()
GROUP = next(place for place in ALL if place.kind == "group")
ASKED = "What is the secret word that opens the door?"


@pytest.fixture
def play(tmp_path: Path, written: Path) -> Iterator[Play]:
    """All chats with their libraries."""
    with playing(tmp_path, written, ALL) as (play, _):
        yield play


def ask(play: Play, room: Room, text: str, command: str = "/ask") -> Said:
    """The answer to somebody in the room."""
    person = play.people[room.place.people[-1]]
    return answer_to(room.says(person, f"{command}{NAME} {text}"))


def test_the_word_of_another_chat_is_a_word_of_nobody(play: Play) -> None:
    asked = [("/ask", text) for text in QUESTIONS] + [("/summary", name) for name in NAMES]
    room = play.rooms[7]
    for command, text in asked:
        named, unknown = (ask(play, room, text.format(word=word), command) for word in (WORDS[8], NOBODYS))
        assert named["text"].replace(WORDS[8], NOBODYS) == unknown["text"]
        assert named.buttons == unknown.buttons


@pytest.mark.parametrize("new_first", [False, True])
def test_a_library_goes_along_with_its_group_and_to_nobody_else(
    play: Play, tmp_path: Path, new_first: bool
) -> None:
    room, word = play.rooms[GROUP.number], GROUP.word
    before, old = ask(play, room, ASKED), room.chat_id
    assert word in before["text"]
    room.upgrades(play.people[GROUP.people[0]], new_first=new_first)
    after = ask(play, room, ASKED)
    assert after["text"] == before["text"]
    assert (after.chat.id != old, chat_library_path(tmp_path, old).exists()) == (True, False)
    person = play.people[GROUP.people[-1]]
    for data in keys_of(before):
        assert person.presses(after, data=data)["text"] == texts.BUTTON_GONE
    for other in play.rooms.values():
        if other is not room:
            answer = ask(play, other, f"Is {word} the secret word that opens the door?")
            assert word not in answer["text"]


def test_a_key_is_of_one_message_of_one_chat(play: Play) -> None:
    first, other = play.rooms[6], play.rooms[8]
    here, there = ask(play, first, ASKED), ask(play, other, ASKED)
    assert here.id == there.id
    before = dict(there.message)
    member = play.people[other.place.people[-1]]
    for data in keys_of(here):
        assert member.presses(there, data=data)["text"] == texts.BUTTON_GONE
    assert there.now() == before


def test_a_reply_goes_on_with_no_answer_of_the_same_number_elsewhere(play: Play) -> None:
    first, other = play.rooms[6], play.rooms[8]
    here, there = ask(play, first, ASKED), ask(play, other, "When is the tide high?")
    assert here.id == there.id
    member = play.people[other.place.people[-1]]
    later = answer_to(other.says(member, "And when is it low?", reply_to=there))
    assert later["text"].startswith("When is the tide low?\n\nThe tide is low at one")
