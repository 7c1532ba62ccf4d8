"""The running app's backups: one a day by itself, and whenever the command line asks, which cannot have the file."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from billingbot import __version__
from billingbot.bootstrap.asked_work import AskedWork, Request, Work
from billingbot.bootstrap.backup_folder import claim, daily_backups_in, made_at, new_daily_path, new_path, thin_out
from billingbot.bootstrap.clock import now as usual_now
from billingbot.config import Settings
from billingbot.errors import BackupUnfit, BillingBotError, ConfigError
from billingbot.store import Engine
from billingbot.store.backup import make_backup, read_backup
from billingbot.store.doctor import examine_engine, space_left
from billingbot.store.table_copy import Seen

log = logging.getLogger(__name__)
_EVERY = timedelta(hours=24)
_AGAIN = timedelta(hours=1)
_FIRST = timedelta(minutes=1)
_SECONDS = 1.0


class Backups:
    """Makes what is due or asked for, until it is stopped.

    Args:
        engine: returns the database of the app; while it raises a `BillingBotError`, there is nothing to back up.
        settings: returns where the database and its backups are; while it raises a `ConfigError`, nobody knows.
        now: the clock.
        seconds: how long it sleeps.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        settings: Callable[[], Settings],
        now: Callable[[], datetime] = usual_now,
        seconds: float = _SECONDS,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._now = now
        self._seconds = seconds
        self._not_before = now() + _FIRST
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="backups", daemon=True)
        self.problem = ""
        """Why the last daily backup failed; "" when it did not."""

    def start(self) -> None:
        """Look every second from now on."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the backup that is being made. The app may be closed afterwards."""
        self._stopped.set()
        self._thread.join()

    def look(self) -> None:
        """Do what is asked for or due now. What fails is answered or logged, and tried again later."""
        try:
            settings = self._settings()
        except ConfigError:
            return  # the pages say so
        asked = AskedWork(settings.backups, settings.database, self._now)
        for request in asked.taken():
            self._carry_out(request, asked, settings)
        # A database on a server has backups of its own, and several processes, each of which would make one.
        if not settings.database_url and self._now() >= self._not_before:
            self._back_up_if_due(settings)

    def _run(self) -> None:
        """Be the thread: its outermost boundary, so that no failure ends the backups."""
        while not self._stopped.is_set():
            try:
                self.look()
            except Exception:
                log.exception("backups failed; they are looked at again in %s seconds", self._seconds)
            self._stopped.wait(self._seconds)

    def _back_up_if_due(self, settings: Settings) -> None:
        now, folder, database = self._now(), settings.backups, settings.database
        try:
            claim(folder, database)
            made_before = [made for made in map(made_at, daily_backups_in(folder, database)) if made <= now]
            if made_before and now - made_before[-1] < _EVERY:
                self.problem, self._not_before = "", made_before[-1] + _EVERY
                return
            made = make_backup(self._engine(), new_daily_path(folder, database, now), now, __version__)
            _require_whole(made.path)
            removed = thin_out(folder, database, now)
            log.info("backup %s made: %s rows; removed: %s", made.path, made.rows, len(removed))
            self.problem, self._not_before = "", now + _EVERY
        except (BillingBotError, OSError) as error:
            self.problem, self._not_before = f"The daily backup failed. {error}", now + _AGAIN
            log.warning("the daily backup failed, and is tried again in an hour: %s", error)

    def _carry_out(self, request: Request, asked: AskedWork, settings: Settings) -> None:
        def seen(table: str, number: int, total: int) -> None:
            asked.answer(request, "running", f"{number} of {total}: {table}")

        try:
            asked.answer(request, "running", "begun")
            asked.answer(request, "done", self._done(request.work, settings, seen))
        except BillingBotError as error:
            asked.answer(request, "failed", str(error))
        except Exception:
            with suppress(OSError):
                asked.answer(request, "failed", "It failed; the log of the running BillingBot says why.")
            raise

    def _done(self, work: Work, settings: Settings, seen: Seen) -> dict[str, object]:
        if work is Work.DOCTOR:
            findings = examine_engine(self._engine())
            if not settings.database_url:
                findings.insert(0, space_left(settings.database.parent))
            return {"findings": [asdict(finding) for finding in findings]}
        path = new_path(settings.backups, settings.database, self._now())
        return {"path": str(make_backup(self._engine(), path, self._now(), __version__, seen).path.resolve())}


def _require_whole(path: Path) -> None:
    """Read a backup under its own name, before any older one is removed; raise `BackupUnfit` and leave none."""
    try:
        read_backup(path)
    except BackupUnfit:
        path.unlink(missing_ok=True)
        raise
