"""What people put in that is no article: a file made for each, and the sentence that they get.

Telegram and the commands say the same sentence; behind it, the commands say what only the operator can use.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from tests.documents import document, make_pdf, make_pdf_of
from tests.index.web import Web

LINE = "The brown bear of the northern forest eats jam and berries, as the wardens there wrote down."
GERMAN = (
    "Die Regierung sagte am Montag, dass sie das Angebot nicht annehmen werde und dass ihre Minister sich in "
    "der nächsten Woche wieder treffen würden, um über die Bedingungen eines neuen Abkommens zu sprechen. "
    "Die "
    "Opposition nannte die Entscheidung einen Fehler."
)
SAVE = "save the whole article as PDF or text and add that"
ADVICE = "Please save the article as PDF, DOCX or text"
OTHER_LANGUAGES = "To use other languages, set [index] languages in config.toml, with models that read them."


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, what anybody is told of it, and what the operator is told besides."""

    name: str
    data: bytes
    sentence: str
    for_operator: str = ""

    @property
    def whole(self) -> str:
        """What the commands print."""
        return f"{self.sentence} {self.for_operator}".rstrip()


def page(body: str, head: str = "<title>Bears</title>") -> bytes:
    """A web page."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def zipped(**members: bytes) -> bytes:
    """An archive; in the names of its members _ stands for /."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return packed.getvalue()


def _epub(package: bytes) -> bytes:
    container = b'<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
    return zipped(**{"META-INF__container.xml": container, "a.opf": package})


_PICTURE = b"q 400 0 0 500 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
_WHOLE = make_pdf([[(40.0, 540.0, 10.0, LINE)]])

FILES = (
    Refused(
        "scan.pdf",
        make_pdf_of([_PICTURE, _PICTURE]),
        "scan.pdf is a scan: 2 of its 2 pages are images of text. Please run text "
        "recognition (OCR) on it and add the result.",
    ),
    Refused(
        "locked.pdf",
        document("password.pdf"),
        "locked.pdf is password-protected. Please save it without a password.",
    ),
    Refused(
        "half.pdf",
        document("libreoffice.pdf")[:9000],
        "half.pdf is damaged or incomplete. Please download it again.",
    ),
    Refused(
        "torn.pdf",
        _WHOLE.replace(b"stream\nx", b"stream\n\x00\x00\x00"),
        "torn.pdf is damaged or incomplete. Please download it again.",
    ),
    Refused(
        "paywall.html",
        page(f"<article><p>{LINE}</p><p>Subscribe now to continue reading.</p></article>"),
        f"paywall.html shows only the beginning of its article (22 words). Please {SAVE}.",
    ),
    Refused(
        "login.html",
        page("<form><p>Sign in to your account</p><input name='u'><input type='password'></form>"),
        f"login.html is a login page. Please open it in a browser, {SAVE}.",
    ),
    Refused(
        "video.html",
        page("<h1>Bears at play</h1><video src='b.mp4'></video><p>Watch the bears. 3:14</p>"),
        "video.html is a page around a video, without an article. Please save its transcript as text.",
    ),
    Refused(
        "nothing.html",
        page(""),
        f"I couldn't tell the article in nothing.html from the rest of the page. Please {SAVE}.",
    ),
    Refused(
        "bomb.docx",
        zipped(**{"word__document.xml": bytes(150_000_000)}),
        "bomb.docx unpacks to 150 MB in 1 parts, more than an article needs. Please save it "
        "again, or save just its text.",
    ),
    Refused(
        "broken.epub",
        _epub(b"<package><metadata>"),
        "broken.epub is damaged: its part a.opf isn't XML. Please download or convert it again.",
    ),
    Refused(
        "letter.doc",
        b"\xd0\xcf\x11\xe0rest",
        f"letter.doc is an old Office file, or one with a password. {ADVICE}, without a password.",
    ),
    Refused(
        "bears.pdf",
        LINE.encode(),
        "bears.pdf isn't a PDF, but plain text. If that's the article, rename the file so that it ends "
        "in .txt.",
    ),
    Refused("bears.md", b"\x89PNG\r\n", "bears.md is an image. Please add the article as text or PDF."),
    Refused(
        "packed.zip", zipped(a=b"Bears"), "packed.zip is a ZIP file. Please unpack it and add what's inside."
    ),
    Refused("empty.txt", b"", "empty.txt contains no text. Please put the article's text into it."),
    Refused(
        "marks.txt",
        b"\xe2\x80\x8b ... --- \n",
        "marks.txt contains no text. Please put the article's text into it.",
    ),
    Refused(
        "polish.txt",
        f"{LINE} Łódź i Żółw.\n".encode("cp1250"),
        "polish.txt isn't in UTF-8 (byte 94 is invalid). Please save it as UTF-8 text.",
    ),
    Refused(
        "zeros.txt",
        f"{LINE}\x00\x01".encode(),
        "zeros.txt isn't a text file. Please save the article as UTF-8 text or Markdown.",
    ),
    Refused(
        "german.md",
        f"---\nlanguage: en\n---\n{GERMAN}".encode(),  # which it says, and is not
        ("“german” seems to be in German, but I can only search English. Please add it in English."),
        OTHER_LANGUAGES,
    ),
)

ADDRESSES: Mapping[str, str] = {
    "/gone": "There's nothing at {web}/gone (404). Please check the address.",
    "/status/401": (
        "{web}/status/401 needs a login or a subscription, or is closed to programs (401). "
        "Please save the page as a file and add that."
    ),
    "/paywall": f"paywall.html shows only the beginning of its article (22 words). Please {SAVE}.",
    "/login": f"login.html is a login page. Please open it in a browser, {SAVE}.",
    "/type/video/mp4": (
        "{web}/type/video/mp4 is a video, not an article. Please give the address of an article."
    ),
    "/type/application/zip": (
        "{web}/type/application/zip is an archive, not an article. Please give the address of an article."
    ),
    "/long/300000000": (
        "{web}/long/300000000 is over 20 MB, too big for an article. Please save the part "
        "you need as a file and add that."
    ),
    "/packed/1/gzip": (
        "{web}/packed/1/gzip is over 20 MB, too big for an article. Please save the part you "
        "need as a file and add that."
    ),
    "/german": ("“german” seems to be in German, but I can only search English. Please add it in English."),
}
"""Addresses on the tests' web server, and what anybody is told of them."""

ADDRESSES_FOR_OPERATOR: Mapping[str, str] = {
    "/type/video/mp4": "The server calls it video/mp4.",
    "/type/application/zip": "The server calls it application/zip.",
    "/german": OTHER_LANGUAGES,
}
"""What the operator is told besides."""


def whole_sentence(path: str, web: Web) -> str:
    """What the commands print of an address."""
    sentence = ADDRESSES[path].format(web=web.url)
    return f"{sentence} {ADDRESSES_FOR_OPERATOR.get(path, '')}".rstrip()


def serve_refused(web: Web) -> None:
    """Let ``web`` have what the addresses name."""
    known = {file.name: file.data.decode("utf-8", "replace") for file in FILES}
    for path in ("/paywall", "/login"):
        web.texts[path] = known[f"{path[1:]}.html"]
        web.kinds[path] = "text/html; charset=utf-8"
    web.texts["/german"] = GERMAN
