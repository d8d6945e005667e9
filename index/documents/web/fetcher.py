"""A web address -> bytes: from public servers only, within bounds of size, time and redirects.

    fetched = Fetcher().fetch("https://example.org/an-article")

Nothing comes from the environment: no proxy, no cookie, no password. What is sent names this program.
"""

from __future__ import annotations

import ssl
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import certifi
import httpcore
import httpx

from index.documents.web.address import follow, host_of, leads_home, parse_address, port_of, shown
from index.documents.web.answers import check_kind, check_status, short_value, to_headers
from index.documents.web.body import PACKED, read_body, too_long
from index.documents.web.guard import Deadline, GuardedBackend, Resolve, look_up
from index.errors import AddressRefusedError, FetchError, TryLaterError

USER_AGENT = "Verbatim/0.1 (reads articles that its users name)"
_ACCEPT = "text/html, application/xhtml+xml, text/plain, application/pdf;q=0.9, */*;q=0.5"
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take: bytes, also once unpacked; seconds, for all of it; redirects."""

    bytes: int = 20_000_000
    seconds: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was there. ``url`` is where the redirects ended; ``content_type`` as the server says it, or ""."""

    url: str
    content_type: str
    data: bytes
    etag: str | None = None
    modified: str | None = None
    is_unchanged: bool = False  # since the ``etag`` or ``modified`` that was asked with; then without data


class Fetcher:
    """Fetches web addresses; may be shared between threads.

    ``open_hosts`` are fetched from though they are not public: ``host:port``, as the operator lists them.
    """

    def __init__(
        self,
        open_hosts: Collection[str] = (),
        limits: Limits = Limits(),
        *,
        resolve: Resolve = look_up,
        dial: httpcore.NetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._open_hosts = frozenset(host.lower() for host in open_hosts)
        self._limits = limits
        self._resolve = resolve
        self._dial = dial
        self._tls = tls or ssl.create_default_context(cafile=certifi.where())

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Fetch what is at ``url``; with an earlier ``etag`` or ``modified``, only where it has changed.

        Raises FetchError with one sentence: AddressRefusedError when it is not public, TryLaterError when it
        may work another time. Takes no longer than the limit, whatever the server does.
        """
        at = given = parse_address(url)
        asked = {b"if-none-match": etag, b"if-modified-since": modified}
        sent = {name: value.encode("latin-1") for name, value in asked.items() if value}
        with self._connections() as connections:
            for _hop in range(self._limits.redirects + 1):
                found = self._ask(connections, at, sent, given)
                if isinstance(found, Fetched):
                    return found
                at = found
        raise FetchError(
            f"{shown(url)} redirects more than {self._limits.redirects} times. Please give the final address."
        )

    @contextmanager
    def _connections(self) -> Iterator[httpcore.ConnectionPool]:
        """Yield the connections of one fetch: no other shares them, each has its own deadline."""
        backend = GuardedBackend(Deadline(self._limits.seconds), self._open_hosts, self._resolve, self._dial)
        with httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend) as connections:
            yield connections

    def _ask(
        self, connections: httpcore.ConnectionPool, at: httpx.URL, sent: dict[bytes, bytes], given: httpx.URL
    ) -> Fetched | httpx.URL:
        """Return what is at ``at``, or where it redirects to.

        Errors name ``given``, which led here: where a server redirects to may be nobody else's business.
        """
        target = httpcore.URL(
            scheme=at.scheme.encode("ascii"), host=host_of(at), port=port_of(at), target=at.raw_path
        )
        headers = {
            b"host": at.netloc.lower(),
            b"user-agent": USER_AGENT.encode("ascii"),
            b"accept": _ACCEPT.encode("ascii"),
            b"accept-encoding": PACKED.encode("ascii"),
            b"connection": b"close",
            **sent,
        }
        with ExitStack() as stack:
            stack.enter_context(self._explained(host_of(given)))
            opening = connections.stream("GET", target, headers=list(headers.items()))
            try:
                answer = stack.enter_context(opening)
            except FetchError as error:  # of the guard, which knows only where it was to connect to
                raise (error if at is given else _behind_redirect(error, given)) from None
            return self._read(answer, at, given, is_conditional=bool(sent))

    def _read(
        self, answer: httpcore.Response, at: httpx.URL, given: httpx.URL, *, is_conditional: bool
    ) -> Fetched | httpx.URL:
        headers, where = to_headers(answer.headers), shown(str(given))
        if answer.status in _REDIRECTS and "location" in headers:
            target = follow(at, headers["location"].encode("latin-1"), where)
            if leads_home(at, target):
                raise FetchError(
                    f"{where} redirects to the home page of its site: its article isn't there any more. "
                    "Please check the address."
                )
            return target
        content_type = headers.get("content-type", "")
        etag, modified = short_value(headers, "etag"), short_value(headers, "last-modified")
        if answer.status == 304 and is_conditional:
            return Fetched(str(at), content_type, b"", etag, modified, is_unchanged=True)
        check_status(answer.status, headers, where, host_of(given))
        check_kind(content_type, where)
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:18]) > self._limits.bytes:
            raise too_long(where, self._limits.bytes)
        packing = headers.get("content-encoding", "")
        data = read_body(answer.iter_stream(), packing, self._limits.bytes, where)
        return Fetched(str(at), content_type, data, etag, modified)

    @contextmanager
    def _explained(self, host: str) -> Iterator[None]:
        """Turn what the connection says into an error of ours, with the way out."""
        try:
            yield
        except httpcore.TimeoutException:
            raise TryLaterError(
                f"{host} took longer than {self._limits.seconds:g} s. Please try again later."
            ) from None
        except httpcore.ConnectError:
            raise TryLaterError(
                f"I couldn't connect to {host}. Please check the address, or try again later."
            ) from None
        except (httpcore.NetworkError, httpcore.ProtocolError):
            raise TryLaterError(
                f"{host} broke off in the middle, or its answer wasn't HTTP. Please try again later."
            ) from None


def _behind_redirect(error: FetchError, given: httpx.URL) -> FetchError:
    """Return ``error``, without where ``given`` redirects to: that may be inside a network."""
    where = shown(str(given))
    if isinstance(error, AddressRefusedError):
        return AddressRefusedError(
            f"{where} redirects to something I don't fetch: an address that isn't public, a port "
            "other than 80 and 443, or no web address at all."
        )
    if isinstance(error, TryLaterError):
        return TryLaterError(
            f"{where} redirects to a server I can't find right now. Please try again later.",
            for_operator=str(error),
        )
    return FetchError(
        f"{where} redirects to a server that I can't find, or that can't prove its identity. "
        "Please give the final address.",
        for_operator=str(error),
    )
