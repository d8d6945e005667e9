"""Word the sentences that stand around quotes, or in their place, the same for every surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.documents.language_names import names_of
from index.types import ArticleInfo
from retrieval.answers import AboutArticle, Answer, ArticleList, Aspect, Length, Quotes, Refusal, SmallTalk
from retrieval.types import Citation, Speaker

START = (
    "I answer questions about a set of articles in their own words. Every answer is a quote, "
    "with the article and the paragraph it comes from. If no article has the answer, I say "
    "so."
)
NOTHING = "I found nothing about that in these articles."
CLOSE = "I found an article on this, but it doesn't answer your question. Try rephrasing it."
ALL_ARTICLES = "You can ask about:"
WELCOME = "You're welcome!"
GOODBYE = "Goodbye!"

LONGEST_HEADING = 60
"""Characters of a heading in a citation."""


@dataclass(frozen=True, slots=True)
class Directions:
    """Sentences that say how something is done on a surface."""

    ask: str
    see_articles: str
    add_article: str


def without_quotes(answer: Answer, directions: Directions) -> str:
    """Return what is said where ``answer`` quotes nothing, or beside its quotes; "" where nothing is."""
    match answer:
        case Quotes():
            return ""
        case Refusal():
            return refusal(answer, directions)
        case AboutArticle():
            return "\n".join(facts(answer))
        case ArticleList():
            return above_list(answer, directions)
        case SmallTalk():
            return small_talk(answer, directions)


def refusal(answer: Refusal, directions: Directions) -> str:
    """Say why nothing is quoted, and what can be done about it."""
    match answer.reason:
        case "nothing":
            return f"{NOTHING} {directions.see_articles}"
        case "close":
            return CLOSE
        case "language":
            return f"I can't search in this language. Please ask in {names_of(answer.languages)}."


def small_talk(answer: SmallTalk, directions: Directions) -> str:
    """Answer a greeting, thanks, a goodbye, or what is asked about the bot."""
    match answer.talk:
        case "greeting":
            return f"Hello! {directions.ask}"
        case "thanks":
            return WELCOME
        case "goodbye":
            return GOODBYE
        case "bot":
            return f"{START}\n\n{directions.ask}"


def no_articles(directions: Directions) -> str:
    """Say that there is nothing to ask about, and how that changes."""
    return f"There are no articles yet, so I have nothing to quote from. {directions.add_article}"


def above_list(answer: ArticleList, directions: Directions) -> str:
    """Introduce a list of articles, or say that there is none to list."""
    if not answer.among:
        return no_articles(directions)
    if not answer.articles:
        return f"I have no articles about {answer.topic}. {directions.see_articles}"
    return f"Articles about {answer.topic}:" if answer.topic else ALL_ARTICLES


def more_articles(count: int) -> str:
    """Say how many articles a list does not show."""
    return f"and {count} more." if count > 1 else "and one more."


def facts(answer: AboutArticle) -> list[str]:
    """Say what is known of an article, a paragraph for each: ``It was published in The Paper on …``."""
    sentences = [_came_from(answer), _length(answer.length), _read_at(answer), _missing(answer)]
    lines = [
        " ".join(filter(None, sentences)),
        _named("people", answer.people, is_asked="people" in answer.asked),
        _named("places", answer.places, is_asked="places" in answer.asked),
    ]
    return [line for line in lines if line]


def written_out(day: date) -> str:
    """Return ``day`` as people write it: 18 March 2022."""
    return f"{day.day} {day:%B %Y}"


def origin(article: ArticleInfo) -> str:
    """Return title, publisher and date, as far as they are known; the source where there is no title."""
    named = [article.title.strip() or article.source, article.publisher]
    return ", ".join(part for part in [*named, article.published and written_out(article.published)] if part)


def place(citation: Citation) -> str:
    """Return where in its article a quote begins: ``p. 7``, as printed, where that has pages, else ``¶ 3``.

    Before it the heading that it stands under, if there is one: ``Sanctions, ¶ 3``.
    """
    place = f"¶ {citation.paragraph}" if citation.page_label is None else f"p. {citation.page_label}"
    section = " ".join((citation.section or "").split())
    return f"{shortened(section, LONGEST_HEADING)}, {place}" if section else place


def shortened(text: str, chars: int) -> str:
    """Return ``text`` with at most ``chars`` characters, of which an ellipsis is the last if any are lost."""
    return text if len(text) <= chars else f"{text[: chars - 1].rstrip()}…"


def speaker_label(speaker: Speaker) -> str:
    """Return the name, with the office where it is known: ``Jane Roe (mayor of Leeds)``."""
    return f"{speaker.name} ({speaker.role})" if speaker.role else speaker.name


def _came_from(answer: AboutArticle) -> str:
    article, asked = answer.article, answer.asked
    is_alone = asked == ("author",) and bool(article.author)  # asked only for the author, say the rest, too
    said = []
    if "author" in asked and article.author:
        said.append(f"written by {article.author}")
    has_publisher = article.publisher and (is_alone or "publisher" in asked)
    has_day = article.published and (is_alone or "published" in asked)
    where = f" in {article.publisher}" if has_publisher else ""
    when = f" on {written_out(article.published)}" if has_day and article.published else ""
    if where or when:
        said.append(f"published{where}{when}")
    return f"It was {' and '.join(said)}." if said else ""


def _length(length: Length | None) -> str:
    if length is None:
        return ""
    pages = f" ({length.pages} page{_s(length.pages)})" if length.pages else ""
    words = f"{length.words:,} word{_s(length.words)}"
    return f"It's {words} long{pages} and takes about {length.minutes} minute{_s(length.minutes)} to read."


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _read_at(answer: AboutArticle) -> str:
    is_told = "link" in answer.asked and answer.article.url
    return f"You can read it at {answer.article.url}" if is_told else ""


def _missing(answer: AboutArticle) -> str:
    what: dict[Aspect, str] = {
        "author": "who wrote it",
        "published": "when it was published",
        "publisher": "where it was published",
        "link": "where it can be read",
        "length": "how long it is",
    }
    lacking = [words for aspect, words in what.items() if aspect in answer.missing]
    listed = " or ".join(filter(None, [", ".join(lacking[:-1]), *lacking[-1:]]))
    return f"The article doesn't say {listed}." if lacking else ""


def _named(what: str, names: Sequence[str], *, is_asked: bool) -> str:
    if names:
        return f"{what.capitalize()}: {', '.join(names)}."
    return f"It doesn't name any {what}." if is_asked else ""
