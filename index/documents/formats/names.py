"""What programs write where a title or an author belongs, and no person chose."""

from __future__ import annotations

import re

_PROGRAM = r"(?:microsoft )?(?:word|powerpoint|excel|publisher|visio|outlook)"
_ENDINGS = (
    r"docx?|docm|dotx?|odt|odp|ods|rtf|txt|pptx?|ppsx?|xlsx?|csv|pdf|tex|dvi|e?ps|indd|qxp|qxd|p65|pmd|fm|pub|vsdx?"
    r"|wpd|wps|pages|key|numbers|html?|xml|epub|exe|dll|bat|tmp|bak|zip|ai|psd|svg|cdr|tiff?|jpe?g|png|gif|bmp"
)
_NO_TITLE = re.compile(
    rf"untitled.*|unbenannt.*|{_PROGRAM} (?:- .*|presentation|document)|\S.*\.(?:{_ENDINGS})"
    r"|document ?\d*|presentation ?\d*|(?:layout|slide|folie|book|scan|img|image)[ _-]?\d+"
    r"|(?:[a-z]:\\|\\\\|/|file:).*|[0-9a-f]{8}-[0-9a-f-]{27}",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"anonymous|admin(?:istrator)?|owner|user ?\d*|root|guest|unknown(?: author)?|unspecified|none"
    r"|(?:windows|office|microsoft(?: office)?|default) user|(?:python-docx|pypdf|reportlab)",
    re.IGNORECASE,
)


def chosen_title(title: str | None) -> str | None:
    """Return ``title``, a line; None where it is a file's name, or a program's."""
    return None if title and (_NO_TITLE.fullmatch(title) or _is_in_code(title)) else title


def _is_in_code(title: str) -> bool:
    """Return whether ``title`` is one word with underlines, as people call files."""
    lines = title.count("_")
    return " " not in title and (lines > 1 or (lines == 1 and any(map(str.isdigit, title))))


def real_author(author: str | None) -> str | None:
    """Return ``author``, a line; None where it is what a program calls whoever sits before it."""
    return None if author and _NO_AUTHOR.fullmatch(author) else author
