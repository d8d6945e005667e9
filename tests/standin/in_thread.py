"""A server in a thread of its own, with an event loop of its own, that ends with its block."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Self

START_S = 10.0
END_S = 20.0


class InThread:
    """What ``serve`` serves, from when it has called ``started`` until the block ends."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=type(self).__name__)
        self._started: Future[None] = Future()
        self._stop: asyncio.Event | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.result(START_S)
        return self

    def __exit__(self, *_: object) -> None:
        if self._stop is not None:
            self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(END_S)

    async def serve(self, started: Callable[[], None], stop: asyncio.Event) -> None:
        """Begin, say that it is ``started``, wait for ``stop``, and let go of everything."""
        raise NotImplementedError

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._serve())
        except BaseException as error:
            if not self._started.done():
                self._started.set_exception(error)
            raise
        finally:
            self.loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        await self.serve(lambda: self._started.set_result(None), self._stop)
