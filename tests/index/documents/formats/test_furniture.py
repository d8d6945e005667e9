"""Which lines between the paragraphs of an article are none of it."""

from __future__ import annotations

import pytest

from index.documents.formats.html.furniture import is_furniture


@pytest.mark.parametrize(
    ("line", "link_share", "is_none"),
    [
        ("Advertisement", 0, True),
        ("ADVERTISEMENT – ", 0, True),
        ("Story continues below advertisement", 0, True),
        ("Sponsored content", 1, True),
        ("Share on X Share on Facebook", 1, True),
        ("Share this article", 0, True),
        ("Read more: Ten weirs you must see", 0.8, True),
        ("See also: Ten weirs you must see", 0.8, True),
        ("Related: Ten weirs", 0.6, True),
        ("Sign up for our weekly letter about rivers, in your inbox every Friday.", 0, True),
        ("Subscribe to our newsletter", 1, True),
        ("Get the best of the Paper in your inbox.", 0, True),
        ("Advertisement is what the mill lives on.", 0, False),
        ("Share prices fell on Monday.", 0, False),
        ("Share this: the weir is down.", 0, False),
        ("Read more slowly, the teacher said.", 0, False),
        ("Read more: that is what the teacher said to the children.", 0, False),
        ("Related: by blood, not by marriage.", 0, False),
        ("Sign up by Friday, the parish council says.", 0, False),
        ("He signed up for our newsletter.", 0, False),
        ("Get your boots on, the warden wrote.", 0, False),
        ("The letter reached our office.", 0, False),
    ],
)
def test_lines_of_the_site(line: str, link_share: float, is_none: bool) -> None:
    assert is_furniture(line, link_share) == is_none
