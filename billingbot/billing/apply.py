"""Applies the rules to everything that an integration charges for a period."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import attrgetter

from billingbot.billing.effective import effective_settings
from billingbot.billing.lines import invoice_lines
from billingbot.billing.modifiers import dropped_by
from billingbot.billing.rounding import exact_sum
from billingbot.domain.account import Account, BilledClient
from billingbot.domain.billing import Billing, ClientBilling, Dropped, Obstacle, Problem, Unassigned
from billingbot.domain.charge import Charge, Statement
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period

_ID = attrgetter("charge_id")


def apply(integration: Integration, statement: Statement, accounts: Mapping[str, Account]) -> Billing:
    """Return what becomes of the charges: every one is in a line, dropped by a rule, or a problem.

    Args:
        integration: whose defaults hold where a client has no settings.
        statement: its charges, in any order.
        accounts: every mapping, by company id.
    """
    clients: dict[int, BilledClient] = {}
    billable: defaultdict[int, list[Charge]] = defaultdict(list)
    problems: defaultdict[int, list[Problem]] = defaultdict(list)
    unassigned: defaultdict[str, list[Problem]] = defaultdict(list)
    for charge in sorted(statement.charges, key=_ID):
        account = accounts.get(charge.company_id) if charge.company_id else None
        if account is None:
            obstacle = Obstacle.NO_CLIENT if charge.company_id else Obstacle.NO_COMPANY
            unassigned[charge.company_id].append(Problem(charge, obstacle))
            continue
        client_id = account.client.client_id
        clients[client_id] = account.client
        if (obstacle_found := _obstacle(account)) is None:
            billable[client_id].append(charge)
        else:
            problems[client_id].append(Problem(charge, obstacle_found))
    billed = [
        bill_client(integration, statement.period, client, billable[client_id], problems[client_id])
        for client_id, client in clients.items()
    ]
    return Billing(
        integration.key,
        statement.period,
        tuple(sorted(billed, key=lambda billing: (billing.client.name.lower(), billing.client.client_id))),
        tuple(sorted(map(_unassigned, unassigned.items()), key=lambda company: (-_price(company), company.company_id))),
    )


def bill_client(
    integration: Integration,
    period: Period,
    client: BilledClient,
    charges: Sequence[Charge],
    problems: Sequence[Problem] = (),
) -> ClientBilling:
    """Return what becomes of one client's charges, of which all can be billed, but for those that are problems.

    Args:
        integration: whose defaults hold where the client has no settings.
        period: that they are for.
        client: with its settings, which may be a draft that nobody has saved.
        charges: in any order.
        problems: charges of the client that cannot be billed, to stand beside the others.
    """
    settings = effective_settings(client.settings, integration)
    kept, dropped = [], []
    for charge in sorted(charges, key=_ID):
        rule = dropped_by(charge, settings)
        if rule is None:
            kept.append(charge)
        else:
            dropped.append(Dropped(charge, rule))
    collapse = settings.modifiers.collapse_azure
    lines = invoice_lines(integration.key, period, client.client_id, kept, collapse_azure=collapse)
    return ClientBilling(client, settings, lines, tuple(dropped), tuple(problems))


def _obstacle(account: Account) -> Obstacle | None:
    """Return what keeps the company's charges from being billed, unless the client is not billed anyway."""
    if account.client.settings.excluded:
        return None
    if account.client.gone:
        return Obstacle.CLIENT_GONE
    if account.gone:
        return Obstacle.COMPANY_GONE
    return Obstacle.REVIEW if account.review else None


def _unassigned(found: tuple[str, list[Problem]]) -> Unassigned:
    company_id, problems = found
    name = next((problem.charge.company for problem in problems if problem.charge.company), "") or company_id
    return Unassigned(company_id, name, tuple(problems))


def _price(company: Unassigned) -> Decimal:
    return exact_sum(problem.charge.price for problem in company.problems)
