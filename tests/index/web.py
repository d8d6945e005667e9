"""A web server on loopback with every kind of page that a fetch may meet, good and bad.

with Web() as web:
    web.texts["/bears.txt"] = "Bears like jam."
    Fetcher([web.host]).fetch(web.url + "/bears.txt")
"""

from __future__ import annotations

import asyncio
import functools
import gzip
import ssl
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from tests.standin.in_thread import InThread

CERTIFICATE = Path(__file__).parents[1] / "files" / "localhost.pem"
BOMB_MB = 300
Raw = Callable[[asyncio.StreamWriter], Awaitable[None]]
_BREAKS = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@functools.cache
def gzip_bomb(mb: int, layers: int = 1) -> bytes:
    """``mb`` MB of zeros, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(mb)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data, 9)
    return data


class Web(InThread):
    """The server, in a thread of its own; ends with its block.

    ``texts`` are its plain pages by path, with an ETag; ``pages`` give any other answer; ``raw`` writes bytes
    as they are, whether they are HTTP or not. ``asked`` counts requests by path, ``requests`` has them all.
    """

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.pages: dict[str, Callable[[web.Request], web.StreamResponse]] = {}
        self.raw: dict[str, Raw] = dict(RAW)
        self.asked: Counter[str] = Counter()
        self.requests: list[web.Request] = []
        for layers in (1, 3):
            gzip_bomb(BOMB_MB, layers)  # not while somebody waits for it
        super().__init__()

    @property
    def host(self) -> str:
        """The host and port, as ``fetch_hosts`` names them."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://{self.host}"

    async def _page(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        self.asked[path] += 1
        self.requests.append(request)
        if path in self.pages:
            return self.pages[path](request)
        if path in self.texts:
            return self._text(request, self.texts[path])
        kind, _, rest = path.strip("/").partition("/")
        if kind == "status":
            return web.Response(status=int(rest), headers=dict(request.query), text="secret banner")
        if kind == "to":
            return web.Response(status=302, headers={"Location": request.query["url"]})
        if kind == "hop":
            left = int(rest)
            return web.Response(status=301, headers={"Location": f"/hop/{left - 1}" if left else "/end"})
        if kind == "type":
            return web.Response(body=b"Bears like jam.", headers={"Content-Type": rest})
        if kind == "packed":
            layers, _, packing = rest.partition("/")
            headers = {"Content-Encoding": packing, "Content-Type": "text/plain"}
            return web.Response(body=gzip_bomb(BOMB_MB, int(layers)), headers=headers)
        if kind == "long":
            return web.Response(body=bytes(int(rest)), content_type="text/plain")
        raise web.HTTPNotFound

    def _text(self, request: web.Request, text: str) -> web.StreamResponse:
        etag = f'"{zlib.crc32(text.encode()):x}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        kind = self.kinds.get(request.path, "text/plain; charset=utf-8")
        return web.Response(body=text.encode(), headers={"ETag": etag, "Content-Type": kind})

    async def _raw(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
            await self.raw[path](writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # who asks has hung up: that is what the tests are about
        finally:
            writer.close()

    async def serve(self, started: Callable[[], None], stop: asyncio.Event) -> None:
        """Until the block ends."""
        app = web.Application()
        app.router.add_get("/{path:.*}", self._page)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(CERTIFICATE)
        plain, secure = (
            web.TCPSite(runner, "127.0.0.1", 0),
            web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls),
        )
        await plain.start()
        await secure.start()
        (_, self.port), (_, self.secure_port) = runner.addresses
        raw = await asyncio.start_server(self._raw, "127.0.0.1", 0)
        self.raw_port: int = raw.sockets[0].getsockname()[1]
        started()
        await stop.wait()
        raw.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await runner.cleanup()


def _says(*parts: str) -> Raw:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write("".join(parts).encode())

    return answer


async def _endless_body(writer: asyncio.StreamWriter) -> None:
    writer.write(f"{_BREAKS}\r\n".encode())
    while True:
        writer.write(b"Bears. " * 10_000)
        await writer.drain()


async def _drips(writer: asyncio.StreamWriter) -> None:
    for char in f"{_BREAKS}X-Long: " + "a" * 100_000:
        writer.write(char.encode())
        await writer.drain()
        await asyncio.sleep(0.05)


async def _drips_body(writer: asyncio.StreamWriter) -> None:
    writer.write(f"{_BREAKS}\r\n".encode())
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _silent(writer: asyncio.StreamWriter) -> None:
    await writer.drain()
    await asyncio.sleep(60)


async def _endless_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(_BREAKS.encode())
    while True:
        writer.write(b"X-More: " + b"a" * 1000 + b"\r\n")
        await writer.drain()


async def _endless_hints(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nX: a\r\n\r\n" * 100)
        await writer.drain()


RAW: dict[str, Raw] = {
    "/nothing": _says(""),
    "/no-http": _says("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
    "/cut-header": _says("HTTP/1.1 200 O"),
    "/cut-body": _says(_BREAKS, "Content-Length: 500\r\n\r\nBears like"),
    "/cut-chunk": _says(_BREAKS, "Transfer-Encoding: chunked\r\n\r\nff\r\nBears"),
    "/bad-chunk": _says(_BREAKS, "Transfer-Encoding: chunked\r\n\r\nzz\r\nBears"),
    "/bad-length": _says(_BREAKS, "Content-Length: many\r\n\r\nBears"),
    "/two-lengths": _says(_BREAKS, "Content-Length: 5\r\nContent-Length: 6\r\n\r\nBears!"),
    "/long-length": _says(_BREAKS, "Content-Length: 99999999999999999999\r\n\r\nBears"),
    "/no-length": _says(_BREAKS, "\r\nBears like jam."),
    "/many-headers": _says(_BREAKS, "X-More: a\r\n" * 30_000, "\r\nBears like jam."),
    "/bad-header": _says(_BREAKS, "X-\x00: a\r\n\r\nBears"),
    "/cut-gzip": _says(_BREAKS, "Content-Encoding: gzip\r\n\r\n"),
    "/upgrade": _says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nBears"),
    "/endless-body": _endless_body,
    "/endless-headers": _endless_headers,
    "/endless-hints": _endless_hints,
    "/drips": _drips,
    "/drips-body": _drips_body,
    "/silent": _silent,
}
"""What no web server says, by path; on a port of its own."""
