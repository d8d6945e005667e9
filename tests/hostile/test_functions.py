"""What the bot's own process does with strangers' bytes and words takes a time that grows with their length.

What takes the square of it would keep everybody waiting: Python lets nobody else run within one such call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial

import pytest
from telegram import Chat, Message, MessageEntity, User

from bot.chat.ingest.article_factory import article_of_file, article_of_post, article_of_words
from bot.chat.ingest.sources import Post, Words
from bot.redaction import Redactor
from bot.telegram.handlers import COMMANDS
from bot.telegram.messages.addressing import address
from bot.telegram.messages.links import can_be_opened
from bot.telegram.messages.message_sources import source_in
from bot.telegram.messages.utf16 import code_points
from index.documents.article import make_article
from index.documents.formats.blocks import one_line
from index.documents.formats.charset import charset_of, codec_of, decode_unsaid
from index.documents.formats.hyphens import join_cut_words
from index.documents.formats.kinds import kind_of
from index.documents.formats.text import extract_text
from index.documents.formats.types import Extracted
from index.documents.language import article_language
from index.documents.normalize import is_in_normal_form, normal_form, normalize
from index.documents.web.address import canonical, follow, parse_address, shown
from index.documents.web.answers import check_kind, retry_after, short_value
from index.errors import AppError
from index.text import paragraph_starts, sentence_spans, signature_of, split_article
from index.types import Section
from retrieval.attribution.frames import Frame, make_frames
from retrieval.attribution.quotations import find_quotations, paragraphs
from retrieval.conversation import questions_in, talk_of
from retrieval.summaries import parse_article_question
from tests.fakes import FakeEmbedder
from tests.hostile.shapes import COMMON, Shape
from tests.hostile.timing import interruptible, seconds_at

LENGTH = 100_000
MAX_S = 1.0
"""Of processor time, for LENGTH characters; what is linear takes a fifth of it at most."""
_SHAPES = [
    Shape("", repeated, tail)
    for repeated in (
        *COMMON,
        *(
            "a\u0301\u0316",
            "\u0301\u0316",
            "\u0f71\u0f72",
            "\u0345\u0301",
            "\u1161",
            "\u1100\u1161\u11a8",
            "\u05b0",
        ),
        *("<!---->", "<?xml?>", "- a\n", "1. a\n", "# a\n", "# a\n\nb\n\n", "a:b\n", "a\n\n# b\n\n", "---\n"),
        *(
            "a. \n",
            "“A. ",
            "a" * 30 + "\n",
            "Aa b. ",
            "%41",
            "&x=y",
            "utm_a=1&",
            "xn--",
            ".a",
            "::",
            "@a ",
            "/add ",
        ),
        *("\u200b", "\r\n", "\r", "\ufdfa", "…", "\u2028", "one two three four. ", "Is it so? "),
    )
    for tail in ("", "x\x00")
]
_DAY = date(2022, 3, 18)
_ME = User(1, "Bears", is_bot=True, username="bears_bot")
_SOMEBODY = User(2, "Ann", is_bot=False)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _message(text: str) -> Message:
    names = [MessageEntity(MessageEntity.MENTION, at, 10) for at in range(0, 50, 10)]
    link = MessageEntity(MessageEntity.URL, 0, len(text))
    chat = Chat(2, Chat.PRIVATE)
    return Message(1, datetime.now(UTC), chat, from_user=_SOMEBODY, text=text, entities=[*names, link])


def _split(extracted: Extracted) -> object:
    return split_article(make_article("a", extracted), 160, _count_tokens)


def _count_tokens(texts: Sequence[str]) -> Sequence[int]:
    return FakeEmbedder().count_tokens(texts)


def _split_with_headings(text: str) -> object:
    sections = tuple(Section(place, line) for place, line in enumerate(text.splitlines()))
    return _split(Extracted("a", text, sections=sections))


def _frames(text: str) -> list[Frame]:
    return list(make_frames(text, paragraphs(text), find_quotations(text)))


TAKES_TEXT: dict[str, Callable[[str], object]] = {
    "the kind of a text file": lambda text: kind_of(_bytes(text), "a.txt"),
    "the kind of a page": lambda text: kind_of(_bytes(text), "a.html"),
    "a text file": lambda text: article_of_file(_bytes(text), "a.txt"),
    "front matter that does not end": lambda text: extract_text(_bytes(f"---\n{text}"), "a.txt"),
    "a title in front matter": lambda text: extract_text(_bytes(f"---\ntitle: {text}\n---\na"), "a.txt"),
    "an address in front matter": lambda text: extract_text(
        _bytes(f"---\nurl: https://{text}\n---\na"), "a.txt"
    ),
    "the name of a file": lambda text: kind_of(b"a", text),
    "a post": lambda text: article_of_post(Post(text, text, _DAY, None)),
    "words": lambda text: article_of_words(Words(text, _DAY)),
    "what a message wants": lambda text: (source_in(_message(text)), address(_message(text), _ME, COMMANDS)),
    "places in UTF-16": lambda text: code_points(text, len(text) // 2, 9),
    "normalize": normalize,
    "normal form": normal_form,
    "whether it is in normal form": is_in_normal_form,
    "one line": one_line,
    "words that line ends cut": lambda text: join_cut_words(text.replace(" ", "-\n")),
    "a text without an encoding": lambda text: decode_unsaid(text.encode("cp1252", "replace")),
    "sentences": sentence_spans,
    "paragraphs": paragraph_starts,
    "passages": lambda text: _split(Extracted("a", text)),
    "passages under headings": _split_with_headings,
    "the language": lambda text: article_language(text, ["en"], lambda _: {"en": 1.0}),
    "a signature": lambda text: signature_of(normal_form(text)),
    "the charset of a header": charset_of,
    "a charset": codec_of,
    "a host": lambda text: parse_address(f"https://{text}"),
    "a path": lambda text: canonical(f"https://a/{text}"),
    "a query": lambda text: canonical(f"https://a/?{text}"),
    "a redirect": lambda text: follow(parse_address("https://a/"), _bytes(text), "a"),
    "an address shown": shown,
    "a link": lambda text: can_be_opened(f"https://{text}"),
    "a content type": lambda text: check_kind(text, "a"),
    "when to come again": lambda text: retry_after({"retry-after": text}),
    "a header that is kept": lambda text: short_value({"etag": text}, "etag"),
    "a line of the log": Redactor("123456:" + "a" * 30),
    "a greeting": talk_of,
    "a question about an article": parse_article_question,
    "questions at once": questions_in,
    "quotations and the sentences around them": _frames,
    "an answer of the process that reads files": lambda text: json.loads(json.dumps({"text": text})),
}


def _run(takes: Callable[[str], object], shape: Shape, length: int) -> Callable[[], object]:
    text = shape.text(length)

    def run() -> None:
        with suppress(AppError):  # refused, in time
            takes(text)

    return run


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    with interruptible():
        yield


@pytest.mark.parametrize("what", TAKES_TEXT)
def test_the_time_grows_with_the_length(what: str) -> None:
    for shape in _SHAPES:
        assert seconds_at(LENGTH, MAX_S, partial(_run, TAKES_TEXT[what], shape)) < MAX_S, shape
