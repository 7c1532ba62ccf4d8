"""When a DuckDB database that another process has open was written: at each commit its log grows."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

_LOOK_SECONDS = 0.001


@contextmanager
def log_growth(database: Path) -> Iterator[list[float]]:
    """Yield a list to which each growth adds its time, in milliseconds since 1970.

    The time is the file system's own, which does not depend on when we look. A commit is safe on the disk one
    flush (about a millisecond) later.
    """
    times: list[float] = []
    ended = Event()
    thread = Thread(target=_watch, args=(database.with_name(f"{database.name}.wal"), times, ended))
    thread.start()
    yield times
    ended.set()
    thread.join()


def _watch(log: Path, times: list[float], ended: Event) -> None:
    size = _state(log)[0]
    while not ended.is_set():
        grown, at = _state(log)
        if grown > size:
            times.append(at)
        size = grown
        time.sleep(_LOOK_SECONDS)


def _state(log: Path) -> tuple[int, float]:
    try:
        found = log.stat()
    except FileNotFoundError:
        return 0, 0.0
    return found.st_size, found.st_mtime_ns / 1e6
