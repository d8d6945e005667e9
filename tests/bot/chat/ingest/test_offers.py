"""Pages named among words, and long texts, are offered to be added; then what was asked is answered."""

from __future__ import annotations

import pytest

from bot.chat import article_texts, texts
from tests.bot.chat.ingest.test_ingest_service import becomes, sends
from tests.index.web import Web
from tests.standin.groups import Group
from tests.standin.persons import Person

WHERE = "When do owls sleep?"
BY_DAY = "Owls sleep by day."
SOURCE = "— Owls · ¶ 1"


@pytest.fixture
def owls(web: Web) -> str:
    """The address of a page about owls."""
    web.texts["/of-owls.html"] = (
        "<html><head><title>Owls</title></head><body><article><h1>Owls</h1>"
        "<p>Owls sleep by day. They hunt at night, when nobody can see them coming near.</p>"
        "<p>Foxes read newspapers. Nobody knows why, and nobody has ever dared to ask them.</p></article>"
    )
    web.kinds["/of-owls.html"] = "text/html"
    return f"{web.url}/of-owls.html"


def test_a_shared_page_is_offered_and_added_once_that_is_confirmed(ann: Person, owls: str) -> None:
    offer = ann.says(f"Of owls and foxes\n{owls}").answer()
    assert (offer["text"], offer.buttons) == (article_texts.KEEP_PAGE, ["Save", "Don't save"])
    assert ann.says(WHERE).answer()["text"] == texts.NO_ARTICLES
    ann.presses(offer, "Save")
    assert becomes(offer, "Added: Owls (29 words).")
    assert BY_DAY in ann.says(WHERE).answer()["text"]


def test_what_is_asked_beside_a_link_is_answered_once_the_page_is_there(ann: Person, owls: str) -> None:
    asked = ann.says(f"{owls} {WHERE}")
    offer = asked.answer()
    assert offer["text"] == article_texts.KEEP_PAGE
    ann.presses(offer, "Save")
    answer = asked.answers(2)[1]
    assert answer["text"].startswith(BY_DAY)


def test_a_page_that_is_here_is_asked_at_once(ann: Person, owls: str) -> None:
    becomes(ann.says(owls).answer(), "Added")
    assert BY_DAY in ann.says(f"{WHERE} {owls}?utm_source=x").answer()["text"]
    assert ann.says(f"Look at that: {owls}").answer()["text"] == article_texts.here_already("Owls")


def test_who_may_not_add_in_a_group_gets_an_answer_all_the_same(
    ann: Person, ben: Person, readers: Group, owls: str
) -> None:
    file = sends(ann, "---\ntitle: Owls\n---\nOwls sleep by day. They hunt at night.", to=readers)
    becomes(ann.says("/add@verbatim_bot", reply_to=file).answer(), "Added")
    assert BY_DAY in ben.says(f"@verbatim_bot {owls} {WHERE}", to=readers).answer()["text"]
    refused = ben.says(f"@verbatim_bot look: {owls}", to=readers).answer()
    assert refused["text"] == article_texts.KEEPERS_ONLY


def test_a_file_with_a_question_is_added_and_asked(ann: Person) -> None:
    text = "---\ntitle: Owls\n---\nOwls sleep by day. They hunt at night."
    sent = ann.sends_file(text.encode(), "owls.md", "text/markdown", caption=WHERE)
    becomes(sent.answers(1)[0], "Added: Owls")
    assert sent.answers(2)[1]["text"] == f"{BY_DAY}\n{SOURCE}"


def test_a_long_text_is_offered_to_be_kept(ann: Person) -> None:
    long = f"{BY_DAY} " + "They hunt mice. " * 24 + "They hunt mice at night. " * 25
    assert 1_000 < len(long) < 1_100
    offer = ann.says(long.strip()).answer()
    assert offer["text"] == article_texts.KEEP_WORDS
    ann.presses(offer, "Don't save")
    becomes(offer, article_texts.NOT_KEPT)
    assert ann.says(WHERE).answer()["text"] == texts.NO_ARTICLES
