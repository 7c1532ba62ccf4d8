"""The waterfall: what came in, what each rule dropped, what cannot be billed yet, and what goes out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext

from billingbot.billing.rounding import EXACT
from billingbot.domain.billing import Amount, ClientBilling, InvoiceLine, Rule, Unassigned, WaterfallStep
from billingbot.domain.charge import Charge

CHARGES_IN = "Charges in"
UNASSIGNED = "Unassigned"
PROBLEMS = "Waiting"
LINES_OUT = "Invoice lines"
_NOTHING = Amount(0, Decimal(0), Decimal(0))


def waterfall(clients: Iterable[ClientBilling], unassigned: Iterable[Unassigned] = ()) -> list[WaterfallStep]:
    """Return the steps, in order: charges in, each rule, unassigned, other problems, and the charges in lines out.

    All count charges, a collapsed line all its members, so that the first step is the sum of the others, in count and
    in exact money. A step that nothing falls under is there too, without amounts.
    """
    by_step: dict[str, list[Charge]] = {name: [] for name in (*Rule, UNASSIGNED, PROBLEMS, LINES_OUT)}
    for billing in clients:
        by_step[LINES_OUT] += (charge for line in billing.lines for charge in line.members)
        by_step[PROBLEMS] += (problem.charge for problem in billing.problems)
        for dropped in billing.dropped:
            by_step[dropped.rule].append(dropped.charge)
    by_step[UNASSIGNED] += (problem.charge for company in unassigned for problem in company.problems)
    steps = [WaterfallStep(name, totals(charges)) for name, charges in by_step.items()]
    return [WaterfallStep(CHARGES_IN, _sum(step.amounts for step in steps)), *steps]


def totals(rows: Iterable[Charge] | Iterable[InvoiceLine]) -> dict[str, Amount]:
    """Return how many charges or lines there are and their sums, by currency, in the order of the currencies.

    Sums of charges are exact, those of lines are of what was rounded.
    """
    counts: defaultdict[str, int] = defaultdict(int)
    costs: defaultdict[str, Decimal] = defaultdict(Decimal)
    prices: defaultdict[str, Decimal] = defaultdict(Decimal)
    with localcontext(EXACT):
        for row in rows:
            counts[row.currency] += 1
            costs[row.currency] += row.cost
            prices[row.currency] += row.price
    return {currency: Amount(counts[currency], costs[currency], prices[currency]) for currency in sorted(counts)}


def _sum(parts: Iterable[Mapping[str, Amount]]) -> dict[str, Amount]:
    sums: dict[str, Amount] = {}
    with localcontext(EXACT):
        for part in parts:
            for currency, amount in part.items():
                to = sums.get(currency, _NOTHING)
                sums[currency] = Amount(to.count + amount.count, to.cost + amount.cost, to.price + amount.price)
    return dict(sorted(sums.items()))
