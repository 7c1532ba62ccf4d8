"""An event loop on a thread of its own, for asynchronous work that threads wait for."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError
from typing import Any, TypeVar

Result = TypeVar("Result")


class LoopThread:
    """Starts its thread with the first piece of work. Many threads may hand in work at once.

    Args:
        name: the thread's name.
        farewell: the last work on the loop, after what was under way has been cancelled.
    """

    def __init__(self, name: str, farewell: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._name = name
        self._farewell = farewell
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stop = asyncio.Event()
        self._closed = False

    def run(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Do the work on the loop and return its result.

        Raises `concurrent.futures.CancelledError` when the loop is closed, before or meanwhile.
        """
        with self._lock:
            if self._closed:
                raise CancelledError
            if self._loop is None:
                self._loop = self._start()
            future = asyncio.run_coroutine_threadsafe(work(), self._loop)
        return future.result()

    def close(self) -> None:
        """Cancel what is under way and end the thread. Closing twice is harmless."""
        with self._lock:
            self._closed = True
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(self._stop.set)
            thread.join()

    def _start(self) -> asyncio.AbstractEventLoop:
        started = threading.Event()
        loops: list[asyncio.AbstractEventLoop] = []

        def main() -> None:
            with asyncio.Runner() as runner:
                loops.append(runner.get_loop())
                started.set()
                runner.run(self._live())

        self._thread = threading.Thread(target=main, name=self._name, daemon=True)
        self._thread.start()
        started.wait()
        return loops[0]

    async def _live(self) -> None:
        await self._stop.wait()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._farewell()
