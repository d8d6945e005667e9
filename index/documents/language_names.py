"""What languages are called in a sentence."""

from __future__ import annotations

from collections.abc import Collection

from babel import Locale


def names_of(languages: Collection[str]) -> str:
    """Return the languages as a sentence names them: ``English``, ``English or German``.

    Others are named by their code.
    """
    known = Locale("en").languages
    names = [known.get(language, language) for language in languages]
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
