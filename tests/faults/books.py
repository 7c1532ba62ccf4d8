"""What HaloPSA's own books hold of what was sent, read behind its API, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billingbot.domain.period import Period
from billingbot.domain.target import TargetKind
from billingbot.sandbox.server import Sandbox
from billingbot.sandbox.wire import Row
from tests.faults.billed_months import ITEM, KEY, Said


@dataclass(frozen=True)
class Books:
    """A client's invoices, as they were before anything was sent, and as they are."""

    client_id: int
    before: Mapping[tuple[TargetKind, int], Row]
    now: Mapping[tuple[TargetKind, int], Row]

    def created(self, month: Period) -> list[Row]:
        """Return the invoices with our reference for the month."""
        reference = f"BB-{KEY}-{month}-{self.client_id}-"
        return [row for row in self._new() if row["thirdpartyinvoicenumber"].startswith(reference)]

    def strangers(self, months: Iterable[Period]) -> list[Row]:
        """Return the new invoices that are of none of these months."""
        known = {row["id"] for month in months for row in self.created(month)}
        return [row for row in self._new() if row["id"] not in known]

    def touched(self, but: tuple[TargetKind, int] | None = None) -> list[tuple[TargetKind, int]]:
        """Return which invoices that were there are not as they were, but for one that charges are sent to."""
        return [place for place, row in self.before.items() if place != but and self.now.get(place) != row]

    def _new(self) -> list[Row]:
        return [row for place, row in self.now.items() if place not in self.before]


def open_books(sandbox: Sandbox, client_id: int, before: Books | None = None) -> Books:
    """Return the client's books as they are now, beside those of `before`."""
    control = sandbox.control
    now = {(TargetKind.INVOICE, row["id"]): row for row in control.invoice_rows(client_id)}
    now |= {(TargetKind.RECURRING, row["id"]): row for row in control.recurring_rows(client_id)}
    return Books(client_id, before.now if before else now, now)


def wrong_with_created(invoices: Sequence[Row], due: Mapping[str, Said]) -> list[str]:
    """Return what is wrong with the invoices that were created for a client and month: it should be one, as due."""
    if len(invoices) != 1:
        return ["missing" if not invoices else f"{len(invoices) - 1} duplicate"]
    [invoice] = invoices
    wrong = _wrong_lines(invoice["lines"], due)
    total = _total(due)
    if invoice["total"] != total:
        wrong.append(f"a total of {invoice['total']} instead of {total}")
    return wrong


def wrong_with_target(before: Row, now: Row, due: Mapping[str, Said]) -> list[str]:
    """Return what is wrong with an invoice that lines were added to: those that were there are there as they were."""
    theirs = {line["id"]: line for line in before["lines"]}
    wrong = _wrong_lines([line for line in now["lines"] if line["id"] not in theirs], due)
    if [line for line in now["lines"] if line["id"] in theirs] != before["lines"]:
        wrong.append("other lines are not as they were")
    total = before["total"] + _total(due)
    if now["total"] != total:
        wrong.append(f"a total of {now['total']} instead of {total}")
    return wrong


def _wrong_lines(lines: Sequence[Row], due: Mapping[str, Said]) -> list[str]:
    found = defaultdict(list)
    for line in lines:
        found[line["item_shortdescription"]].append((line["qty_order"], line["unit_price"], line["unit_cost"]))
    wrong = [f"{name}: {found[name]} instead of {said}" for name, said in due.items() if found[name] != [said]]
    wrong += [f"{name}: unknown" for name in found.keys() - due.keys()]
    keys = [line["item_external_reference"] for line in lines]
    if len(set(keys)) < len(keys) or not all(key.startswith(f"BB-{KEY}-") for key in keys):
        wrong.append(f"the keys {keys}")
    if any(line["_itemid"] != ITEM or line["isinactive"] for line in lines):
        wrong.append("another item, or inactive")
    return wrong


def _total(due: Mapping[str, Said]) -> Decimal:
    return sum((quantity * price for quantity, price, _ in due.values()), Decimal(0))
