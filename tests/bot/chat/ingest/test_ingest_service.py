"""Files, posts and words become articles of a chat, by those it allows; real libraries, fake models."""

from __future__ import annotations

import random
from pathlib import Path

from bot.chat import article_texts, texts
from index.store import SqliteLibrary
from index.store.paths import chat_library_path
from tests.documents import make_pdf
from tests.index.web import Web
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram

OWLS = "---\ntitle: Owls\n---\nOwls sleep by day. They hunt at night."
WHERE = "When do owls sleep?"


def becomes(said: Said, words: str) -> str:
    """The text of a message of the bot's, once it has these words."""

    def now() -> str | None:
        current = said.now()
        return current["text"] if current and words in current["text"] else None

    return said.telegram.wait_for(now)


def sends(person: Person, text: str, name: str = "owls.md", to: Group | None = None) -> Said:
    return person.sends_file(text.encode(), name, "text/markdown", to=to)


def test_a_file_sent_in_private_can_be_asked_at_once_and_by_nobody_else(ann: Person, ben: Person) -> None:
    text = becomes(sends(ann, OWLS).answer(), "Added")
    assert text.startswith("Added: Owls (8 words).")
    assert ann.says(WHERE).answer()["text"] == "Owls sleep by day.\n— Owls · ¶ 1"
    assert ben.says(WHERE).answer()["text"] == texts.NO_ARTICLES


def test_the_same_again_is_left_alone_and_another_text_is_a_new_version(ann: Person) -> None:
    becomes(sends(ann, OWLS).answer(), "Added")
    assert becomes(sends(ann, OWLS).answer(), "already") == "I already have this, word for word: Owls."
    newer = OWLS.replace("by day", "in barns")
    assert becomes(sends(ann, newer).answer(), "Updated").startswith("Updated: Owls (8 words).")
    assert ann.says(WHERE).answer()["text"] == "Owls sleep in barns.\n— Owls · ¶ 1"


def test_what_says_nearly_the_same_is_added_and_said_to(ann: Person, ben: Person) -> None:
    becomes(sends(ben, OWLS).answer(), "Added")
    text = becomes(sends(ann, OWLS).answer(), "Added")
    assert "has a lot in common" not in text  # what another chat has is nobody else's matter
    again = "---\ntitle: Of owls\npublisher: The Wood\n---\nOwls sleep BY DAY – they hunt at night"
    text = becomes(sends(ann, again, "of-owls.md").answer(), "Added")
    assert text.partition("\n")[0] == (
        "Added: Of owls (9 words). This has a lot in common with “Owls”. I quote shared passages only once."
    )
    text = becomes(sends(ann, OWLS.replace("Owls sleep", "Yes: owls sleep")).answer(), "Updated")
    assert text.partition("\n")[0] == (
        "Updated: Owls (9 words). Quotes I've already sent stay as they are. This has a lot "
        "in common with “Of owls” (The Wood). I quote shared passages only once."
    )
    text = becomes(sends(ann, OWLS, "third.md").answer(), "Added")
    assert "in common with “Of owls” (The Wood) and 1 more. I quote" in text


def test_a_channel_post_is_cited_with_a_link_to_it(telegram: Telegram, ann: Person) -> None:
    channel = telegram.channel("The Forest", ann)
    post = channel.posts("Owls sleep by day.\n\nFoxes read newspapers.")
    text = becomes(ann.forwards(post).answer(), "Added")
    assert text.startswith("Added: Owls sleep by day. (7 words).")
    answer = ann.says("What do foxes read?").answer()
    assert "— Owls sleep by day., The Forest, " in answer["text"]
    links = [entity["url"] for entity in answer["entities"] if entity["type"] == "text_link"]
    assert links[0].startswith(f"https://t.me/c/{str(channel.id).removeprefix('-100')}/{post.id}")


def test_somebodys_words_are_kept_only_when_that_is_confirmed(ann: Person, ben: Person) -> None:
    said = ben.says("Owls sleep by day, says my aunt.")
    asked = ann.forwards(said).answer()
    assert (asked["text"], asked.buttons) == (article_texts.KEEP_WORDS, ["Save", "Don't save"])
    assert ann.says("When do owls sleep?").answer()["text"] == texts.NO_ARTICLES
    ann.presses(asked, "Save")
    becomes(asked, "Added: Owls sleep by day, says my aunt. (7 words).")
    answer = ann.says(WHERE).answer()["text"]
    assert "Owls sleep by day" in answer
    assert "Ben" not in answer


def test_and_not_kept_otherwise(ann: Person, ben: Person) -> None:
    asked = ann.forwards(ben.says("Owls sleep by day.")).answer()
    ann.presses(asked, "Don't save")
    becomes(asked, article_texts.NOT_KEPT)
    assert ann.says(WHERE).answer()["text"] == texts.NO_ARTICLES


def test_in_a_group_those_add_whom_the_chat_allows(ann: Person, ben: Person, readers: Group) -> None:
    file = sends(ben, OWLS, to=readers)
    assert ben.says("/add@verbatim_bot", reply_to=file).answer()["text"] == article_texts.KEEPERS_ONLY
    settings = ann.says("/settings@verbatim_bot", to=readers).answer()
    ann.presses(settings, texts.EVERYBODY_KEEPS)
    becomes(ben.says("/add@verbatim_bot", reply_to=file).answer(), "Added: Owls")
    assert "Owls sleep by day." in ben.says(f"/ask@verbatim_bot {WHERE}", to=readers).answer()["text"]
    assert ben.says(WHERE).answer()["text"] == texts.NO_ARTICLES


def test_words_of_a_group_need_the_word_of_who_may_add(ann: Person, ben: Person, readers: Group) -> None:
    said = ben.says("Owls sleep by day.", to=readers)
    ann.says("/add@verbatim_bot", reply_to=said)
    asked = said.answer()
    refused = ben.presses(asked, "Save")
    assert (refused["text"], refused["show_alert"]) == (article_texts.KEEPERS_ONLY, True)
    ann.presses(asked, "Save")
    becomes(asked, "Added: Owls sleep by day.")


def test_a_link_sent_in_private_is_fetched_and_cited(web: Web, ann: Person) -> None:
    web.texts["/owls.html"] = (
        "<html><head><title>Owls</title></head><body><nav>Home</nav><article><h1>Owls</h1>"
        "<p>Owls sleep by day. They hunt at night, when nobody can see them coming near.</p>"
        "<p>Foxes read newspapers. Nobody knows why, and nobody has ever dared to ask them.</p></article>"
    )
    web.kinds["/owls.html"] = "text/html"
    text = becomes(ann.says(f"{web.url}/owls.html").answer(), "Added")
    assert text.startswith("Added: Owls (29 words).")
    assert "Owls sleep by day." in ann.says(WHERE).answer()["text"]


def test_what_cannot_be_fetched_is_one_sentence(web: Web, ann: Person, readers: Group) -> None:
    said = ann.says(f"/add@verbatim_bot {web.url}/status/403", to=readers).answer()
    assert "403" in becomes(said, "403")
    private = becomes(ann.says("http://10.0.0.1/").answer(), "public internet")
    assert private == "10.0.0.1 isn't on the public internet. I can only fetch public web pages."


def test_what_cannot_be_read_is_one_sentence_and_leaves_nothing(ann: Person) -> None:
    assert becomes(sends(ann, " \n ", "empty.txt").answer(), "empty.txt contains no text") == (
        "empty.txt contains no text. Please put the article's text into it."
    )
    assert ann.says("/articles").answer()["text"] == texts.NO_ARTICLES


def test_without_anything_to_add_it_says_how(ann: Person, readers: Group) -> None:
    assert ann.says("/add").answer()["text"] == article_texts.ADD_WHAT_IN_PRIVATE
    said = ann.says("/add@verbatim_bot", to=readers).answer()
    assert said["text"] == article_texts.add_what("verbatim_bot")


def test_a_library_holds_so_much_and_no_more(ann: Person) -> None:
    long = becomes(sends(ann, "Owls sleep. " * 50, "long.txt").answer(), "only part of it")
    assert long == (
        "This article has 599 characters, but all of a chat's articles together can have "
        "only 500. Please add only part of it."
    )
    for number in range(3):
        becomes(sends(ann, f"Owl {number} sleeps.", f"{number}.txt").answer(), "Added")
    assert becomes(sends(ann, "Owl 3 sleeps.", "3.txt").answer(), "the most it can hold").startswith(
        "This chat already has 3 articles"
    )


def test_the_file_it_was_read_from_counts_too(folder: Path, ann: Person) -> None:
    pdf = make_pdf([[(72, 400, 12, "Owls sleep by day.")]])
    becomes(ann.sends_file(pdf, "owls.pdf", "application/pdf").answer(), "Added: owls")
    with SqliteLibrary(chat_library_path(folder, ann.id)) as library:
        (added,) = library.articles()
        assert library.original(added.id) == pdf
    large = pdf + b"\n% " + random.Random(7).randbytes(960_000)
    text = becomes(ann.sends_file(large, "large.pdf", "application/pdf").answer(), "only room for")
    assert text.startswith("This article takes up 1.0 MB, but there's only room for 0.9 MB more.")


def test_an_article_is_shown_and_removed_by_buttons(folder: Path, ann: Person) -> None:
    becomes(sends(ann, OWLS).answer(), "Added")
    listed = ann.says("/articles").answer()
    assert (listed["text"], listed.buttons) == ("You can ask about:\n1. Owls", ["1"])
    ann.presses(listed, "1")
    assert becomes(listed, "Added on").startswith("Owls\nAdded on ")
    assert listed.buttons_now == ["‹ Back", "Remove"]
    ann.presses(listed, "Remove")
    becomes(listed, "Remove Owls? This can't be undone.")
    ann.presses(listed, "‹ Back")
    becomes(listed, "Added on")
    ann.presses(listed, "Remove")
    becomes(listed, "This can't be undone.")
    ann.presses(listed, "Yes, remove it")
    becomes(listed, "Removed: Owls.")
    assert ann.says(WHERE).answer()["text"] == texts.NO_ARTICLES
    assert b"hunt at night" not in chat_library_path(folder, ann.id).read_bytes()
    ann.presses(listed, "‹ Back")
    becomes(listed, texts.NO_ARTICLES)


def test_only_keepers_remove_in_a_group(ann: Person, ben: Person, readers: Group) -> None:
    becomes(ann.says("/add@verbatim_bot", reply_to=sends(ann, OWLS, to=readers)).answer(), "Added")
    listed = ben.says("/articles@verbatim_bot", to=readers).answer()
    ben.presses(listed, "1")
    becomes(listed, "Added on")
    refused = ben.presses(listed, "Remove")
    assert (refused["text"], refused["show_alert"]) == (article_texts.KEEPERS_ONLY, True)
    ann.presses(listed, "Remove")
    becomes(listed, "This can't be undone.")
    assert ben.presses(listed, "Yes, remove it")["text"] == article_texts.KEEPERS_ONLY
    ann.presses(listed, "Yes, remove it")
    becomes(listed, "Removed: Owls.")
