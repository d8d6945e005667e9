"""Is a message among people a question, or a remark that nobody wants an answer to?

Pure rules over plain words, for what isn't addressed to the bot by name or by command. A question that is
met with silence is worse than a remark that is answered: what ends with a question mark is a question, unless
it is one that people ask each other.
"""

from __future__ import annotations

import re

_ASKS = r"(?:who|whom|whose|what|when|where|why|which|how|who's|what's|when's|where's|how's)"
_PREPOSITION = r"(?:in|on|at|by|with|for|from|to|of|since|until|about)"
_HELPER = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might|isn't|aren't|wasn't"
    r"|weren't|don't|doesn't|didn't|hasn't|haven't|can't|couldn't|won't|wouldn't)"
)
_WISH = (
    r"(?:please )?(?:tell|explain|list|show|name|give|summari[sz]e|sum up|describe|define|compare|find|quote"
    r"|remind|translate|tl;?dr)\b"
)
_LEAD = re.compile(
    r"(?:(?:and|but|so|or|ok|okay|well|now|then|also|wait|sorry|hm+|oh|please|question|btw|by the way|really)"
    r"(?:\s*[,:;…]\s*|\s+))+"
)
_VOCATIVE = re.compile(r"[^\W\d_]+, ")
_OPENS = re.compile(rf"(?:{_PREPOSITION} )?{_ASKS}\b(?P<rest>.*)", re.DOTALL)
_EXCLAIMS = re.compile(
    r"what an? \w+(?: \w+)?\W*$"
    r"|how (?!much|many|long|far|old|often|big|high|tall|so|come|fast|deep|wide|heavy)\w+[\s!.]*$"
    r"|what (?:the|on earth)\b|what else is new|who (?:cares|knows)|why not\W*[:;]|what i\b|when i\b"
)
_BETWEEN_PEOPLE = re.compile(
    r"\b(?:you|your|yours|u|we|us|our|let's|lets|i|i'm|i'll|i've|me|my|anyone|anybody|everyone|everybody|tonight"
    r"|tomorrow|lunch|coffee|dinner)\b"
)
_ASKED_OF_ANYBODY = re.compile(
    rf"\b(?:know|knows|tell me|told|wonder|idea|find out|remember|explain|like to know|want to know)\b"
    rf"(?: \w+){{0,3}} ?\b{_ASKS}\b|\b(?:tell|show|give|find|explain|list|name) (?:me|us)\b"
)
_TAGS = re.compile(
    r"(?:(?:oh )?really|seriously|right|is(?:n't)? (?:it|that so|that right)|is that so|and|so|so what"
    r"|guess what|hello|test|ping|ok|okay|what|huh|eh|no|yes|true)[?!.\s]*"
)
_ABOUT = re.compile(
    r"(?:is there |are there )?(?:any|anything|something|more|details|news)\b"
    r".*\b(?:about|on|of|from|details?)\b"
    r"|more (?:about|on|details)\b|what about\b|how about\b"
)
_SUBJECT = re.compile(
    r"(?:the )?(?!\w+ing\b|\w+ed\b)[^\W\d_]+(?: [^\W\d_]+)? (?:of|in|for|between|to) "
    r"(?:the |a |his |her |its |their )?\w+.*"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|did|do|does|has|have|had|will|would|can|should|\w+n't|lives?|said)\b"
)


LONGEST_CHARS = 300
"""What is longer says enough to be judged by its question mark alone."""


def asks_something(text: str) -> bool:
    """Return whether ``text``, which isn't addressed to the bot, asks what articles may say."""
    if len(text) > LONGEST_CHARS:
        return "?" in text
    plain = " ".join(text.casefold().replace("’", "'").split())
    if not re.search(r"\w", plain) or _TAGS.fullmatch(plain):
        return False
    is_marked = "?" in plain
    clause = _without_lead(plain)
    if _ASKED_OF_ANYBODY.search(plain) or re.match(_WISH, clause):
        return True
    if re.search(r"\b(?:you|your|u)\b", clause) or _EXCLAIMS.match(clause):
        return False
    if _OPENS.match(clause) or re.match(rf"{_HELPER} \w", clause):
        return is_marked or _EXCLAIMS.search(clause) is None
    if _ABOUT.match(clause):
        return True
    if _BETWEEN_PEOPLE.search(clause):
        return False
    return is_marked or (_SUBJECT.fullmatch(clause) is not None and _VERB.search(clause) is None)


def _without_lead(plain: str) -> str:
    """Return what is left without a name that is called, and without what leads into a question."""
    shorter = plain
    if (lead := _LEAD.match(shorter)) and lead.end() < len(shorter):
        shorter = shorter[lead.end() :]
    if (called := _VOCATIVE.match(shorter)) and called.end() < len(shorter):
        shorter = shorter[called.end() :]
    return shorter
