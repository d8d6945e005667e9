"""The ways of asking about an article rather than in it, as patterns over a question in plain words.

Each pattern has to match the whole question: "What is the treaty about?" asks of something in an article,
since a treaty is none. Every repetition is bounded, and at most one in a pattern is of any word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Aspect = Literal[
    "summary", "people", "places", "author", "published", "publisher", "link", "length", "articles"
]
"""What is asked about an article; ``articles``: which of them there are."""

_NOUN = (
    "(?:(?:news |newspaper |magazine |blog )?(?:article|story|post|text|piece|item)|document|pdf|write up)"
)
_THIS_NOUN = f"(?:{_NOUN}|news|book|report|paper|page|essay|interview|file|chapter|study|blog|column|thing)"
_NAMING = "(?:about|on|regarding|concerning|titled|entitled|called|named|headed|by|from|with the title)"
_A_NOUN = (
    f"(?:(?:this|that|your)(?: whole| entire| full| last| same)? {_THIS_NOUN}"
    f"|the {_THIS_NOUN} (?:at hand|above|here|you (?:have )?(?:quoted|read|mentioned|showed me))"
    f"|(?:the )?(?:whole |entire |full |same |current )?{_NOUN}"
    f"|(?:the|your) (?P<latest>latest|newest|last|most recent) (?:{_NOUN}|news|report)"
    f"|the (?P<before>[^ ]{{2,30}}(?: [^ ]{{1,30}}){{0,6}}?) {_NOUN}"
    f"|(?:the|that) {_NOUN} {_NAMING} (?P<after>.{{2,150}}))"
)
_IT = "(?P<it>it|this one|that one|this|that)"
_AN_ARTICLE = f"(?:{_IT}|{_A_NOUN})"

_SMALL = "(?:(?:short|brief|quick|concise|very|little|general|rough|one line) ){0,2}"
_MAIN = "(?:key|main|most important|central|major|important|core|essential|biggest|crucial|principal)"
_POINTS = (
    "(?:points?|takeaways?|facts?|ideas?|messages?|findings?|statements?|things?|topics?|themes?|sentences?"
    "|arguments?|details?|claims?|events?|news|insights?|lessons?|parts?|passages?)"
)
_GIST = (
    f"(?:(?:an?|the|your|its|some|all) )?{_SMALL}"
    f"(?:summary|tldr|gist|overview|synopsis|recap|digest|(?:three |five |all )?(?:the )?{_MAIN} {_POINTS}"
    "|takeaways?|key takeaway|highlights|essentials|essence|bottom line|keypoints)"
)
_WEAK_GIST = (
    "(?:an? |the |its )?(?:topic|subject|theme|point|thesis|abstract|outline|content|contents|message)"
)
_OF = "(?:of|for|from|in|to|on)"
_PEOPLE = "(?:people|persons|names|characters|figures|main characters|key people|politicians)"
_PLACES = "(?:places|countries|cities|locations|towns|regions)"
_NAMED = "(?:mentioned|named|featured|discussed|talked about|involved|covered|spoken of)"
_MENTIONS = "(?:mention|talk about|name|cover|deal with|speak of|feature)"
_OUTLET = (
    "(?:newspaper|paper|outlet|news outlet|magazine|website|site|publisher|publication|news agency|media)"
)
_WORDS = "(?:words|pages|paragraphs|characters|sentences)"
_TEXTS = "(?:articles|texts|stories|documents|reports|posts|news)"
_YOURS = (
    "(?:in here|here|there|available|in (?:the|your|this) (?:library|collection|database|memory)|in total|now"
    "|altogether)"
)
_ON = "(?:about|on|regarding|concerning|covering|mentioning|that mention|that are about|dealing with)"
_TOPIC = f"(?: {_ON} (?P<topic>.{{2,150}}))?"
_SURE_TOPIC = f" {_ON} (?P<topic>.{{2,150}})"

_PHRASES: Mapping[Aspect, tuple[str, ...]] = MappingProxyType(
    {
        "summary": (
            "what (?:is|was|are) {a} (?:really |actually |basically |mainly |mostly |all |even )?about",
            "what {a} is (?:really |all )?about",
            f"what is this {_THIS_NOUN}",
            "about what is {a}",
            "what (?:does|do|did) {n} (?:say|tell|tell me|tell us|cover|discuss|describe|deal with|talk about"
            "|report|argue|claim|state|mean|contain|want to say)",
            "what (?:does|did) {n} (?:report|talk|write|speak) (?:on|about)",
            "what (?:is|are) (?:in|inside) {n}",
            "what is {n} (?:saying|trying to say|telling us|talking about)",
            "what (?:happens|happened|is going on|goes on|is said|is written|stands) in {n}",
            "(?:summari[sz]e|recap|sum up|outline|condense|abridge|boil down|shorten|explain|describe) {a}",
            "(?:summari[sz]e|summary of all|sum up|sum it all up)",
            "sum {a} up",
            "boil {a} down",
            f"{_GIST}(?: {_OF} {{a}})?",
            f"(?:what|which) (?:is|are|were) {_GIST}(?: (?:{_OF}|made in) {{a}})?",
            f"what {_GIST} (?:is|are)",
            f"(?:what|which) (?:is|are) {_WEAK_GIST} {_OF} {{n}}",
            f"{_WEAK_GIST} {_OF} {{n}}",
            f"(?:write|make|do|provide|get|list|name|send|have|prepare|read)(?: me| us)?"
            f" {_GIST}(?: {_OF} {{a}})?",
            "{n} (?:summary|tldr|overview|recap|key points|highlights|in (?:short|brief|a nutshell))",
            "in (?:short|brief|a nutshell)",
            "(?:more |something |all )?about {n}",
            "(?:brief me|fill me in) on {n}",
            "what (?:should|must|do) i (?:need to |have to )?know about {n}",
            "what (?:can|do|did) (?:i|we|you) learn from {n}",
        ),
        "people": (
            "whom? (?:is|are|was) {a} (?:all |mainly |mostly )?about",
            "whom? {a} is about",
            "about whom is {a}",
            f"whom? (?:does|do) {{a}} {_MENTIONS}",
            f"(?:who|(?:which|what) {_PEOPLE}) (?:is|are|gets?|was|were|appears?)(?: all)?"
            f"(?: {_NAMED})?(?: in| by) {{a}}",
            f"(?:who|(?:which|what) {_PEOPLE}) (?:does|do) {{a}} {_MENTIONS}",
            f"(?:who|(?:which|what) {_PEOPLE}) (?:appears?|occurs?) in {{a}}",
            f"(?:which|what) {_PEOPLE} (?:is|are) {_NAMED}",
            f"who (?:is|are) (?:all )?{_NAMED}",
            f"(?:who|what) are (?:all )?the (?:main |key |important )?{_PEOPLE} (?:in|of|{_NAMED} in) {{a}}",
            f"(?:list|name|show)(?: me)? (?:all )?(?:the )?(?:main |key )?{_PEOPLE}(?: {_NAMED})? in {{a}}",
            f"(?:which|what) people and (?:which )?(?P<places>places) are {_NAMED}(?: (?:in|by) {{a}})?",
            "(?:people|names|persons) in {a}",
        ),
        "places": (
            f"(?:which|what) {_PLACES} (?:is|are|was|were)(?: {_NAMED})?(?: in| by) {{a}}",
            f"(?:which|what) {_PLACES} (?:is|are) (?:{{a}} about|{_NAMED})",
            f"(?:which|what) {_PLACES} (?:does|do) {{a}} {_MENTIONS}",
            "where (?:does|did) {n} (?:take place|happen|play)",
            "where is {n} (?:set|about)",
            f"(?:list|name|show)(?: me)? (?:all )?(?:the )?{_PLACES}(?: {_NAMED})? in {{a}}",
            f"{_PLACES} in {{a}}",
        ),
        "author": (
            "who (?:wrote|authored|penned|has written|had written|did write|is behind) {a}",
            "who (?:is|was) (?:the )?(?:author|writer|journalist|reporter|person) (?:of|behind) {a}",
            "who (?:is|was) (?:the |its )?(?:author|writer)",
            "who (?:is|was) {a} (?:by|written by|from)",
            "who {a} (?:is|was) (?:written )?by",
            "by whom (?:is|was) {a}(?: written)?",
            "(?:the )?(?:author|writer)(?: of {a})?",
            "(?:the )?author name(?: of {a})?",
            "what is (?:the name of )?(?:the |its )?author(?: name)?(?: of {a})?",
            "(?:does|has) {a} (?:have )?an author",
        ),
        "published": (
            "when (?:was|is|has|had) {a} (?:first )?(?:been )?(?:published|written|posted"
            "|released|printed|from"
            "|dated|updated|put online)",
            "when {a} (?:was|is) (?:published|written|posted|released|printed|from)",
            "when did {a} (?:come out|appear|go online)",
            "from when is {a}",
            "(?:what|which) (?:date|day|year|month) (?:is|was) {a} (?:from|published|written|posted)",
            "(?:on|in|from) (?:what|which) (?:date|day|year) (?:is|was) {a}(?: published| written| posted)?",
            "(?:what is )?(?:the |its )?(?:publication date|date of publication|publishing date)(?: of {a})?",
            "(?:what is )?(?:the )?date of {a}",
            "(?:does|has) {a} (?:have )?a date",
            "how (?:old|recent|new|current|up to date) is {n}",
        ),
        "publisher": (
            "who (?:published|posted|printed|released) {a}",
            "by whom (?:was|is) {a} published",
            "where (?:was|is|has) {a} (?:been )?(?:published|posted|printed)",
            "where (?:is|was) {n} (?:from|taken from)",
            "where does {n} (?:come from|appear)",
            "where {a} (?:was|is) (?:published|from)",
            f"(?:in )?(?:which|what) {_OUTLET} (?:is|was|did|has) {{a}} (?:from|in|published in|published by"
            "|published|by|of|appear in|appear)",
            f"(?:which|what) {_OUTLET} (?:published|posted|printed|wrote|released) {{a}}",
            "(?:what|who|which) is (?:the |its |your )?(?:source|publisher|origin)(?: (?:of|for) {a})?",
            "(?:the )?(?:source|publisher)(?: of {a})?",
        ),
        "link": (
            "where (?:can|could|do|may|would) (?:i|we|one) (?:read|find|see|get|open|access) {a}(?: online)?",
            "where (?:i|we|one) can (?:read|find|see) {a}(?: online)?",
            "(?:where (?:can|could|do) (?:i|we|one) (?:read|find|get|see) )?(?:the )?(?:full|whole|original"
            "|complete)(?: (?:text|article|story|version|thing|source))?(?: of {a})?(?: online)?",
            "where is {n}(?: online)?",
            "(?:what is )?(?:the |a |its )?(?:link|url|web address|hyperlink)(?: (?:to|of|for) {a})?",
            "(?:do you have|have you got|is there|send|open)(?: me)? (?:the |a |any )?(?:link|url)"
            "(?: (?:to|of|for) {a})?",
            "(?:can|could|may) i read {a}(?: online| somewhere)",
            "link {a}",
        ),
        "length": (
            "how (?:long|short|big) is {a}",
            "how long {a} is",
            f"how many {_WORDS} (?:does|do|has|are(?: there)? in|is) {{a}}(?: have| contain| got|"
            f" long| count)?",
            f"how many {_WORDS}(?: are there| is it)?",
            "how (?:long|much time) (?:does it|will it|would it|do i|do you|will i|it)(?: need| take| takes)?"
            "(?: me)? to read(?: {a})?",
            "(?:what is )?(?:the |its )?(?:reading time|word count)(?: (?:of|for) {a})?",
            "(?:what is )?(?:the )?length of {a}",
        ),
        "articles": (
            f"(?:which|what|how many) {_TEXTS}(?: {_YOURS})?{_SURE_TOPIC}",
            f"(?:which|what|how many) {_TEXTS} (?:do|have|can|did) (?:you|i|we)"
            "(?: (?:have|got|read|know|hold|search|ask about|use|see|cover|store))?"
            f"(?: {_YOURS})?{_TOPIC}",
            f"(?:which|what|how many) {_TEXTS} (?:are|is)(?: (?:there|stored|loaded|you have))?"
            f"(?: {_YOURS})?{_TOPIC}",
            "(?:which|what|how many) (?:articles|texts|stories) (?:mention|are about|talk about"
            "|write about|speak of)"
            " (?P<topic>.{2,150})",
            f"(?:list|show|name|enumerate)(?: me| us)?(?: (?:all|every|your|the|of|my|available"
            f"|recent)){{0,3}}"
            f" {_TEXTS}(?: you have| {_YOURS})?{_TOPIC}",
            f"(?:all |any |your |all your |some |my |latest |newest |recent )?articles(?: {_YOURS})?{_TOPIC}",
            "(?:do you (?:have|know|hold)|have you (?:got|read)|is there|are there|got)"
            "(?: any| some| an| a| other| more| here){0,2}"
            f" (?:{_TEXTS}|article|anything|something|text|story|information|info|stuff){_SURE_TOPIC}",
            f"(?:do you have|are there)(?: any| some) {_TEXTS}(?: {_YOURS})?",
            f"(?:what|all) (?:have you|you have) (?:read|got|been reading|in store){_TOPIC}",
            f"what (?:else )?do you have(?: {_YOURS})?{_TOPIC}",
            "what do you know(?: about)?",
            "what is in (?:the|your|this) (?:library|collection|database)",
            "what (?:can|could|may) (?:i|we) ask(?: you)?(?: about)?",
            "(?:what|which) (?:topics|subjects|themes) (?:do you (?:cover|know|have)|are there"
            "|can (?:i|we) ask(?: you)? about|are (?:covered|available))",
        ),
    }
)


def _compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(phrase.replace("{a}", _AN_ARTICLE).replace("{n}", _A_NOUN))


PATTERNS: Mapping[Aspect, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {aspect: tuple(map(_compiled, phrases)) for aspect, phrases in _PHRASES.items()}
)
"""By aspect. Groups: ``it`` a bare pronoun; ``before``, ``after`` words that name"
" it; ``latest``; ``topic``."""

TITLED = tuple(
    re.compile(phrase)
    for phrase in (
        "(?:summari[sz]e|recap|sum up) (?P<title>.{2,150})",
        f"{_GIST} {_OF} (?P<title>.{{2,150}})",
        f"(?:what|which) (?:is|are) {_GIST} {_OF} (?P<title>.{{2,150}})",
        "tldr (?P<title>.{2,150})",
        "what (?:is|was) (?P<title>.{2,150}) about",
    )
)
"""Ask for a summary only where ``title`` is that of an article."""

LATER: Mapping[str, Aspect] = MappingProxyType(
    {
        "when": "published", "the date": "published", "date": "published", "on which date": "published",
        "where": "publisher", "by whom": "author", "who": "author", "the author": "author",
        "who wrote": "author", "when published": "published", "when was that": "published",
        "how long": "length", "what": "summary", "places": "places", "people": "people",
    }
)  # fmt: skip
"""What is left of a question behind another one: who wrote it, and when?"""
