"""The thread that a refresh runs in."""

import logging
from threading import Thread

from billingbot.bootstrap.clock import now
from billingbot.bootstrap.vendor import HALO
from billingbot.domain.refresh import Missing, RefreshRun
from billingbot.errors import BillingBotError, UpstreamError
from billingbot.jobs.refresh_clients import Sources, fail_run, refresh_clients
from billingbot.logs import under
from billingbot.ports import Store

log = logging.getLogger(__name__)


def start_refresh_thread(store: Store, run: RefreshRun, sources: Sources, approved: Missing | None) -> None:
    """Carry out a started run in the background; how it ends stands in the database."""
    Thread(
        target=_carry_out_under_its_id, args=(store, run, sources, approved), name=f"refresh {run.run_id}", daemon=True
    ).start()


def _carry_out_under_its_id(store: Store, run: RefreshRun, sources: Sources, approved: Missing | None) -> None:
    with under(run.run_id, actor=run.actor):
        _carry_out(store, run, sources, approved)


def _carry_out(store: Store, run: RefreshRun, sources: Sources, approved: Missing | None) -> None:
    """Be the thread of a run: its outermost boundary, so that no run ends without saying so."""
    try:
        summary = refresh_clients(store, run, sources, approved)
        for vendor in (HALO, run.integration):
            store.record_check(vendor, "", now())
        log.info("refresh %s of %s succeeded: %s", run.run_id, run.integration, summary)
    except BillingBotError as error:
        log.warning("refresh %s of %s ended: %s", run.run_id, run.integration, error)
        if isinstance(error, UpstreamError):
            failed = run.integration if error.source == sources.distributor.name else HALO
            store.record_check(failed, str(error), now())
    except Exception:
        log.exception("refresh %s of %s failed", run.run_id, run.integration)
        reason = f"Something went wrong inside BillingBot; the log has the details under {run.run_id}."
        fail_run(store, run, reason, now())
