"""docs/conversations.md shows the scenarios."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice

import pytest

from tests.bot.scenarios.page import COMMAND, PAGE, SCENES, Scene, left_out, page

DIFFERENCES = 60  # lines


def test_the_page_shows_what_is_said_in_them(request: pytest.FixtureRequest) -> None:
    if reason := left_out(request.session):
        pytest.skip(reason)
    shown = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    scenes: list[Scene] = request.config.stash.get(SCENES, [])
    now = page(scenes)
    if said_in(shown) != said_in(now):
        different = unified_diff(
            shown.splitlines(), now.splitlines(), "the page", "the scenarios", lineterm=""
        )
        said = f"docs/conversations.md is not what the scenarios say now; make it with `{COMMAND}`"
        pytest.fail("\n".join([said, *islice(different, DIFFERENCES)]), pytrace=False)


def said_in(text: str) -> list[str]:
    """Headings and messages. Which of two chats comes first may change with the machine, and is no matter."""
    return sorted(line for line in text.splitlines() if line.startswith(("#", "  │")))
