"""Sixteen operators decide about the same five clients at once: nothing that was saved is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from statistics import quantiles

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings
from billingbot.domain.integration import Integration
from billingbot.errors import DecisionRefused
from billingbot.store import DatabaseStore
from tests.faults.places import open_store
from tests.scoreboard.size import seed, sized
from tests.scoreboard.tally import Tally
from tests.unit.store.decisions import select, stamp
from tests.unit.store.refreshes import NOON, fetched, refresh

OPERATORS = 16
CLIENTS = range(1, 6)
SECONDS = sized(4, 60)
SAVED = """
select client_id, coalesce(last_invoice_id, 0), version,
    (select count(*) from audit where audit.client_id = client_settings.client_id and entity = 'client_settings')
from client_settings
order by client_id
"""


@pytest.mark.fault(11)
def test_each_of_many_operators_adds_one_and_the_sum_is_right(where: str, tally: Tally) -> None:
    """Each reads a number, adds one and saves it, and does it again when somebody else was first."""
    store = open_store(where)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    refresh(store, fetched(CLIENTS))
    until = time.monotonic() + SECONDS

    with ThreadPoolExecutor(OPERATORS) as pool:
        done = [pool.submit(operate, store, until, Random(seed() + number)) for number in range(OPERATORS)]  # noqa: S311
        times = [one for operator in done for one in operator.result()]

    saved = select(store._engine, SAVED)
    added = sum(number for _, number, _, _ in saved)
    wrong = sum(number != version or version != audits for _, number, version, audits in saved)
    store.close()
    tally.trials(len(times))
    tally.took("a click", quantiles(times, n=100)[49])
    tally.took("99 of 100 clicks", quantiles(times, n=100)[98])
    tally.none(lost_updates=abs(len(times) - added) + wrong)
    assert len(times) > OPERATORS


def operate(store: DatabaseStore, until: float, chance: Random) -> list[float]:
    """Add one to one of the clients again and again; return how long each took to be saved."""
    times = []
    while time.monotonic() < until:
        began, client = time.monotonic(), chance.choice(CLIENTS)
        while not added_one(store, client):
            pass
        times.append(time.monotonic() - began)
    return times


def added_one(store: DatabaseStore, client: int) -> bool:
    """Try to add one. Who wants what another one has just saved is not refused, but has changed nothing."""
    now = store.settings("pax8", client)
    edit = EditSettings(client, now.version, {Setting.LAST_INVOICE_ID: (now.last_invoice_id or 0) + 1})
    try:
        return bool(store.decide("pax8", [edit], stamp()).changes)
    except DecisionRefused:
        return False
