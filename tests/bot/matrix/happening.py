"""The matrix, of what Telegram tells of: the bot comes and goes, admins change, a group is another chat."""

from __future__ import annotations

from functools import partial

from bot.chat import texts
from bot.store import ChatSettings
from tests.bot.matrix.acts import Happens
from tests.bot.matrix.outcomes import ID, SILENCE, Outcome, alert, saved, says
from tests.bot.matrix.roles import IN_PRIVATE
from tests.bot.matrix.rows import Row
from tests.bot.matrix.stage import Stage
from tests.standin.world import Status

GREETING = says(texts.greeting_of_group("verbatim_bot"))
LEAVES = says(texts.not_admitted(ID), has_left=True)


def bot_becomes(*statuses: Status, stage: Stage) -> None:
    """They make the bot a member, an admin, nothing."""
    for status in statuses:
        stage.group.sets("bot", status, by=stage.name_as_admin)


def becomes(status: Status, stage: Stage) -> None:
    """The host makes them an admin, or no admin."""
    stage.group.sets(stage.person, status, by=stage.host)


def two_quotes(stage: Stage) -> None:
    """Something is set that can be lost."""
    stage.pressed_before(stage.opened("/settings"), "s:q:2")


def upgrades(stage: Stage, *, new_first: bool) -> None:
    """They make the group a supergroup."""
    stage.move_to(stage.group.upgrades(by=stage.name_as_admin, new_first=new_first))


def blocks_and_unblocks(stage: Stage) -> None:
    """They stop the bot, and start it again."""
    stage.person.blocks_the_bot()
    stage.person.blocks_the_bot(again=True)


def starts(stage: Stage) -> None:
    """They know the bot."""
    stage.person.says("/start").answer()


def becoming(*statuses: Status, roles: str, bot: Status) -> Happens:
    """What ``bot_becomes``, that was ``bot``."""
    return Happens(lambda stage: bot_becomes(*statuses, stage=stage), roles, group={"bot": bot})


MEMBERS = "member admin anonymous-admin admin-elsewhere operator"
ADMINS = "admin anonymous-admin unlisted-admin"
HAS_TWO = Outcome(settings=ChatSettings(quotes=2))

HAPPENING = (
    Row(
        "the bot comes",
        becoming(
            "member", roles=f"{MEMBERS} unlisted-member unlisted-admin operator-in-unlisted", bot="left"
        ),
        {f"{MEMBERS} operator-in-unlisted": GREETING, "unlisted-member unlisted-admin": LEAVES},
    ),
    Row(
        "the bot is thrown out and comes again",
        becoming("kicked", "member", roles=ADMINS, bot="member"),
        {"admin anonymous-admin": GREETING, "unlisted-admin": LEAVES},
    ),
    Row(
        "the bot is made an admin",
        becoming("administrator", roles=ADMINS, bot="member"),
        {"admin anonymous-admin": SILENCE, "unlisted-admin": LEAVES},
    ),
    Row(
        "the bot is blocked and unblocked",
        Happens(blocks_and_unblocks, IN_PRIVATE, before=starts),
        {IN_PRIVATE: SILENCE},
    ),
    Row(
        "is made an admin, and presses s:q",
        Happens(
            partial(becomes, "administrator"),
            "member admin-elsewhere operator unlisted-member operator-in-unlisted",
            then_presses="s:q:1",
        ),
        {
            "member admin-elsewhere operator operator-in-unlisted": saved(quotes=1),
            "unlisted-member": alert(texts.NOT_ADMITTED),
        },
    ),
    Row(
        "is an admin no more, and presses s:q",
        Happens(
            partial(becomes, "member"),
            "admin anonymous-admin operator unlisted-admin operator-in-unlisted",
            then_presses="s:q:1",
        ),
        {
            "admin anonymous-admin": alert(texts.ADMINS_ONLY),
            "operator operator-in-unlisted": saved(quotes=1),
            "unlisted-admin": alert(texts.NOT_ADMITTED),
        },
    ),
    Row(
        "a group becomes a supergroup",
        Happens(partial(upgrades, new_first=False), ADMINS, before=two_quotes, group={"type": "group"}),
        {ADMINS: HAS_TWO},
    ),
    Row(
        "a supergroup was a group",
        Happens(partial(upgrades, new_first=True), ADMINS, before=two_quotes, group={"type": "group"}),
        {ADMINS: HAS_TWO},
    ),
)
