"""The matrix, of buttons: by the data of each, as Telegram hands it over, real or forged."""

from __future__ import annotations

from bot import texts
from tests.bot.matrix.acts import Presses
from tests.bot.matrix.outcomes import (
    AROUND_BADGERS,
    AROUND_NEAREST,
    JAM,
    MORE_JAM,
    NEAREST,
    PAGE_1,
    PAGE_2,
    Outcome,
    alert,
    saved,
    shows,
)
from tests.bot.matrix.roles import PRESSERS
from tests.bot.matrix.rows import Row

ASK_JAM = "/ask who likes jam?"
ASK_NEAR = "/ask do penguins with parasols ever eat jam?"

SETTERS_IN_GROUPS = "admin anonymous-admin operator operator-in-unlisted"
SETTERS_IN_PRIVATE = "reader operator-in-private"
OTHERS_HERE = "member admin-elsewhere passer-by"
NOT_LISTED = "stranger unlisted-member unlisted-admin"
ASKERS = (
    "reader operator-in-private member admin anonymous-admin admin-elsewhere operator operator-in-unlisted "
    "passer-by"
)


def set_by_setters(in_private: Outcome, in_groups: Outcome, of_forger: Outcome) -> dict[str, Outcome]:
    """Only by admins and operators in groups; a forger is the admin of their own group, and sets that."""
    return {
        SETTERS_IN_PRIVATE: in_private,
        SETTERS_IN_GROUPS: in_groups,
        "forger": of_forger,
        OTHERS_HERE: alert(texts.ADMINS_ONLY),
        NOT_LISTED: alert(texts.NOT_ADMITTED),
    }


def shown_to_all(outcome: Outcome) -> dict[str, Outcome]:
    """To all who see it; never under another message than the one it is of."""
    return {
        ASKERS: outcome,
        "unlisted-member unlisted-admin": alert(texts.NOT_ADMITTED),
        "stranger forger": GONE,
    }


GONE = alert(texts.BUTTON_GONE)

SETTINGS = (
    Row(
        "s:q, quotes",
        Presses("/settings", "s:q:1"),
        set_by_setters(saved(quotes=1), saved(quotes=1), saved(quotes=1)),
    ),
    Row(
        "s:k, keepers",
        Presses("/settings", "s:k:1"),
        set_by_setters(GONE, saved(keepers="everybody"), saved(keepers="everybody")),
    ),
    Row(
        "s:t, free topic",
        Presses("/settings", "s:t:{topic}:1", in_topic=True),
        set_by_setters(GONE, saved(free_topics=frozenset({2})), GONE),
    ),
    Row(
        "s:t, without topics",
        Presses("/settings", "s:t:4:1"),
        set_by_setters(GONE, GONE, GONE),
    ),
    Row("s:q, too many", Presses("/settings", "s:q:9"), set_by_setters(GONE, GONE, GONE)),
    Row("s:k, forged", Presses("/settings", "s:k:2"), set_by_setters(GONE, GONE, GONE)),
)

VIEWS = (
    Row("a:f, more quotes", Presses(ASK_JAM, "a:{key}:f"), shown_to_all(shows(MORE_JAM))),
    Row("a:, fewer quotes", Presses(ASK_JAM, "a:{key}:", ("a:{key}:f",)), shown_to_all(shows(JAM))),
    Row(
        "a:c, context",
        Presses("/ask what do badgers read?", "a:{key}:c"),
        shown_to_all(shows(AROUND_BADGERS)),
    ),
    Row("a:f, nearest", Presses(ASK_NEAR, "a:{key}:f"), shown_to_all(shows(NEAREST))),
    Row(
        "a:fc, nearest with context",
        Presses(ASK_NEAR, "a:{key}:fc", ("a:{key}:f",)),
        shown_to_all(shows(AROUND_NEAREST)),
    ),
    Row("a:, hide", Presses(ASK_NEAR, "a:{key}:", ("a:{key}:f",)), shown_to_all(shows(texts.CLOSE))),
    Row("a:f, of no answer", Presses(ASK_JAM, "a:AAAAAAAAAAAAAAAA:f"), {PRESSERS: GONE}),
)

PAGES = (
    Row(
        "p:1, older",
        Presses("/articles", "p:1"),
        {f"{ASKERS} forger": shows(PAGE_2), NOT_LISTED: alert(texts.NOT_ADMITTED)},
    ),
    Row(
        "p:0, newer",
        Presses("/articles", "p:0", ("p:1",)),
        {f"{ASKERS} forger": shows(PAGE_1), NOT_LISTED: alert(texts.NOT_ADMITTED)},
    ),
)

MEANINGLESS = (
    Row("x", Presses("/articles", "x"), {PRESSERS: GONE}),
    Row("s:q:", Presses("/settings", "s:q:"), {PRESSERS: GONE}),
    Row("p:-1", Presses("/articles", "p:-1"), {PRESSERS: GONE}),
    Row("a:x, no view", Presses(ASK_JAM, "a:{key}:x"), {PRESSERS: GONE}),
)

PRESSING = (*SETTINGS, *VIEWS, *PAGES, *MEANINGLESS)
