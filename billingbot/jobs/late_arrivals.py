"""Invoices of tries that counted as failed, and arrived after all: HaloPSA may work long on what nobody waits for."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from billingbot.domain.ledger import LedgerEntry, SendLease, SentState
from billingbot.domain.plan import PlanAction
from billingbot.domain.target import Target
from billingbot.errors import NotFound
from billingbot.jobs.outside import Outside
from billingbot.jobs.settle_entry import record_sent
from billingbot.ports import Halo, LedgerStore


def late_arrival(halo: Halo, entries: Sequence[LedgerEntry]) -> tuple[LedgerEntry, Target] | None:
    """Return a try to create that failed, and its invoice, when that is there and not voided. Raises `UpstreamError`.

    Args:
        halo: where to look.
        entries: all of a client and month.
    """
    for entry in entries:
        if entry.state is SentState.FAILED and entry.action is PlanAction.CREATE:
            found = halo.invoice_referred(entry.client_id, entry.reference)
            if found is not None and not found.voided:
                return entry, found
    return None


def adopt(
    store: LedgerStore, lease: SendLease, entry: LedgerEntry, target: Target, newest: int, outside: Outside
) -> LedgerEntry:
    """Write down, as a sending of its own, that the invoice of a failed try is there; return that.

    Args:
        store: the ledger.
        lease: the right to send.
        entry: of the try.
        target: its invoice.
        newest: the newest revision of client and month.
        outside: time.
    """
    late = replace(
        entry,
        entry_id=uuid4().hex,
        revision=newest + 1,
        state=SentState.SENDING,
        started_at=outside.now(),
        ended_at=None,
        error="",
    )
    store.begin_entry(late, lease)
    return record_sent(store, lease, late, None, target, outside.now)


def stands(halo: Halo, entries: Sequence[LedgerEntry]) -> LedgerEntry | None:
    """Return what was sent for a client and month last, while its invoice is there and not voided."""
    for entry in entries:
        if entry.state is SentState.SENT and entry.invoice_id is not None:
            try:
                target = halo.target(entry.kind, entry.invoice_id)
            except NotFound:
                return None
            return None if target.voided else entry
    return None
