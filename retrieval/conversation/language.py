"""In which language a question is asked, and when that is the reason not to answer it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

from index.documents.language import Identify, likeliest_other
from retrieval.answers import Quotes, Refusal

CERTAIN = 0.9
"""How probable an answer must be to a question in a language that the models do not know; 0 to 1."""


def other_language(question: str, searched: Collection[str], identify: Identify) -> str | None:
    """Return the language of ``question`` where that is surely none of ``searched``, else None.

    Names belong to no language, and one word proves none: the words in lower case have to say the same as the
    whole, whichever of them is left out. In a script other than the Latin one, the whole is enough.
    """
    language = likeliest_other(question, searched, identify)
    if language is None or not _is_latin(question):
        return language
    parts = list(_parts(question))
    is_sure = bool(parts) and all(likeliest_other(part, searched, identify) == language for part in parts)
    return language if is_sure else None


def unless_of_another_language(
    answer: Quotes | Refusal, languages: Collection[str], identify: Identify | None
) -> Quotes | Refusal:
    """Return ``answer``, or a refusal where the question's language is the reason not to trust it.

    Without ``identify`` no language is known.
    """
    if isinstance(answer, Quotes) and answer.citations[0].quote.score >= CERTAIN:
        return answer
    if not languages or identify is None or other_language(answer.question, languages, identify) is None:
        return answer
    return Refusal(
        answer.question,
        "language",
        languages=tuple(languages),
        understood=answer.understood,
        seconds=answer.seconds,
    )


def _parts(question: str) -> Iterator[str]:
    """Yield the question without names, and with each word left out; nothing where it is little but names."""
    words = question.split()
    lower = [not word.lstrip("\"'“‘„«¿¡([")[:1].isupper() for word in words]
    if sum(is_lower and word[:1].isalpha() for word, is_lower in zip(words, lower, strict=True)) < 2:
        return
    yield " ".join(word for word, is_lower in zip(words, [True, *lower[1:]], strict=True) if is_lower)
    for left_out in range(len(words)):
        yield " ".join(words[:left_out] + words[left_out + 1 :])


def _is_latin(text: str) -> bool:
    """Return whether half of the letters or more are Latin ones."""
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(unicodedata.name(char, "").startswith("LATIN") for char in letters) >= len(letters)
