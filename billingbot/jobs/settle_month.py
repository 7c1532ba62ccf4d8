"""Looks up in HaloPSA what is not settled of a month, before it is planned."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from billingbot.domain.ledger import OPEN, LedgerEntry, SendLease
from billingbot.domain.period import Period
from billingbot.errors import SendingRunning, UpstreamRejected, UpstreamSchemaError
from billingbot.jobs.late_arrivals import adopt, late_arrival, stands
from billingbot.jobs.outside import Outside
from billingbot.jobs.plan_knowledge import target_name
from billingbot.jobs.settle_entry import settle
from billingbot.ports import Halo, LedgerStore

_LEASE = timedelta(seconds=60)


def unsettled(
    client_ids: Collection[int], revisions: Mapping[int, int], entries: Mapping[int, LedgerEntry]
) -> list[int]:
    """Return the clients with something to look up: what was left open, or a try that failed and may arrive late.

    Args:
        client_ids: of whom.
        revisions: by client id, the newest revision, failed ones included.
        entries: by client id, the newest entry that is not failed.
    """
    return [
        client_id
        for client_id in client_ids
        if revisions.get(client_id, 0) > 1
        or (client_id in revisions and client_id not in entries)
        or (client_id in entries and entries[client_id].state in OPEN)
    ]


def settle_month(
    store: LedgerStore,
    halo: Halo,
    month: tuple[str, Period],
    client_ids: Collection[int],
    entries: Mapping[int, LedgerEntry],
    outside: Outside,
) -> dict[int, str]:
    """Look up what is not settled of these clients.

    Return a sentence for each client of whom a late invoice is there besides the one that was sent. While somebody is
    sending, everything stays as it is: the plan refuses the clients that are open.

    Args:
        store: the ledger.
        halo: where to look.
        month: an integration's key, and the period.
        client_ids: of the clients, see `unsettled`.
        entries: by client id, the newest entry that is not failed.
        outside: time.

    Raises `UpstreamError` when HaloPSA cannot be reached, `SendingStopped`.
    """
    try:
        lease = store.take_send_lease(month[0], uuid4().hex, _LEASE)
    except SendingRunning:
        return {}
    twice = {}
    try:
        for client_id in client_ids:
            store.extend_send_lease(lease, _LEASE)
            # What HaloPSA says oddly of one client must not keep the others from being planned: it stays open.
            with suppress(UpstreamRejected, UpstreamSchemaError):
                if client_id in entries and entries[client_id].state in OPEN:
                    settle(store, halo, lease, entries[client_id], outside)
                if sentence := _late(store, halo, lease, month, client_id, outside):
                    twice[client_id] = sentence
    finally:
        store.release_send_lease(lease)
    return twice


def _late(
    store: LedgerStore, halo: Halo, lease: SendLease, month: tuple[str, Period], client_id: int, outside: Outside
) -> str:
    """Write down what arrived late; return a sentence when something else was sent since, so that both are there."""
    entries = store.ledger(*month, client_id)
    found = late_arrival(halo, entries)
    if found is None or any(entry.state in OPEN for entry in entries):
        return ""
    entry, target = found
    standing = stands(halo, entries)
    if standing is None:
        adopt(store, lease, entry, target, entries[0].revision, outside)
        return ""
    if standing.invoice_id == target.invoice_id:
        return ""
    other = standing.invoice or "another invoice"
    sentence = f"{target_name(target)} of an earlier try arrived late, and {other} bills the same."
    return f"{sentence} Void one of them in HaloPSA, and plan again."
