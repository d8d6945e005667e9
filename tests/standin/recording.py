"""Telegram inside the test: records what a bot sends, refuses what Telegram would refuse."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any

from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from tests.standin.gate import check_call
from tests.standin.people import BOT

Call = tuple[str, dict[str, Any]]
Fault = tuple[int, dict[str, Any]]


class RecordingRequest(BaseRequest):
    """Every call goes through the gate and is kept in ``calls``; ``faults`` are answered first, by method."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.faults: dict[str, deque[Fault]] = {}
        self.updates: deque[list[Any]] = deque()
        self.last_id = 1000

    @property
    def read_timeout(self) -> float | None:
        """Nothing here waits."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def sent(self) -> list[dict[str, Any]]:
        """The parameters of every message sent, in order."""
        return [fields for method, fields in self.calls if method == "sendMessage"]

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  # the verb; all the names here are the library's
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = DefaultValue(None),  # noqa: ARG002, B008
        write_timeout: ODVInput[float] = DefaultValue(None),  # noqa: ARG002, B008
        connect_timeout: ODVInput[float] = DefaultValue(None),  # noqa: ARG002, B008
        pool_timeout: ODVInput[float] = DefaultValue(None),  # noqa: ARG002, B008
    ) -> tuple[int, bytes]:
        """One call, checked and answered."""
        name = url.rpartition("/")[2]
        fields = check_call(name, request_data.json_parameters if request_data else {})
        self.calls.append((name, fields))
        if self.faults.get(name):
            status, body = self.faults[name].popleft()
            return status, json.dumps({"ok": False, "error_code": status, **body}).encode()
        result = self._result(name, fields)
        if name == "getUpdates" and not result:
            await asyncio.sleep(min(0.01, fields["timeout"]))
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _result(self, name: str, fields: dict[str, Any]) -> Any:
        if name == "getMe":
            return BOT
        if name == "getUpdates":
            return self.updates.popleft() if self.updates else []
        if name != "sendMessage":
            return True
        self.last_id += 1
        chat = {"id": fields["chat_id"], "type": "private" if fields["chat_id"] > 0 else "supergroup"}
        text = fields["text"]
        return {"message_id": self.last_id, "date": 1_790_000_001, "chat": chat, "from": BOT, "text": text}
