"""Telegram in a restart with a backlog: takes what the bot says, by the virtual clock, and judges it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from telegram._utils.types import ODVInput
from telegram.request import RequestData

from bot.telegram.delivery.pacing import PACED
from tests.campaigns.memory import resident_mb
from tests.campaigns.restart.clock import VirtualClock
from tests.standin.recording import RecordingRequest

A_SECOND, A_MINUTE_IN_GROUP = 30, 20
"""Messages that Telegram's FAQ allows: in all, and in one group; in any one chat it is one a second."""


@dataclass
class Said:
    """What was said, in the order it came: compact, so that it does not count for the bot's memory."""

    at: list[float] = field(default_factory=list)  # of everything that counts under the limits
    by_chat: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    replies: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    peak_mb: float = 0.0


class WatchingRequest(RecordingRequest):
    """Answers every call at once and keeps no more of it than when it came, and what it replied to."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock
        self.said = Said()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: ODVInput[float],
        **more: Any,
    ) -> tuple[int, bytes]:
        """One call, checked, noted and answered."""
        answer = await super().do_request(url, method, request_data, *timeouts, **more)
        name, fields = self.calls.pop()
        if name in PACED:
            self._note(name, fields)
        return answer

    def _note(self, name: str, fields: dict[str, Any]) -> None:
        said, chat_id, now = self.said, fields["chat_id"], self._clock.now()
        said.at.append(now)
        said.by_chat[chat_id].append(now)
        if name == "sendMessage" and (replied := fields.get("reply_parameters")):
            said.replies[chat_id].append(replied["message_id"])
        if len(said.at) % 100 == 0:
            said.peak_mb = max(said.peak_mb, resident_mb())


def faults(said: Said, waiting: Iterable[tuple[int, int]]) -> list[str]:
    """Say what is wrong with what was said to ``waiting``: pairs of a chat and a message, oldest first."""
    found = [] if _most_within(said.at, 1.0) <= A_SECOND else ["more than 30 messages in a second"]
    for chat_id, times in said.by_chat.items():
        if any(after - before < 1.0 for before, after in pairwise(times)):
            found.append(f"two messages within a second in chat {chat_id}")
        if chat_id < 0 and _most_within(times, 60.0) > A_MINUTE_IN_GROUP:
            found.append(f"more than 20 messages in a minute in group {chat_id}")
    asked = defaultdict[int, list[int]](list)
    for chat_id, message_id in waiting:
        asked[chat_id].append(message_id)
    for chat_id in asked.keys() | said.replies.keys():
        if asked[chat_id] != said.replies[chat_id]:
            found.append(f"in chat {chat_id} {asked[chat_id]} were answered by {said.replies[chat_id]}")
    return found


def _most_within(times: Sequence[float], seconds: float) -> int:
    """How many of these moments, in order, lie within ``seconds`` at most."""
    most, recent = 0, deque[float]()
    for at in times:
        recent.append(at)
        while at - recent[0] >= seconds:
            recent.popleft()
        most = max(most, len(recent))
    return most
