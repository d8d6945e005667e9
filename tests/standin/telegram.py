"""A stand-in for Telegram's server: real HTTP on loopback, in a thread that ends with its block.

    with Telegram() as telegram:
        ann = telegram.person("Ann")
        asked = ann.says("/ask Who likes jam?", to=telegram.group("Readers", ann))
        assert asked.answer()["text"] == "Bears like jam."

Everything a bot calls is judged by aiogram's models and TDLib; what they refuse stands in ``refused``.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar

from aiohttp import web

from tests.patience import PATIENT_S
from tests.standin.groups import Group
from tests.standin.in_thread import InThread
from tests.standin.loopback import TOKEN, free_port
from tests.standin.methods import Call, Dropped, Fault, Garbled, Methods, Silent, in_words
from tests.standin.persons import Person
from tests.standin.queries import Query
from tests.standin.refusals import Refusal
from tests.standin.world import BOT, TELEGRAM, Json, World

T = TypeVar("T")
MAX_BODY = 50 << 20


class Telegram(InThread):
    """The server, and what happens there."""

    def __init__(self, port: int | None = None, token: str = TOKEN) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.token = token
        self.world = World()
        self._methods = Methods(self.world)
        self._methods.on_call = self._notify
        self._called = threading.Condition()
        self.silent_count = 0  # of calls that are never answered, until who called gives up
        super().__init__()

    def person(self, first_name: str, **fields: Any) -> Person:
        """Somebody new; ``fields`` are of a User."""
        return Person(self, self.do(lambda: self.world.add_user(first_name, **fields)))

    def group(self, title: str, *people: Person, **fields: Any) -> Group:
        """A supergroup; the first of ``people`` owns it. ``type``, ``is_forum`` and ``bot`` say what else."""
        return self._chat(
            fields.pop("type", "supergroup"), title, people, fields.pop("bot", "member"), fields
        )

    def channel(self, title: str, *people: Person) -> Group:
        """A channel of the first of ``people``, without the bot."""
        return self._chat("channel", title, people, "left", {})

    def _chat(
        self,
        type: Literal["group", "supergroup", "channel"],
        title: str,
        people: tuple[Person, ...],
        bot: Any,
        fields: Json,
    ) -> Group:
        def make() -> Group:
            chat = self.world.add_chat(type, title, **fields)
            for place, person in enumerate(people):
                chat.members[person.id] = "member" if place else "creator"
            chat.members[BOT["id"]] = bot
            return Group(self, chat)

        return self.do(make)

    def passes(self, seconds: int) -> None:
        """Let time pass: messages are dated later, and queries and updates grow old."""
        self.do(lambda: self.world.passes(seconds))

    def sets_privacy(self, *, on: bool) -> None:
        """Whether the bot is in privacy mode, as at first, or sees all that is said in its groups."""
        self.do(lambda: self.world.bot.update(can_read_all_group_messages=not on))

    def do(self, work: Callable[[], T]) -> T:
        """The result of ``work``, done where the server runs: nothing else happens meanwhile."""

        async def work_there() -> T:
            return work()

        return asyncio.run_coroutine_threadsafe(work_there(), self.loop).result(PATIENT_S)

    @property
    def methods(self) -> Methods:
        """What the server knows; to be used inside ``do``."""
        return self._methods

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of ``method`` meet these, one each."""

        def order() -> None:
            self._methods.faults[method].extend(faults)
            for fault in faults:
                self.world.transcript.happens(f"lets a call of {method} {in_words(fault)}", "Telegram")

        self.do(order)

    def remarks(self, words: str) -> None:
        """An aside for who reads the play: what happens outside of the chats."""
        self.do(lambda: self.world.transcript.happens(words))

    def brings(self, content: Json) -> None:
        """Let an update arrive that holds this, though it be nonsense."""
        self.do(lambda: self._methods.updates.add_unread(content, 0))

    @property
    def calls(self) -> list[Call]:
        """Every call so far that was done, in order."""
        return list(self._methods.calls)

    @property
    def refused(self) -> list[str]:
        """What the judges refused: empty, or the bot sends what Telegram would not take."""
        return list(self._methods.refused)

    def sent(self, chat_id: int | None = None) -> list[Json]:
        """The messages that the bot sent, as they stand there now; only those to one chat, if given."""
        sent = [call.result for call in self.calls if call.method in {"sendMessage", "sendDocument"}]
        return [message for message in sent if chat_id is None or message["chat"]["id"] == chat_id]

    def wait_for(self, what: Callable[[], T | None], within_s: float = PATIENT_S) -> T:
        """What ``what`` gives, once that is true; raises TimeoutError."""
        until = time.monotonic() + within_s
        self.world.transcript.waits()
        while True:
            calls = len(self._methods.calls)
            if found := what():  # without the lock: it may ask the server, which may be about to notify
                return found
            left = until - time.monotonic()
            if left <= 0:
                last = [(call.method, call.values) for call in self.calls[-10:]]
                raise TimeoutError(f"not in time; last {last}, refused {self.refused}")
            with self._called:
                if len(self._methods.calls) == calls:
                    self._called.wait(min(left, 0.2))

    def wait_until_done(self, places: Iterable[tuple[int, int | None]], within_s: float = PATIENT_S) -> None:
        """Until the bot has done all it will do about what happened in these chats or topics of them.

        It takes what happens there one after the other: a button that is pressed now is answered last. Raises
        TimeoutError.
        """

        def press() -> list[Query]:
            return [
                self._methods.queries.press(TELEGRAM, self.world.chat(chat), topic or 0, "done?")
                for chat, topic in places
            ]

        pressed = self.do(press)
        self.wait_for(lambda: all(query.answer for query in pressed), within_s)

    def _notify(self) -> None:
        with self._called:
            self._called.notify_all()

    async def serve(self, started: Callable[[], None], stop: asyncio.Event) -> None:
        """Until the block ends."""
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        started()
        await stop.wait()
        await self._methods.updates.close()
        await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refused(Refusal(401, "Unauthorized"))
        try:
            fields, uploads = await _read(request)
            result = await self._methods.call(request.match_info["method"], fields, uploads)
        except web.HTTPRequestEntityTooLarge:
            return _refused(Refusal(413, "Request Entity Too Large"))
        except Refusal as refusal:
            return _refused(refusal)
        except Dropped:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        except Garbled as garbled:
            return web.Response(body=garbled.body, status=garbled.status, content_type="text/html")
        except Silent:
            self.silent_count += 1
            while request.transport is not None and not request.transport.is_closing():
                await asyncio.sleep(0.02)
            self.silent_count -= 1
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        data = self._methods.files.data(request.match_info["path"])
        if data is None or request.match_info["token"] != self.token:
            return _refused(Refusal(404, "Not Found"))
        return web.Response(body=data)


async def _read(request: web.Request) -> tuple[Json, Json]:
    """The fields of a call, and the files that came with it: bytes, name and MIME type."""
    if request.content_type == "application/json":
        return await request.json(), {}
    fields: Json = dict(request.query)
    parts: Json = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            parts[name] = (value.file.read(), value.filename, value.content_type)
        else:
            fields[name] = value
    named = {f"attach://{part}": part for part in parts}
    uploads = {name: parts.pop(named[value]) for name, value in fields.items() if value in named}
    fields |= {name: f"attach://{name}" for name in parts}  # a file may also come under its own name
    return fields, uploads | parts


def _refused(refusal: Refusal) -> web.Response:
    headers = {"Retry-After": str(refusal.parameters["retry_after"])} if refusal.status == 429 else {}
    return web.json_response(refusal.body(), status=refusal.status, headers=headers)
