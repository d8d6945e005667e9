"""Web addresses: which ones are taken, where a redirect leads, and the one form an article is known by."""

from __future__ import annotations

import re

import httpx

from index.errors import AddressRefusedError
from index.urls import without_user

SHOWN_CHARS = 200
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")  # a name or IPv4, or IPv6 without its brackets
_PORTS = {"http": 80, "https": 443}
_HOME = re.compile(r"/*(?:[A-Za-z]{2}/?|(?:index|default|home)(?:\.\w{1,5})?/?)?")
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|mc_cid|mc_eid|igshid"
    r"|igsh|_ga|_gl|_hsenc|_hsmi|mkt_tok|ref_src|ref_url",
    re.IGNORECASE,
)


def is_address(given: str) -> bool:
    """Return whether ``given`` is meant as a web address, not as a file: it has a scheme."""
    return re.match(r"\s*[A-Za-z][A-Za-z0-9+.-]*://", given) is not None


def parse_address(given: str) -> httpx.URL:
    """Return the address ``given``, without its fragment.

    Raises AddressRefusedError unless it is http or https.
    """
    try:
        url = httpx.URL(given.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError):
        raise _no_address(given) from None
    if url.scheme not in _PORTS or url.port == 0 or not _HOST.fullmatch(url.raw_host.decode("ascii")):
        raise _no_address(given)
    if url.userinfo:
        raise AddressRefusedError(
            f"The address at {host_of(url)} contains a name or a password. Please leave them out."
        )
    return url


def host_of(url: httpx.URL) -> str:
    """Return the name or address of the server, as it is asked for.

    It is in lower case, international names as ``xn--``.
    """
    return url.raw_host.decode("ascii").lower()


def port_of(url: httpx.URL) -> int:
    """Return the port, also where the address leaves it to the scheme."""
    return _PORTS[url.scheme] if url.port is None else url.port


def follow(url: httpx.URL, location: bytes, named: str) -> httpx.URL:
    """Return where ``url`` redirects to.

    Raises AddressRefusedError, about ``named``, unless that is an address.
    """
    given = location.decode("utf-8", "replace")
    try:
        return parse_address(str(url.join(given)))
    except (httpx.InvalidURL, UnicodeError, AddressRefusedError):
        raise AddressRefusedError(
            f"{named} redirects to something that isn't a web address. Please give the final address."
        ) from None


def leads_home(url: httpx.URL, target: httpx.URL) -> bool:
    """Return whether a redirect from a page ``url`` ends at the home page of its own site.

    An address that is the home page by another name (``/index.html``, ``/en/``) is no such page.
    """
    if host_of(url).removeprefix("www.") != host_of(target).removeprefix("www."):
        return False
    return target.path in ("", "/") and not target.query and not _HOME.fullmatch(url.path)


def canonical(given: str) -> str:
    """Return the form of an address by which an article is known: no fragment, no parameters that only track.

    Scheme and host are in lower case, without the port that goes without saying. Raises AddressRefusedError.
    """
    url = parse_address(given)
    host = host_of(url)
    host = f"[{host}]" if ":" in host else host
    port = "" if port_of(url) == _PORTS[url.scheme] else f":{port_of(url)}"
    path, mark, query = url.raw_path.decode("ascii").partition("?")
    kept = "&".join(pair for pair in query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0]))
    return f"{url.scheme}://{host}{port}{path or '/'}{mark if kept else ''}{kept}"


def shown(given: str) -> str:
    """Return ``given`` as it may stand in a sentence: one line, not too long, without name and password."""
    line = "".join(char if char.isprintable() else " " for char in given.strip())
    line = without_user(line, "…@")
    return line if len(line) <= SHOWN_CHARS else line[: SHOWN_CHARS - 1] + "…"


def _no_address(given: str) -> AddressRefusedError:
    # Where the host begins in what is no address, nobody knows: all before the last @ may be a password.
    _, at, rest = given.rpartition("@")
    named = shown(f"…@{rest}" if at else given)
    return AddressRefusedError(
        f"{named} isn't a web address. Please give one that starts with https:// or http://."
    )
