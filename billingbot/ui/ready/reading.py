"""What the page shows of a month, read and computed when what it rests on has changed, and once for all sessions."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from billingbot.billing.waterfall import waterfall
from billingbot.bootstrap import App
from billingbot.domain.billing import Billing, ClientBilling, WaterfallStep
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.integration import Integration
from billingbot.domain.ledger import OPEN
from billingbot.jobs import billing_gaps
from billingbot.jobs.billing_gaps import OpenProduct, UnassignedCompany, Waiting
from billingbot.jobs.billing_rows import BillingRow, Sent, Standing, billing_rows
from billingbot.jobs.map_products import Treatment, treatment
from billingbot.jobs.uncharged import recurring_of_idle, still_billed

_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Charged:
    """What rests on the charges and the rules alone; it takes seconds for 200,000 charges."""

    billing: Billing
    steps: Sequence[WaterfallStep]
    unassigned: Sequence[UnassignedCompany]
    waiting: Sequence[Waiting]


@dataclass(frozen=True, slots=True)
class Reading:
    """All of it, with what the ledger and the products say."""

    charged: Charged
    still_billed: Sequence[ClientBilling]
    sent: Sent
    rows: Sequence[BillingRow]
    open_products: Sequence[OpenProduct]

    @property
    def billing(self) -> Billing:
        """Return what becomes of the charges."""
        return self.charged.billing

    @property
    def clients(self) -> list[ClientBilling]:
        """Return the clients with charges, and then those without of whom HaloPSA still has lines."""
        return [*self.billing.clients, *self.still_billed]

    @property
    def to_take_back(self) -> int:
        """Return how many clients HaloPSA bills what is not charged to them any more."""
        return len({row.client_id for row in self.rows if row.standing is Standing.TAKE_BACK})


def read_month(app: App, integration: Integration, snapshot: ChargeSnapshot) -> Reading:
    """Return what the month comes to. Raises `NotFound`."""
    rests_on = (
        app.sandbox,
        integration.key,
        integration.version,
        str(snapshot.period),
        snapshot.fetched_at,
        app.store.revision().latest,
    )
    [newest, *_] = [*app.store.ledger(integration.key, snapshot.period, limit=1), None]
    sending = app.sendings.newest(integration.key)
    ledger = (
        newest and (newest.entry_id, newest.state.value, newest.ended_at),
        sending and (sending.sending_id, sending.state.value, sending.done),
    )
    found = _reading(app, integration, snapshot, rests_on, ledger)
    # A lost answer is cleared up in its own entry, which may be an old one by then, and perhaps by another process.
    lost = [client_id for client_id, entry in found.sent.entries.items() if entry.state in OPEN]
    if lost and app.store.newest_entries(integration.key, snapshot.period, lost) != {
        client_id: found.sent.entries[client_id] for client_id in lost
    }:
        _reading.clear()
        found = _reading(app, integration, snapshot, rests_on, ledger)
    return found


@st.cache_resource(max_entries=_MONTHS, show_spinner=False)
def _reading(
    _app: App,
    _integration: Integration,
    _snapshot: ChargeSnapshot,
    rests_on: tuple[object, ...],
    ledger: tuple[object, ...],  # noqa: ARG001 - tells what is kept apart
) -> Reading:
    store, key, period = _app.store, _integration.key, _snapshot.period
    charged = _charged(_app, _integration, _snapshot, rests_on)
    entries = store.newest_entries(key, period)
    revisions = store.newest_revisions(key, period)
    failed = frozenset(
        client_id
        for client_id, revision in revisions.items()
        if client_id not in entries or entries[client_id].revision < revision
    )
    products = store.products(key)
    unmapped = {product.key: product.name for product in products if treatment(_integration, product) is Treatment.OPEN}
    sent = Sent(entries, failed, recurring_of_idle(store, charged.billing, entries))
    left = still_billed(store, _integration, charged.billing, entries)
    rows = billing_rows(charged.billing, sent, unmapped, left)
    return Reading(charged, left, sent, rows, billing_gaps.open_products(charged.billing, unmapped))


@st.cache_resource(max_entries=_MONTHS, show_spinner="Applying the rules to the charges …")
def _charged(
    _app: App,
    _integration: Integration,
    _snapshot: ChargeSnapshot,
    rests_on: tuple[object, ...],  # noqa: ARG001 - tells what is kept apart
) -> Charged:
    billing = _app.billing(_integration.key, _snapshot.period)
    return Charged(
        billing,
        waterfall(billing.clients, billing.unassigned),
        billing_gaps.unassigned_companies(billing),
        billing_gaps.waiting(billing),
    )
