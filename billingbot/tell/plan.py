"""A plan as the command line shows it: what HaloPSA would get, what speaks against it, and how to send it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from billingbot.billing.rounding import rounded
from billingbot.bootstrap import App
from billingbot.domain.period import Period
from billingbot.domain.plan import LineChange, Plan, PlanAction, PlannedInvoice
from billingbot.jobs.clients_to_plan import Chosen, clients_to_plan
from billingbot.tell.terminal import name_shown, say, shown, table

HASH_SHOWN = 12
"""So many letters of a plan's hash name it, as on the page."""
_WAITS = 3
_NAMED = 3
_HEADING = ("Client", "Name", "Action", "Invoice", "+", "~", "=", "-", "Total", "", "Speaks against it")
_SIDES = "><<<>>>>><<"
_LEGEND = "Lines: + added, ~ changed, = kept, - taken back."


def plan_and_tell(
    app: App, integration: str, period: Period, client_ids: Sequence[int], actor: str, *, every: bool = False
) -> int:
    """Plan, show the plan, and return the exit code: 0, or 3 when something of it waits for a person.

    Args:
        app: the app.
        integration: its key.
        period: the month.
        client_ids: whom to plan for; nobody: those with something to bill.
        actor: who plans.
        every: with nobody named, leave out nobody with charges.

    Raises what `App.plan_charges` raises.
    """
    chosen = Chosen(tuple(client_ids), {})
    if not client_ids:
        chosen = clients_to_plan(app.store, integration, period, every=every)
    plan = app.plan_charges(integration, period, chosen.client_ids, actor)
    for line in _plan_lines(plan, app.store.integration(integration).name, chosen):
        say(line)
    unknown = set(client_ids) - {invoice.client_id for invoice in plan.invoices}
    for client_id in sorted(unknown):
        say(f"Client {client_id} has no charges of {period}, and nothing was sent for it: left out.", error=True)
    return _WAITS if unknown or any(_against(invoice) for invoice in plan.invoices) else 0


def amount(price: Decimal, currency: str) -> str:
    """Return an amount with the decimals of its currency.

    >>> amount(Decimal("1234.5"), "USD"), amount(Decimal(1200), "JPY")
    ('1,234.50', '1,200')
    """
    return f"{rounded(price, currency):,f}"


def _plan_lines(plan: Plan, name: str, chosen: Chosen) -> Iterator[str]:
    writing = [invoice for invoice in plan.invoices if invoice.writes]
    yield (
        f"Plan for {shown(name)} {plan.period}: {_clients(len(plan.invoices))}, {len(writing):,} to send."
        " Nothing is sent yet."
    )
    if chosen.left_out:
        reasons = ", ".join(f"{count:,} because of {reason}" for reason, count in chosen.left_out.items())
        yield f"Left out: {reasons}. See them with --all."
    if plan.invoices:
        yield ""
        yield from table(_HEADING, list(map(_row, plan.invoices)), _SIDES)
        yield _LEGEND
    yield from _notes(plan)
    yield ""
    yield from (f"To send: {amount(total, currency)} {currency}" for currency, total in plan.totals().items())
    yield from _how_to_send(plan, writing)


def _row(invoice: PlannedInvoice) -> tuple[str, ...]:
    changes = (LineChange.ADD, LineChange.CHANGE, LineChange.KEEP, LineChange.REMOVE)
    return (
        str(invoice.client_id),
        name_shown(invoice.client),
        invoice.action.value,
        name_shown(invoice.target) or ("new" if invoice.action is PlanAction.CREATE else ""),
        *(str(invoice.count(change) or "") for change in changes),
        amount(invoice.total, invoice.currency) if invoice.lines else "",
        invoice.currency,
        shown(_against(invoice)),
    )


def _against(invoice: PlannedInvoice) -> str:
    """Return why it is refused, or what has to be agreed to."""
    if invoice.action is PlanAction.REFUSED:
        return invoice.refusal
    return f"Asks: {' '.join(invoice.asks)}" if invoice.writes and invoice.asks else ""


def _notes(plan: Plan) -> Iterator[str]:
    """Say each sentence once, with the number of clients that it is about."""
    sentences = Counter(note for invoice in plan.invoices for note in invoice.notes)
    if sentences:
        yield ""
        yield "Worth knowing:"
    for sentence, clients in sentences.most_common():
        yield f"  {shown(sentence)} ({_clients(clients)})"


def _clients(number: int) -> str:
    return "1 client" if number == 1 else f"{number:,} clients"


def _how_to_send(plan: Plan, writing: Sequence[PlannedInvoice]) -> Iterator[str]:
    begin = plan.plan_hash[:HASH_SHOWN]
    if not writing:
        yield f"Plan {begin}: there is nothing to send."
        return
    yield f"Plan {begin}. Send it with: python -m billingbot send --plan {begin}"
    asking = [invoice for invoice in writing if invoice.asks]
    if asking:
        named = " ".join(f"--agree {invoice.client_id}" for invoice in asking[:_NAMED])
        more = " …" if len(asking) > _NAMED else ""
        ask = "asks something, and waits" if len(asking) == 1 else "ask something, and wait"
        yield f"{len(asking):,} of them {ask} unless you add {named}{more}, or --agree-all."
