"""Pages that stand where an article should be: checks for persons, consent, walls, errors, logins.

Only a short page is judged: what an article of some length says about cookies or robots is its subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SHORT_WORDS = 200
_SAVE = "save the whole article as PDF or text and add that"

_TITLES = {
    "check": re.compile(
        r"just a moment|attention required|are you (?:a )?(?:robot|human)"
        r"|access (?:to this page )?(?:has been )?denied"
        r"|pardon our interruption|(?:ddos|bot) protection|security (?:check|verification)"
        r"|checking your browser"
        r"|human verification|verify(?:ing)? (?:that )?you are (?:a )?human|one more step|robot check"
        r"|(?:sorry, )?you have been blocked|sicherheitsüberprüfung|einen moment",
        re.IGNORECASE,
    ),
    "missing": re.compile(
        r"(?:error |http )?4(?:04|10)\b|(?:page|article|story|content|site) (?:was |could |can )?(?:not "
        r"|n[o’']t )"
        r"(?:be )?(?:found|available)|(?:page|article|story) (?:does not|doesn[’']t|no longer) exists?"
        r"|(?:this|the) (?:page|article|story) (?:has been|was) (?:removed|deleted|moved|taken down)"
        r"|(?:page|article|story) (?:has )?(?:expired|is gone|missing)|nothing (?:was )?found$|nothing here$"
        r"|(?:seite|artikel) (?:wurde )?nicht gefunden|page introuvable|página no encontrada",
        re.IGNORECASE,
    ),
    "trouble": re.compile(
        r"(?:error |http )?50[0234]\b|internal server error|service unavailable|bad gateway|too many requests"
        r"|(?:down|site is) (?:for|under) (?:scheduled |planned )?maintenance|under maintenance"
        r"|domain (?:is )?for sale"
        r"|we[’']ll be (?:right )?back",
        re.IGNORECASE,
    ),
    "consent": re.compile(
        r"before you (?:continue|go on|proceed)(?: to .{1,60})?"
        r"|(?:your )?(?:privacy|cookie) (?:choices?|settings|consent"
        r"|preferences)"
        r"|we (?:value|care about|respect) your privacy|age (?:check|verification)|consent or (?:pay"
        r"|subscription)"
        r"|(?:451\W{1,3})?unavailable (?:in your (?:region|country)|due to legal reasons)"
        r"|(?:cookie-?)?einwilligung",
        re.IGNORECASE,
    ),
    "login": re.compile(
        r"(?:please )?(?:log|sign) in(?: or (?:sign up|register))?(?: to .{1,40})?|login|session expired"
        r"|your session has expired",
        re.IGNORECASE,
    ),
}
_SAID = {
    "check": re.compile(
        r"(?:verif\w{1,6}|confirm\w{0,3}|check\w{0,3}|know|sure) (?:that )?(?:if )?(?:you|your browser"
        r"|the site connection|your "
        r"connection)(?: are| is| is not)? (?:a |not a |secure|human|an? actual)+"
        r"|(?:you are|that you are|you’re|you're|is) not a (?:robot|bot)|you (?:are|were) a (?:bot|robot)"
        r"|checking your browser|unusual (?:activity|traffic) from your|(?:security"
        r"|review the security) of your connection"
        r"|you have been blocked|do not have permission to access|performance (?:&|and) security by"
        r"|(?:enable|requires?|turn on|activate) (?:javascript|cookies)|javascript (?:and cookies )?(?:is"
        r"|are) (?:disabled|"
        r"enabled|required)|characters you see in the (?:picture|image)|press (?:&|and) hold|ray id"
        r"|dass sie ein mensch sind|browser wird überprüft",
        re.IGNORECASE,
    ),
    "missing": re.compile(
        r"(?:page|article|story|content|post|document) (?:that )?(?:you |we )?(?:(?:are|were"
        r"|’re) looking for|requested|wanted"
        r"|tried to (?:open|reach|find)|followed)|(?:could|can)(?:not| not|’t|n't|n’t) (?:be found"
        r"|find (?:the|that|this) page)"
        r"|(?:does not|doesn[’']t|no longer) exist|nothing (?:was |could be )?found (?:at|here)"
        r"|no longer available"
        r"|(?:may|might) have been (?:moved|removed|renamed|deleted)|(?:seite|adresse) existiert",
        re.IGNORECASE,
    ),
    "trouble": re.compile(
        r"something went wrong|try again (?:in|later)|(?:scheduled|planned) maintenance|domain (?:is"
        r"|may be) for sale"
        r"|owner of this domain|too many requests|working on (?:it|the problem)|back (?:soon|shortly|within)",
        re.IGNORECASE,
    ),
    "consent": re.compile(
        r"(?:we|and|our partners) (?:use|store|process)(?: and/?or access| and access)? (?:cookies"
        r"|personal data|information)"
        r"|we and our (?:\d+ )?partners|(?:use of|accept(?:ing)?|reject|all|store) (?:all )?cookies"
        r"|general data protection"
        r"|withdraw your consent|advertising and tracking|of legal age|verwendung von cookies"
        r"|personenbezogene daten"
        r"|selecting i accept",
        re.IGNORECASE,
    ),
    "login": re.compile(
        r"(?:log|sign) in (?:again )?(?:to|or)|must (?:log|sign) in|logged out|your session", re.IGNORECASE
    ),
}

_WALL = re.compile(
    r"to (?:continue|keep|finish) reading"
    r"|to (?:read|unlock|access|see) (?:the|this) (?:full|whole|rest|entire)"
    r"|(?:continue|keep) reading (?:with|by) |already a (?:subscriber|member)"
    r"|this (?:article|story|content) is (?:only |reserved |available |exclusive(?:ly)? )*(?:for"
    r"|to) (?:\w+ )?"
    r"(?:subscribers|members)",
    re.IGNORECASE,
)
_SHORT_WALL = re.compile(
    r"to read on\b|to (?:read|unlock|access|see|view) (?:the remaining|this"
    r"|our) (?:\S+ of this )?(?:article|story)?"
    r"|(?:register|sign up|log in|subscribe|join)(?: \w+){0,4} to (?:read|continue|keep|unlock|get|view"
    r"|access)\b"
    r"|\breached (?:your|the)(?: \w+){0,2} limit\b|last free article|limit of free articles"
    r"|free articles? (?:this|left|remaining)|(?:story|article) is for (?:registered|subscribing|paying)"
    r"|reading a preview|for (?:members|subscribers) only|^premium content$"
    r"|^enter your e-?mail(?: address)? to (?:continue|read)|^jetzt weiterlesen|bereits ein abo"
    r"|réservée? aux abonnés|suscríbete para|read the full (?:story|article) (?:on|at|in) our",
    re.IGNORECASE,
)
_SHORT_LINE_WORDS = 15
_AFTER_TITLE = re.compile(r"\s?(?:$|[.…!?]|[|·–—-]\s)")

_SENTENCES = {
    "check": f"{{name}} is a check for robots, not the article. Please open it in a browser, and {_SAVE}.",
    "missing": "{name} says that its article isn't there. Please check the address.",
    "trouble": "{name} says that its site can't show the article right now. Please try again later.",
    "consent": "{name} asks for consent before it shows the article. Please open it in a browser, and "
    f"{_SAVE}.",
    "login": f"{{name}} is a login page. Please open it in a browser, and {_SAVE}.",
}


def refusal_of(titles: Sequence[str], lines: Sequence[str], word_count: int, name: str) -> str | None:
    """Return why the page called ``name`` is no article; None where nothing says so.

    ``titles`` are its title and headings, ``lines`` its text, ``word_count`` what could be its article.
    """
    if word_count > _SHORT_WORDS:
        return None
    text = " ".join(lines)
    for kind, sentence in _SENTENCES.items():
        is_titled = any(_is_all(_TITLES[kind].match(title.strip()), title.strip()) for title in titles)
        said = {found[0].casefold() for found in _SAID[kind].finditer(text)}
        if said and (is_titled or len(said) >= 2 + word_count // 60):
            return sentence.format(name=name)
    return None


def _is_all(found: re.Match[str] | None, title: str) -> bool:
    """Return whether ``found`` is a sentence of the ``title``, or all of it before the name of a site."""
    return found is not None and _AFTER_TITLE.match(title, found.end()) is not None


def is_wall(line: str) -> bool:
    """Return whether ``line`` says that more is to be had."""
    line = line.strip()
    if _WALL.search(line):
        return True
    return len(line.split()) <= _SHORT_LINE_WORDS and _SHORT_WALL.search(line) is not None
