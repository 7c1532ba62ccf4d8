"""Refresh Clients: read both lists, compare, match names, and save everything in one transaction or nothing at all.

Decisions of operators are never overwritten or removed, and a pair that was deleted or rejected never comes back: what
is matched leaves them out, and the saving transaction looks once more.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

import pandas as pd

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import Missing, RefreshRun, RefreshState, Step, Summary, loses_too_much
from billingbot.errors import ApprovalNeeded, BillingBotError, NotFound, RefreshStopped
from billingbot.jobs.lease import LEASE, lease_kept
from billingbot.jobs.progress import Progress
from billingbot.jobs.read_list import read_list
from billingbot.matching import match
from billingbot.ports import Distributor, Fetched, Halo, RefreshStore


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the two lists come from, and the clocks: UTC time, and seconds that never jump."""

    halo: Halo
    distributor: Distributor
    now: Callable[[], datetime]
    monotonic: Callable[[], float]


def start_refresh(store: RefreshStore, integration: str, actor: str, run_id: str, now: datetime) -> RefreshRun:
    """Announce a run to every session and return it with its token.

    Raises `RefreshRunning` while another run of the integration is under way, `NotFound` for an unknown integration,
    `StoreFull` when there is too little space for the lists.
    """
    store.integration(integration)
    store.require_space()
    run = RefreshRun(run_id, integration, actor, RefreshState.RUNNING, started_at=now)
    return store.start_run(run, LEASE)


def approved_loss(store: RefreshStore, integration: str, run_id: str) -> Missing:
    """Return what a person approves by naming the run that asked for it.

    Raises `NotFound` when that is not the integration's newest run: the lists were looked at again since.
    """
    newest = store.latest_run(integration)
    if newest is None or newest.run_id != run_id or newest.missing is None:
        raise NotFound("There is no refresh of that name that waits for approval.")
    return newest.missing


def refresh_clients(store: RefreshStore, run: RefreshRun, sources: Sources, approved: Missing | None = None) -> Summary:
    """Carry out a started run and return what it changed.

    Args:
        store: the database.
        run: what `start_refresh` returned.
        sources: the two lists, and the clocks.
        approved: rows that a person agreed to see marked Gone.

    Raises:
        UpstreamError: a list could not be read completely; the run ends as failed.
        ApprovalNeeded: too many rows are missing; the run waits for approval.
        RefreshStopped: the run was cancelled, or lost its lease.
        StoreError: the database refused; the run ends as failed.

    Whatever is raised, nothing but the run's own row has changed.
    """
    with lease_kept(store, run):
        try:
            return _refresh(store, run, sources, approved)
        except (RefreshStopped, ApprovalNeeded):
            raise
        except BillingBotError as error:
            fail_run(store, run, str(error), sources.now())
            raise


def fail_run(store: RefreshStore, run: RefreshRun, error: str, now: datetime) -> None:
    """End a run as failed with the sentence to show; a run that had ended stays as it was."""
    try:
        store.end_run(replace(run, state=RefreshState.FAILED), now, error=error)
    except RefreshStopped:
        return


def _refresh(store: RefreshStore, run: RefreshRun, sources: Sources, approved: Missing | None) -> Summary:
    integration = store.integration(run.integration)
    known_clients, known_companies = store.present_client_ids(), store.present_company_ids(integration.key)
    progress = Progress(store, run, sources.monotonic)
    clients, gone_clients = read_list(
        sources.halo.clients, lambda client: client.client_id, known_clients, progress.start(Step.HALO_CLIENTS)
    )
    companies, gone_companies = read_list(
        sources.distributor.companies,
        lambda company: company.company_id,
        known_companies,
        progress.start(Step.COMPANIES),
    )
    fetched = Fetched(clients, companies, Missing(gone_clients, gone_companies))
    complaints = [
        *_complaint("HaloPSA", "clients", len(clients), known_clients, gone_clients),
        *_complaint(integration.name, "companies", len(companies), known_companies, gone_companies),
    ]
    if complaints and not (approved is not None and approved.covers(fetched.missing)):
        _ask_for_approval(store, run, " ".join(complaints), fetched.missing, sources.now())
    progress.start(Step.MATCHING)
    matches = _match(store, integration, fetched)
    progress.start(Step.SAVING)
    return store.apply_refresh(run, fetched, matches, sources.now())


def _complaint(
    source: str, what: str, fetched: int, known: Collection[object], missing: Collection[object]
) -> list[str]:
    """Return the sentence for the person who has to approve, or nothing when there is nothing to approve."""
    if not loses_too_much(known, missing, fetched):
        return []
    if fetched == 0:
        return [f"{source} lists no {what} at all; {len(known)} were known."]
    return [f"{source} lists {fetched} {what}, but {len(missing)} of the {len(known)} known ones are missing."]


def _ask_for_approval(store: RefreshStore, run: RefreshRun, message: str, missing: Missing, now: datetime) -> NoReturn:
    store.end_run(replace(run, state=RefreshState.NEEDS_APPROVAL), now, error=message, missing=missing)
    raise ApprovalNeeded(message)


def _match(store: RefreshStore, integration: Integration, fetched: Fetched) -> pd.DataFrame:
    return match(
        fetched.client_frame(),
        fetched.company_frame(),
        decided=store.decided_pairs(integration.key),
        rejected=store.rejected_pairs(integration.key),
        threshold=integration.threshold,
        guards=integration.guards,
    )
