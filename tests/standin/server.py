"""A server that others made, lo-bot-api-emulator, with what it lacks, behind the gate: a second opinion.

It ends with the block that opened it:

    with Server(tmp_path / "journal") as telegram:
        telegram.bring(message("Who likes jam?"))
        telegram.wait_for_messages(1)
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import lo_bot_api_emulator
from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator

from tests.patience import PATIENT_S
from tests.standin.gate import check_call
from tests.standin.in_thread import InThread
from tests.standin.loopback import TOKEN, free_port
from tests.standin.people import BOT
from tests.standin.refusals import RefusedError

LACKING = ("message_thread_id", "link_preview_options")  # it refuses these, though Telegram takes them


class CheckedEmulator(LoBotApiEmulator):  # type: ignore[misc]  # it has no types
    """Keeps every call that passed the gate in ``calls``, what did not in ``refused``."""

    def __init__(self, journal: Path, on_call: Callable[[], None]) -> None:
        super().__init__(journal=journal)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[str] = []
        self.faults: dict[str, list[ApiRefusal]] = {}
        self._on_call = on_call

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """The result of a call that Telegram would take."""
        try:
            values = check_call(method, fields)
        except RefusedError as error:
            self.refused.append(str(error))
            raise ApiRefusal(f"Bad Request: {error}") from None
        if self.faults.get(method):
            raise self.faults[method].pop(0)
        known = {name: value for name, value in fields.items() if name not in LACKING}
        result = super().validate(method, known, uploads)
        self.calls.append((method, values))
        self._on_call()
        return result | BOT if method == "getMe" else result

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Only one token is known here; every other is told what Telegram tells it."""
        if request.match_info["token"] != TOKEN:
            unknown = {"ok": False, "error_code": 401, "description": "Unauthorized"}
            return web.json_response(unknown, status=401)
        response: web.StreamResponse = await super().handle(request)
        return response


class Server(InThread):
    """The emulator on a port of its own, in a thread; it writes what it is asked to ``journal``."""

    def __init__(self, journal: Path) -> None:
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._journal = journal
        self._called = threading.Condition()
        self._emulator = CheckedEmulator(journal, self._notify)
        super().__init__()

    def bring(self, message: dict[str, Any]) -> None:
        """Let a message arrive."""
        entering = self._emulator.enqueue_update({"message": message}, token=TOKEN)
        asyncio.run_coroutine_threadsafe(entering, self.loop).result(PATIENT_S)

    def fail_once(self, method: str, status: int, description: str) -> None:
        """Refuse the next call of ``method``."""
        self._emulator.faults.setdefault(method, []).append(ApiRefusal(description, status))

    @property
    def refused(self) -> list[str]:
        """What the gate has refused: empty, or the bot sends what Telegram would not take."""
        return list(self._emulator.refused)

    def wait_for_messages(self, count: int, within_s: float = PATIENT_S) -> list[dict[str, Any]]:
        """The parameters of the first ``count`` messages the bot sends; raises TimeoutError."""
        until = time.monotonic() + within_s
        with self._called:
            while len(sent := self._sent()) < count:
                left = until - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"not in time; so far {self._emulator.calls}, refused {self.refused}")
                self._called.wait(min(left, 0.2))
        return sent

    def verdict(self, *methods: str, refusals: Sequence[str] = ()) -> dict[str, Any]:
        """The emulator's own: whether ``methods`` were called and nothing refused but ``refusals``."""
        judged: dict[str, Any] = lo_bot_api_emulator.verdict(
            self._journal, require_response=True, require_methods=methods, allowed_refusals=refusals
        )
        return judged

    def _sent(self) -> list[dict[str, Any]]:
        return [fields for method, fields in self._emulator.calls if method == "sendMessage"]

    def _notify(self) -> None:
        with self._called:
            self._called.notify_all()

    async def serve(self, started: Callable[[], None], stop: asyncio.Event) -> None:
        """Until the block ends."""
        runner = web.AppRunner(self._emulator.app(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._port).start()
        started()
        await stop.wait()
        await runner.cleanup()
