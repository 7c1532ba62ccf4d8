"""Lines that stay on a recurring invoice when a client's charges go elsewhere: HaloPSA goes on billing them."""

from collections.abc import Collection

from billingbot.domain.target import Target, TargetKind
from billingbot.jobs.compare_target import our_prefix
from billingbot.jobs.plan_knowledge import Known, target_name
from billingbot.jobs.wanted_invoice import WantedInvoice


def recurring_invoices(wanted: WantedInvoice, before: Collection[int] = ()) -> set[int]:
    """Return the recurring invoices on which a client may have lines: the picked one, and those of earlier periods."""
    picked = wanted.billing.client.settings.recurring_invoice_id
    return {*before} if picked is None else {*before, picked}


def left_behind(known: Known, wanted: WantedInvoice, place: Target | None) -> tuple[str, ...]:
    """Return a sentence for each recurring invoice that bills lines of ours, though the charges go to `place` now."""
    client_id = wanted.billing.client.client_id
    targets = [
        known.targets.get((TargetKind.RECURRING, invoice_id))
        for invoice_id in sorted(recurring_invoices(wanted, known.recurring_before.get(client_id, ())))
    ]
    return tuple(
        f"{target_name(target)} still has {_lines(known, target)} of earlier months, which HaloPSA goes on billing."
        f" Take them off there."
        for target in targets
        if target is not None and target.client_id == client_id and not _is(target, place) and _ours(known, target)
    )


def _is(target: Target, place: Target | None) -> bool:
    return place is not None and (place.kind, place.invoice_id) == (target.kind, target.invoice_id)


def _ours(known: Known, target: Target) -> Collection[str]:
    prefix = our_prefix(known.integration.key, TargetKind.RECURRING, str(known.period))
    return [line.key for line in target.lines if line.key.startswith(prefix) and line.quantity != 0]


def _lines(known: Known, target: Target) -> str:
    count = len(_ours(known, target))
    return "1 line" if count == 1 else f"{count:,} lines"
