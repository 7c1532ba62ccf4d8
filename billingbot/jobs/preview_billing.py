"""What a client's newest month becomes under settings that nobody has saved yet. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billingbot.billing.apply import apply
from billingbot.billing.waterfall import totals
from billingbot.domain.account import Account, BilledClient
from billingbot.domain.billing import Amount, ClientBilling, Rule
from billingbot.domain.charge import Charge, Statement
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Integration
from billingbot.domain.link import Link
from billingbot.domain.match import Outcome
from billingbot.domain.period import Period
from billingbot.ports import Store

_NOTHING = Amount(0, Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class ClientMonth:
    """What a client's companies are charged for the newest month that was fetched, with whose they are.

    `final` says whether the month can still change. `accounts` are by company id.
    """

    period: Period
    final: bool
    charges: Sequence[Charge]
    client: BilledClient
    accounts: Mapping[str, Account]


@dataclass(frozen=True, slots=True)
class CurrencyPreview:
    """What becomes of the charges in one currency: `charges` = members of `lines` + `dropped` + `waiting`.

    Args:
        currency: of all amounts.
        charges: those that came in.
        dropped: those that each rule drops, also where that is none.
        waiting: those that cannot be billed yet, whatever the rules say.
        collapsed: how many charges a collapsed line stands for; 0 when there is none.
        lines: what goes to HaloPSA.
        withheld: the credit that dropped prorates would have given the client, positive.
        absorbed: what dropped lines with a price of 0 cost the MSP.
    """

    currency: str
    charges: Amount
    dropped: Mapping[Rule, Amount]
    waiting: Amount
    collapsed: int
    lines: Amount
    withheld: Decimal
    absorbed: Decimal


def read_newest_month(
    store: Store, integration: str, client_id: int, name: str, links: Sequence[Link]
) -> ClientMonth | None:
    """Return the charges of the client's companies; None when no month of the integration was fetched.

    `name` and `links` are those of the client.
    """
    months = store.charge_periods(integration)
    if not months:
        return None
    newest = months[0]
    client = BilledClient(client_id, name, ClientSettings(), gone=client_id not in store.present_client_ids())
    accounts = {
        link.company_id: Account(link.company_id, link.company, client, link.outcome is Outcome.REVIEW, link.gone)
        for link in links
    }
    charges = store.charges_of(integration, newest.period, accounts) if accounts else []
    return ClientMonth(newest.period, newest.final, charges, client, accounts)


def preview_billing(integration: Integration, month: ClientMonth, settings: ClientSettings) -> list[CurrencyPreview]:
    """Return what the month would become if the client had these settings, by currency; none without charges."""
    client = BilledClient(month.client.client_id, month.client.name, settings, month.client.gone)
    accounts = {
        company_id: Account(company_id, account.company, client, account.review, account.gone)
        for company_id, account in month.accounts.items()
    }
    billing = apply(integration, Statement(month.period, month.charges, month.final), accounts)
    came_in = totals(month.charges)
    return [
        _in_currency(currency, amount, billed) for currency, amount in came_in.items() for billed in billing.clients
    ]


def _in_currency(currency: str, came_in: Amount, billed: ClientBilling) -> CurrencyPreview:
    dropped = {rule: _dropped(billed, currency, rule) for rule in Rule}
    waiting = totals(problem.charge for problem in billed.problems)
    collapsed = (line for line in billed.lines if line.collapsed and line.currency == currency)
    return CurrencyPreview(
        currency,
        came_in,
        dropped,
        waiting.get(currency, _NOTHING),
        sum(len(line.members) for line in collapsed),
        totals(billed.lines).get(currency, _NOTHING),
        withheld=-dropped[Rule.DROP_FAVORABLE_PRORATES].price,
        absorbed=dropped[Rule.DROP_ZERO_DOLLAR].cost,
    )


def _dropped(billed: ClientBilling, currency: str, rule: Rule) -> Amount:
    return totals(one.charge for one in billed.dropped if one.rule is rule).get(currency, _NOTHING)
