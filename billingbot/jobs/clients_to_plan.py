"""Chooses whose charges of a month are planned when nobody names the clients."""

from collections import Counter
from dataclasses import dataclass

from billingbot.domain.billing import ClientBilling
from billingbot.domain.period import Period
from billingbot.jobs.bill_charges import bill_charges
from billingbot.jobs.uncharged import recurring_of_idle
from billingbot.ports import Store


@dataclass(frozen=True, slots=True)
class Chosen:
    """The clients to plan for, and how many with charges are left out, by reason."""

    client_ids: tuple[int, ...]
    left_out: dict[str, int]


def clients_to_plan(store: Store, integration: str, period: Period, *, every: bool = False) -> Chosen:
    """Return the clients with charges to bill, and those of whom something in HaloPSA may have to be taken back.

    The latter were sent something for this month, or for an earlier one to a recurring invoice, which goes on billing
    it.

    Args:
        store: the database.
        integration: its key.
        period: the month.
        every: leave nobody out, so that the plan says why nothing is billed.

    Raises `NotFound` when there is no such integration, or the month's charges were never fetched.
    """
    billing = bill_charges(store, integration, period)
    sent = store.newest_entries(integration, period)
    known = sent.keys() | recurring_of_idle(store, billing, sent).keys()
    chosen, left_out = [], Counter[str]()
    for client in billing.clients:
        reason = "" if every or client.client.client_id in known else _nothing_to_bill(client)
        if reason:
            left_out[reason] += 1
        else:
            chosen.append(client.client.client_id)
    charged = {client.client.client_id for client in billing.clients}
    return Chosen((*chosen, *sorted(known - charged)), dict(left_out))


def _nothing_to_bill(client: ClientBilling) -> str:
    """Say why nothing is billed, where that is as it should be; "" where something is, or waits for a person."""
    if client.settings.excluded:
        return "Do Not Invoice"
    return "" if client.lines or client.problems else "rules that drop everything"
