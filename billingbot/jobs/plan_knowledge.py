"""What planning a client's invoice rests on, besides what is wanted for the client."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billingbot.domain.caps import Caps
from billingbot.domain.integration import Integration
from billingbot.domain.ledger import LedgerEntry
from billingbot.domain.period import Period
from billingbot.domain.target import Target, TargetKind
from billingbot.jobs.sent_elsewhere import still_holds
from billingbot.jobs.wanted_invoice import WantedLine


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a month and of HaloPSA when it is planned.

    Args:
        integration: whose charges.
        period: the month.
        entries: by client id, the newest of the ledger that is not failed.
        revisions: by client id, the newest revision, failed ones included.
        targets: the invoices that HaloPSA has.
        before: by client id, what was sent for the last month before that anything was sent for.
        elsewhere: by charge id, the entries of other clients that it was sent with.
        recurring_before: by client id, the recurring invoices that still hold lines of earlier periods.
        newest_periods: by recurring invoice, the newest period that was sent to it.
        twice: by client id, that an earlier try arrived late beside what was sent, a sentence.
        final: whether the distributor does not change the charges any more.
        caps: above which to ask.
    """

    integration: Integration
    period: Period
    entries: Mapping[int, LedgerEntry]
    revisions: Mapping[int, int]
    targets: Mapping[tuple[TargetKind, int], Target]
    before: Mapping[int, Decimal]
    elsewhere: Mapping[str, Sequence[LedgerEntry]]
    recurring_before: Mapping[int, Collection[int]]
    newest_periods: Mapping[int, Period]
    twice: Mapping[int, str]
    final: bool
    caps: Caps

    def holder(self, line: WantedLine) -> LedgerEntry | None:
        """Return an entry of another client whose invoice still holds a charge of the line."""
        for charge in line.line.members:
            for entry in self.elsewhere.get(charge.charge_id, ()):
                target = self.targets.get((entry.kind, entry.invoice_id)) if entry.invoice_id is not None else None
                if still_holds(entry, target):
                    return entry
        return None


def target_name(target: Target) -> str:
    """Return how people call the invoice."""
    return target.number or f"{target.kind} {target.invoice_id}".capitalize()
