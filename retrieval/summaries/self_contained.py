"""Whether a sentence says something of its own or depends on what stands before it. Pure.

Rules over its words and how a parser of English takes them. In doubt it depends, since there are others.
"""

from __future__ import annotations

import re

from retrieval.parser import Parsed, Word

FEWEST_WORDS = 6
"""A sentence that says something has more words than a caption, a byline or a cry has."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_WHOLE = re.compile(r"[.!…。！][\"'”’»)\]]{0,3}(?:\[[^\]\n]{1,24}\]){0,3}$")
_NO_PROSE = re.compile(
    r"https?://|www\.|(?<!\S)\S[^\s@]*+@\S+\.\w|©|\|"
    r"|\b(?:all rights reserved|click here|read more|read also|sign up|subscribe|follow us|newsletter"
    r"|cookies|(?:photo|image|picture|video)(?: by|:)|(?:reporting|editing|writing) by)\b",
    re.IGNORECASE,
)
_MARKER = re.compile(r"(?:[-*•‣▪–—]|\(?\w{1,3}[.)])\s+")
_POINTING = _words("this that these those such")
_CONNECTIVES = _words("""but however and or nor so yet then thus therefore hence moreover
    furthermore additionally also instead
    meanwhile later afterwards afterward nevertheless nonetheless still likewise similarly conversely
    otherwise he she it they him them his her hers its their theirs consequently accordingly
    subsequently besides else indeed too again alternatively finally
    other another others both neither either here hereby because which who whose""")
_LINKS = re.compile(
    r"(?:in (?:addition|contrast|turn|response|return|other words|this|that|these|those|such|both|doing so"
    r"|fact|particular|the (?:latter|former|same|meantime|process|end|case|first|second))|as (?:a result"
    r"|such|well|a consequence)|for (?:example|instance|this|that|these|those|the same|such)|on the (?:other"
    r" hand|contrary|one hand)|by (?:contrast|comparison|then|this|that)|at (?:the same time|that|this|the"
    r" time|first|least)|after (?:this|that|these|which)|since then|from (?:then|there|this|that)|with this"
    r"|with that|because of (?:this|that)|due to (?:this|that)|despite (?:this|that)|even"
    r" so|of (?:these|those"
    r"|this|them)|(?:one|some|many|most|all|each|several|two|three|none|both|half) of (?:them|these|those)"
    r"|(?:one|some|many|several|two|three) (?:such|other|more)|under (?:this|that|these"
    r"|those)|to (?:this|that"
    r"|these|do so)|the (?:former|latter|other|others|same|two|three|pair|duo|trio|second|third|following"
    r"|above|result|reason|answer|rest|next)|some other|most other|a (?:second|third|further|similar)"
    r"|that said|there(?: is| are| was| were)? also|too|not only)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"(?:[,;] (?:however|by contrast|in contrast|therefore|though|too|for example|for"
    r" instance|in turn|then|instead|nevertheless"
    r"|meanwhile|as well|on the other hand|thus|moreover)\b[,.;]|\b(?:the latter|the former|as (?:mentioned"
    r"|noted|described|shown|stated|seen|discussed) (?:above|below|earlier|before)|aforementioned"
    r"|see (?:below|above)|the following)\b)",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"(?:(?:soon|shortly|immediately|not long|long|\w+ \w+) (?:after|afterwards|later"
    r"|thereafter|before)(?:,| that\b)"
    r"|soon afterwards?|shortly afterwards?)",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"“[^“”]{0,2000}”|\"[^\"]{0,2000}\"")
_TIMES = _words("year month week day morning evening summer spring autumn winter century time")
_SHARES = _words("many some several few most all none one two three each more others much")
_OF_PEOPLE = _words("he him his she her hers himself herself")
_OF_THINGS = _words("it its itself they them their theirs themselves")
_REFERRING = _words("""move decision announcement remark remarks statement comment comments attack
    incident deal report plan
    plans proposal measure measures ruling news change changes result event events idea claim claims request
    effort efforts agreement meeting visit speech case problem issue situation trend practice process
    approach method man woman boy girl couple pair group company team duo author suspect victim victims
    official officials men women figure number total effect action actions step steps letter project bill
    term name word phrase latter former""")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def stands_alone(text: str, parsed: Parsed) -> bool:
    """Return whether a sentence can be read without the ones before it: nothing in it points back to them.

    A fragment, a heading, a question or a byline says nothing of its own; half of a quotation has lost its
    speaker.
    """
    if not (is_sentence(text, parsed) and _quotes_close(text)):
        return False
    return not (_begins_as_more(text) or _INSIDE.search(text) or _points_back(text, parsed))


def is_sentence(text: str, parsed: Parsed) -> bool:
    """Return whether ``text`` is a statement of some words, with a verb, and no caption or byline."""
    if not _WHOLE.search(text) or _NO_PROSE.search(text) or len(text.split()) < FEWEST_WORDS:
        return False
    return any(word.tag in {"VBD", "VBZ", "VBP", "MD"} for word in parsed.words)


def is_statement(text: str) -> bool:
    """Return whether ``text`` is a sentence, as far as that can be told of a text in any language."""
    return bool(_WHOLE.search(text)) and not _NO_PROSE.search(text) and len(text) >= 4 * FEWEST_WORDS


def _quotes_close(text: str) -> bool:
    """Return whether each quotation that begins in ``text`` ends there, and the other way round."""
    depth = 0
    for mark in text:
        depth += (mark in "“«„") - (mark in "”»")
        if depth < 0 and "„" not in text:
            return False
    return (depth == 0 or "„" in text) and text.count('"') % 2 == 0


def _begins_as_more(text: str) -> bool:
    """Return whether it begins as what goes on about something: "But", "This", "In addition"."""
    plain = text.lstrip("\"'“‘„«([ ")
    if _MARKER.match(plain):
        return True
    word = re.match(r"[\w’']+", plain)
    first = word[0].casefold() if word else ""
    is_known = first in _POINTING | _CONNECTIVES or bool(_LINKS.match(plain) or _SOON.match(plain))
    return is_known or not (plain[:1].isupper() or plain[:1].isdigit())


def _points_back(text: str, parsed: Parsed) -> bool:
    """Return whether a pronoun, or "the move", means something that this sentence does not name before it."""
    words = parsed.words
    quoted = [found.span() for found in _QUOTATION.finditer(text)]
    people = [name.start for name in parsed.names if name.kind == "person"]
    people += [word.start for word in words if word.pos == "NOUN"]
    nouns = [word.start for word in words if word.pos in {"NOUN", "PROPN"}]
    for place, word in enumerate(words):
        if any(start <= word.start < end for start, end in quoted):
            continue
        lower = word.text.casefold()
        if lower in _OF_PEOPLE and not _is_any_before(word, people):
            return True
        if lower in _OF_THINGS and not _is_any_before(word, nouns) and not _is_empty_it(words, place):
            return True
        if lower in _POINTING and word.tag in {"DT", "PRP"} and _points_at(words, place) not in _TIMES:
            return True
    return _has_referring_subject(words) or _is_bare_share(words)


def _is_any_before(word: Word, places: list[int]) -> bool:
    return any(place < word.start for place in places)


def _points_at(words: tuple[Word, ...], place: int) -> str:
    """Return the noun of "this year"; "" of a bare "this"."""
    word = words[place]
    return words[word.head].lemma.casefold() if word.relation == "det" else ""


def _is_empty_it(words: tuple[Word, ...], place: int) -> bool:
    """Return whether an "it" means nothing: "it is clear that"."""
    word = words[place]
    if word.text.casefold() != "it":
        return False
    head = words[word.head]
    after = [other for other in words[place + 1 :] if words[other.head] is head]
    return any(other.relation in {"ccomp", "xcomp", "advcl", "csubj"} for other in after) or (
        word.relation == "expl"
    )


def _has_referring_subject(words: tuple[Word, ...]) -> bool:
    """Return whether the first subject is a bare "the move": which one, was said before."""
    for place, word in enumerate(words):
        if word.relation in _SUBJECTS:
            parts = [other for other in words if other is not word and words[other.head] is word]
            bare = all(part.relation in {"det", "punct"} for part in parts)
            is_definite = any(part.text.casefold() in {"the", "both"} for part in parts)
            early = not any(other.pos == "PROPN" for other in words[:place])
            return bare and is_definite and early and word.lemma.casefold() in _REFERRING
    return False


def _is_bare_share(words: tuple[Word, ...]) -> bool:
    """Return whether it begins with "Many were …": of what, was said before."""
    first = words[0]
    of_it = any(words[other.head] is first and other.relation == "prep" for other in words[1:])
    return first.relation in _SUBJECTS and first.text.casefold() in _SHARES and not of_it
