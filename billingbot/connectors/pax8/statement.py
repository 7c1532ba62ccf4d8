"""What Pax8 charges for a month: what it billed, or what is known of the running month while there is no invoice.

The invoice of a month holds what is billed ahead for that month, and usage of the month before. It does not change any
more once it can be read, so that it is final in the running month, too; a wrong one is withdrawn and replaced.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.pax8.invoices import Invoices, invoices_of, items_of
from billingbot.connectors.pax8.items import KINDS, charges_of
from billingbot.connectors.pax8.lists import Pax8Lists, after, id_or_place
from billingbot.connectors.pax8.usage import usage_until
from billingbot.domain.charge import Charge, Statement
from billingbot.domain.period import Period
from billingbot.ports import PageSeen


def statement_of(lists: Pax8Lists, period: Period, today: date, seen: PageSeen) -> Statement:
    """Return what is charged for the month, by id. Raises `UpstreamError`."""
    invoices = invoices_of(lists, period)
    withdrawn = _withdrawn(invoices)
    if invoices.valid:
        items = items_of(lists, invoices, seen)
        remarks = (*_several(invoices, period), *withdrawn, *_unknown_types(items))
        return Statement(period, _in_order(charges_of(items)), final=True, remarks=remarks)
    if period == Period.of(today):
        return _running(lists, period, today, withdrawn, seen)
    missing = f"Pax8 has no invoice of {period}."
    return Statement(period, (), final=False, remarks=(missing, *withdrawn))


def _running(lists: Pax8Lists, period: Period, today: date, withdrawn: Sequence[str], seen: PageSeen) -> Statement:
    items = lists.every("/invoices/draftItems", {"monthOffset": "0"}, seen, id_or_place)
    usage = usage_until(lists, period, today, after(seen, len(items)))
    remarks = (
        f"Pax8 has no invoice of {period} yet; it can be read from the 5th on. These are the items of the draft, which"
        " may still change.",
        *withdrawn,
        f"Usage is that of {period} until {today}, which Pax8 bills a month later. The usage of {period.previous} is"
        f" not among the charges; the invoice of {period} will hold it.",
        *_unknown_types(items),
    )
    return Statement(period, _in_order({**charges_of(items), **usage}), final=False, remarks=remarks)


def _in_order(charges: Mapping[str, Charge]) -> list[Charge]:
    return [charges[charge_id] for charge_id in sorted(charges)]


def _several(invoices: Invoices, period: Period) -> list[str]:
    """Say that there are several invoices, as there are when one is billed as several partners."""
    count = len(invoices.valid)
    return [f"Pax8 has {count} invoices of {period}; these are the items of all."] if count > 1 else []


def _withdrawn(invoices: Invoices) -> list[str]:
    count = f"{invoices.withdrawn} invoice{'s' if invoices.withdrawn > 1 else ''}"
    return [f"Left out because credited or void: {count}."] if invoices.withdrawn else []


def _unknown_types(items: Sequence[JsonRow]) -> list[str]:
    """Say what was guessed: whoever bills wants the money to count, and to know that it was guessed."""
    unknown = Counter(row.text("type") for row in items if row.text("type") not in KINDS)
    return [
        f"BillingBot does not know the type {item_type!r} of {count} of the items: they count as one-time charges, or"
        " as credits where an amount is negative."
        for item_type, count in sorted(unknown.items())
    ]
