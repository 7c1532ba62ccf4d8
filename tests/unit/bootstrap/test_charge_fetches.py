"""Charges are fetched in the background, one month of an integration at a time."""

from collections.abc import Callable
from threading import Event

import pytest

from billingbot.bootstrap.charge_fetches import ChargeFetch, ChargeFetches, FetchState
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.period import Period
from billingbot.errors import ChargesKept, UpstreamUnavailable
from billingbot.ports import PageSeen
from tests.fakes import NOON
from tests.wait import wait_for

OCTOBER = Period(2026, 10)
SNAPSHOT = ChargeSnapshot(OCTOBER, NOON, "ann", True, (), 3, ())


def fetch(number: str = "1", integration: str = "pax8") -> ChargeFetch:
    return ChargeFetch(number, integration, OCTOBER, "ann", NOON)


def ended(fetches: ChargeFetches) -> ChargeFetch:
    def newest() -> ChargeFetch | None:
        found = fetches.newest("pax8")
        return found if found and found.state is not FetchState.RUNNING else None

    found = wait_for(newest, "the fetch to end")
    assert found is not None
    return found


def raising(error: Exception) -> Callable[[PageSeen], ChargeSnapshot]:
    def carry_out(seen: PageSeen) -> ChargeSnapshot:
        seen(1, 2)
        raise error

    return carry_out


def test_a_fetch_is_watched_and_its_result_kept() -> None:
    fetches, go = ChargeFetches(), Event()

    def carry_out(seen: PageSeen) -> ChargeSnapshot:
        seen(40, 100)
        assert go.wait(30)
        return SNAPSHOT

    assert fetches.newest("pax8") is None
    fetches.start(fetch(), carry_out)
    wait_for(lambda: (now := fetches.newest("pax8")) and now.done == 40, "the first page")
    go.set()

    assert (ended(fetches).state, ended(fetches).snapshot) == (FetchState.SUCCEEDED, SNAPSHOT)


def test_while_one_runs_no_other_of_the_integration_starts() -> None:
    fetches, go = ChargeFetches(), Event()

    def carry_out(_seen: PageSeen) -> ChargeSnapshot:
        assert go.wait(30)
        return SNAPSHOT

    fetches.start(fetch("1"), carry_out)

    assert fetches.start(fetch("2"), raising(AssertionError())).fetch_id == "1"
    assert fetches.start(fetch("3", "twilio"), lambda _seen: SNAPSHOT).fetch_id == "3"
    go.set()
    assert ended(fetches).fetch_id == "1"


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (UpstreamUnavailable("no answer.", source="Pax8"), FetchState.FAILED, "Pax8: no answer."),
        (ChargesKept("There are none any more."), FetchState.KEPT, "There are none any more."),
        (RuntimeError("a secret"), FetchState.FAILED, "Something went wrong inside BillingBot"),
    ],
)
def test_whatever_goes_wrong_ends_it_with_a_sentence(error: Exception, state: FetchState, words: str) -> None:
    fetches = ChargeFetches()

    fetches.start(fetch(), raising(error))

    assert ended(fetches).state is state
    assert ended(fetches).error.startswith(words)


def test_a_cancelled_fetch_ends_at_its_next_page_and_until_then_no_other_starts() -> None:
    fetches, go = ChargeFetches(), Event()

    def carry_out(seen: PageSeen) -> ChargeSnapshot:
        assert go.wait(30)
        seen(1, 2)
        raise AssertionError("it went on")

    fetches.start(fetch("1"), carry_out)
    fetches.cancel("pax8")
    stopping = fetches.start(fetch("2"), lambda _seen: SNAPSHOT)
    assert (stopping.fetch_id, stopping.state, stopping.stopping) == ("1", FetchState.RUNNING, True)
    go.set()

    assert ended(fetches).state is FetchState.CANCELLED
    fetches.start(fetch("3"), lambda _seen: SNAPSHOT)
    assert (ended(fetches).fetch_id, ended(fetches).state) == ("3", FetchState.SUCCEEDED)


def test_a_fetch_that_is_cancelled_after_its_last_page_says_that_the_month_was_read() -> None:
    fetches, go = ChargeFetches(), Event()

    def carry_out(_seen: PageSeen) -> ChargeSnapshot:
        assert go.wait(30)
        return SNAPSHOT

    fetches.start(fetch(), carry_out)
    fetches.cancel("pax8")
    go.set()

    assert ended(fetches).state is FetchState.SUCCEEDED


def test_cancelling_nothing_is_no_error() -> None:
    ChargeFetches().cancel("pax8")
