"""What a server's answer means, before its body is read: go on, or one sentence why not."""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from index.documents.web.address import shown
from index.errors import FetchError, TryLaterError

LONGEST_WAIT_S = 86_400.0
_VALUE_CHARS = 500
_ARCHIVES = (
    "zip",
    "gzip",
    "x-tar",
    "x-7z-compressed",
    "x-rar-compressed",
    "vnd.rar",
    "x-bzip2",
    "x-xz",
    "zstd",
)
_PROGRAMS = (
    "x-msdownload",
    "x-executable",
    "java-archive",
    "vnd.android.package-archive",
    "wasm",
    "javascript",
)
_NO_ARTICLE = {
    "video": "a video",
    "audio": "a recording",
    "image": "an image",
    "font": "a font",
    "model": "a 3D model",
    **dict.fromkeys((f"application/{kind}" for kind in _ARCHIVES), "an archive"),
    **dict.fromkeys((f"application/{kind}" for kind in _PROGRAMS), "a program"),
    "text/css": "a style sheet",
    "text/javascript": "a program",
}

Headers = Mapping[str, str]
"""The headers of an answer: names in lower case; what came twice is joined with commas."""


def to_headers(raw: list[tuple[bytes, bytes]]) -> Headers:
    """Return the headers as a server sent them."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1").strip()
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def check_status(status: int, headers: Headers, where: str, host: str) -> None:
    """Return when the answer holds what was asked for. Raises FetchError, or TryLaterError with its wait."""
    if status in (200, 203):
        return
    if status in (401, 402, 403, 407, 451):
        raise FetchError(
            f"{where} needs a login or a subscription, or is closed to programs ({status}). Please "
            "save the page as a file and add that."
        )
    if status in (404, 410):
        raise FetchError(f"There's nothing at {where} ({status}). Please check the address.")
    if status == 429:
        wait_s = retry_after(headers)
        when = "later" if wait_s is None else f"in {_duration(wait_s)}"
        raise TryLaterError(f"{host} asks for fewer requests (429). Please try again {when}.", wait_s)
    if status >= 500:
        raise TryLaterError(
            f"{host} is having trouble ({status}). Please try again later.", retry_after(headers)
        )
    raise FetchError(f"{host} answered {status} for {where}, without a page. Please check the address.")


def check_kind(content_type: str, where: str) -> None:
    """Return unless the type of content is surely none of an article. Raises FetchError."""
    kind = content_type.partition(";")[0].strip().lower()
    what = _NO_ARTICLE.get(kind) or _NO_ARTICLE.get(kind.partition("/")[0])
    if what is not None:
        raise FetchError(
            f"{where} is {what}, not an article. Please give the address of an article.",
            for_operator=f"The server calls it {shown(kind)}.",
        )


def retry_after(headers: Headers) -> float | None:
    """Return the seconds that the server asks to wait, a day at most; None where it does not say."""
    value = headers.get("retry-after", "")
    if value.isascii() and value.isdecimal():
        return min(float(value[:9]), LONGEST_WAIT_S)
    try:
        return max(0.0, min(parsedate_to_datetime(value).timestamp() - time.time(), LONGEST_WAIT_S))
    except (ValueError, TypeError, OverflowError):
        return None


def short_value(headers: Headers, name: str) -> str | None:
    """Return a header that is kept and sent back, where it has one line of a sane length."""
    value = headers.get(name, "")
    return value if value and len(value) <= _VALUE_CHARS and value.isascii() and value.isprintable() else None


def _duration(seconds: float) -> str:
    if seconds < 1.5:
        return "a second"
    if seconds < 90:
        return f"{round(seconds)} seconds"
    return f"{round(seconds / 60)} minutes" if seconds < 5400 else f"{round(seconds / 3600)} hours"
