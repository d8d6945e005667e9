"""The matrix, of buttons: by the data of each, as Telegram hands it over, real or forged."""

from __future__ import annotations

from bot.chat import answer_texts, article_texts, texts
from tests.bot.matrix.acts import Presses
from tests.bot.matrix.outcomes import (
    ABOUT_JAM,
    ADDED_WORDS,
    AROUND_BADGERS,
    AROUND_NEAREST,
    JAM,
    MORE_JAM,
    NEAREST,
    OWLS,
    OWLS_FILE,
    PAGE_1,
    PAGE_2,
    WORDS,
    Outcome,
    alert,
    saved,
    shows,
)
from tests.bot.matrix.roles import PRESSERS
from tests.bot.matrix.rows import Row
from tests.bot.matrix.stage import PROBE

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


def listed(outcome: Outcome) -> dict[str, Outcome]:
    """To all who see it, of what there is where they press."""
    return {f"{ASKERS} forger": outcome, NOT_LISTED: alert(texts.NOT_ADMITTED)}


def by_keepers(outcome: Outcome, of_forger: Outcome) -> dict[str, Outcome]:
    """Only by who may add and remove; a forger may in their own group, and finds nothing of this one."""
    return {
        f"{SETTERS_IN_PRIVATE} {SETTERS_IN_GROUPS}": outcome,
        "forger": of_forger,
        OTHERS_HERE: alert(article_texts.KEEPERS_ONLY),
        NOT_LISTED: alert(texts.NOT_ADMITTED),
    }


GONE = alert(texts.BUTTON_GONE)
NO_ARTICLE = shows(article_texts.ARTICLE_GONE)
FORGED = Outcome(  # what their message replied to: an admin may keep that
    shown=article_texts.added("added", PROBE, 2, [f"{PROBE.split()[0]}?"]), articles=(PROBE,)
)

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
    Row("a:, hide", Presses(ASK_NEAR, "a:{key}:", ("a:{key}:f",)), shown_to_all(shows(answer_texts.CLOSE))),
    Row("a:f, of no answer", Presses(ASK_JAM, "a:AAAAAAAAAAAAAAAA:f"), {PRESSERS: GONE}),
)

ARTICLE_LIST = (
    Row("p:1, older", Presses("/articles", "p:1"), listed(shows(PAGE_2))),
    Row("p:0, newer", Presses("/articles", "p:0", ("p:1",)), listed(shows(PAGE_1))),
    Row("l:, an article", Presses("/articles", "l:a1:0"), listed(shows(ABOUT_JAM))),
    Row(
        "r:, remove",
        Presses("/articles", f"r:{OWLS.id}:0", file=OWLS_FILE),
        by_keepers(shows(article_texts.sure_to_remove("Owls")), of_forger=NO_ARTICLE),
    ),
    Row(
        "R:, remove surely",
        Presses("/articles", f"R:{OWLS.id}:0", (f"r:{OWLS.id}:0",), file=OWLS_FILE),
        by_keepers(Outcome(shown=article_texts.removed("Owls"), articles=()), of_forger=NO_ARTICLE),
    ),
    Row(
        "R:, where everybody keeps",
        Presses("/articles", f"R:{OWLS.id}:0", (f"r:{OWLS.id}:0",), file=OWLS_FILE, everybody_keeps=True),
        {
            f"{SETTERS_IN_PRIVATE} {SETTERS_IN_GROUPS} member admin-elsewhere": Outcome(
                shown=article_texts.removed("Owls"), articles=()
            ),
            "passer-by": alert(article_texts.MEMBERS_ONLY),
            "forger": NO_ARTICLE,
            NOT_LISTED: alert(texts.NOT_ADMITTED),
        },
    ),
    Row("R:, of all chats", Presses("/articles", "R:a1:0"), by_keepers(NO_ARTICLE, of_forger=NO_ARTICLE)),
    Row(
        "k:1, keep",
        Presses("/add", "k:1", words=WORDS),
        by_keepers(Outcome(shown=ADDED_WORDS, articles=(WORDS,)), of_forger=FORGED),
    ),
    Row(
        "k:0, do not keep",
        Presses("/add", "k:0", words=WORDS),
        by_keepers(shows(article_texts.NOT_KEPT), of_forger=shows(article_texts.NOT_KEPT)),
    ),
)

PRESSES_AT_ONCE = 40
"""More than any other row takes."""

TOO_OFTEN = (
    Row(
        "x, too often",
        Presses("/articles", "x", often=PRESSES_AT_ONCE),
        {PRESSERS: alert(texts.too_much(10))},
    ),
)

MEANINGLESS = (
    Row("x", Presses("/articles", "x"), {PRESSERS: GONE}),
    Row("s:q:", Presses("/settings", "s:q:"), {PRESSERS: GONE}),
    Row("s:q, too many", Presses("/settings", "s:q:9"), {PRESSERS: GONE}),
    Row("s:k, forged", Presses("/settings", "s:k:2"), {PRESSERS: GONE}),
    Row("p:-1", Presses("/articles", "p:-1"), {PRESSERS: GONE}),
    Row("a:x, no view", Presses(ASK_JAM, "a:{key}:x"), {PRESSERS: GONE}),
)

PRESSING = (*SETTINGS, *VIEWS, *ARTICLE_LIST, *MEANINGLESS, *TOO_OFTEN)
