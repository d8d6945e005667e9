"""Names however they are typed: with the letters of their language, or as a keyboard without them has it."""

from __future__ import annotations

import re
import unicodedata

from index.text.stop_words import STOP_WORDS

_WORD = re.compile(r"\w+")
_MARKS = re.compile("[\u0300-\u036f]")
_PLAIN = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
    }
)
_IN_TWO = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "đ": "dj", "ð": "dh"})
_TYPED_FOR = (
    (("ss", "ß"),),
    (("ae", "æ"), ("o", "ø")),
    (("ae", "æ"), ("oe", "ø")),
    (("oe", "œ"),),
    (("l", "ł"),),
    (("dj", "đ"),),
    (("d", "đ"),),
    (("i", "ı"),),
    (("ae", "æ"), ("th", "þ"), ("d", "ð")),
)
"""Letters that SQLite's word index leaves unchanged, and what people type for them in each language."""
_MOST_PLACES = 4  # in a word that may have such a letter


def plain_letters(word: str) -> str:
    """Return ``word`` in small letters without marks: as it is typed where a keyboard has none of them.

    ``aa`` is ``å``: Aarhus, Århus and Arhus are one.
    """
    return _without_marks(word.casefold().translate(_PLAIN)).replace("aa", "a")


def spellings_to_search(question: str) -> list[str]:
    """Return the words of ``question`` worth searching, as ``words_to_search``, in all their spellings.

    A spelling that no article has costs nothing and changes no score.
    """
    words = list(dict.fromkeys(_WORD.findall(unicodedata.normalize("NFC", question).replace("İ", "I"))))
    wanted = [word for word in words if word.casefold() not in STOP_WORDS] or words
    return list(dict.fromkeys(spelling for word in wanted for spelling in _spellings(word)))


def _spellings(word: str) -> list[str]:
    lower = word.lower()
    plain = _without_marks(lower.translate(_PLAIN))
    found = [lower, word.casefold(), plain, _without_marks(lower.translate(_IN_TWO).translate(_PLAIN))]
    found += [plain.replace("aa", "a"), _without_marks(lower.replace("å", "aa").translate(_PLAIN))]
    if word[0].isupper():  # "poet" is no other word for "pöt", but Mueller may be Müller
        found.append(plain.replace("ae", "a").replace("oe", "o").replace("ue", "u"))
        found += [f"a{plain}"] * plain.startswith("a")
    for letters in _TYPED_FOR:
        written = [plain]
        for typed, letter in letters:
            written = [other for word in written for other in _with_letter(word, typed, letter)]
        found += written
    return found


def _with_letter(word: str, typed: str, letter: str) -> list[str]:
    """Return ``word``, and with ``letter`` for what is typed for it: at one place, or at all of them."""
    parts = word.split(typed)
    places = range(1, min(len(parts), _MOST_PLACES + 1))
    single = [typed.join(parts[:place]) + letter + typed.join(parts[place:]) for place in places]
    return [word, *single, letter.join(parts)]


def _without_marks(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text))
