"""What a month comes to, a row a client and currency: lines, cost, price, margin, where it goes and how that stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from billingbot.billing.rounding import exact_sum
from billingbot.domain.billing import Billing, ClientBilling, InvoiceLine, Obstacle
from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import OPEN, LedgerEntry, LedgerLine
from billingbot.domain.target import TargetKind
from billingbot.jobs.assign_invoice import target_words
from billingbot.jobs.uncharged import holds_lines

_TENTH = Decimal("0.1")
_GONE = frozenset({Obstacle.COMPANY_GONE, Obstacle.CLIENT_GONE})


class Standing(StrEnum):
    """How a client's charges of a month stand, as the page says it; in the order in which they are listed."""

    READY = "Ready"
    NO_TARGET = "No target"
    NO_ITEM = "Product to map"
    CURRENCIES = "Several currencies"
    REVIEW = "Waits for review"
    GONE = "Gone"
    FAILED = "Failed"
    UNKNOWN = "Not known"
    DIFFERS = "Sent, differs"
    TAKE_BACK = "To take back"
    LOOK = "Sent, look at it"
    SENT = "Sent"
    EXCLUDED = "Do Not Invoice"
    NOTHING = "Nothing to bill"


_TRIED_AGAIN = frozenset({Standing.READY, Standing.DIFFERS})


@dataclass(frozen=True, slots=True)
class Sent:
    """What the ledger knows of a month.

    Args:
        entries: the newest ones by client id.
        failed: the clients whose newest try failed.
        recurring: by client without lines or entry, the recurring invoices that bill lines of earlier months.
    """

    entries: Mapping[int, LedgerEntry]
    failed: Collection[int] = ()
    recurring: Mapping[int, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BillingRow:
    """One client in one currency.

    Args:
        client_id: whose.
        client: its name.
        currency: of the amounts.
        lines: how many there are.
        cost: of the lines.
        price: of the lines.
        dropped: how many charges rules keep off the invoice.
        waiting: how many charges cannot be billed yet.
        assignment: the effective one.
        inherited: whether that is the integration's.
        target: where the lines go, or went, in words; "" when they have nowhere to go.
        standing: see `Standing`; that of the client.
    """

    client_id: int
    client: str
    currency: str
    lines: int
    cost: Decimal
    price: Decimal
    dropped: int
    waiting: int
    assignment: Assignment
    inherited: bool
    target: str
    standing: Standing

    @property
    def margin(self) -> Decimal:
        """Return what is left of the price."""
        return self.price - self.cost

    @property
    def margin_percent(self) -> Decimal | None:
        """Return the margin's share of the price, see `margin_percent`."""
        return margin_percent(self.cost, self.price)


def margin_percent(cost: Decimal, price: Decimal) -> Decimal | None:
    """Return the margin's share of the price, to a tenth; None where the price is 0.

    >>> margin_percent(Decimal(8), Decimal(10)), margin_percent(Decimal(-8), Decimal(-10))
    (Decimal('20.0'), Decimal('20.0'))
    >>> margin_percent(Decimal(8), Decimal(0)) is None
    True
    """
    return ((price - cost) * 100 / price).quantize(_TENTH, ROUND_HALF_UP) if price else None


def billing_rows(
    billing: Billing, sent: Sent, unmapped: Collection[str] = (), still_billed: Sequence[ClientBilling] = ()
) -> list[BillingRow]:
    """Return a row for each client and each currency in which it has charges, in the order of the clients.

    Args:
        billing: of the month.
        sent: what the ledger knows of it.
        unmapped: keys of products that wait for a HaloPSA item.
        still_billed: clients without charges of whom HaloPSA still has lines: they come last, a row each.
    """
    return [row for client in (*billing.clients, *still_billed) for row in _rows(client, sent, unmapped)]


def standing(client: ClientBilling, sent: Sent, unmapped: Collection[str] = ()) -> Standing:
    """Return how it stands: what the ledger says comes first, then what keeps it from being sent."""
    client_id = client.client.client_id
    entry = sent.entries.get(client_id)
    if entry is not None and entry.state in OPEN:
        return Standing.UNKNOWN
    how = _known(client, sent, entry) or _to_send(client, unmapped)
    # What cannot or need not be sent now is told instead: the try that failed is past.
    return Standing.FAILED if client_id in sent.failed and how in _TRIED_AGAIN else how


def holds_now(client: ClientBilling, entry: LedgerEntry) -> bool:
    """Say whether what was sent is what the charges come to now."""
    recurring = entry.kind is TargetKind.RECURRING
    now = {line.recurring_key if recurring else line.key: _content(line) for line in client.lines}
    # Without those that were taken back.
    then = {line.key: _content(line) for line in entry.lines if line.members}
    return now == then


def _content(line: InvoiceLine | LedgerLine) -> tuple[object, ...]:
    return line.description, line.quantity, line.unit_price, line.unit_cost, line.price, line.cost


def _known(client: ClientBilling, sent: Sent, entry: LedgerEntry | None) -> Standing | None:
    """Return how it stands as far as HaloPSA has lines; None when it has none, and nothing is to be looked at."""
    if entry is None:
        behind = not client.lines and client.client.client_id in sent.recurring
        return Standing.TAKE_BACK if behind else None
    charged = client.lines or client.dropped or client.problems
    if not charged and holds_lines(entry):
        return Standing.TAKE_BACK
    if not holds_now(client, entry):
        return Standing.DIFFERS
    if entry.differences:
        return Standing.LOOK
    return Standing.SENT if client.lines else None


def _to_send(client: ClientBilling, unmapped: Collection[str]) -> Standing:
    """Return whether it can be sent, or what keeps it from that."""
    if client.settings.excluded:
        return Standing.EXCLUDED
    if not client.lines:
        return _idle(client)
    if len({line.currency for line in client.lines}) > 1:
        return Standing.CURRENCIES
    if client.settings.assignment is not Assignment.NEW and _target_id(client) is None:
        return Standing.NO_TARGET
    return Standing.NO_ITEM if any(line.product_key in unmapped for line in client.lines) else Standing.READY


def _idle(client: ClientBilling) -> Standing:
    obstacles = {problem.obstacle for problem in client.problems}
    if Obstacle.REVIEW in obstacles:
        return Standing.REVIEW
    return Standing.GONE if obstacles & _GONE else Standing.NOTHING


def _rows(client: ClientBilling, sent: Sent, unmapped: Collection[str]) -> list[BillingRow]:
    lines = [line.currency for line in client.lines]
    dropped = [dropped.charge.currency for dropped in client.dropped]
    waiting = [problem.charge.currency for problem in client.problems]
    how = standing(client, sent, unmapped)
    entry = sent.entries.get(client.client.client_id)
    target = _target(client, entry, sent.recurring.get(client.client.client_id, ()))
    # One that nothing is charged to has a row all the same.
    currencies = {*lines, *dropped, *waiting} or {entry.currency if entry else ""}
    return [
        BillingRow(
            client_id=client.client.client_id,
            client=client.client.name,
            currency=currency,
            lines=lines.count(currency),
            cost=exact_sum(line.cost for line in client.lines if line.currency == currency),
            price=exact_sum(line.price for line in client.lines if line.currency == currency),
            dropped=dropped.count(currency),
            waiting=waiting.count(currency),
            assignment=client.settings.assignment,
            inherited=client.client.settings.assignment is None,
            target=target,
            standing=how,
        )
        for currency in sorted(currencies)
    ]


def _target(client: ClientBilling, entry: LedgerEntry | None, recurring: Collection[int]) -> str:
    if entry is not None and (entry.invoice or entry.invoice_id is not None):
        return entry.invoice or f"{entry.kind.capitalize()} {entry.invoice_id}"
    if recurring and not client.lines:
        return ", ".join(target_words(Assignment.RECURRING, number).capitalize() for number in sorted(recurring))
    assignment, target_id = client.settings.assignment, _target_id(client)
    if assignment is Assignment.NEW:
        return "New invoice"
    return "" if target_id is None else target_words(assignment, target_id).capitalize()


def _target_id(client: ClientBilling) -> int | None:
    return client.client.settings.target(client.settings.assignment)
