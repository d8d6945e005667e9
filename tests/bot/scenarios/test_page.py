"""docs/conversations.md shows the scenarios."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice

import pytest

from tests.bot.scenarios.page import COMMAND, PAGE, SCENES, Scene, left_out, page

DIFFERENCES = 60  # lines


def test_the_page_shows_them_as_they_are(request: pytest.FixtureRequest) -> None:
    if reason := left_out(request.session):
        pytest.skip(reason)
    shown = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    scenes: list[Scene] = request.config.stash.get(SCENES, [])
    now = page(scenes)
    if shown != now:
        different = unified_diff(
            shown.splitlines(), now.splitlines(), "the page", "the scenarios", lineterm=""
        )
        said = f"docs/conversations.md is not what the scenarios say now; make it with `{COMMAND}`"
        pytest.fail("\n".join([said, *islice(different, DIFFERENCES)]), pytrace=False)
