"""The direct speech of articles, and who says it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import ChatOption, ConfigOption
from index.command_line import make_progress, spinner
from index.errors import OperatorError
from index.program import command

if TYPE_CHECKING:
    from index.types import Article
    from retrieval.attribution import Utterance

_WORD = re.compile(r"\w+")


class SpeechListError(OperatorError):
    """Nothing is named whose speech could be listed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An utterance, the article it stands in, and what that article is called in the list."""

    source: str
    article: Article
    utterance: Utterance

    @property
    def quote(self) -> str:
        """The words inside the marks."""
        return self.article.text[self.utterance.start : self.utterance.end]


def list_speech(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="Articles, or folders of them.")
    ] = None,
    library: Annotated[
        list[str] | None, typer.Option("--library", metavar="NAME", help="A whole library; can be repeated.")
    ] = None,
    chat: ChatOption = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Only what this person says.")
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(
            "--about", metavar="WORDS", help="Only quotations whose paragraph contains all of these words."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per quotation.")] = False,
    config: ConfigOption = None,
) -> None:
    """List the direct speech in articles, and who says it. With a filter, it's sorted by date."""
    if not files and not library and chat is None:
        listed_library = command("speakers --library main")
        raise SpeechListError(f"Name some files, or a library: {listed_library}.")
    articles = [*_of_files(files or []), *_of_libraries(library or [], chat, config)]
    found = [listed for listed in _listed(articles) if _is_wanted(listed, speaker, about)]
    if speaker or about:
        found.sort(key=lambda listed: listed.article.published or date.max)
    if as_json:
        for listed in found:
            print(json.dumps(to_object(listed), ensure_ascii=False))
    else:
        print(to_text(found))


def to_object(listed: Listed) -> dict[str, Any]:
    """Return what ``--json`` prints; speaker, role and surface are None where the text leaves them open."""
    utterance = listed.utterance
    return {
        "article": listed.source,
        "start": utterance.start,
        "end": utterance.end,
        "quote": listed.quote,
        "speaker": utterance.speaker.name if utterance.speaker else None,
        "role": utterance.speaker.role if utterance.speaker else None,
        "surface": utterance.surface,
    }


def to_text(found: list[Listed]) -> str:
    """Write the list for people, one article after the other."""
    from bot.chat.answer_texts import speaker_label, written_out

    if not found:
        return "No direct speech found."
    lines: list[str] = []
    before: Article | None = None
    for listed in found:
        if listed.article is not before:
            day = listed.article.published
            lines += ["", f"{listed.article.title}{f', {written_out(day)}' if day else ''}"]
            before = listed.article
        said_by = listed.utterance.speaker
        lines.append(f"  {speaker_label(said_by) if said_by else '?'}: “{' '.join(listed.quote.split())}”")
    return "\n".join(lines[1:])


def _of_files(paths: list[Path]) -> Iterator[tuple[str, Article]]:
    from index.documents.article import find_files, read_article

    for path in paths:
        for file in find_files(path):
            yield str(file), read_article(file, Path.cwd())


def _of_libraries(
    names: list[str], chat_id: int | None, config: Path | None
) -> Iterator[tuple[str, Article]]:
    if not names and chat_id is None:
        return
    from index.config import load_config
    from index.library_name import library_names
    from index.stores import open_libraries

    libraries = open_libraries(load_config(config))
    own = [] if chat_id is None else libraries.searches(library_names([], chat_id))
    for search in [*own, *(search for name in names for search in libraries.searches(library_names([name])))]:
        for info in search.articles():
            article = search.article(info.id)
            if article is not None:
                yield article.source, article
    libraries.close()


def _listed(articles: list[tuple[str, Article]]) -> Iterator[Listed]:
    with spinner("loading the parser"):
        from retrieval.attribution import GrammarAttributor
        from retrieval.parser import load_parser

        attributor = GrammarAttributor(load_parser())
    with make_progress() as progress:
        for source, article in progress.track(articles, description="reading"):
            for utterance in attributor.utterances(article.text):
                yield Listed(source, article, utterance)


def _is_wanted(listed: Listed, speaker: str | None, about: str | None) -> bool:
    from retrieval.attribution import same_name

    said_by = listed.utterance.speaker
    if speaker is not None and (said_by is None or not same_name(said_by.name, speaker)):
        return False
    return about is None or _holds(_around(listed), about)


def _around(listed: Listed) -> str:
    """Return the paragraph of the quotation."""
    text, utterance = listed.article.text, listed.utterance
    start = text.rfind("\n", 0, utterance.start) + 1
    end = text.find("\n", utterance.end)
    return text[start : end if end >= 0 else len(text)]


def _holds(text: str, about: str) -> bool:
    words = set(_WORD.findall(text.casefold()))
    return all(any(word.startswith(wanted) for word in words) for wanted in _WORD.findall(about.casefold()))
