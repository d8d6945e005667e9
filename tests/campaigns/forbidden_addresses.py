"""python -m tests.campaigns.forbidden_addresses --count 10000 --seed 1

Addresses inside a network, however they are written, are asked for directly, by a redirect from a public
server, and by a name that is public when it is looked up first and inside when it is looked up again. Nobody
inside may be dialled: the network is one that records.
"""

from __future__ import annotations

import argparse
import functools
import ipaddress
import socket
import ssl
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from random import Random

from index.documents.web.fetcher import Fetcher
from index.errors import FetchError
from tests.index.dial import ANSWER, Dial, redirect, resolve_to

PUBLIC = "93.184.215.14"
_NAMED = "http://public.example/"
# Written down once more, so that a network which the guard forgets is found.
_INSIDE_V4 = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    "192.0.0.0/24",
    *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
    "203.0.113.0/24",
    *("224.0.0.0/4", "240.0.0.0/4", "127.0.0.1/32", "169.254.169.254/32", "100.100.100.200/32", "0.0.0.0/32"),
)  # fmt: skip
_INSIDE_V6 = (
    *("::/128", "::1/128", "100::/64", "2001::/32", "2001:db8::/32", "2001:10::/28", "3fff::/20"),
    "5f00::/16",
    *("::/8", "2002::/16", "fc00::/7", "fd00:ec2::254/128", "fe80::/10", "fec0::/10", "ff00::/8"),
    *("64:ff9b:1::/48", "4000::/3"),
)  # fmt: skip
_NAMES = (
    *("localhost", "LOCALHOST", "localhost.", "ip6-localhost", "localhost.localdomain"),
    "metadata.google.internal",
    *("metadata", "kubernetes.default.svc", "host.docker.internal", "router.lan", "printer.local"),
    *("db", "intranet"),
)  # fmt: skip


_BEFORE = (*("",) * 30, "public.example@", "a:b@", "public.example\\@", "public.example%40", "@", "a%00@")
_PORTS = (*("",) * 40, ":80", ":443", ":", ":0080", ":00000000000000000443", ":8080", ":22", ":080")
_PATHS = (
    "/",
    "",
    "/latest/meta-data/",
    "?a",
    "#a",
    "/@public.example",
    "\\@public.example/",
    "/%0d%0aHost:%20a",
)


@dataclass(frozen=True, slots=True)
class Forbidden:
    """An address of the web that leads to ``address``, which is inside."""

    url: str
    address: str


def make_forbidden(seed: int, number: int) -> Forbidden:
    """The address of this number: the same for the same seed."""
    random = Random(f"{seed} {number}")
    kind = random.choice(("v4", "v4", "v4", "v4 in v6", "v6", "name"))
    if kind == "name":
        inside = _address_in(random.choice((*_INSIDE_V4, *_INSIDE_V6)), random)
        host = random.choice(
            (random.choice(_NAMES), f"{str(inside).replace(':', '-')}.nip.example", f"a{number}.example")
        )
        return Forbidden(_url(host, random), str(inside))
    if kind == "v6":
        address = IPv6Address(int(_address_in(random.choice(_INSIDE_V6), random)))
        return Forbidden(_url(f"[{_v6_spelling(address, random)}]", random), str(address))
    v4 = IPv4Address(int(_address_in(random.choice(_INSIDE_V4), random)))
    if kind == "v4 in v6":
        dressed = _dressed(v4, random)
        return Forbidden(_url(f"[{_v6_spelling(dressed, random)}]", random), str(dressed))
    return Forbidden(_url(_v4_spelling(v4, random), random), str(v4))


def _address_in(network: str, random: Random) -> IPv4Address | IPv6Address:
    found = ipaddress.ip_network(network)
    last = found.num_addresses - 1
    return found[random.choice((0, min(1, last), last, random.randint(0, last)))]


def _dressed(address: IPv4Address, random: Random) -> IPv6Address:
    """``address`` in one of the ways that IPv6 carries it."""
    number = int(address)
    mapped, nat64, local_nat64 = 0xFFFF << 32, 0x64FF9B << 96, 0x64FF9B0001 << 80
    return IPv6Address(
        random.choice(
            (
                mapped | number,
                number,  # "compatible"
                0xFFFF << 48 | number,  # "translated"
                nat64 | number,
                local_nat64 | number,
                0x2002 << 112 | number << 80,  # 6to4
                0x20010000 << 96 | 0xFFFFFFFF ^ number,  # Teredo
                0xFE80 << 112 | 0x5EFE << 32 | number,  # ISATAP
            )
        )
    )


def _v4_spelling(address: IPv4Address, random: Random) -> str:
    """``address`` as one of the programs of the world reads it."""
    parts = list(address.packed)
    last = {1: int(address), 2: int(address) & 0xFFFFFF, 3: int(address) & 0xFFFF, 4: parts[3]}
    count = random.choice((1, 2, 3, 4, 4, 4, 4))
    written = [random.choice(_NUMBERS)(number) for number in (*parts[: count - 1], last[count])]
    text = ".".join(written)
    return random.choice(_HOST_TRICKS)(text)


_NUMBERS: Sequence[Callable[[int], str]] = (
    str,
    str,
    str,
    lambda number: f"0x{number:x}",
    lambda number: f"0X{number:X}",
    lambda number: f"0x{number:08x}",
    lambda number: f"0{number:o}",
    lambda number: f"0{number:011o}",
    lambda number: f"{number:03}",
    lambda number: f"0{number}",
)


def _wide(text: str) -> str:
    """``text`` in the wide letters that IDNA takes for the narrow ones."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and char != "." else char for char in text)


_HOST_TRICKS: Sequence[Callable[[str], str]] = (
    *(str,) * 25,
    lambda text: f"{text}.",
    lambda text: f"{text}..",
    _wide,
    lambda text: _wide(text).replace(".", "\u3002"),
    lambda text: text.replace(".", "\uff0e"),
    lambda text: text.replace(".", "\uff61"),
    lambda text: text.replace("1", "①").replace("2", "②").replace("7", "⑦"),
    lambda text: text.replace("0", "⓪").replace("1", "¹"),
    lambda text: text.replace("1", "\u0661"),  # Arabic digits
    lambda text: "".join(f"%{ord(char):02x}" for char in text),
    lambda text: text.replace(".", "%2e"),
    lambda text: text.replace(".", "%E3%80%82"),
    lambda text: f"{text[:1]}\u00ad{text[1:]}",
    lambda text: f"{text[:1]}\u200b{text[1:]}",
    lambda text: f"{text[:1]}\t{text[1:]}",
    lambda text: f"{text}%00.example.org",
    lambda text: f"{text}\\.example.org",
    lambda text: f"[{text}]",
    lambda text: f"-{text}",
)


def _v6_spelling(address: IPv6Address, random: Random) -> str:
    tail = f":{IPv4Address(int(address) & 0xFFFFFFFF)}"
    text = random.choice(
        (
            str(address),
            address.exploded,
            str(address).upper(),
            ":".join(address.exploded.split(":")[:6]) + tail,
            _wide(str(address)),
            ":".join(f"{int(part, 16):x}" for part in address.exploded.split(":")),
        )
    )
    return text + random.choice((*("",) * 15, "%eth0", "%25eth0", "%251", "%25", "%lo", "/64"))


def _url(host: str, random: Random) -> str:
    """The address of the web for ``host``, with what may stand around a host."""
    scheme = random.choice(("http", "http", "https", "HTTP", "hTTps"))
    slashes = random.choice((*("//",) * 40, "///", "/", "\\\\", ""))
    before, port, path = random.choice(_BEFORE), random.choice(_PORTS), random.choice(_PATHS)
    return f"{scheme}:{slashes}{before}{host}{port}{path}"


def dialled_inside(forbidden: Forbidden, tls: ssl.SSLContext) -> list[tuple[str, str, int]]:
    """Who was dialled that must not be: by which way, address and port."""
    return [
        (way, *found)
        for way, ask in (("directly", _directly), ("redirected", _redirected), ("rebound", _rebound))
        for found in ask(forbidden, tls).dialled
        if _is_inside(found[0])
    ]


def _is_inside(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return True  # a name, which the network would look up once more
    networks = map(ipaddress.ip_network, (*_INSIDE_V4, *_INSIDE_V6))
    return any(found in network for network in networks)


def _directly(forbidden: Forbidden, tls: ssl.SSLContext) -> Dial:
    dial = Dial(ANSWER)
    with suppress(FetchError):
        Fetcher(dial=dial, tls=tls, resolve=functools.partial(_resolve, forbidden)).fetch(forbidden.url)
    return dial


def _redirected(forbidden: Forbidden, tls: ssl.SSLContext) -> Dial:
    location = forbidden.url.encode("utf-8", "replace").decode("latin-1")
    dial = Dial(redirect(location.replace("\n", "").replace("\t", "%09")), ANSWER)
    with suppress(FetchError):
        Fetcher(dial=dial, tls=tls, resolve=functools.partial(_resolve, forbidden)).fetch(_NAMED)
    return dial


def _rebound(forbidden: Forbidden, tls: ssl.SSLContext) -> Dial:
    dial = Dial(redirect("/again"), *[ANSWER] * 3)
    _, resolve = resolve_to([PUBLIC], [forbidden.address], [PUBLIC, forbidden.address])
    fetcher = Fetcher(dial=dial, tls=tls, resolve=resolve)
    for _ in range(2):
        with suppress(FetchError):
            fetcher.fetch(_NAMED)
    return dial


def _resolve(forbidden: Forbidden, host: str, port: int) -> Sequence[str]:
    """What a machine would find: numbers are read as the system reads them, and all names lead inside."""
    if host == "public.example":
        return [PUBLIC]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return [forbidden.address]
    return [str(entry[4][0]) for entry in found]


def run(count: int, seed: int) -> list[tuple[Forbidden, list[tuple[str, str, int]]]]:
    """Try addresses 0 to ``count``; return those that led inside, with who was dialled."""
    tls = ssl.create_default_context()
    tried = []
    for number in range(count):
        forbidden = make_forbidden(seed, number)
        tried.append((forbidden, dialled_inside(forbidden, tls)))
    return [(forbidden, dialled) for forbidden, dialled in tried if dialled]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the campaign; the exit code is 1 where anybody inside was dialled."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.forbidden_addresses")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    failed = run(options.count, options.seed)
    different = len({make_forbidden(options.seed, number).url for number in range(options.count)})
    print(
        f"{options.count:,} addresses ({different:,} different), each directly, redirected and rebound: "
        f"{len(failed):,} led inside."
    )
    for forbidden, dialled in failed:
        print(forbidden, Counter(dialled))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
