"""What a process leaves behind that is no more, and what one that lives keeps."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshState
from billingbot.errors import RefreshStopped
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import MINUTE, NO_TIME, NOON, fetched, match_frame, new_run


def test_a_run_whose_lease_has_ended_is_abandoned_with_a_trace_and_once(store: DatabaseStore, engine: Engine) -> None:
    store.start_run(new_run("dead"), NO_TIME)
    store.start_run(new_run("alive", "twilio"), MINUTE)

    store.abandon_expired()
    store.abandon_expired()

    assert store.run("dead").state is RefreshState.ABANDONED
    assert store.run("dead").error == "The process that ran it stopped; nothing was changed."
    assert store.run("alive").state is RefreshState.RUNNING
    audit = "select actor, entity_key, action from audit where entity = 'refresh_run'"
    assert select(engine, audit) == [("auto", "dead", "abandoned")]


def test_where_nothing_has_ended_nothing_is_written(store: DatabaseStore, engine: Engine) -> None:
    before = select(engine, "select * from lease"), select(engine, "select count(*) from audit")

    store.abandon_expired()

    assert (select(engine, "select * from lease"), select(engine, "select count(*) from audit")) == before


def test_an_abandoned_run_that_wakes_up_writes_nothing_any_more(store: DatabaseStore) -> None:
    run = store.start_run(new_run("asleep"), NO_TIME)
    store.abandon_expired()

    with pytest.raises(RefreshStopped):
        store.apply_refresh(run, fetched([1], ["c1"]), match_frame(), NOON)

    assert store.present_client_ids() == frozenset()


@pytest.mark.parametrize(("lease", "state"), [(NO_TIME, RefreshState.ABANDONED), (MINUTE, None)])
def test_opening_ends_what_is_dead_and_on_a_server_only_that(
    opened: Callable[[], DatabaseStore], url: str | None, lease: timedelta, state: RefreshState | None
) -> None:
    first = opened()
    first.add_integration(Integration("pax8", "Pax8"), "auto", NOON)
    first.start_run(new_run("r1"), lease)
    sending = first.take_send_lease("pax8", "s1", MINUTE)
    if not url:
        first.close()

    again = opened()

    # A file is held by one process: whatever ran in it is over. A server's other processes go on.
    assert again.run("r1").state is (state or (RefreshState.RUNNING if url else RefreshState.ABANDONED))
    if url:
        first.extend_send_lease(sending, MINUTE)
        first.close()
    else:
        assert again.take_send_lease("pax8", "s2", MINUTE).token > sending.token
    again.close()
