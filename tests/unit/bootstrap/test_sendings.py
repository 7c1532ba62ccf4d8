"""Plans are sent in the background, one of an integration at a time."""

from collections.abc import Callable, Sequence
from threading import Event

import pytest

from billingbot.bootstrap.sendings import Sending, Sendings, SendingState
from billingbot.domain.period import Period
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.errors import PlanOutdated
from billingbot.ports import PageSeen
from tests.fakes import NOON
from tests.wait import wait_for

RESULTS = (SendResult(1, "Acme", SendOutcome.SENT), SendResult(2, "Birch", SendOutcome.REFUSED, "No item."))
CarryOut = Callable[[PageSeen, Callable[[], bool]], Sequence[SendResult]]


def sending(number: str = "1", integration: str = "pax8") -> Sending:
    return Sending(number, integration, Period(2026, 11), "abc", "ann", NOON)


def ended(sendings: Sendings) -> Sending:
    def newest() -> Sending | None:
        found = sendings.newest("pax8")
        return found if found and found.state is not SendingState.RUNNING else None

    found = wait_for(newest, "the sending to end")
    assert found is not None
    return found


def raising(error: Exception) -> CarryOut:
    def carry_out(seen: PageSeen, _stopping: Callable[[], bool]) -> Sequence[SendResult]:
        seen(1, 2)
        raise error

    return carry_out


def waiting(go: Event) -> CarryOut:
    def carry_out(seen: PageSeen, _stopping: Callable[[], bool]) -> Sequence[SendResult]:
        seen(1, 2)
        assert go.wait(30)
        return RESULTS

    return carry_out


def test_a_sending_is_watched_and_its_results_kept() -> None:
    sendings, go = Sendings(), Event()

    assert sendings.newest("pax8") is None
    assert sendings.start(sending(), waiting(go)) == sending()
    found = wait_for(lambda: (now := sendings.newest("pax8")) and now.done == 1 and now, "the first client")
    assert found
    assert (found.total, found.state, found.results) == (2, SendingState.RUNNING, ())
    go.set()

    found = ended(sendings)
    assert (found.state, found.results, found.done, found.total) == (SendingState.ENDED, RESULTS, 2, 2)


def test_while_one_runs_no_other_of_the_integration_starts() -> None:
    sendings, go = Sendings(), Event()
    sendings.start(sending("1"), waiting(go))

    assert sendings.start(sending("2"), raising(AssertionError())).sending_id == "1"
    assert sendings.start(sending("3", "twilio"), lambda _seen, _stopping: RESULTS).sending_id == "3"
    go.set()
    assert ended(sendings).sending_id == "1"
    sendings.start(sending("4"), lambda _seen, _stopping: RESULTS)
    assert ended(sendings).sending_id == "4"


def test_a_sending_that_is_cancelled_hears_of_it_and_ends_with_what_was_done() -> None:
    sendings, started = Sendings(), Event()

    def carry_out(_seen: PageSeen, stopping: Callable[[], bool]) -> Sequence[SendResult]:
        assert not stopping()
        started.set()
        wait_for(stopping, "the sending to be cancelled")
        return RESULTS

    sendings.start(sending(), carry_out)
    assert started.wait(30)
    sendings.cancel("pax8")

    found = ended(sendings)
    assert (found.state, found.stopping, found.results) == (SendingState.ENDED, True, RESULTS)


def test_cancelling_what_does_not_run_changes_nothing() -> None:
    sendings = Sendings()
    sendings.cancel("pax8")
    sendings.start(sending(), lambda _seen, _stopping: RESULTS)
    found = ended(sendings)

    sendings.cancel("pax8")

    assert sendings.newest("pax8") == found


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PlanOutdated("Plan again."), "Plan again."),
        (ValueError("secret"), "Something went wrong inside BillingBot. What was sent is in the view Sent: plan again"),
    ],
)
def test_an_error_is_said_and_the_next_sending_can_start(error: Exception, sentence: str) -> None:
    sendings = Sendings()
    sendings.start(sending(), raising(error))

    found = ended(sendings)
    assert (found.state, found.done, found.total) == (SendingState.FAILED, 1, 2)
    assert found.error.startswith(sentence)
    assert sendings.start(sending("2"), lambda _seen, _stopping: RESULTS).sending_id == "2"
