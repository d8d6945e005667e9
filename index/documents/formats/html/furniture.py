"""Lines between an article's paragraphs that are the site's: advertising, other articles, newsletters."""

from __future__ import annotations

import re

_ADVERTISING = re.compile(
    r"\W{0,3}(?:advertisements?|sponsored(?: content)?|(?:(?:story|article) )?continues? (?:below|after)"
    r"(?: (?:the|this))?(?: (?:advertisement|ad))?|scroll (?:down )?to continue(?: reading)?"
    r"|anzeige|publicité|publicidad)\W{0,3}",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"(?:(?:share|tweet|pin|save|print|e-?mail)\b(?: (?:this|on|via|to|by|article|story|post|page|link|with"
    r"|friends|x|twitter|facebook|whatsapp|linkedin|reddit|e-?mail)\b)*+[\s,|·•]*+)++"
    r"|follow us on [\w ,&]{1,60}\W?",
    re.IGNORECASE,
)
_OTHER_ARTICLE = re.compile(
    r"\W{0,3}(?:read (?:more|also|next|on)|also read|see also|more (?:on this|from)[^:]{0,40}"
    r"|related(?: stories| articles)?|recommended|you (?:may|might) also like|watch|listen)\s?:",
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(r"\W{0,3}(?:please )?(?:sign up|subscribe|register|get|join|enter)\b", re.IGNORECASE)
_LETTER = re.compile(
    r"\b(?:newsletters?|letter|inbox|briefing|e-?mails?|alerts?|digest|whatsapp)\b", re.IGNORECASE
)
_OURS = re.compile(r"\b(?:our|your|the (?:\w+ )?newsletter)\b", re.IGNORECASE)
_MOST_WORDS = 40
_LEAST_LINKS = 0.4


def is_furniture(line: str, link_share: float) -> bool:
    """Return whether the paragraph ``line`` is none of its article.

    ``link_share`` is the share of its letters in links, 0 to 1: another article is linked, not only named.
    """
    line = " ".join(line.split())
    if line.count(" ") >= _MOST_WORDS:
        return False
    if _ADVERTISING.fullmatch(line) or _SHARING.fullmatch(line):
        return True
    if _OTHER_ARTICLE.match(line) and link_share >= _LEAST_LINKS:
        return True
    return all(pattern.search(line) for pattern in (_LETTER, _OURS)) and _NEWSLETTER.match(line) is not None
