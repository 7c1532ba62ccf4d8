"""What a plan says before it is sent: what happens to how many clients, for how much, and what speaks against it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billingbot.domain.plan import WRITES, LineChange, Plan, PlanAction, PlannedInvoice
from billingbot.ui.money import summed, sums_words
from billingbot.ui.wording import count

HASH_SHOWN = 12
"""So many letters of a plan's hash name it on the page, and on the command line."""

_EFFECTS: Mapping[PlanAction, str] = {
    PlanAction.CREATE: "creates",
    PlanAction.APPEND: "adds lines to",
    PlanAction.UPDATE: "changes lines of",
}


@dataclass(frozen=True, slots=True)
class ActionSummary:
    """What is done to all clients of an action. `lines` counts by change, `prices` and `costs` are by currency."""

    action: PlanAction
    clients: int
    lines: Mapping[LineChange, int]
    costs: Mapping[str, Decimal]
    prices: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Refusals:
    """Clients that are refused for the same reason, by name."""

    sentence: str
    clients: tuple[str, ...]


def summaries(plan: Plan) -> list[ActionSummary]:
    """Return a summary of each action that there is, in the order of `PlanAction`."""
    by_action: defaultdict[PlanAction, list[PlannedInvoice]] = defaultdict(list)
    for invoice in plan.invoices:
        by_action[invoice.action].append(invoice)
    return [_summary(action, by_action[action]) for action in PlanAction if action in by_action]


def refusals(plan: Plan) -> list[Refusals]:
    """Return why clients are refused, the reason of most clients first."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for invoice in plan.invoices:
        if invoice.action is PlanAction.REFUSED:
            by_reason[invoice.refusal].append(invoice.client)
    found = [Refusals(sentence, tuple(clients)) for sentence, clients in by_reason.items()]
    return sorted(found, key=lambda one: -len(one.clients))


def asking(plan: Plan) -> list[PlannedInvoice]:
    """Return those that a person has to agree to before they are sent."""
    return [invoice for invoice in plan.invoices if invoice.action in WRITES and invoice.asks]


def sent_by(plan: Plan, confirmed: Collection[int]) -> list[PlannedInvoice]:
    """Return what Send sends: what writes to HaloPSA, and of those that ask the ones that were agreed to."""
    return [
        invoice
        for invoice in plan.invoices
        if invoice.action in WRITES and (not invoice.asks or invoice.client_id in confirmed)
    ]


def price_sums(invoices: Iterable[PlannedInvoice]) -> dict[str, Decimal]:
    """Return what clients pay, by currency."""
    return summed((invoice.currency, invoice.total) for invoice in invoices)


def against(invoice: PlannedInvoice) -> str:
    """Say what speaks against sending it as it is; "" for nothing."""
    return invoice.refusal if invoice.action is PlanAction.REFUSED else " ".join(invoice.asks)


def changed(invoice: PlannedInvoice, change: LineChange) -> int:
    """Return how many lines are so changed: of a client that is refused none is, whatever the plan says of them."""
    return 0 if invoice.action is PlanAction.REFUSED else invoice.count(change)


def send_words(invoices: Sequence[PlannedInvoice]) -> str:
    """Return the label of the button that sends.

    >>> send_words([])
    'Send 0 invoices'
    """
    return f"Send {count(len(invoices), 'invoice')}"


def nothing_to_send(plan: Plan) -> str:
    """Say why there is nothing that Send would send."""
    if asking(plan):
        return "All that is left asks for your agreement: tick it above."
    if any(invoice.action is PlanAction.UNCHANGED for invoice in plan.invoices):
        return "HaloPSA has all of it already."
    return "Nothing of this plan can be sent."


def question(invoices: Sequence[PlannedInvoice]) -> str:
    """Say what sending does, before it is done, and that there is no way back from here."""
    effects = [
        f"{does} {count(number, 'invoice')}"
        for action, does in _EFFECTS.items()
        if (number := sum(invoice.action is action for invoice in invoices))
    ]
    listed = " and ".join(filter(None, [", ".join(effects[:-1]), *effects[-1:]])) or "writes nothing"
    # Not what is new: the lines that stay as they are count too.
    on = "it" if len(invoices) == 1 else "them"
    return (
        f"BillingBot {listed} in HaloPSA. All its lines on {on} then come to {sums_words(price_sums(invoices))}. "
        "BillingBot cannot take this back: what was sent is changed or voided in HaloPSA."
    )


def _summary(action: PlanAction, invoices: Sequence[PlannedInvoice]) -> ActionSummary:
    lines = {change: sum(changed(invoice, change) for invoice in invoices) for change in LineChange}
    costs = summed((invoice.currency, invoice.cost) for invoice in invoices if invoice.lines)
    prices = summed((invoice.currency, invoice.total) for invoice in invoices if invoice.lines)
    return ActionSummary(action, len(invoices), lines, costs, prices)
