"""docs/conversation.png shows what the bot says."""

from __future__ import annotations

import pytest

from tests.bot.scenarios.osterwick import WHAT_TICKET, WHEN_FOUNDED
from tests.bot.scenarios.picture import COMMAND, DRAWS, PICTURE, Drawn, digest_of, draw, drawn_digest, html_of
from tests.standin.groups import Group
from tests.standin.persons import Person

IS_SHOWN = False  # on the page of conversations: others say the same


def test_the_picture_shows_what_is_said(
    ann: Person, ben: Person, readers: Group, request: pytest.FixtureRequest
) -> None:
    asked = ann.says(f"@verbatim_bot {WHEN_FOUNDED}", to=readers)
    founded = asked.answer()
    follows = ben.says("And how many visitors did it have?", to=readers, reply_to=founded)
    visitors = follows.answer()
    ticket = ann.says(f"/ask@verbatim_bot {WHAT_TICKET}", to=readers)
    refused = ticket.answer()
    assert refused.buttons == ["Show closest"]
    page = html_of(
        "Readers",
        "Ann, Ben, Verbatim",
        [
            Drawn("Ann", asked),
            Drawn("Verbatim", founded),
            Drawn("Ben", follows, to=founded["text"].partition("\n")[0]),
            Drawn("Verbatim", visitors),
            Drawn("Ann", ticket),
            Drawn("Verbatim", refused),
        ],
    )
    if request.config.stash.get(DRAWS, False):
        draw(page)
    assert drawn_digest(PICTURE.read_bytes()) == digest_of(page), (
        f"the picture is old; draw it with `{COMMAND}`"
    )
