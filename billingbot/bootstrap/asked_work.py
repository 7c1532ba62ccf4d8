"""What the command line asks of the running app, which alone can have the database file: by files in a folder.

`billingbot.request-<id>.json` asks, `billingbot.answer-<id>.json` says how far it is and how it ended. A request that
nobody takes within a minute is void, so that nothing happens later that nobody waits for.
"""

import json
import logging
import stat
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from billingbot.bootstrap.clock import now
from billingbot.errors import StoreBusy, StoreError

log = logging.getLogger(__name__)
VALID = timedelta(seconds=60)
_TAKEN_WITHIN = 15.0
_SILENT_FOR = 120.0
_LOOK = 0.1
_LARGEST = 10_000
Told = Callable[[str], None]
"""Hears how far it is, in words."""


class Work(StrEnum):
    """What can be asked."""

    BACKUP = "backup"
    DOCTOR = "doctor"


@dataclass(frozen=True, slots=True)
class Request:
    """One request, whose file is gone: whoever has it carries it out, or nobody does."""

    request_id: str
    work: Work


class AskedWork:
    """The requests and answers about one database.

    Args:
        folder: where they are; whoever may write there may ask.
        database: the database file, whose name they carry.
        clock: the clock.
    """

    def __init__(self, folder: Path, database: Path, clock: Callable[[], datetime] = now) -> None:
        self._folder = folder
        self._stem = database.stem
        self._database = str(database.resolve())
        self._clock = clock

    def taken(self) -> Iterator[Request]:
        """Yield the requests that are valid, each to one taker only. Void and damaged ones are removed.

        What is no small file is left alone: it is nobody's request, and to read it might take for ever.
        """
        for file in filter(_is_small_file, sorted(self._folder.glob(f"{self._stem}.request-*.json"))):
            try:
                content = json.loads(file.read_text(encoding="utf-8"))
                if content.get("database", self._database) != self._database:
                    continue  # of the same name, elsewhere: its own app takes it
                file.unlink()
                asked_at, work = datetime.fromisoformat(content["asked_at"]), Work(content["work"])
                if abs(self._clock() - asked_at) > VALID:
                    log.warning("a request from %s was not carried out: it is too old", content["asked_at"])
                    continue
            except FileNotFoundError:
                continue  # withdrawn, or another process was faster
            except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                log.warning("%s is no request: %s", file, error)
                with suppress(OSError):
                    file.unlink()
                continue
            yield Request(file.stem.partition(".request-")[2], work)

    def answer(self, request: Request, state: str, content: object) -> None:
        """Say how far it is (`running`) or how it ended (`done`, `failed`). Raises `OSError`."""
        self._write(self._answer(request.request_id), {"state": state, "content": content})

    def ask(
        self, work: Work, told: Told, taken_within: float = _TAKEN_WITHIN, silent_for: float = _SILENT_FOR
    ) -> Mapping[str, Any]:
        """Ask the app that runs, wait for it and return what it answers.

        Raises `StoreBusy` when nobody takes the request, which is withdrawn then; `StoreError` when it fails.
        """
        request_id = uuid.uuid4().hex
        request, answer = self._folder / f"{self._stem}.request-{request_id}.json", self._answer(request_id)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(
                request, {"work": work.value, "asked_at": self._clock().isoformat(), "database": self._database}
            )
        except OSError as error:
            raise StoreError(f"The running BillingBot cannot be asked: {self._folder}: {error.strerror}.") from error
        try:
            return self._wait(request, answer, told, taken_within, silent_for)
        finally:
            request.unlink(missing_ok=True)
            answer.unlink(missing_ok=True)

    def _wait(
        self, request: Path, answer: Path, told: Told, taken_within: float, silent_for: float
    ) -> Mapping[str, Any]:
        heard: Mapping[str, Any] = {}
        heard_at = time.monotonic()
        while time.monotonic() - heard_at < (silent_for if heard or not request.exists() else taken_within):
            found = self._read(answer)
            if found != heard and found:
                heard, heard_at = found, time.monotonic()
                if heard["state"] == "done":
                    return dict(heard["content"])
                if heard["state"] == "failed":
                    raise StoreError(str(heard["content"]))
                told(str(heard["content"]))
            time.sleep(_LOOK)
        if request.exists():
            raise StoreBusy(
                "Another process has the database and does not answer: it is not the app, or runs with another "
                "BILLINGBOT_BACKUPS. The request was withdrawn. End that process, or ask on its machine as its user."
            )
        raise StoreError("The running BillingBot has begun and does not answer any more; its log says why.")

    def _answer(self, request_id: str) -> Path:
        return self._folder / f"{self._stem}.answer-{request_id}.json"

    @staticmethod
    def _write(path: Path, content: object) -> None:
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(json.dumps(content), encoding="utf-8")
        beside.replace(path)

    @staticmethod
    def _read(path: Path) -> Mapping[str, Any]:
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return {}


def _is_small_file(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST
