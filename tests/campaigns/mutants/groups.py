"""Which modules are changed, and by which tests each change should be noticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Group:
    """Modules that do one thing together, and the tests that are quick enough to be run for each change."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


def _bot(modules: str, tests: str) -> Group:
    return Group(
        tuple(f"bot/{name}.py" for name in modules.split()),
        tuple(f"tests/bot/{name}.py" for name in tests.split()),
    )


def _index(modules: str, tests: str) -> Group:
    return Group(
        tuple(f"index/{name}.py" for name in modules.split()),
        tuple(f"tests/index/{name}.py" for name in tests.split()),
    )


STARTS_A_PROCESS = (
    "tests/index/ingest/test_add_address.py::test_add_takes_addresses_beside_files",
    "tests/index/store/test_library.py::test_a_crash_in_the_middle_of_a_change_leaves_what_was",
)
"""Tests of these files that are left out: in a process of its own, the changed code does not run."""

GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "fetch": _index(
            "documents/web/address documents/web/answers documents/web/web_article documents/web/body"
            " documents/web/fetcher documents/web/guard",
            "documents/web/test_answers documents/web/test_fetch documents/web/test_guard"
            " documents/web/test_body documents/web/test_address ingest/test_add_address",
        ),
        "library": _index(
            "store/sqlite_library",
            "store/test_library search/test_search_follows ingest/test_ingest store/test_schema"
            " store/test_damage store/test_totals",
        ),
        "addressing": _bot("telegram/messages/addressing", "telegram/messages/test_addressing"),
        "rights": _bot("telegram/rights", "telegram/test_rights"),
        "limits": _bot(
            "chat/rate_limits chat/ingest/quotas store/additions",
            "chat/test_rate_limits chat/ingest/test_quotas store/test_additions",
        ),
        "inbox": _bot(
            "store/inbox store/in_work telegram/recovery",
            "store/test_inbox store/test_in_work telegram/test_recovery telegram/test_updates"
            " telegram/test_polling store/test_damage",
        ),
        "sending": _bot(
            "telegram/delivery/sending telegram/delivery/outbox store/outbox_rows telegram/messages/replies"
            " repeats telegram/placeholder store/message_notes telegram/delivery/backoff"
            " telegram/delivery/request",
            "telegram/delivery/test_sending telegram/delivery/test_outbox test_repeats"
            " telegram/test_placeholder store/test_message_notes telegram/delivery/test_request"
            " telegram/test_polling telegram/test_recovery telegram/test_handlers",
        ),
    }
)
