"""The bars of the waterfall: where each begins, how long it is, and which rows there are."""

from decimal import Decimal

from billingbot.billing.waterfall import waterfall
from billingbot.domain.billing import WaterfallStep
from billingbot.ui.ready.waterfall import Bar, bars, currencies_of
from tests.unit.billing.charges import account, applied, charge, client, prorate, with_rules


def steps() -> list[WaterfallStep]:
    """Return those of a month in which 90 came in, of which 60 go out after a credit of 10 was dropped."""
    accounts = account("c1", client(1)) | account("c2", client(2, excluded=True))
    charges = (
        charge("1", "60", "50"),
        prorate("2", "-10", "-8"),
        charge("3", "30", "20", company_id="c2"),
        charge("4", "10", "8", company_id="c9"),
    )
    found = applied(*charges, accounts=accounts, by=with_rules("drop_favorable_prorates"))
    return waterfall(found.clients, found.unassigned)


def spans(rows: list[Bar]) -> dict[str, tuple[int, int]]:
    return {row.name: (round(row.start), round(row.start + row.length)) for row in rows}


def test_each_bar_begins_where_the_former_ended_and_a_credit_that_is_dropped_leads_back() -> None:
    assert spans(bars(steps(), "USD")) == {
        "Charges in": (0, 100),
        "Do Not Invoice": (67, 100),
        "Drop Favorable Prorates": (67, 78),
        "Unassigned": (67, 78),
        "Invoice lines": (0, 67),
    }


def test_the_last_bar_begins_where_the_first_does_and_is_what_the_steps_leave() -> None:
    rows = bars(steps(), "USD")

    assert rows[0].amount.price - sum(row.amount.price for row in rows[1:-1]) == rows[-1].amount.price == 60


def test_a_month_of_credits_has_bars_to_the_left_of_nothing() -> None:
    found = applied(charge("1", "-30"), charge("2", "10", company_id="c9"), accounts=account("c1", client()))

    rows = bars(waterfall(found.clients, found.unassigned), "USD")

    assert spans(rows) == {"Charges in": (33, 100), "Unassigned": (0, 33), "Invoice lines": (0, 100)}


def test_a_month_that_comes_to_nothing_can_be_drawn() -> None:
    found = applied(charge("1", "0", "0"), accounts=account("c1", client()))

    rows = bars(waterfall(found.clients), "USD")

    assert [(row.name, row.start, row.length) for row in rows] == [
        ("Charges in", Decimal(0), Decimal(0)),
        ("Invoice lines", Decimal(0), Decimal(0)),
    ]


def test_each_currency_has_bars_of_its_own_and_that_of_most_charges_comes_first() -> None:
    charges = (charge("1", "5", currency="EUR"), charge("2", "7"), charge("3", "8"))
    found = waterfall(applied(*charges, accounts=account("c1", client())).clients)

    assert currencies_of(found) == ["USD", "EUR"]
    assert [row.amount.price for row in bars(found, "EUR")] == [5, 5]
