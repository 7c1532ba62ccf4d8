"""Which months can be chosen, and which one is chosen at first."""

from datetime import UTC, datetime

from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.period import Period
from billingbot.ui.ready.page import first_month, months_to_choose

TODAY = Period(2026, 11)


def snapshot(month: int, charges: int = 3, *, final: bool = True) -> ChargeSnapshot:
    return ChargeSnapshot(Period(2026, month), datetime(2026, 11, 26, tzinfo=UTC), "ann", final, (), charges, ())


def test_what_was_read_the_running_month_and_the_former_can_be_chosen_newest_first() -> None:
    months = months_to_choose([Period(2026, 10), Period(2026, 3)], TODAY)

    assert [str(month) for month in months] == ["2026-11", "2026-10", "2026-03"]


def test_the_newest_month_that_is_billed_comes_first() -> None:
    assert first_month([snapshot(11, final=False), snapshot(10), snapshot(9)], TODAY) == Period(2026, 10)


def test_a_month_that_may_still_change_is_chosen_when_there_is_no_other() -> None:
    assert first_month([snapshot(11, final=False), snapshot(10, charges=0)], TODAY) == TODAY


def test_the_former_month_is_chosen_while_nothing_was_read() -> None:
    assert first_month([], TODAY) == Period(2026, 10)
    assert first_month([snapshot(11, charges=0)], TODAY) == Period(2026, 10)
