"""What a superscript or subscript becomes in plain text: no part of the number or word beside it.

    superscript("6", "holds 10", " litres") == "⁶"        superscript("3", "and 1,200", " people") == ""

``before`` and ``after`` are the text of the paragraph on either side; a few letters of each are enough.
"""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_AROUND = 40  # letters on either side that are looked at
_NUMBERS = re.compile(r"\d+[a-z]?(?:\s?[,;–-]\s?\d+[a-z]?)*\s?[,;–-]?")
_IS_NOTE_SIGN = re.compile(r"[\[(]\s?[\w\s.,;:–-]{1,40}\s?[\])]|[*†‡§¶#,;.–\s-]+")
_IS_SIGNED = re.compile(r"[+−-]\s?\d*|\d*\s?[+−-]")
_IS_FORMULA = re.compile(r"[\dni+−=()-]+")
_AMOUNT = re.compile(r"[$£€¥₹]\s?\d[\d,. ]{0,30}$")
_POWER = re.compile(r"(?<![\d.,])(?:10|[2-9e])$")
_NUMBER = re.compile(r"\d[\d,.\u2009\u202f\u00a0]{0,30}$")
_UNIT = re.compile(r"(?<!\w)(?:[^\W\d_]{1,2}|mol|bar|sec|min|rad)$|\)$|\d[^\W\d_]{1,2}$")
_LONG_WORD = re.compile(r"[^\W\d_²³¹⁰-₟]{3}$")
_SHORT_WORDS = re.compile(r"a[mnst]|b[ey]|[dgs]o|h?e|i[fst]|m[ey]|no|o[fnr]|to|u[ps]|we")
_ORDINALS = frozenset("eoadrhs")
_WRITTEN = {"TM": "™", "SM": "℠"}
_DEGREES = ("o", "0", "º")
_SCALE = re.compile(r"\s?[CF]\b")


def superscript(run: str, before: str, after: str) -> str:
    """Return what the raised ``run`` becomes between ``before`` and ``after``: "" for the mark of a note.

    Powers, charges and cents stay raised (10⁶, m³, Ca²⁺, $11⁹⁹); what ends a word stays as it is (1st).
    """
    mark, before, after = run.strip(), before[-_AROUND:], after[:_AROUND]
    if not mark or len(mark) > _AROUND:
        return run
    if mark in _WRITTEN:
        return _WRITTEN[mark]
    if mark in _DEGREES and before[-1:].isdigit() and _SCALE.match(after):
        return "°"
    if _IS_SIGNED.fullmatch(mark) and not _LONG_WORD.search(before):
        return _raised(mark)
    if _IS_NOTE_SIGN.fullmatch(mark):
        return ""
    if _NUMBERS.fullmatch(mark):
        return _raised(mark) if _is_power(mark, before, after) else ""
    if len(mark) == 1 and mark.isalpha():
        return _raised_letter(mark, before)
    if _IS_FORMULA.fullmatch(mark):
        return _raised(mark)
    return f"^{mark}" if _meets_digits(mark, before, after) else run


def subscript(run: str, before: str, after: str) -> str:
    """Return what the lowered ``run`` becomes: lowered where digits would meet, else as it is."""
    mark, before, after = run.strip(), before[-_AROUND:], after[:_AROUND]
    if _meets_digits(mark, before, after) or before.endswith(("/", "⁄")):
        return mark.translate(_LOWERED)
    return run


def _raised(mark: str) -> str:
    return "".join(mark.split()).translate(_RAISED)


def _is_power(mark: str, before: str, after: str) -> bool:
    """Return whether the number ``mark`` belongs to what stands before it, and is no mark of a note."""
    if after[:1] in ("/", "⁄"):
        return True
    if not mark.isdigit():
        return False
    if _AMOUNT.search(before):
        return len(mark) == 2
    if _NUMBER.search(before) and not re.search(r"[.,]$", before):
        return bool(_POWER.search(before))
    if unit := _UNIT.search(before):
        return not _SHORT_WORDS.fullmatch(unit[0])
    is_start = not before or before[-1].isspace() or before[-1] in "([-–"
    return is_start and after[:1].isalpha() and after[:1].isupper()


def _raised_letter(mark: str, before: str) -> str:
    if _LONG_WORD.search(before) and mark.islower():
        return ""
    if before[-1:].isdigit() or re.search(r"(?<!\w)\w$", before):
        return mark if mark.lower() in _ORDINALS else _power_of_letter(mark)
    return mark


def _power_of_letter(mark: str) -> str:
    raised = mark.translate(_RAISED)
    return raised if raised != mark or not mark.isascii() else f"^{mark}"


def _meets_digits(mark: str, before: str, after: str) -> bool:
    begins = mark[:1].isdigit() and before[-1:].isdigit()
    return begins or (mark[-1:].isdigit() and after[:1].isdigit())
