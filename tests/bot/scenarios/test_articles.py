"""What you can ask about: articles that everyone shares, and a chat's own."""

from __future__ import annotations

from pathlib import Path

from tests.bot.scenarios.libraries import empty_chat_library, fill_chat_library
from tests.bot.scenarios.osterwick import (
    DELAYED,
    HONEY,
    MILL,
    ODA_LIND,
    OPENED,
    PLANS,
    WHO_WON,
    WHO_WORLD_CUP,
)
from tests.bot.scenarios.watching import buttons_now, says_soon, text_now
from tests.standin.groups import Group
from tests.standin.persons import Person

SHARED = (
    f"1. {OPENED}, The Osterwick Courier, 15 June 2026\n"
    f"2. {MILL}, Linne Valley News, 10 November 2025\n"
    f"3. {HONEY}, Linne Valley News, 25 August 2025\n"
    f"4. {DELAYED}, Linne Valley News, 16 September 2024\n"
    f"5. {PLANS}, The Osterwick Courier, 4 March 2024\n"
    "6. Blinken on China and Russia, 18 March 2022"
)
MINUTES = {
    "Minutes of the chess club": "The chess club has chosen Wilma Korn as its treasurer for two years."
}
NEARLY = {
    "Beekeepers from three countries meet in Osterwick": (
        "By our own reporter.\n\n"
        "The honey festival in Osterwick had 9,000 visitors at the weekend, more than ever before. Ninety "
        "beekeepers from three countries showed their honey on the market square.\n\n"
        "The prize for the best honey has gone to Oda Lind, who keeps her bees on the roof of the hospital. "
        "Her lime honey won against 212 others.\n\n"
        "The festival was founded in 1987 by a baker, who wanted to sell more gingerbread. Next year it "
        "moves into the new hall behind the station."
    )
}
WHO_HALL = "Where does the honey festival move next year?"
WHO_TREASURER = "Who is the treasurer of the chess club?"
WILMA_KORN = (
    "The chess club has chosen Wilma Korn as its treasurer for two years.\n"
    "— Minutes of the chess club, 1 January 2021 · ¶ 1"
)
RECIPES = {f"Recipe {n}": f"Dish number {n} is boiled for {n} minutes." for n in range(1, 25)}


def test_the_articles_are_listed_newest_first(ann: Person) -> None:
    listed = ann.says("/articles").answer()
    assert listed["text"] == f"You can ask about:\n{SHARED}"
    assert listed.buttons == ["1", "2", "3", "4", "5", "6"]
    links = [entity["url"] for entity in listed["entities"]]
    assert links[0] == "https://courier.example/footbridge-opened"
    assert len(links) == 4  # the others have no address


def test_many_articles_are_listed_by_the_page(folder: Path, ann: Person) -> None:
    fill_chat_library(folder, ann.id, RECIPES)
    listed = ann.says("/articles").answer()
    first = "\n".join(f"{31 - n}. Recipe {n}, {n} January 2021" for n in range(24, 20, -1))
    assert listed["text"] == f"You can ask about these (1–10 of 30):\n{SHARED}\n{first}"
    assert listed.buttons == [*map(str, range(1, 11)), "Older ›"]
    ann.presses(listed, "Older ›")
    middle = says_soon(listed, "(11–20 of 30)")
    assert middle.split("\n")[1] == "11. Recipe 20, 20 January 2021"
    assert buttons_now(listed) == [*map(str, range(11, 21)), "‹ Newer", "Older ›"]
    ann.presses(listed, "Older ›")
    assert says_soon(listed, "(21–30 of 30)").endswith("\n30. Recipe 1, 1 January 2021")
    assert buttons_now(listed) == [*map(str, range(21, 31)), "‹ Newer"]
    ann.presses(listed, "‹ Newer")
    assert says_soon(listed, "(11–20 of 30)") == middle


def test_everyone_can_turn_the_pages_and_nobody_gets_beyond_the_last(
    folder: Path, ann: Person, ben: Person, readers: Group
) -> None:
    fill_chat_library(folder, readers.id, RECIPES)
    listed = ann.says("/articles@verbatim_bot", to=readers).answer()
    ben.presses(listed, "Older ›")
    says_soon(listed, "(11–20 of 30)")
    ben.presses(listed, data="p:9999")
    says_soon(listed, "(21–30 of 30)")


def test_a_summary_has_the_key_points_of_the_named_article(ann: Person) -> None:
    summary = ann.says("/summary honey festival").answer()
    first, *points, people = summary["text"].split("\n\n")
    assert first == f"{HONEY}, Linne Valley News, 25 August 2025"
    assert people == "People: Oda Lind."
    assert all(point.rpartition("\n")[2].startswith("— ¶ ") for point in points)
    assert 2 <= len(points) <= 5


def test_a_summary_without_a_name_is_of_the_newest_article(ann: Person, readers: Group) -> None:
    summary = ann.says("/summary@verbatim_bot", to=readers).answer()
    assert summary["text"].startswith(f"{OPENED}, The Osterwick Courier, 15 June 2026\n\n")


def test_a_summary_in_reply_to_an_answer_is_of_its_article(ann: Person, ben: Person, readers: Group) -> None:
    answer = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    summary = ben.says("/summary@verbatim_bot", reply_to=answer).answer()
    assert summary["text"].startswith(f"{HONEY}, Linne Valley News, 25 August 2025\n\n")


def test_a_name_that_matches_several_articles_has_to_be_more_specific(ann: Person) -> None:
    answer = ann.says("/summary footbridge").answer()
    assert answer["text"].startswith("2 articles match “footbridge”: ")
    assert answer["text"].endswith("Please be more specific.")


def test_a_name_that_matches_no_article_gets_a_list_of_titles(ann: Person) -> None:
    answer = ann.says("/summary dragons").answer()
    assert answer["text"].startswith(f"No article is called “dragons”. You can choose from: {OPENED};")


def test_a_chats_own_articles_are_quoted_there_and_nowhere_else(
    folder: Path, ann: Person, ben: Person, readers: Group
) -> None:
    fill_chat_library(folder, readers.id, MINUTES)
    assert ben.says(f"/ask@verbatim_bot {WHO_TREASURER}", to=readers).answer()["text"] == WILMA_KORN
    assert "Wilma Korn" not in ben.says(WHO_TREASURER).answer()["text"]
    assert "chess club" not in ann.says("/articles").answer()["text"]
    assert ann.says("/summary chess club").answer()["text"].startswith("No article is called “chess club”")
    answer = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    assert answer["text"] == ODA_LIND  # what everybody shares is answered there, too


def test_what_similar_articles_share_is_quoted_once(folder: Path, ann: Person) -> None:
    """Ann has added what is nearly a copy of a shared article: a few other words, and a sentence more."""
    fill_chat_library(folder, ann.id, NEARLY)
    prize = ann.says(WHO_WON).answer()
    assert prize["text"].count("Oda Lind") == 1
    assert "More quotes" not in prize.buttons
    assert ann.says(WHO_HALL).answer()["text"] == (
        "Next year it moves into the new hall behind the station.\n"
        "— Beekeepers from three countries meet in Osterwick, 1 January 2021 · ¶ 4"
    )


def test_an_answer_from_a_chats_own_articles_cannot_be_seen_from_another(
    folder: Path, ann: Person, ben: Person, readers: Group
) -> None:
    fill_chat_library(folder, ann.id, MINUTES)
    secret = ann.says(WHO_TREASURER).answer()
    assert secret["text"] == WILMA_KORN
    ((context,),) = secret["reply_markup"]["inline_keyboard"]
    other = ben.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    said = ben.presses(other, data=context["callback_data"])
    assert (said["text"], said["show_alert"]) == (
        "This button no longer works. Please send your question or command again.",
        True,
    )
    assert text_now(other) == ODA_LIND


def test_a_chats_own_articles_move_along_when_it_becomes_a_supergroup(
    folder: Path, ann: Person, ben: Person, readers: Group
) -> None:
    group = readers.telegram.group("Small", ann, ben, type="group")
    fill_chat_library(folder, group.id, MINUTES)
    assert ann.says(f"/ask@verbatim_bot {WHO_TREASURER}", to=group).answer()["text"] == WILMA_KORN
    bigger = group.upgrades(by=ann)
    assert ben.says(f"/ask@verbatim_bot {WHO_TREASURER}", to=bigger).answer()["text"] == WILMA_KORN


def test_quotes_of_articles_that_were_removed_are_gone(folder: Path, ann: Person) -> None:
    fill_chat_library(folder, ann.id, MINUTES)
    answer = ann.says(WHO_TREASURER).answer()
    assert (answer["text"], answer.buttons) == (WILMA_KORN, ["Context"])
    empty_chat_library(folder, ann.id)
    ann.presses(answer, "Context")
    assert says_soon(answer, "removed") == "The articles I quoted here have been removed."
    assert buttons_now(answer) == []
    assert "Wilma Korn" not in ann.says(WHO_TREASURER).answer()["text"]


def test_a_new_article_is_quoted_as_soon_as_it_is_added(folder: Path, ann: Person) -> None:
    assert (
        ann.says(WHO_WORLD_CUP).answer()["text"].startswith("I found nothing about that in these articles.")
    )
    fill_chat_library(
        folder, ann.id, {"The 2018 World Cup": "France won the 2018 World Cup, and Croatia came second."}
    )
    assert ann.says(WHO_WORLD_CUP).answer()["text"] == (
        "France won the 2018 World Cup, and Croatia came second.\n— The 2018 World Cup, 1 January 2021 · ¶ 1"
    )
