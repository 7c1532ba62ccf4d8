"""Plans what HaloPSA gets of a month's charges, client by client, and freezes that under a hash. Nothing is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from billingbot.domain.access import Permission
from billingbot.domain.caps import Caps
from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import LedgerEntry, SentState
from billingbot.domain.period import Period
from billingbot.domain.plan import Plan
from billingbot.domain.target import Target, TargetKind
from billingbot.jobs.left_behind import recurring_invoices
from billingbot.jobs.outside import Outside
from billingbot.jobs.plan_invoice import plan_invoice
from billingbot.jobs.plan_knowledge import Known
from billingbot.jobs.plan_text import frozen
from billingbot.jobs.sent_elsewhere import sent_elsewhere
from billingbot.jobs.settle_month import settle_month, unsettled
from billingbot.jobs.wanted_invoice import WantedInvoice
from billingbot.jobs.wanted_invoices import wanted_invoices
from billingbot.ports import Halo, Store


@dataclass(frozen=True, slots=True)
class Month:
    """An integration and a period, whose charges are planned."""

    integration: str
    period: Period


def plan_charges(
    store: Store,
    halo: Halo,
    month: Month,
    client_ids: Collection[int],
    actor: str,
    outside: Outside,
    caps: Caps | None = None,
) -> Plan:
    """Return the plan for these clients, and keep it.

    Clients without charges are left out, unless something was sent for them, now or before: that may have to be taken
    back. What an earlier sending left open is looked up in HaloPSA first, which may take `outside.settle_seconds`.

    Raises:
        AccessRefused: whoever asked may not plan.
        NotFound: no such integration, or its charges were never fetched.
        UpstreamError: HaloPSA cannot be read.
        SendingStopped: looking up took so long that somebody else took over.
    """
    store.require(Permission.OPERATE)
    integration, before = store.integration(month.integration), store.sent_before(month.integration, month.period)
    revisions, entries = _ledger(store, month)
    twice: dict[int, str] = {}
    if tried := unsettled(client_ids, revisions, entries):
        twice = settle_month(store, halo, (month.integration, month.period), tried, entries, outside)
        # Behind an entry that failed there may be an older one that was sent.
        revisions, entries = _ledger(store, month)
    wanted = {
        client_id: row
        for client_id, row in wanted_invoices(store, month.integration, month.period, client_ids).items()
        if client_id in entries or client_id in before or _has_charges(row)
    }
    elsewhere = sent_elsewhere(store, _billed(wanted), entries)
    concerned = [entry for client_id, entry in entries.items() if client_id in wanted]
    concerned += [entry for others in elsewhere.values() for entry in others]
    recurring = store.recurring_sent_before(month.integration, month.period)
    targets = _read_targets(halo, wanted, concerned, recurring)
    known = Known(
        integration=integration,
        period=month.period,
        entries=entries,
        revisions=revisions,
        targets=targets,
        before=before,
        elsewhere=elsewhere,
        recurring_before=recurring,
        twice=twice,
        newest_periods=_newest_periods(store, month.integration, targets),
        final=_is_final(store, month),
        caps=caps or Caps(),
    )
    invoices = [plan_invoice(known, row) for row in wanted.values()]
    plan, kept = frozen(month.integration, month.period, invoices, actor, outside.now())
    store.keep_plan(kept)
    return plan


def _ledger(store: Store, month: Month) -> tuple[dict[int, int], dict[int, LedgerEntry]]:
    """Return the newest revision, and the newest entry that is not failed, of each client."""
    # In this order: what is sent while this is planned must be newer than what the plan says it knows.
    revisions = store.newest_revisions(month.integration, month.period)
    return revisions, store.newest_entries(month.integration, month.period)


def _has_charges(wanted: WantedInvoice) -> bool:
    return bool(wanted.lines or wanted.dropped or wanted.billing.problems)


def _billed(wanted: Mapping[int, WantedInvoice]) -> dict[str, int]:
    """Return by charge the client that is billed it now."""
    return {
        charge.charge_id: client_id
        for client_id, row in wanted.items()
        for line in row.lines
        for charge in line.line.members
    }


def _read_targets(
    halo: Halo,
    wanted: Mapping[int, WantedInvoice],
    entries: Collection[LedgerEntry],
    before: Mapping[int, Collection[int]],
) -> dict[tuple[TargetKind, int], Target]:
    """Read whatever invoice holds charges or may: where they were sent before, and where the settings point."""
    ids: dict[TargetKind, set[int]] = {kind: set() for kind in TargetKind}
    for entry in entries:
        if entry.state is SentState.SENT and entry.invoice_id is not None:
            ids[entry.kind].add(entry.invoice_id)
    for client_id, row in wanted.items():
        ids[TargetKind.RECURRING] |= recurring_invoices(row, before.get(client_id, ()))
        recurring = row.assignment is Assignment.RECURRING
        # A recurring invoice goes on billing what is not taken back.
        if row.target_id is not None and (row.lines or recurring):
            ids[TargetKind.RECURRING if recurring else TargetKind.INVOICE].add(row.target_id)
    return {
        (kind, invoice_id): target
        for kind, wanted_ids in ids.items()
        if wanted_ids
        for invoice_id, target in halo.targets(kind, wanted_ids).items()
    }


def _newest_periods(store: Store, integration: str, targets: Collection[tuple[TargetKind, int]]) -> dict[int, Period]:
    """Return the newest period that was sent to each recurring invoice."""
    found = {}
    for kind, invoice_id in targets:
        if kind is TargetKind.RECURRING:
            newest = store.newest_period_sent_to(integration, kind, invoice_id)
            if newest is not None:
                found[invoice_id] = newest
    return found


def _is_final(store: Store, month: Month) -> bool:
    snapshot = store.charge_snapshot(month.integration, month.period)
    return snapshot is not None and snapshot.final
