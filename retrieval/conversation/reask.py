"""A question asked anew with another question word: "why?" behind "When did Rome fall?". Pure."""

from __future__ import annotations

from retrieval.parser import Parsed

_AUXILIARIES = frozenset(
    {"be", "have", "do", "can", "could", "will", "would", "shall", "should", "may", "might", "must"}
)
_ADVERBS = frozenset({"why", "when", "where", "how"})


def asked_anew(asks: str, text: str, parsed: Parsed) -> str | None:
    """Return the question ``text`` with another question word; None where its sentence does not allow it.

    "why" and "When did Rome fall?" give "Why did Rome fall?"; a "what" that was asked for becomes "that".
    """
    words = parsed.words
    opening = _auxiliary(parsed)
    if opening is None or asks.lower() not in _ADVERBS:
        return None
    behind = text[words[opening].start :].rstrip(" ?!.")
    asked = _asked_word(parsed, opening)
    if asked is None:
        return None if opening else f"{asks.capitalize()} {_lower_first(behind)}?"
    if words[asked].relation in {"nsubj", "nsubjpass", "attr", "csubj"}:
        return None
    if words[asked].relation in {"dobj", "pobj"}:
        verb = words[words[asked].head]
        if verb.start < words[opening].start:
            return f"{asks.capitalize()} {behind}?"  # in which year: all of it is replaced
        cut = verb.end - words[opening].start
        behind = f"{behind[:cut]} that{behind[cut:]}"
    return f"{asks.capitalize()} {behind}?"


def _auxiliary(parsed: Parsed) -> int | None:
    """Return the place of the verb that opens the question, in front of its subject; None where none does."""
    for place, word in enumerate(parsed.words):
        if word.pos in {"AUX", "VERB"}:
            is_opening = word.lemma.lower() in _AUXILIARIES
            subject = any(
                other.relation in {"nsubj", "nsubjpass", "expl", "attr"}
                for other in parsed.words[place + 1 :]
            )
            return place if is_opening and subject else None
    return None


def _asked_word(parsed: Parsed, opening: int) -> int | None:
    """Return the place of the noun or adverb that is asked for, before the verb that opens the question."""
    for place, word in enumerate(parsed.words[:opening]):
        if word.tag in {"WP", "WDT", "WRB", "WP$"}:
            while parsed.words[place].relation in {"det", "poss", "advmod", "amod", "prep"}:
                head = parsed.words[place].head
                if head >= opening or head == place:
                    break
                place = head
            return place
    return None


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
