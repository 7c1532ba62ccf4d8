"""Charges that were sent for another client than the one that is billed them now: a company was moved meanwhile."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from billingbot.domain.ledger import OPEN, LedgerEntry, SentState
from billingbot.domain.plan import Plan
from billingbot.domain.target import Target
from billingbot.ports import LedgerStore


def sent_elsewhere(
    store: LedgerStore, billed: Mapping[str, int], entries: Mapping[int, LedgerEntry]
) -> dict[str, list[LedgerEntry]]:
    """Return by charge the entries of other clients that it may stand on.

    Args:
        store: the ledger.
        billed: by charge, the client that is billed it now.
        entries: of the month by client, the newest that is not failed.
    """
    found: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
    for client_id, newest in entries.items():
        for entry in _standing(store, newest):
            for sent in (member for line in entry.lines for member in line.members):
                if billed.get(sent.charge_id, client_id) != client_id:
                    found[sent.charge_id].append(entry)
    return dict(found)


def elsewhere_of(store: LedgerStore, plan: Plan) -> dict[int, list[LedgerEntry]]:
    """Return by client the entries of others that its charges may stand on, as the ledger is now."""
    billed = {
        member.charge_id: invoice.client_id
        for invoice in plan.invoices
        if invoice.writes
        for line in invoice.lines
        for member in line.members
    }
    by_client: defaultdict[int, dict[str, LedgerEntry]] = defaultdict(dict)
    elsewhere = sent_elsewhere(store, billed, store.newest_entries(plan.integration, plan.period))
    for charge_id, entries in elsewhere.items():
        by_client[billed[charge_id]] |= {entry.entry_id: entry for entry in entries}
    return {client_id: list(entries.values()) for client_id, entries in by_client.items()}


def still_holds(entry: LedgerEntry, target: Target | None) -> bool:
    """Say whether the entry's charges are in HaloPSA, or may be; `target` is its invoice, None when that is gone."""
    return entry.state in OPEN or (target is not None and not target.voided)


def _standing(store: LedgerStore, newest: LedgerEntry) -> Iterator[LedgerEntry]:
    """Yield what stands in HaloPSA or may: behind an entry that is open also those before, down to the last sent."""
    if newest.state not in OPEN:
        yield newest
        return
    for entry in store.ledger(newest.integration, newest.period, newest.client_id):
        if entry.state is not SentState.FAILED:
            yield entry
        if entry.state is SentState.SENT:
            return
