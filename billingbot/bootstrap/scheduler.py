"""The app's own clock: it looks twice a minute whether the daily refresh of an integration is due, and starts it.

It also ends what a process left behind that is no more, so that nobody waits for it.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from billingbot.bootstrap.app import App
from billingbot.bootstrap.clock import now as usual_now
from billingbot.domain.integration import Integration
from billingbot.domain.schedule import time_zone
from billingbot.errors import BillingBotError, ConfigError, RefreshRunning
from billingbot.jobs.scheduled_refreshes import SCHEDULE, claim_due_refresh

log = logging.getLogger(__name__)
_SECONDS = 30.0


class Scheduler:
    """Starts what is due, until it is stopped. Several of them on one database start each refresh once.

    Args:
        opened: returns the app; while it raises a `BillingBotError`, nothing is due.
        now: the clock.
        seconds: how long it sleeps.
    """

    def __init__(
        self, opened: Callable[[], App], now: Callable[[], datetime] = usual_now, seconds: float = _SECONDS
    ) -> None:
        self._opened = opened
        self._now = now
        self._seconds = seconds
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="scheduler", daemon=True)

    def start(self) -> None:
        """Look now and then from now on."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is being started just now. The app may be closed afterwards."""
        self._stopped.set()
        self._thread.join()

    def start_due(self) -> list[str]:
        """Start every refresh that is due now, and return whose. What fails is logged, and stops no other."""
        try:
            app = self._opened()
            app.store.abandon_expired()
            integrations = app.store.integrations()
        except BillingBotError as error:
            log.warning("the schedule could not be read: %s", error)
            return []
        return [integration.key for integration in integrations if self._start_if_due(app, integration)]

    def _run(self) -> None:
        """Be the thread: its outermost boundary, so that no failure ends the schedule."""
        while not self._stopped.is_set():
            try:
                self.start_due()
            except Exception:
                log.exception("the schedule failed; it is looked at again in %s seconds", self._seconds)
            self._stopped.wait(self._seconds)

    def _start_if_due(self, app: App, integration: Integration) -> bool:
        key, now = integration.key, self._now()
        try:
            zone = time_zone(app.time_zone())
            if not claim_due_refresh(app.store, integration, zone, now):
                return False
            run = app.start_refresh(key, SCHEDULE)
            log.info("scheduled refresh %s of %s started", run.run_id, key)
        except RefreshRunning:
            return False  # somebody was a little earlier, and the lists are about to be as fresh as they can be
        except ConfigError as error:
            log.warning("the scheduled refresh of %s could not start: %s", key, error)
            app.store.record_check(key, f"The scheduled refresh could not start. {error}", now)
            return False
        except BillingBotError as error:
            log.warning("the scheduled refresh of %s could not start: %s", key, error)
            return False
        return True
