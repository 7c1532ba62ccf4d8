"""Two apps on one database, as in two processes: what one of them does in the background, the other one respects."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from billingbot.bootstrap import App, ChargeFetch, FetchState, SendingState, build_app, now
from billingbot.domain.period import Period
from billingbot.domain.refresh import RefreshState
from billingbot.errors import RefreshRunning
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.contract.recorded.conversation import ignore
from tests.postgres_server import databases
from tests.wait import wait_for

MONTH = Period.of(now().date()).previous


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=20, companies=20, today=now().date()), rate_limit=None) as started:
        yield started


@pytest.fixture
def apps(tmp_path: Path, sandbox: Sandbox) -> Iterator[tuple[App, App]]:
    environ = {
        "BILLINGBOT_SANDBOX_URL": sandbox.url,
        "BILLINGBOT_DATABASE": str(tmp_path / "none.duckdb"),
        "BILLINGBOT_DATABASE_URL": databases().empty(),
    }
    with ExitStack() as ending, ThreadPoolExecutor(2) as opening:
        first, second = opening.map(lambda _: build_app(environ), range(2))
        ending.callback(first.close)
        ending.callback(second.close)
        yield first, second


def test_a_refresh_of_the_other_one_is_seen_and_not_started_again(apps: tuple[App, App], sandbox: Sandbox) -> None:
    first, second = apps
    sandbox.control.fault(Fault(FaultKind.LATENCY, "/pax8/v1/companies", seconds=60.0))
    run = first.start_refresh("pax8", "ann")

    with pytest.raises(RefreshRunning) as refused:
        second.start_refresh("pax8", "bo")

    assert refused.value.run_id == run.run_id
    assert second.store.run(run.run_id).state is RefreshState.RUNNING
    sandbox.control.clear_faults()
    wait_for(lambda: second.store.run(run.run_id).state is RefreshState.SUCCEEDED, "the refresh to succeed")


def test_a_sending_beside_another_one_is_refused_with_a_sentence(apps: tuple[App, App]) -> None:
    first, second = apps
    first.fetch_charges("pax8", MONTH, "ann", ignore)
    plan = second.plan_charges("pax8", MONTH, (), "bo")
    lease = first.store.take_send_lease("pax8", uuid.uuid4().hex, timedelta(seconds=60))

    second.start_sending(plan.plan_hash, (), "bo")

    refused = wait_for(lambda: (found := second.sendings.newest("pax8")) and not found.is_running and found, "its end")
    assert refused
    assert (refused.state, refused.results) == (SendingState.FAILED, ())
    assert refused.error.startswith("Something is being sent to HaloPSA, or looked up there, already.")
    first.store.release_send_lease(lease)


def ended_fetch(app: App) -> ChargeFetch | None:
    found = app.charge_fetches.newest("pax8")
    return found if found and not found.is_running else None


def test_a_month_that_both_fetch_at_once_is_kept_whole_once(apps: tuple[App, App]) -> None:
    for app in apps:
        app.start_charge_fetch("pax8", MONTH, "ann")

    for app in apps:
        ended = wait_for(partial(ended_fetch, app), "its end")
        assert ended is not None
        assert (ended.state, ended.error) == (FetchState.SUCCEEDED, "")
    kept = [app.store.charges("pax8", MONTH) for app in apps]
    assert kept[0] is not None
    first = kept[0].charges
    assert kept[0] == kept[1]
    assert len(first) == len({charge.charge_id for charge in first}) > 0
