"""The matrix, of what is written: every command, and everything else that may be for the bot."""

from __future__ import annotations

from bot.chat import answer_texts, article_texts, texts
from tests.bot.matrix.acts import Adds, Edits, Writes
from tests.bot.matrix.outcomes import (
    ADDED_OWLS,
    JAM,
    OWLS_FILE,
    PAGE_1,
    SILENCE,
    SUMMARY,
    WORDS,
    Outcome,
    adds,
    says,
    shows,
)
from tests.bot.matrix.roles import IN_GROUPS, WRITERS
from tests.bot.matrix.rows import (
    NOT_LISTED,
    SERVED,
    SERVED_IN_GROUPS,
    SERVED_IN_PRIVATE,
    UNSERVED,
    Row,
)
from tests.bot.wording import NOTHING, greeting

BOT = "verbatim_bot"
PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}
MENTION = [{"type": "mention", "offset": 0, "length": len(f"@{BOT}")}]
PAGE = "https://forest.example/jam"
KEEPERS_IN_GROUPS = "admin anonymous-admin operator operator-in-unlisted"


def to_all_served(outcome: Outcome) -> dict[str, Outcome]:
    """Return the outcomes of a row that has ``outcome`` in private and in groups."""
    return {SERVED: outcome, "stranger": NOT_LISTED, UNSERVED: SILENCE}


def to_served(in_private: Outcome, in_groups: Outcome) -> dict[str, Outcome]:
    """One thing in private and another in groups."""
    return {
        SERVED_IN_PRIVATE: in_private,
        SERVED_IN_GROUPS: in_groups,
        "stranger": NOT_LISTED,
        UNSERVED: SILENCE,
    }


def only_in_private(outcome: Outcome) -> dict[str, Outcome]:
    """Nothing in any group."""
    return {SERVED_IN_PRIVATE: outcome, "stranger": NOT_LISTED, IN_GROUPS: SILENCE}


COMMANDS = (
    Row("/ask", Writes("/ask who likes jam?"), to_all_served(says(JAM))),
    Row("/ask, by name", Writes("/ask@Verbatim_Bot who likes jam?"), to_all_served(says(JAM))),
    Row("/ask, alone", Writes("/ask"), to_served(says(texts.HOW_IN_PRIVATE), says(texts.how_in_group(BOT)))),
    Row("/ask, another bot", Writes("/ask@other_bot who likes jam?"), {WRITERS: SILENCE}),
    Row("/summary", Writes("/summary jam"), to_all_served(says(SUMMARY))),
    Row("/articles", Writes("/articles"), to_all_served(says(PAGE_1))),
    Row(
        "/settings",
        Writes("/settings"),
        {
            SERVED_IN_PRIVATE: says(texts.settings_of("chat", has_topics=False)),
            "admin anonymous-admin operator operator-in-unlisted": says(
                texts.settings_of("group", has_topics=False)
            ),
            "member admin-elsewhere as-channel": says(texts.ADMINS_ONLY),
            "stranger": NOT_LISTED,
            UNSERVED: SILENCE,
        },
    ),
    Row("/start", Writes("/start"), to_served(says(texts.start(None)), says(texts.start(BOT)))),
    Row("/help", Writes("/help"), to_served(says(texts.help_text(None)), says(texts.help_text(BOT)))),
    Row("unknown command", Writes("/nonsense"), only_in_private(says(texts.UNKNOWN_COMMAND))),
    Row("unknown, by name", Writes(f"/nonsense@{BOT}"), only_in_private(says(texts.UNKNOWN_COMMAND))),
)

MESSAGES = (
    Row("question", Writes("Who likes jam?"), only_in_private(says(JAM))),
    Row("mention", Writes(f"@{BOT} who likes jam?"), to_all_served(says(JAM))),
    Row(
        "bare mention",
        Writes(f"@{BOT}"),
        to_served(says(texts.HOW_IN_PRIVATE), says(texts.how_in_group(BOT))),
    ),
    Row("mention of another", Writes("@other_bot who likes jam?"), only_in_private(says(JAM))),
    Row("reply to the bot", Writes("who likes jam?", in_reply_to="us"), to_all_served(says(JAM))),
    Row("reply to somebody", Writes("who likes jam?", in_reply_to="them"), only_in_private(says(JAM))),
    Row(
        "greeting",
        Writes(f"@{BOT} hello"),
        to_served(says(greeting(None)), says(greeting(BOT))),
    ),
    Row("thanks", Writes("thanks", in_reply_to="us"), only_in_private(says(answer_texts.WELCOME))),
    Row("goodbye", Writes("bye", in_reply_to="us"), only_in_private(says(answer_texts.GOODBYE))),
    Row("photo", Writes(None, fields=PHOTO), only_in_private(says(texts.MEDIA))),
    Row(
        "photo with a mention",
        Writes(None, fields={**PHOTO, "caption": f"@{BOT} who likes jam?", "caption_entities": MENTION}),
        to_served(says(texts.MEDIA), says(JAM)),
    ),
    Row("remark to the bot", Writes("haha 😂", in_reply_to="us"), only_in_private(says(NOTHING))),
    Row(
        "remark in a free topic",
        Writes("haha 😂", in_free_topic=True, roles=IN_GROUPS),
        {IN_GROUPS: SILENCE},
    ),
    Row("link among words", Writes(f"look: {PAGE}"), only_in_private(says(article_texts.KEEP_PAGE))),
    Row(
        "link among words, with a mention",
        Writes(f"@{BOT} look: {PAGE}"),
        {
            f"{SERVED_IN_PRIVATE} {KEEPERS_IN_GROUPS}": says(article_texts.KEEP_PAGE),
            "member admin-elsewhere as-channel": says(article_texts.KEEPERS_ONLY),
            "stranger": NOT_LISTED,
            UNSERVED: SILENCE,
        },
    ),
    Row(
        "through another bot",
        Writes("/ask who likes jam?", fields={"via_bot": {"id": 8, "is_bot": True, "first_name": "Via"}}),
        {WRITERS: SILENCE},
    ),
    Row(
        "free topic",
        Writes("who likes jam?", in_free_topic=True, roles=IN_GROUPS),
        {SERVED_IN_GROUPS: says(JAM), UNSERVED: SILENCE},
    ),
)

ADDITIONS = (
    Row(
        "/add, alone",
        Writes("/add"),
        to_served(says(article_texts.ADD_WHAT_IN_PRIVATE), says(article_texts.add_what(BOT))),
    ),
    Row("file", Adds(OWLS_FILE), only_in_private(adds("Owls", ADDED_OWLS))),
    Row("forwarded words", Adds(words=WORDS), only_in_private(says(article_texts.KEEP_WORDS))),
    Row(
        "/add, in reply to a file",
        Adds(OWLS_FILE, by_reply=True, roles=IN_GROUPS),
        {
            KEEPERS_IN_GROUPS: adds("Owls", ADDED_OWLS),
            "member admin-elsewhere as-channel": says(article_texts.KEEPERS_ONLY),
            UNSERVED: SILENCE,
        },
    ),
    Row(
        "/add, in reply to words",
        Adds(words=WORDS, by_reply=True, roles=IN_GROUPS),
        {
            KEEPERS_IN_GROUPS: says(article_texts.KEEP_WORDS),
            "member admin-elsewhere as-channel": says(article_texts.KEEPERS_ONLY),
            UNSERVED: SILENCE,
        },
    ),
    Row(
        "/add, in reply to a file, where everybody keeps",
        Adds(OWLS_FILE, by_reply=True, everybody_keeps=True, roles=IN_GROUPS),
        {SERVED_IN_GROUPS: adds("Owls", ADDED_OWLS), UNSERVED: SILENCE},
    ),
)

EDITS = (
    Row(
        "edited question",
        Edits("/ask what do badgers read?", "/ask who likes jam?"),
        {SERVED: shows(JAM), f"stranger {UNSERVED}": SILENCE},
    ),
    Row(
        "edited to the same",
        Edits("/ask who likes jam?", "/ask who likes jam?"),
        {WRITERS: SILENCE},
    ),
    Row(
        "edited to a summary",
        Edits("/ask what do badgers read?", "/summary jam"),
        {SERVED: shows(SUMMARY), f"stranger {UNSERVED}": SILENCE},
    ),
    Row(
        "edited to address the bot",
        Edits("/ask@other_bot who likes jam?", f"/ask@{BOT} who likes jam?"),
        {SERVED: says(JAM), f"stranger {UNSERVED}": SILENCE},
    ),
    Row(
        "edited to another command",
        Edits("/ask who likes jam?", "/settings"),
        {WRITERS: SILENCE},
    ),
    Row(
        "edited late",
        Edits("/ask what do badgers read?", "/ask who likes jam?", after_s=601),
        {WRITERS: SILENCE},
    ),
)

WRITING = (*COMMANDS, *MESSAGES, *ADDITIONS, *EDITS)
