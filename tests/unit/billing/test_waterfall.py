"""The steps from what came in to what goes out, and sums by currency."""

from decimal import Decimal

from billingbot.billing.waterfall import totals, waterfall
from billingbot.domain.billing import Amount, WaterfallStep
from tests.unit.billing.charges import account, applied, azure, billed, charge, client, prorate, with_rules

ALL_RULES = with_rules("drop_azure", "drop_favorable_prorates", "drop_zero_dollar")


def amount(count: int, cost: str, price: str) -> Amount:
    return Amount(count, Decimal(cost), Decimal(price))


def by_name(steps: list[WaterfallStep]) -> dict[str, dict[str, Amount]]:
    return {step.name: dict(step.amounts) for step in steps}


def test_every_step_has_what_falls_under_it_and_the_first_is_the_sum_of_the_others() -> None:
    found = applied(
        charge("line", "10.005", "8", company_id="a"),
        azure("azure", "100", "90", company_id="a"),
        prorate("prorate", "-5", "-4", company_id="a"),
        charge("free", "0", "3", company_id="a"),
        charge("excluded", "7", "6", company_id="b"),
        charge("waits", "20", "15", company_id="c"),
        charge("nobodys", "1", "1", company_id="d"),
        charge("unnamed", "2", "2", company_id=""),
        by=ALL_RULES,
        accounts=account("a", client(1))
        | account("b", client(2, excluded=True))
        | account("c", client(3), review=True),
    )

    # Price: 7 + 100 - 5 + 0 + (1 + 2) + 20 + 10.005 = 135.005; cost: 6 + 90 - 4 + 3 + (1 + 2) + 15 + 8 = 121.
    assert by_name(waterfall(found.clients, found.unassigned)) == {
        "Charges in": {"USD": amount(8, "121", "135.005")},
        "Do Not Invoice": {"USD": amount(1, "6", "7")},
        "Drop Azure Lines": {"USD": amount(1, "90", "100")},
        "Drop Favorable Prorates": {"USD": amount(1, "-4", "-5")},
        "Drop Zero Dollar Lines": {"USD": amount(1, "3", "0")},
        "Unassigned": {"USD": amount(2, "3", "3")},
        "Waiting": {"USD": amount(1, "15", "20")},
        "Invoice lines": {"USD": amount(1, "8", "10.005")},
    }


def test_the_steps_are_in_the_order_in_which_the_rules_are_asked() -> None:
    assert [step.name for step in waterfall([])] == [
        "Charges in",
        "Do Not Invoice",
        "Drop Azure Lines",
        "Drop Favorable Prorates",
        "Drop Zero Dollar Lines",
        "Unassigned",
        "Waiting",
        "Invoice lines",
    ]


def test_without_charges_every_step_is_without_amounts() -> None:
    assert {name: amounts for name, amounts in by_name(waterfall([])).items() if amounts} == {}


def test_a_collapsed_line_counts_all_its_charges_with_their_exact_money() -> None:
    one = billed(azure("1", "0.001", "0.002"), azure("2", "0.001", "0.002"), by=with_rules("collapse_azure"))

    assert by_name(waterfall([one]))["Invoice lines"] == {"USD": amount(2, "0.004", "0.002")}


def test_currencies_are_never_added_together() -> None:
    one = billed(charge("1", "10", "8", currency="USD"), charge("2", "5", "4", currency="EUR"), charge("3", "1", "1"))

    steps = by_name(waterfall([one]))

    assert steps["Charges in"] == steps["Invoice lines"]
    assert list(steps["Invoice lines"].items()) == [("EUR", amount(1, "4", "5")), ("USD", amount(2, "9", "11"))]


def test_totals_of_lines_are_of_what_was_rounded() -> None:
    one = billed(charge("1", "0.005", "0.001"), charge("2", "0.005", "0.001"))

    # 0.01 + 0.01, and 0.00 + 0.00; the charges come to 0.010 and 0.002.
    assert totals(one.lines) == {"USD": amount(2, "0.00", "0.02")}
    assert totals(member for line in one.lines for member in line.members) == {"USD": amount(2, "0.002", "0.010")}
