"""How many commits the database has had, in a small file beside it (`billingbot.duckdb.seq`).

The database counts them too. When the file knows of more, then the newest changes are missing: the log of the database
was lost or cut short, or an old copy was put in its place. DuckDB itself opens such a database and says nothing.

The file is written after the commits, at most once a second, and when the database is closed: it may know of fewer, but
never of more than there were.
"""

import logging
import threading
import time
from pathlib import Path

from billingbot.errors import StoreTailLost
from billingbot.store.durable import write_durably

log = logging.getLogger(__name__)
_PAUSE = 1.0


class CommitMark:
    """The file of one database. Safe to use from many threads.

    Args:
        database: the database file.
        pause: seconds between two writings.
    """

    def __init__(self, database: Path, pause: float = _PAUSE) -> None:
        self.path = mark_of(database)
        self._pause = pause
        self._lock = threading.Lock()
        self._noted: int | None = None
        self._written_at = -pause
        self._timer: threading.Timer | None = None

    def number(self) -> int | None:
        """Return how many commits are known of; None when there is no file.

        Raises `StoreTailLost` when the file cannot be read, because then nobody knows.
        """
        return self._noted if self._noted is not None else read_mark(self.path)

    def note(self, number: int) -> None:
        """Remember that the commit of this number is on the disk; the file will say so soon."""
        with self._lock:
            self._noted = number
            if self._timer is None:
                wait = max(0.0, self._pause - (time.monotonic() - self._written_at))
                self._timer = threading.Timer(wait, self._write_soon)
                self._timer.daemon = True
                self._timer.start()

    def close(self) -> None:
        """Write what was noted; the database is not written to any more."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
                self._write()

    def _write_soon(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer = None
                self._write()

    def _write(self) -> None:
        self._written_at = time.monotonic()
        try:
            write_mark(self.path, self._noted or 0)
        except OSError as error:  # it is a little behind then, which does no harm
            log.warning("%s could not be written: %s", self.path, error.strerror)


def mark_of(database: Path) -> Path:
    """Return where the number is kept.

    >>> mark_of(Path("data/billingbot.duckdb")).as_posix()
    'data/billingbot.duckdb.seq'
    """
    return database.with_name(f"{database.name}.seq")


def read_mark(path: Path) -> int | None:
    """Return the number in the file; None when there is none. Raises `StoreTailLost` when it holds something else."""
    try:
        text = path.read_bytes().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreTailLost(f"{path} cannot be read: {error.strerror}. {_UNKNOWN}") from error
    if not text.isdigit():
        raise StoreTailLost(f"{path} is damaged. {_UNKNOWN}")
    return int(text)


def write_mark(path: Path, number: int) -> None:
    """Let the file say this number. Raises `OSError`."""
    write_durably(path, b"%d\n" % number)


_UNKNOWN = (
    "It says how many changes the database has had, so it is not known whether any are missing. Nothing was touched. "
    "“python -m billingbot doctor” says more; “doctor --repair” goes on with what is there."
)
