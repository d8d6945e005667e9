"""A network that records whom it was to dial, and a look-up that answers as a test says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import httpcore

from index.documents.web.guard import Resolve

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nBears"


class Dial(httpcore.NetworkBackend):
    """Keeps whom it was to dial in ``dialled``, what was sent in ``sent``; answers once a connection."""

    def __init__(self, *answers: bytes, dead: Sequence[str] = ()) -> None:
        self.dialled: list[tuple[str, int]] = []
        self.sent: list[bytes] = []
        self.patience_s: list[float] = []
        self._answers = list(answers)
        self._dead = dead

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        self.dialled.append((host, port))
        self.patience_s.append(timeout or 0.0)
        if host in self._dead:
            raise httpcore.ConnectError
        return Answering(self._answers.pop(0), self.sent)


class Answering(httpcore.MockStream):
    """Answers once, whatever it is asked."""

    def __init__(self, answer: bytes, sent: list[bytes]) -> None:
        super().__init__([answer])
        self._sent = sent

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._sent.append(buffer)


def redirect(url: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n".encode()


def resolve_to(*lookups: Sequence[str]) -> tuple[list[tuple[str, int]], Resolve]:
    """A look-up that gives each of ``lookups`` in turn, and the names it was asked for."""
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return lookups[min(len(asked), len(lookups)) - 1]

    return asked, resolve
