"""Where a stand-in listens, and the token it knows."""

from __future__ import annotations

import socket

TOKEN = "123456789:AAEhBP0av28fC2S-tHiS_is_nOt_a_tOkEn1"  # noqa: S105  # made up


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
