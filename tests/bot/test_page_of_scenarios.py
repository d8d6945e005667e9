"""How scenes become a page."""

from __future__ import annotations

from tests.bot.scenarios.page import ABOVE, Scene, page


def test_scenes_stand_in_their_part_with_a_fence_that_holds_them() -> None:
    scenes = [
        Scene("In groups: who is heard", "Ann asks", "She names it.", "Ann, in private\n  │ who?\n"),
        Scene("In groups: who is heard", "Ben asks", "", "Ben, in private\n  │ ```\n"),
        Scene("In private", "Ann asks", "", "Ann, in private\n  │ who?\n"),
    ]
    assert page(scenes) == (
        f"{ABOVE}\n"
        "- [In groups: who is heard](#in-groups-who-is-heard) (2)\n"
        "- [In private](#in-private) (1)\n"
        "\n"
        "## In groups: who is heard\n\n"
        "### Ann asks\n\nShe names it.\n\n```\nAnn, in private\n  │ who?\n```\n\n"
        "### Ben asks\n\n````\nBen, in private\n  │ ```\n````\n\n"
        "## In private\n\n"
        "### Ann asks\n\n```\nAnn, in private\n  │ who?\n```\n"
    )
