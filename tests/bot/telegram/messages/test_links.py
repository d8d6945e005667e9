"""A link that Telegram would refuse is none: the answer comes without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.messages.links import can_be_opened
from bot.telegram.messages.render import render_answer, render_page
from tests.bot.fakes import answer, article, citation
from tests.standin.gate import check_text
from tests.standin.refusals import RefusedError


def telegram_takes(link: str) -> bool:
    try:
        check_text("words", [{"type": "text_link", "offset": 0, "length": 5, "url": link}])
    except RefusedError:
        return False
    return True


@pytest.mark.parametrize(
    ("link", "opens"),
    [
        ("https://forest.example/jam#:~:text=Bears%20like%20jam", True),
        ("http://192.168.1.5:8080/jam?page=2", True),
        ("https://wald.example/über", True),
        ("http://localhost/jam", False),
        ("https://forest.example:99999/", False),
        ("https://forest.example:", False),
        ("https://two words.example/", False),
        ("https://.example/", False),
        ("file:///home/jam.md", False),
        ("javascript:alert(1)", False),
        ("forest.example/jam", False),
        ("https://forest.example/" + "x" * 2_000, False),
        ("", False),
    ],
)
def test_what_can_be_opened(link: str, opens: bool) -> None:
    assert can_be_opened(link) == opens
    assert telegram_takes(link) or not opens


@given(st.text(st.sampled_from("ab.:/?#@[]\\% -_ü\u200b\n1"), max_size=25).map("https://a{}".format))
def test_what_can_be_opened_telegram_takes(link: str) -> None:
    assert telegram_takes(link) or not can_be_opened(link)


def test_an_article_whose_address_telegram_refuses_is_cited_without_it() -> None:
    of = article(url="http://localhost/jam", published=date(2022, 3, 18))
    cited = replace(citation("Bears like jam.", of=of), link="http://localhost/jam#:~:text=Bears")
    for part in (*render_answer(answer(cited)), render_page([of], 0)):
        assert [entity.type for entity in part.entities] in (["blockquote"], [])
        check_text(part.text, [entity.to_dict() for entity in part.entities])
