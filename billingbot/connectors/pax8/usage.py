"""What was used of metered subscriptions in the running month.

Pax8 does not say which subscriptions are metered. Those are asked whose product the last invoice billed in arrears, and
those whose product is named Azure.
"""

from datetime import date
from decimal import Decimal
from urllib.parse import quote

from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.pages import unheard
from billingbot.connectors.pax8.invoices import invoices_of, items_of
from billingbot.connectors.pax8.items import in_arrears, names_azure
from billingbot.connectors.pax8.lists import Pax8Lists, after
from billingbot.domain.charge import Charge, ChargeKind
from billingbot.domain.period import Period
from billingbot.ports import PageSeen


def usage_until(lists: Pax8Lists, period: Period, today: date, seen: PageSeen) -> dict[str, Charge]:
    """Return a charge for each usage summary of the running month, by its id. Raises `UpstreamError`."""
    metered, read = _metered(lists, period, seen)
    found: dict[str, Charge] = {}
    for number, subscription in enumerate(metered, 1):
        for summary in _summaries(lists, subscription):
            # Pax8 lists a summary under each subscription that it concerns.
            found[summary.text("id")] = _charge(
                summary, subscription.optional_text("productName") or "", period.first, today
            )
        seen(read + number, read + len(metered))
    return found


def _metered(lists: Pax8Lists, period: Period, seen: PageSeen) -> tuple[list[JsonRow], int]:
    """Return the subscriptions to ask, and how many rows were read to know them."""
    items = items_of(lists, invoices_of(lists, period.previous), seen)
    products = {row.optional_text("productId") for row in items if in_arrears(row)} - {None}
    subscriptions = lists.every("/subscriptions", {}, after(seen, len(items)))
    metered = [row for row in subscriptions if row.optional_text("productId") in products or names_azure(row)]
    return metered, len(items) + len(subscriptions)


def _summaries(lists: Pax8Lists, subscription: JsonRow) -> list[JsonRow]:
    path = f"/subscriptions/{quote(subscription.text('id'), safe='')}/usage-summaries"
    return lists.every(path, {}, unheard)


def _charge(summary: JsonRow, product: str, start: date, today: date) -> Charge:
    """Return the charge of a usage summary: one resource group of a subscription, from the month's start until today.

    Args:
        summary: the row, which has neither a date nor the product's name.
        product: its name.
        start: the first day of the month.
        today: the last day that is counted.
    """
    trial = " (trial)" if summary.data.get("isTrial") is True else ""
    return Charge(
        charge_id=summary.text("id"),
        company_id=summary.text("companyId"),
        company="",
        kind=ChargeKind.USAGE,
        term="Arrears",
        azure="It is metered usage, which Pax8 bills in arrears.",
        product=product,
        sku="",
        description=f"{summary.optional_text('resourceGroup') or ''}{trial}".strip(),
        subscription_id=summary.optional_text("subscriptionId") or "",
        quantity=Decimal(1),
        unit="",
        unit_cost=None,
        unit_price=None,
        cost=summary.amount("partnerTotal"),
        price=summary.amount("currentCharges"),
        tax=Decimal(0),
        fee=Decimal(0),
        currency=summary.text("currencyCode").upper(),
        start=start,
        end=today,
        raw=summary.data,
    )
