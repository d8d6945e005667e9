"""Twenty-four chats do by chance what chats do, over several lives of the bot."""

from __future__ import annotations

from pathlib import Path

from bot.chat import texts
from tests.bot.isolation.places import all_places
from tests.bot.isolation.plan import planned
from tests.bot.isolation.played import foreign_reads, played
from tests.campaigns.between_chats.findings import spilled
from tests.campaigns.journal import Outcome
from tests.campaigns.logged import logged

LIVES = 4
ALONE = (3, 8, 13, 17, 23)
"""Places that are played a second time, without the articles of the others."""


def try_isolation(seed: int, number: int, count: int, written: Path, folder: Path) -> Outcome:
    """Play ``count`` actions; return how many there were, of them forged presses, and what is wrong."""
    places = all_places()
    actions = planned(places, count, f"{seed} {number}")
    alone = [place for place in places if place.number in ALONE]
    with logged() as log:
        for name in ("whole", "alone"):
            (folder / name).mkdir()
        whole = played(folder / "whole", written, places, actions, LIVES)
        findings = spilled(whole.play, folder / "whole", log) + foreign_reads(whole)
        few = [action for action in actions if action.place in ALONE]
        again = played(folder / "alone", written, alone, few, LIVES)
    findings += [f"a forged button said {told}" for told in {*whole.play.forged} - {texts.BUTTON_GONE}]
    findings += [
        f"without the articles of others another answer in place {number}"
        for number in ALONE
        if again.play.rooms[number].seen != whole.play.rooms[number].seen
    ]
    return {"actions": len(actions), "forged": len(whole.play.forged), "findings": findings}
