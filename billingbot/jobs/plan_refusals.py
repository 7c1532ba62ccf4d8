"""Why a client's charges cannot be sent: each reason with what to do about it."""

from billingbot.domain.ledger import OPEN, LedgerEntry
from billingbot.domain.target import Target, TargetKind
from billingbot.jobs.plan_knowledge import Known, target_name
from billingbot.jobs.wanted_invoice import WantedInvoice


def refusal(
    known: Known,
    wanted: WantedInvoice,
    entry: LedgerEntry | None,
    kind: TargetKind,
    target: Target | None,
    *,
    takes_back: bool,
) -> str:
    """Return why nothing can be planned, whatever the invoice holds; "" when it can.

    Args:
        known: see `Known`.
        wanted: for the client.
        entry: the newest of the ledger for client and period that is not failed.
        kind: of what the charges would go to.
        target: that, if it is there.
        takes_back: whether it holds lines of ours, or the ledger says that it did: they go when none are wanted.
    """
    client = wanted.billing.client
    if entry is not None and entry.state in OPEN:
        return "It is not known yet whether an earlier sending arrived. Plan again when nothing is being sent."
    if client.client_id in known.twice:
        return known.twice[client.client_id]
    if client.gone:
        return "The client is gone in HaloPSA."
    if wanted.billing.settings.excluded and not takes_back:
        return "Do Not Invoice is on."
    if not wanted.lines and not takes_back:
        return "No charge is left to bill."
    waiting = sorted({row.line.product for row in wanted.lines if row.open})
    if waiting:
        more = f" and {len(waiting) - 2} more" if len(waiting) > 2 else ""
        return f"No HaloPSA item for {', '.join(waiting[:2])}{more}. Map it on the Products page."
    if len(wanted.currencies) > 1:
        return f"Charges in {' and '.join(wanted.currencies)}: an invoice has one currency."
    return _target_refusal(known, wanted, kind, target) if target else ""


def _target_refusal(known: Known, wanted: WantedInvoice, kind: TargetKind, target: Target) -> str:
    """Return why the target that is there cannot be the client's, or cannot take this month."""
    if target.client_id != wanted.billing.client.client_id:
        return f"{target_name(target)} belongs to another client now."
    if wanted.currencies and target.currency and wanted.currencies != [target.currency]:
        return f"{target_name(target)} is in {target.currency}, the charges are in {wanted.currencies[0]}."
    newest = known.newest_periods.get(target.invoice_id) if kind is TargetKind.RECURRING else None
    if newest is not None and newest > known.period:
        return f"The charges of {newest}, a later month, are on {target_name(target)} already."
    return ""
