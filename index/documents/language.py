"""Which language a text is in. The only file here that runs a language identifier.

It is fastText's lid.176.ftz (Joulin et al., "FastText.zip", 2016), read as data
(index/models/packaged.py); docs/quality.md shows what else was measured.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from index.documents.language_names import names_of
from index.errors import SourceError
from index.models import find_weights
from index.models.packaged import LANGUAGE_IDENTIFIER

Identify = Callable[[str], Mapping[str, float]]
"""How likely each language, by ISO 639 code, is that of a text; in all 1."""

MAX_DOUBT = 0.2
"""How much may speak for a language that can be searched, 0 to 1, where a text is surely in another."""

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_PIECE_CHARS = 400
_MOST_PIECES = 200
_LEAST_LETTERS = 200  # what is shorter is of no language for certain
_SURE_SHARE = 0.8  # of the letters of an article, in pieces that are surely in another language
_LEAST_LIKELY = 0.5  # the three likeliest together: some languages are nearly one, and noise is none


@functools.cache
def load_identifier() -> Identify:
    """Return the identifier, loaded once.

    Raises ModelError when its weights are missing or not the right ones.
    """
    path = find_weights(LANGUAGE_IDENTIFIER) / LANGUAGE_IDENTIFIER.name
    import fasttext  # type: ignore[import-untyped]

    model = fasttext.load_model(str(path))

    def identify(text: str) -> Mapping[str, float]:
        readable = text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no character
        labels, shares = model.predict(" ".join(readable.split()), k=-1)
        return {label.removeprefix("__label__"): share for label, share in zip(labels, shares, strict=True)}

    return identify


def likeliest_other(text: str, searched: Collection[str], identify: Identify) -> str | None:
    """Return the likeliest language of ``text``, unless it is in ``searched`` or much speaks for those."""
    shares = identify(text)
    language = max(shares, key=lambda code: shares[code], default=None)
    doubt = sum(shares.get(code, 0.0) for code in searched)
    return None if language in searched or doubt > MAX_DOUBT else language


def check_language(text: str, title: str, read: Collection[str]) -> None:
    """Return unless an article is surely in a language that is none of ``read``.

    Raises SourceError, which names the language, and what to do. What a file says of its own language does
    not count: many are wrong.
    """
    language = article_language(text, read, load_identifier())
    if language is not None:
        known = names_of(read)
        raise SourceError(
            f"“{title}” seems to be in {names_of([language])}, but I can only search {known}. Please "
            f"add it in {known}.",
            for_operator=(
                "To use other languages, set [index] languages in config.toml, with models that read them."
            ),
        )


def article_language(text: str, read: Collection[str], identify: Identify) -> str | None:
    """Return the language of an article where it is surely none of ``read``.

    Return None where it may be one of those. It is sure when nearly all of its pieces are, so that long
    quotations, names, tables and code in an article do not decide. Of a long article, pieces are looked at
    that lie evenly in it.
    """
    letters: Counter[str | None] = Counter()
    step = max(_PIECE_CHARS, len(text) // _MOST_PIECES)
    for start in range(0, len(text), step):
        words = _WORD.findall(text, start, min(start + _PIECE_CHARS, len(text)))
        letters[_piece_language(words, read, identify)] += sum(map(len, words))
    whole = letters.total()
    if whole < _LEAST_LETTERS or whole - letters[None] < _SURE_SHARE * whole:
        return None
    del letters[None]
    return letters.most_common(1)[0][0]


def _piece_language(words: Sequence[str], read: Collection[str], identify: Identify) -> str | None:
    """Return the language of a piece of running text, where it is surely none of ``read``."""
    whole = " ".join(words)
    language = likeliest_other(whole, read, identify)
    lower = [word for word in words if word == word.lower()]
    if language is None or 2 * len(lower) < len(words):  # names, titles, a list of them
        return None
    if sum(sorted(identify(whole).values())[-3:]) < _LEAST_LIKELY:
        return None
    return language if likeliest_other(" ".join(lower), read, identify) else None
