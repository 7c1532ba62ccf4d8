"""How long a call is tried: what may be repeated, when to stop asking, how fast we may ask."""

import time
from dataclasses import replace

import pytest

from billingbot.connectors.http import Patience, Policy, Request, reading
from billingbot.errors import UpstreamOutcomeUnknown, UpstreamRateLimited, UpstreamUnavailable
from tests.contract.patient import QUICK, WarpedTime, transport
from tests.contract.raw_server import Answer, RawServer, drip_body, hang, in_turn, reply, reset, truncated
from tests.wait import wait_for


def writing(url: str) -> Request:
    return Request("POST", f"{url}/invoice", "/invoice", repeatable=False, content=b"[]")


@pytest.mark.parametrize("answer", [hang, reset, truncated, drip_body, reply(500), reply(503)])
def test_a_write_that_may_have_arrived_is_never_sent_again(answer: Answer) -> None:
    with RawServer(answer) as server, transport() as asking:
        with pytest.raises(UpstreamOutcomeUnknown, match="/invoice; it is not known whether it was done"):
            asking.call(writing(server.url), asking.patience())

        wait_for(lambda: server.hits, "what was sent to arrive")
        assert [hit.method for hit in server.hits] == ["POST"]


def test_a_write_that_cannot_have_arrived_is_tried_again(dead_url: str) -> None:
    time_passing = WarpedTime()

    with (
        transport(timing=time_passing.timing()) as asking,
        pytest.raises(UpstreamUnavailable, match="could not be reached"),
    ):
        asking.call(writing(dead_url), asking.patience())

    assert time_passing.slept == [0.5, 1.0]


def test_a_write_that_the_rate_limit_refused_is_sent_again() -> None:
    with RawServer(in_turn(reply(429), reply(201))) as server, transport() as asking:
        answer = asking.call(writing(server.url), asking.patience())

        assert (answer.status, len(server.hits)) == (201, 2)


def test_back_off_is_shortened_by_chance() -> None:
    time_passing = WarpedTime()

    with RawServer(in_turn(reply(500), reply())) as server, transport(timing=time_passing.timing(chance=0.5)) as asking:
        asking.call(reading(server.url, "/list"), asking.patience())

    assert time_passing.slept == [0.375]


def test_fifty_calls_on_a_dead_vendor_reach_it_five_times() -> None:
    with RawServer(reply(500)) as server, transport() as asking:
        for _ in range(50):
            with pytest.raises(UpstreamUnavailable) as caught:
                asking.call(reading(server.url, "/list"), asking.patience())

        assert len(server.hits) == 5
        assert "/list was not asked for, because the last 5 tries failed; try again in " in str(caught.value)


def test_a_dead_vendor_gets_one_trial_after_a_while_and_is_alive_when_it_answers() -> None:
    time_passing = WarpedTime()
    answer = in_turn(*[reply(500)] * 6, reply())

    with RawServer(answer) as server, transport(replace(QUICK, tries=5), time_passing.timing()) as asking:

        def hits_of_a_call() -> int:
            before = len(server.hits)
            try:
                asking.call(reading(server.url, "/list"), asking.patience())
            except UpstreamUnavailable:
                return len(server.hits) - before
            return len(server.hits) - before + 100

        dying, dead = hits_of_a_call(), hits_of_a_call()
        time_passing.sleep(31)
        trial, dead_again = hits_of_a_call(), hits_of_a_call()
        time_passing.sleep(31)
        healed, alive = hits_of_a_call(), hits_of_a_call()

    assert (dying, dead, trial, dead_again, healed, alive) == (5, 0, 1, 0, 101, 101)


def test_a_call_ends_within_its_own_deadline_however_many_tries_are_left() -> None:
    policy = Policy(try_seconds=0.2, call_seconds=0.5, tries=100, backoff_seconds=0.01, dead_after=100)
    started = time.monotonic()

    with RawServer(hang) as server, transport(policy) as asking, pytest.raises(UpstreamUnavailable, match="in time"):
        asking.call(reading(server.url, "/list"), asking.patience())

    # A hundred tries would take 20 s.
    assert time.monotonic() - started < 5


def test_the_rate_limit_is_waited_for_as_long_as_its_window_and_no_longer() -> None:
    time_passing = WarpedTime()

    with RawServer(reply(429)) as server, transport(timing=time_passing.timing(chance=0.5)) as asking:
        with pytest.raises(UpstreamRateLimited, match="refuses further calls"):
            asking.call(reading(server.url, "/list"), asking.patience())

        assert 240 < sum(time_passing.slept) <= 330
        assert len(server.hits) < 15


def test_our_own_budget_spaces_the_calls_out() -> None:
    time_passing = WarpedTime()
    policy = replace(QUICK, rate_calls=10, rate_window=60)

    with RawServer(reply()) as server, transport(policy, time_passing.timing()) as asking:
        for _ in range(30):
            asking.call(reading(server.url, "/list"), asking.patience())

    assert 118 < sum(time_passing.slept) <= 120


def test_a_budget_that_would_make_us_wait_too_long_is_an_error() -> None:
    policy = replace(QUICK, rate_calls=1, rate_window=3600)

    with RawServer(reply()) as server, transport(policy) as asking:
        asking.call(reading(server.url, "/list"), asking.patience())
        with pytest.raises(UpstreamRateLimited, match="exceeded the 1 calls in 3600 s that we allow ourselves"):
            asking.call(reading(server.url, "/list"), asking.patience())

        assert len(server.hits) == 1


def test_patience_is_shared_by_sign_in_and_call() -> None:
    policy = Policy(call_seconds=10)
    time_passing = WarpedTime()
    patience = Patience(policy, time_passing.timing())
    time_passing.sleep(8)

    assert 1.9 < patience.try_seconds() <= 2.0
