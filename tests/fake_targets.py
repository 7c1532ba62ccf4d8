"""A stand-in for the invoices of HaloPSA that charges are sent to: they are kept in memory, with their lines."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

from billingbot.domain.target import NewInvoice, Target, TargetKind, TargetLine, WrittenLine
from billingbot.errors import DomainError, NotFound, UpstreamOutcomeUnknown, UpstreamRejected

SOURCE = "HaloPSA"
FIRST_CREATED = 9001
_CENT = Decimal("0.01")


def no_op() -> None:
    """Do nothing."""


def never() -> bool:
    """Lose no answer."""
    return False


def as_it_is(line: TargetLine) -> TargetLine:
    """Keep a line as it was written."""
    return line


@dataclass(kw_only=True)
class FakeTargets:
    """Invoices and recurring invoices that can be read, created and written. Updates merge lines by their ids.

    Args:
        target_rows: those that are there, of both kinds; tests may replace rows at any time, see `put`.
        currency: of invoices that are created.
        before_answer: runs before each call and may raise or change things; what is asked for was not done then.
        lose_answers: whether the answer of a write that was carried out is lost.
        stored: what HaloPSA makes of a line that is written.
    """

    target_rows: list[Target] = field(default_factory=list)
    currency: str = "USD"
    before_answer: Callable[[], None] = no_op
    lose_answers: Callable[[], bool] = never
    stored: Callable[[TargetLine], TargetLine] = as_it_is
    invoices_created: list[NewInvoice] = field(default_factory=list, init=False)
    lines_written: list[tuple[Target, tuple[WrittenLine, ...]]] = field(default_factory=list, init=False)
    _ids: "count[int]" = field(default_factory=lambda: count(FIRST_CREATED), init=False)
    _line_ids: "count[int]" = field(default_factory=lambda: count(90_001), init=False)

    def target(self, kind: TargetKind, invoice_id: int) -> Target:
        self.before_answer()
        return self._there(kind, invoice_id)

    def targets(self, kind: TargetKind, invoice_ids: Collection[int]) -> dict[int, Target]:
        self.before_answer()
        return {row.invoice_id: row for row in self.target_rows if row.kind is kind and row.invoice_id in invoice_ids}

    def invoice_referred(self, client_id: int, reference: str) -> Target | None:
        self.before_answer()
        found = [
            row
            for row in self.target_rows
            if row.kind is TargetKind.INVOICE and (row.client_id, row.reference) == (client_id, reference)
        ]
        return min(found, key=lambda row: row.invoice_id, default=None)

    def create_invoice(self, invoice: NewInvoice) -> int:
        self.before_answer()
        self.invoices_created.append(invoice)
        lines = [self._line(line, next(self._line_ids)) for line in invoice.lines]
        made = Target(
            kind=TargetKind.INVOICE,
            invoice_id=(invoice_id := next(self._ids)),
            client_id=invoice.client_id,
            number=f"INV-{invoice_id:06d}",
            reference=invoice.reference,
            currency=self.currency,
            refusal="",
            voided=False,
            total=_total(lines),
            lines=tuple(lines),
        )
        self.target_rows.append(made)
        self._answer("POST /Invoice")
        return invoice_id

    def write_lines(self, target: Target, lines: Sequence[WrittenLine]) -> None:
        self.before_answer()
        now = self._open(target.kind, target.invoice_id)
        ours = {line.line_id for line in lines if line.line_id is not None}
        if strangers := ours - {line.line_id for line in target.lines}:
            raise DomainError(f"The {target.kind} {target.invoice_id} has no line {min(strangers)}.")
        kept = {line.line_id: line for line in now.lines}
        written = {line.line_id: line for line in target.lines if line.line_id not in ours}
        written |= {line.line_id: self._line(line, line.line_id) for line in lines if line.line_id is not None}
        if gone := written.keys() - kept.keys():
            raise UpstreamRejected(f"{now.number} has no line {min(gone)}.", source=SOURCE, status=400)
        added = [self._line(line, next(self._line_ids)) for line in lines if line.line_id is None]
        self.lines_written.append((target, tuple(lines)))
        self.put(with_lines(now, [*(kept | written).values(), *added]))
        self._answer(f"POST /{target.kind}/{target.invoice_id}")

    def put(self, target: Target) -> None:
        """Have this one instead of the one of its kind and id, or beside the others."""
        others = [row for row in self.target_rows if (row.kind, row.invoice_id) != (target.kind, target.invoice_id)]
        self.target_rows = [*others, target]

    def _there(self, kind: TargetKind, invoice_id: int) -> Target:
        for row in self.target_rows:
            if (row.kind, row.invoice_id) == (kind, invoice_id):
                return row
        raise NotFound(f"HaloPSA has no {kind} {invoice_id} any more.")

    def _open(self, kind: TargetKind, invoice_id: int) -> Target:
        """Return what can be written to."""
        try:
            found = self._there(kind, invoice_id)
        except NotFound:
            raise UpstreamRejected(f"POST of {kind} {invoice_id} was refused.", source=SOURCE, status=404) from None
        if found.refusal:
            raise UpstreamRejected(f"{found.number} cannot be changed any more.", source=SOURCE, status=400)
        return found

    def _line(self, line: WrittenLine, line_id: int) -> TargetLine:
        amounts = (line.quantity, line.unit_price, line.unit_cost)
        return self.stored(target_line(line_id, line.key, line.description, *amounts, line.item_id))

    def _answer(self, label: str) -> None:
        """Answer a write that was carried out."""
        if self.lose_answers():
            sentence = f"{label} was sent and its answer was lost: it is not known whether it was carried out."
            raise UpstreamOutcomeUnknown(sentence, source=SOURCE)


def target_line(
    line_id: int,
    key: str,
    description: str = "Cloud",
    quantity: Decimal = Decimal(1),
    unit_price: Decimal = Decimal(10),
    unit_cost: Decimal = Decimal(8),
    item_id: int | None = None,
) -> TargetLine:
    """Return a line with the row that HaloPSA has for it."""
    raw = {
        "id": line_id,
        "item_external_reference": key,
        "item_shortdescription": description,
        "qty_order": quantity,
        "unit_price": unit_price,
        "unit_cost": unit_cost,
        "_itemid": item_id,
        "isinactive": quantity == 0,
    }
    amounts = (quantity, unit_price, unit_cost)
    return TargetLine(line_id, key, description, *amounts, item_id, raw, inactive=quantity == 0)


def with_lines(target: Target, lines: Iterable[TargetLine]) -> Target:
    """Return the target with other lines and the total that follows from them."""
    lines = tuple(lines)
    return replace(target, lines=lines, total=_total(lines))


def _total(lines: Iterable[TargetLine]) -> Decimal:
    amounts = ((line.quantity * line.unit_price).quantize(_CENT, ROUND_HALF_UP) for line in lines)
    return sum(amounts, Decimal(0))
