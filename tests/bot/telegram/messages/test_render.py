"""What an answer looks like."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from telegram import MessageEntity

from bot.chat import answer_texts, texts
from bot.telegram.messages.render import (
    PAGE,
    newest_first,
    page_count,
    render_answer,
    render_nearest,
    render_page,
    render_quotes,
    render_text,
)
from bot.telegram.messages.rendered import Rendered
from retrieval.answers import ArticleList, Refusal
from retrieval.types import Speaker
from tests.bot.fakes import answer, article, citation
from tests.standin.gate import check_text


def marked(rendered: Rendered) -> list[tuple[str, str]]:
    """Each entity's type, and the words it marks."""
    raw = rendered.text.encode("utf-16-le")
    return [
        (entity.type, raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le"))
        for entity in rendered.entities
    ]


def accepted(parts: list[Rendered]) -> list[Rendered]:
    for part in parts:
        check_text(part.text, [entity.to_dict() for entity in part.entities])
    return parts


def test_the_sample_article_as_the_issue_shows_it() -> None:
    raw = Path("articles/2022-03-18-blinken-china-russia.md").read_text(encoding="utf-8")
    text = raw.split("---\n\n", 1)[1]
    sample = article(
        text, title="Blinken on China and Russia", publisher=None, published=date(2022, 3, 18), url=None
    )
    quoted = next(line for line in text.split("\n\n") if line.startswith("Earlier"))
    (message,) = accepted(render_answer(answer(citation(quoted, of=sample))))
    assert message.text == (
        "Earlier, China refused to supply Russian airlines with aeroplane parts after the US “bluntly” "
        "warned China against helping Russia circumvent economic sanctions imposed by the US and its "
        "allies.\n"
        "— Blinken on China and Russia, 18 March 2022 · ¶ 3"
    )
    assert marked(message) == [("blockquote", quoted)]


def test_the_best_of_two_sentences_is_bold() -> None:
    quoted = "“Honey 🦔 is better,” said the badger. Nobody asked him."
    (message,) = accepted(render_answer(answer(citation(quoted, "Nobody asked him."))))
    assert message.text == f"{quoted}\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 2"
    assert marked(message) == [("blockquote", quoted), ("bold", "Nobody asked him.")]


def test_a_link_opens_the_article_at_the_words() -> None:
    link = "https://forest.example/jam#:~:text=Bears%20like%20jam."
    (message,) = accepted(render_answer(answer(citation("Bears like jam.", link=link))))
    assert marked(message) == [("blockquote", "Bears like jam."), ("text_link", "Jam in the woods")]
    assert message.entities[1].url == link


def test_what_is_unknown_is_left_out() -> None:
    bare = article(publisher=None, published=None, title=" Jam\n in the woods ")
    (message,) = accepted(render_answer(answer(citation("Bears like jam.", of=bare))))
    assert message.text == "Bears like jam.\n— Jam in the woods · ¶ 1"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/home/operator/articles/jam.md", "jam.md"),
        ("articles/jam.md", "jam.md"),
        ("https://forest.example/a/jam", "https://forest.example/a/jam"),
    ],
)
def test_an_article_without_a_title_is_called_by_its_file_not_by_where_that_lies(
    source: str, shown: str
) -> None:
    nameless = article(title="", source=source, publisher=None, published=None)
    (message,) = accepted(render_answer(answer(citation("Foxes read newspapers.", of=nameless))))
    assert message.text == f"Foxes read newspapers.\n— {shown} · ¶ 3"
    assert render_page([nameless], 0).text.endswith(f"\n1. {shown}")


def test_a_page_says_more_than_a_paragraph() -> None:
    (message,) = accepted(render_answer(answer(citation("Bears like jam.", page=12))))
    assert message.text == "Bears like jam.\n— Jam in the woods, The Forest, 18 March 2022 · p. 12"


def test_several_citations_are_one_message() -> None:
    two = [citation("Bears like jam."), citation("Foxes read newspapers.", number=2)]
    (message,) = accepted(render_answer(answer(*two)))
    assert message.text == (
        "Bears like jam.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1\n\n"
        "Foxes read newspapers.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 3"
    )
    assert marked(message) == [("blockquote", "Bears like jam."), ("blockquote", "Foxes read newspapers.")]


def test_a_quote_longer_than_a_message_stays_a_quote() -> None:
    sentence = "The hedgehog 🦔 walked on and on through the night. "
    long = article((sentence * 100).strip())
    first, second = accepted(render_answer(answer(citation(long.text, sentence.strip(), of=long))))
    assert first.text + second.text == f"{long.text}\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"
    assert first.text.endswith("through the night. ")
    assert marked(first)[0] == ("blockquote", first.text)
    assert marked(second) == [("blockquote", second.text.partition("\n")[0])]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refusal("?", "nothing"), f"{answer_texts.NOTHING} Use /articles to see what you can ask about."),
        (Refusal("?", "close"), answer_texts.CLOSE),
        (
            Refusal("?", "language", languages=("en", "de")),
            "I can't search in this language. Please ask in English or German.",
        ),
    ],
)
def test_a_refusal_says_why(refusal: Refusal, said: str) -> None:
    assert accepted(render_answer(refusal)) == [Rendered(said)]


def test_articles_newest_first() -> None:
    listed = [
        article(id="a", title="Undated", published=None, publisher=None),
        article(id="b", title="Old", published=date(1999, 12, 31), url="https://forest.example/old"),
        article(id="c", title="New", published=date(2022, 3, 18), publisher=None),
    ]
    (message,) = accepted([render_page(newest_first(listed), 0)])
    assert message.text == (
        "You can ask about:\n1. New, 18 March 2022\n2. Old, The Forest, 31 December 1999\n3. Undated"
    )
    assert marked(message) == [("text_link", "Old")]


def test_a_long_list_has_pages_and_each_is_one_message() -> None:
    many = [article(id=f"{n:03}", title=f"{n:03} " + "🦔" * 200, publisher="🦔" * 90) for n in range(24)]
    assert (page_count(many), page_count(many[:20]), page_count([])) == (3, 2, 0)
    (last,) = accepted([render_page(many, 2)])
    lines = last.text.split("\n")
    assert lines[0] == "You can ask about these (21–24 of 24):"
    assert [line[:7] for line in lines[1:]] == ["21. 020", "22. 021", "23. 022", "24. 023"]
    assert lines[1] == f"21. 020 {'🦔' * 135}…, {'🦔' * 49}…, 18 March 2022"
    (first,) = accepted([render_page(many, 0)])
    assert first.text.count("\n") == PAGE


def test_a_list_of_what_is_about_something_says_what_it_leaves_out() -> None:
    many = tuple(article(id=f"{n:03}", title=f"{n:03}", url="https://a.example/") for n in range(250))
    parts = accepted(render_answer(ArticleList("?", many, among=250, topic="jam")))
    lines = "".join(part.text for part in parts).split("\n")
    assert lines[0] == "Articles about jam:"
    assert [line[2:5] for line in lines[1:-1]] == [f"{n:03}" for n in range(100)]
    assert lines[-1] == "and 150 more."
    assert all(part.text.endswith("\n") for part in parts[:-1])
    assert sum(len(part.entities) for part in parts) == 100


def test_a_refusal_and_what_comes_nearest() -> None:
    (bare,) = accepted(render_nearest(Refusal("?", "close", understood="Who likes ham?")))
    assert bare.text == f"Who likes ham?\n\n{answer_texts.CLOSE}"
    (with_it,) = accepted(render_nearest(Refusal("?", "close", (citation("Bears like jam."),))))
    assert with_it.text == (
        f"{answer_texts.CLOSE}\n\n{texts.above_nearest(1)}\n\n"
        "Bears like jam.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"
    )
    assert marked(with_it) == [("blockquote", "Bears like jam.")]


def test_quotes_with_what_stands_around_mark_the_quoted_words() -> None:
    quote = citation("Bears like jam. They eat it with a spoon.", "They eat it with a spoon.")
    (message,) = accepted(render_quotes(None, [quote]))
    assert ("bold", "They eat it with a spoon.") in marked(message)


def test_fixed_sentences_are_plain_text() -> None:
    for said in (texts.start("verbatim_bot"), texts.help_text("verbatim_bot"), texts.help_text(None)):
        assert accepted(render_text(said)) == [Rendered(said, ())]


def test_nothing_to_say_is_no_message() -> None:
    assert render_text("") == []


def test_entities_are_the_library_s() -> None:
    (message,) = render_answer(answer(citation("Bears like jam.")))
    assert message.entities == (MessageEntity("blockquote", 0, 15),)


def test_whose_words_they_are_stands_before_the_title() -> None:
    cited = citation("Bears like jam.", link="https://forest.example/jam")
    speaker = Speaker("Jane Roe", "mayor of Leeds", "Roe")
    (message,) = accepted(render_answer(answer(replace(cited, quote=replace(cited.quote, speaker=speaker)))))
    assert message.text == (
        "Bears like jam.\n— Jane Roe (mayor of Leeds), in “Jam in the woods”, The Forest, 18 March 2022 · ¶ 1"
    )
    assert marked(message) == [("blockquote", "Bears like jam."), ("text_link", "Jam in the woods")]
