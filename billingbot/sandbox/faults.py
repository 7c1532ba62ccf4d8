"""What can go wrong on purpose, and when: the faults that are set now."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum
from random import Random
from threading import Lock


class FaultKind(Enum):
    """What goes wrong. The first group refuses the request, the second spoils its answer, the third its list."""

    RATE_LIMITED = "429, with Retry-After when `retry_after` is set"
    SERVER_ERROR = "500 without a body"
    UNAVAILABLE = "503 with a proxy's HTML page"
    UNAUTHORIZED = "401, as for an expired token"
    WRONG_CLOCK = "401, with a Date that is `seconds` ahead of the time"
    HTML = "200 with an HTML page"
    RESET = "the connection is reset before anything is done"

    LATENCY = "the answer comes after `seconds`, or as soon as the faults are cleared"
    TRUNCATED = "the connection ends before Content-Length is reached"
    BROKEN_JSON = "half of the JSON text, with a fitting Content-Length"
    ANSWER_LOST = "the request is carried out, then the connection is reset"

    EMPTY_LIST = "the list has no rows"
    HALF_LIST = "half of the rows, and the count agrees"
    SHORT_PAGE = "the page lacks its last row, the count does not"
    LOOPING_PAGE = "each page holds the rows of the first"
    DUPLICATE_ROWS = "the last row of the page is its first again"
    ROW_REMOVED = "before each further page the first row of the list goes: rows are skipped"
    ROW_INSERTED = "before each further page a row is put in front: rows repeat"
    MISSING_ID = "the first row of the page has no id"
    MISSING_NAME = "the first row of the page has no name"
    WRONG_TYPE = "the id of the first row is text instead of a number, or a number instead of text"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong.

    Args:
        kind: what.
        path: the whole path, "/halo/api/Client", in any case; or how it begins, "/halo/api/*".
        page: only this page of a list, counted from 1 for every vendor; None: any.
        times: only the first so many requests that it fits; None: until it is cleared.
        seconds: how long `LATENCY` takes, or how far `WRONG_CLOCK` is ahead; below 0 it is behind.
        retry_after: the header of `RATE_LIMITED`.
        share: of the requests that it fits, how many it hits: 0.15 for 15 of 100, drawn from `seed`.
        seed: which ones are hit is the same for the same seed and order of requests.
        method: only requests of this kind, "POST"; "": any.
    """

    kind: FaultKind
    path: str
    page: int | None = None
    times: int | None = None
    seconds: float = 0.0
    retry_after: str | None = None
    share: float = 1.0
    seed: int = 0
    method: str = ""

    def fits(self, path: str, page: int, method: str) -> bool:
        """Say whether a request is meant."""
        wanted, asked = self.path.lower(), path.lower()
        same_path = asked.startswith(wanted[:-1]) if wanted.endswith("*") else asked == wanted
        return same_path and self.page in (None, page) and self.method in ("", method)


class FaultBook:
    """The faults that are set, and how often each was applied. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: list[Fault] = []
        self._applied: Counter[Fault] = Counter()
        self._chances: dict[Fault, Random] = {}
        self._cleared: Future[None] = Future()

    @property
    def cleared(self) -> Future[None]:
        """Return what is done as soon as the faults that are set now have been cleared."""
        return self._cleared

    def add(self, fault: Fault) -> None:
        """Set a fault; setting an equal one again starts its `times` and its chances anew."""
        with self._lock:
            self._faults = [*(other for other in self._faults if other != fault), fault]
            self._applied[fault] = 0
            self._chances[fault] = Random(fault.seed)  # noqa: S311 - repeatable, not secret

    def clear(self) -> None:
        """Let everything go right again."""
        with self._lock:
            self._faults = []
            cleared, self._cleared = self._cleared, Future()
        cleared.set_result(None)

    def applied(self, fault: Fault) -> int:
        """Return how often a fault was applied since it was set."""
        return self._applied[fault]

    def take(self, path: str, page: int, method: str = "GET") -> list[Fault]:
        """Return the faults of this request, in the order in which they were set, and count them as applied."""
        with self._lock:
            taken = [fault for fault in self._faults if fault.fits(path, page, method) and self._hits(fault)]
            self._applied.update(taken)
            return taken

    def _hits(self, fault: Fault) -> bool:
        """Say whether a fault is due, which uses a chance of it up."""
        is_left = fault.times is None or self._applied[fault] < fault.times
        return is_left and (fault.share >= 1 or self._chances[fault].random() < fault.share)


def kinds(faults: Iterable[Fault]) -> frozenset[FaultKind]:
    """Return which kinds there are."""
    return frozenset(fault.kind for fault in faults)
