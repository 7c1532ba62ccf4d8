"""Which clients the summary shows, and which of them are ticked."""

from decimal import Decimal

from billingbot.domain.integration import Assignment
from billingbot.jobs.billing_rows import BillingRow, Standing
from billingbot.ui.ready.summary import found_rows, ready_clients, summary_frame, ticked_after


def row(client_id: int, client: str, standing: Standing = Standing.READY, **changes: object) -> BillingRow:
    values = {
        "currency": "USD",
        "lines": 1,
        "cost": Decimal("8.10"),
        "price": Decimal("10.00"),
        "dropped": 0,
        "waiting": 0,
        "assignment": Assignment.NEW,
        "inherited": True,
        "target": "New invoice",
    }
    return BillingRow(client_id=client_id, client=client, standing=standing, **(values | changes))  # type: ignore[arg-type]


ROWS = [row(1, "Acme Dental"), row(2, "Birch", Standing.SENT, target="INV-12"), row(3, "Acme Foods", Standing.SENT)]


def test_all_rows_are_shown_while_nothing_is_asked_for() -> None:
    assert found_rows(ROWS, None, " ") == ROWS


def test_a_chip_and_a_search_are_asked_together() -> None:
    assert [found.client_id for found in found_rows(ROWS, Standing.SENT, "acme")] == [3]


def test_the_search_finds_targets_and_ids_too() -> None:
    assert [found.client_id for found in found_rows(ROWS, None, "inv-12")] == [2]
    assert [found.client_id for found in found_rows(ROWS, None, "3")] == [3]


def test_amounts_are_drawn_as_they_are_and_a_margin_of_no_price_is_missing() -> None:
    frame = summary_frame([row(1, "=cmd()"), row(2, "<b>", price=Decimal(0))])

    assert frame["Price"].tolist() == [Decimal("10.00"), Decimal(0)]
    assert frame["Margin %"].tolist() == [Decimal("19.0"), None]
    assert frame["Client"].tolist() == ["=cmd()", "<b>"]


def test_nobody_is_a_table_without_rows() -> None:
    assert summary_frame([]).empty


def test_a_box_ticks_its_client_and_those_that_are_not_shown_stay_ticked() -> None:
    assert ticked_after([1, 2, 3], {1}, {9}) == {2, 9}
    assert ticked_after([1, 2, 3], set(), {2, 9}) == {9}


def test_one_box_of_a_client_with_several_currencies_ticks_or_unticks_all() -> None:
    assert ticked_after([7, 7], {1}, set()) == {7}
    assert ticked_after([7, 7], {1}, {7}) == set()
    assert ticked_after([7, 7], {0, 1}, {7}) == {7}


def test_who_is_ready_and_who_is_to_be_taken_back_are_ticked_together() -> None:
    rows = [*ROWS, row(4, "Cedar", Standing.TAKE_BACK), row(5, "Dune", Standing.DIFFERS)]

    assert ready_clients(rows) == {1, 4}
