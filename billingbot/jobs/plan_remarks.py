"""What a person should read, or agree to, before a client's invoice is sent."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from billingbot.billing.rounding import rounded
from billingbot.domain.caps import Caps
from billingbot.domain.ledger import LedgerEntry
from billingbot.domain.plan import PlannedInvoice
from billingbot.domain.target import Target
from billingbot.jobs.wanted_invoice import WantedInvoice

NOT_FINAL = "The distributor may still change the charges of this month."
"""The note of a month whose charges are not final."""

_NAMED = 3


def asks(
    planned: PlannedInvoice, caps: Caps, before: Decimal | None, changed_by_hand: Sequence[str], lost: Sequence[str]
) -> tuple[str, ...]:
    """Return what has to be agreed to, a sentence each.

    Args:
        planned: the invoice.
        caps: above which to ask.
        before: what was sent for the last month before that anything was sent for, None when there is none.
        changed_by_hand: our lines that somebody changed or removed in HaloPSA since they were sent, by description.
        lost: products of charges that were sent, and that are neither billed now nor dropped by a rule.
    """
    sentences = []
    total, currency = planned.total, planned.currency
    if len(planned.lines) > caps.lines:
        sentences.append(f"{len(planned.lines):,} lines are more than {caps.lines:,}.")
    if total > caps.amount:
        sentences.append(f"{total:,} {currency} is more than {caps.amount:,} {currency}.")
    if not any(line.price or line.quantity for line in planned.lines):
        sentences.append("Everything that was sent is taken back.")
    elif lost:
        sentences.append(f"What was sent of this is taken back, though no rule drops it: {_named(lost)}.")
    if total < 0:
        sentences.append(f"The total is a credit: {total:,} {currency}.")
    if before is not None and total - before > caps.change and total > caps.ratio * before:
        earlier = f"the {rounded(before, currency):,} of the last month that was sent before"
        sentences.append(f"{total:,} {currency} is more than {caps.ratio} times {earlier}.")
    if changed_by_hand:
        names = _named(changed_by_hand)
        sentences.append(f"Somebody changed this in HaloPSA since it was sent, and it would be overwritten: {names}.")
    return tuple(sentences)


def notes(wanted: WantedInvoice, entry: LedgerEntry | None, target: Target | None, *, final: bool) -> tuple[str, ...]:
    """Return what is worth reading, a sentence each.

    Args:
        wanted: for the client.
        entry: the newest of the ledger for client and period, if there is one.
        target: where the charges go, if it is there already.
        final: whether the distributor does not change the charges any more.
    """
    sentences = []
    for obstacle, count in sorted(Counter(row.obstacle for row in wanted.billing.problems).items()):
        charges = "1 charge is" if count == 1 else f"{count:,} charges are"
        sentences.append(f"{charges} not billed. {obstacle}.")
    if not final:
        sentences.append(NOT_FINAL)
    if entry is not None and entry.invoice_id is not None:
        invoice = entry.invoice or f"{entry.kind} {entry.invoice_id}"
        if target is None or target.voided or (target.kind, target.invoice_id) != (entry.kind, entry.invoice_id):
            sentences.append(f"It was sent to {invoice}, which is voided or gone in HaloPSA now.")
        elif target.invoice_id not in (None, wanted.target_id):
            sentences.append(f"It was sent to {invoice} before, and stays there.")
    to_create = sorted({row.line.product for row in wanted.lines if row.item is None and not row.open})
    if to_create:
        sentences.append(f"Items are created in HaloPSA first: {_named(to_create)}.")
    return tuple(sentences)


def _named(names: Sequence[str]) -> str:
    """Return a few of the names, and how many there are besides."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
