"""Charges of a month are replaced by a complete reading, and by nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NoReturn

import pytest

from billingbot.domain.charge_snapshot import ChargeSnapshot, CurrencyTotals
from billingbot.domain.period import Period
from billingbot.errors import (
    ChargesKept,
    DomainError,
    InvalidPeriod,
    NotFound,
    RefreshStopped,
    UpstreamError,
    UpstreamUnavailable,
)
from billingbot.jobs.fetch_charges import fetch_charges
from billingbot.ports import PageSeen
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import NOVEMBER, OCTOBER, charge, statement


def ignore(done: int, total: int) -> None:
    """Hear of a page."""


def fetch(
    desk: Desk,
    period: Period = NOVEMBER,
    *,
    allow_empty: bool = False,
    integration: str = "pax8",
    seen: PageSeen = ignore,
    now: Callable[[], datetime] = lambda: NOON,
) -> ChargeSnapshot:
    return fetch_charges(desk.store, desk.pax8, integration, period, "ann", now, seen, allow_empty=allow_empty)


def unreachable() -> NoReturn:
    raise UpstreamUnavailable("no answer.", source="Pax8")


def test_what_is_read_is_kept_and_summed_up(desk: Desk) -> None:
    desk.pax8.charged, desk.pax8.remarks = (
        [charge("a"), charge("b", currency="EUR", cost=Decimal("-1.5"))],
        ("A draft.",),
    )

    snapshot = fetch(desk)

    assert snapshot == ChargeSnapshot(
        NOVEMBER,
        NOON,
        "ann",
        False,
        ("A draft.",),
        2,
        (
            CurrencyTotals("EUR", 1, Decimal("-1.5"), Decimal("9.99"), Decimal("0.62"), Decimal("0.10")),
            CurrencyTotals("USD", 1, Decimal("7.50"), Decimal("9.99"), Decimal("0.62"), Decimal("0.10")),
        ),
    )
    assert desk.store.charges("pax8", NOVEMBER) == statement(*desk.pax8.charged, final=False, remarks=["A draft."])
    assert desk.store.charge_periods("pax8") == [snapshot]


def test_a_later_reading_takes_the_place_of_the_earlier(desk: Desk) -> None:
    desk.pax8.charged = [charge("a"), charge("b")]
    fetch(desk)
    desk.pax8.charged = [charge("b", price=Decimal(1)), charge("c")]

    fetch(desk, now=lambda: NOON + timedelta(hours=1))

    assert desk.store.charges("pax8", NOVEMBER) == statement(*desk.pax8.charged, final=False)
    assert [one.fetched_at for one in desk.store.charge_periods("pax8")] == [NOON + timedelta(hours=1)]


def test_the_day_is_that_of_utc_when_the_reading_began_and_the_time_when_it_ended(desk: Desk) -> None:
    moments = iter([datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, 0, 1, tzinfo=UTC)])

    snapshot = fetch(desk, now=lambda: next(moments))

    assert desk.pax8.asked == [(NOVEMBER, date(2026, 11, 30))]
    assert snapshot.fetched_at == datetime(2026, 12, 1, 0, 1, tzinfo=UTC)


def test_a_failed_reading_keeps_the_last_good_one(desk: Desk) -> None:
    desk.pax8.charged = [charge("a")]
    before = fetch(desk)
    desk.pax8.before_answer = unreachable

    with pytest.raises(UpstreamError, match="no answer"):
        fetch(desk)

    assert desk.store.charge_periods("pax8") == [before]
    assert desk.store.charges("pax8", NOVEMBER) == statement("a", final=False)


def test_whoever_hears_of_the_pages_can_stop_and_nothing_is_kept(desk: Desk) -> None:
    desk.pax8.charged = [charge("a")]

    def stop(done: int, total: int) -> None:
        raise RefreshStopped(f"{done}/{total}")

    with pytest.raises(RefreshStopped, match="1/1"):
        fetch(desk, seen=stop)

    assert desk.store.charges("pax8", NOVEMBER) is None


def test_no_charges_do_not_take_the_place_of_charges(desk: Desk) -> None:
    desk.pax8.charged = [charge("a"), charge("b")]
    before = fetch(desk, OCTOBER)
    desk.pax8.charged, desk.pax8.remarks = [], ("Pax8 has no invoice of 2026-10.",)

    with pytest.raises(ChargesKept) as caught:
        fetch(desk, OCTOBER)

    assert str(caught.value) == (
        "Pax8 charges nothing for 2026-10 any more. The 2 charges of 2026-11-22 12:00 UTC were kept."
        " Pax8 has no invoice of 2026-10."
    )
    assert desk.store.charge_periods("pax8") == [before]


def test_a_person_who_looked_can_let_a_month_be_empty(desk: Desk) -> None:
    desk.pax8.charged = [charge("a")]
    fetch(desk)
    desk.pax8.charged = []

    assert fetch(desk, allow_empty=True).charges == 0
    assert desk.store.charges("pax8", NOVEMBER) == statement(final=False)


def test_a_month_that_had_no_charges_may_stay_empty(desk: Desk) -> None:
    assert [fetch(desk).charges, fetch(desk).charges] == [0, 0]


def test_charges_of_another_month_say_nothing_about_this_one(desk: Desk) -> None:
    desk.pax8.charged = [charge("a")]
    fetch(desk, OCTOBER)
    desk.pax8.charged = []

    assert fetch(desk, NOVEMBER).charges == 0


@pytest.mark.parametrize("period", [Period(2026, 12), Period(2027, 1)])
def test_a_month_that_has_not_begun_is_refused_before_anything_is_asked(desk: Desk, period: Period) -> None:
    with pytest.raises(InvalidPeriod, match=f"{period} has not begun"):
        fetch(desk, period)

    assert desk.pax8.asked == []


def test_an_unknown_integration_is_refused_before_anything_is_asked(desk: Desk) -> None:
    with pytest.raises(NotFound, match="twilio"):
        fetch(desk, integration="twilio")

    assert desk.pax8.asked == []


def test_charges_that_cannot_be_kept_exactly_change_nothing(desk: Desk) -> None:
    desk.pax8.charged = [charge("a")]
    fetch(desk)
    desk.pax8.charged = [replace(charge("a"), cost=Decimal("0.00000000001"))]

    with pytest.raises(DomainError):
        fetch(desk)

    assert desk.store.charges("pax8", NOVEMBER) == statement("a", final=False)
