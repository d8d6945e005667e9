"""Asking in the terminal: one question, or a conversation."""

from __future__ import annotations

import json
import shutil
import sys
from typing import Annotated

import typer

from bot.cli.options import ConfigOption
from index.command_line import JsonOption, spinner
from index.config import load_config
from index.settings import IndexSettings
from retrieval.settings import RetrievalSettings

LibrariesOption = Annotated[
    list[str], typer.Option("--library", metavar="NAME", help="The library to ask; can be repeated.")
]
AskedChatOption = Annotated[
    int | None,
    typer.Option("--chat", metavar="ID", help="Ask as this Telegram chat would, with its own library, too."),
]
ArticlesOption = Annotated[
    list[str], typer.Option("--article", metavar="ID", help="Ask only this article; can be repeated.")
]
SummaryOption = Annotated[
    str | None,
    typer.Option(
        "--summary",
        metavar="ARTICLE",
        help="Give the key points of the article with this id, or with these words in its title.",
    ),
]


def ask(
    question: Annotated[
        str | None,
        typer.Argument(metavar="QUESTION", help="The question; leave it out to start a conversation."),
    ] = None,
    library: LibrariesOption = ["main"],  # noqa: B006 - typer copies it
    chat: AskedChatOption = None,
    article: ArticlesOption = [],  # noqa: B006
    summary: SummaryOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Answer a question in the articles' own words."""
    values = load_config(config)
    values.section("index", IndexSettings)
    values.section("retrieval", RetrievalSettings)
    from bot.cli.converse import converse_in_terminal, open_searches
    from index.library_name import library_names, missing_article
    from index.stores import open_libraries

    if question is None and summary is None:
        converse_in_terminal(values, library, chat)
        return
    from retrieval.conversation import check_question, talk_of

    if summary is None:
        check_question(question or "")
    searches = open_searches(open_libraries(values), library, chat)()
    known_ids = {info.id for search in searches for info in search.articles()}
    name = library_names(library if chat is None else [], chat)[0]
    for article_id in article:
        if article_id not in known_ids:
            raise missing_article(article_id, name)
    if not known_ids and not as_json and summary is None and not talk_of(question or ""):
        from bot.chat.answer_texts import no_articles
        from bot.cli.terminal import directions

        print(no_articles(directions(name.option)))
        return
    with spinner("loading the models"):
        from retrieval import Answerer

        answerer = Answerer.load(values)
    if summary is None:
        answer = answerer.ask(question or "", searches, articles=article or None)
    else:
        answer = answerer.summarize(summary, searches)
    if as_json:
        from bot.cli.json_output import to_object

        print(json.dumps(to_object(answer, name.option), ensure_ascii=False, indent=2))
        return
    from bot.cli.terminal import to_text

    width = min(100, shutil.get_terminal_size().columns)
    print(to_text(answer, width=width, bold=sys.stdout.isatty(), option=name.option))
