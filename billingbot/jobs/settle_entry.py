"""Finds out what became of a ledger entry whose end is not known: HaloPSA is read before anything is sent again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from billingbot.domain.ledger import LedgerEntry, SendLease, SentState
from billingbot.domain.plan import PlanAction
from billingbot.domain.target import Target
from billingbot.errors import NotFound
from billingbot.jobs.compare_target import differences, has_arrived
from billingbot.jobs.outside import Outside
from billingbot.ports import Halo, LedgerStore


def look_up(halo: Halo, entry: LedgerEntry) -> Target | None:
    """Return what the entry wrote, as HaloPSA has it now; None when it has not arrived. Raises `UpstreamError`.

    A created invoice is found by its unique reference, lines on an existing one by their keys.
    """
    if entry.action is PlanAction.CREATE:
        return halo.invoice_referred(entry.client_id, entry.reference)
    if entry.invoice_id is None:
        return None
    try:
        target = halo.target(entry.kind, entry.invoice_id)
    except NotFound:
        return None
    return target if has_arrived(entry, target) else None


def settle(store: LedgerStore, halo: Halo, lease: SendLease, entry: LedgerEntry, outside: Outside) -> LedgerEntry:
    """Look the entry up, write down how it ended, and return it so: `sent`, or `failed` when it has not arrived.

    A fresh one that has not arrived is looked up again when `outside.settle_seconds` have passed since it was written:
    HaloPSA may still be working on a request whose sender died. Raises `UpstreamError`, and the entry stays as it is.
    """
    target = look_up(halo, entry)
    fresh = outside.settle_seconds - (outside.now() - entry.started_at).total_seconds()
    if target is None and fresh > 0:
        outside.pause(fresh)
        target = look_up(halo, entry)
    if target is None:
        error = "HaloPSA's answer was lost, and nothing had arrived when it was looked up."
        now = outside.now()
        store.end_entry(entry.entry_id, lease, SentState.FAILED, now, error=error)
        return replace(entry, state=SentState.FAILED, ended_at=now, error=error)
    return record_sent(store, lease, entry, None, target, outside.now)


def record_sent(
    store: LedgerStore,
    lease: SendLease,
    entry: LedgerEntry,
    before: Target | None,
    after: Target,
    now: Callable[[], datetime],
) -> LedgerEntry:
    """Write down that the entry is in HaloPSA, and how that differs from what was sent; return it so."""
    found = differences(entry.lines, entry.currency, before, after)
    invoice = after.number or entry.invoice
    store.end_entry(
        entry.entry_id,
        lease,
        SentState.SENT,
        now(),
        invoice_id=after.invoice_id,
        invoice=invoice,
        differences=found,
    )
    return replace(
        entry,
        state=SentState.SENT,
        ended_at=now(),
        invoice_id=after.invoice_id,
        invoice=invoice,
        differences=found,
        error="",
    )
