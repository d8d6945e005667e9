"""The way out to the network: only to public addresses, checked on the very address that is dialled.

A name is looked up once for each connection; every address it has must be public, and one of these is
dialled. So a name cannot lead elsewhere between the check and the connection. TLS still checks the name.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

import httpcore

from index.errors import AddressRefusedError, FetchError, TryLaterError

PORTS = (80, 443)
CONNECT_S = 5.0  # for an address that does not answer, while there are others

Resolve = Callable[[str, int], Sequence[str]]
"""The numeric addresses of a host and port. Raises OSError."""

# Python's is_global takes multicast, NAT64, 6to4 and others for public, so the list is our own.
_CLOSED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


def is_public(address: str) -> bool:
    """Return whether a numeric ``address`` is one that anybody on the internet may be meant by."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _CLOSED_V4)
    return found in _OPEN_V6 and not any(found in network for network in _CLOSED_V6)


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of ``host`` as this machine knows them, in its order of preference."""
    found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """The moment at which one fetch has to be over."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left_s(self) -> float:
        """Return how long there is still time. Raises httpcore.TimeoutException when it is over."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.TimeoutException("the time for the whole fetch is over")
        return left


class GuardedBackend(httpcore.NetworkBackend):
    """Opens the connections of one fetch, all within its deadline.

    ``open_hosts`` are taken whatever their address and port: ``host:port``, as the operator listed them.
    """

    def __init__(
        self,
        deadline: Deadline,
        open_hosts: Collection[str],
        resolve: Resolve = look_up,
        dial: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._deadline = deadline
        self._open_hosts = open_hosts
        self._resolve = resolve
        self._dial = dial or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is for all of it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to ``host``. Raises AddressRefusedError before anything is dialled."""
        is_open = f"[{host}]:{port}" in self._open_hosts or f"{host}:{port}" in self._open_hosts
        if not is_open and port not in PORTS:
            raise AddressRefusedError(
                f"I don't fetch from port {port} of {host}. Articles come from ports 80 and 443."
            )
        addresses = self._addresses(host, port)
        if not is_open and not all(map(is_public, addresses)):
            raise AddressRefusedError(
                f"{host} isn't on the public internet. I can only fetch public web pages."
            )
        last = None
        for address in addresses:
            left_s = self._deadline.left_s()
            patience_s = left_s if address == addresses[-1] else min(left_s, CONNECT_S)
            try:
                stream = self._dial.connect_tcp(address, port, patience_s, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:  # such as IPv6 without a way
                last = error
            else:
                return GuardedStream(stream, self._deadline, host)
        raise last or httpcore.ConnectError(f"{host} has no address")

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """Look the name up within the deadline: the system's own look-up cannot be stopped, only left."""
        found: list[Sequence[str]] = []
        failed: list[Exception] = []

        def resolve() -> None:
            try:
                found.append(self._resolve(host, port))
            except Exception as error:  # it is raised again below, in the thread that waits
                failed.append(error)

        thread = threading.Thread(target=resolve, daemon=True, name=f"look up {host}")
        thread.start()
        thread.join(self._deadline.left_s())
        if failed:
            raise _not_found(host, failed[0]) from None
        if not found:
            raise httpcore.ConnectTimeout(f"no address of {host} in time")
        return found[0]


class GuardedStream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, host: str) -> None:
        self._stream = stream
        self._deadline = deadline
        self._host = host

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Return what has arrived, at most ``max_bytes``; nothing at the end."""
        return self._stream.read(max_bytes, self._deadline.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send all of ``buffer``."""
        self._stream.write(buffer, self._deadline.left_s())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Encrypt the connection with a server that has proved its name. Raises FetchError."""
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left_s())
        except httpcore.ConnectError as error:
            raise _no_tls(self._host, error.__cause__) from None
        return GuardedStream(stream, self._deadline, self._host)

    def get_extra_info(self, info: str) -> object:
        """Return what the connection knows about itself."""
        return self._stream.get_extra_info(info)


def _not_found(host: str, error: Exception) -> FetchError:
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        return TryLaterError(f"I couldn't look up {host} right now. Please try again later.")
    return FetchError(f"I couldn't reach {host}. Please check the spelling of the address.")


def _no_tls(host: str, error: BaseException | None) -> FetchError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return FetchError(
            f"{host} couldn't prove its identity, so I read nothing from it. Please save the page as "
            "a file and add that.",
            for_operator=f"Its certificate was rejected: {error.verify_message.rstrip('.')}.",
        )
    return FetchError(f"{host} doesn't answer over https. Please check the address, or try http://.")
