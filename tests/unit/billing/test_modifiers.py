"""What each rule drops, and that they are asked in their order."""

from decimal import Decimal

import pytest

from billingbot.domain.billing import Rule, Source
from billingbot.domain.charge import ChargeKind
from billingbot.domain.integration import Modifiers
from tests.unit.billing.charges import azure, billed, charge, client, dropped, line_ids, money, prorate, with_rules

EVERY_RULE = ("drop_azure", "collapse_azure", "drop_favorable_prorates", "drop_zero_dollar")


def test_without_rules_every_charge_is_a_line_in_the_order_of_ids() -> None:
    found = billed(charge("d", "0", "0"), charge("b"), azure("c", "3", "2"), prorate("a", "-1", "-1"))

    assert line_ids(found) == [["a"], ["b"], ["c"], ["d"]]
    assert (found.dropped, found.problems) == ((), ())


def test_drop_azure_drops_what_has_evidence_of_it_whatever_its_kind_and_term() -> None:
    found = billed(
        azure("usage", "3", "2"),
        azure("bought", "3", "2", kind=ChargeKind.SUBSCRIPTION, term="Annual"),
        azure("credit", "-3", "-2", kind=ChargeKind.CREDIT),
        # No evidence, whatever the term says: what Arrears means is for each connector to say.
        charge("other", term="Arrears", kind=ChargeKind.USAGE),
        by=with_rules("drop_azure"),
    )

    assert dropped(found) == dict.fromkeys(["bought", "credit", "usage"], Rule.DROP_AZURE)
    assert line_ids(found) == [["other"]]


def test_a_prorate_is_favorable_when_its_price_is_below_zero() -> None:
    found = billed(
        prorate("credited", "-4.20", "-3"),
        prorate("a-trifle", "-0.0000000001", "0"),
        prorate("only-the-cost-is-credited", "4.20", "-3"),
        prorate("nothing", "0", "-3"),
        prorate("costs", "4.20", "3"),
        by=with_rules("drop_favorable_prorates"),
    )

    assert dropped(found) == dict.fromkeys(["a-trifle", "credited"], Rule.DROP_FAVORABLE_PRORATES)
    assert line_ids(found) == [["costs"], ["nothing"], ["only-the-cost-is-credited"]]


@pytest.mark.parametrize("kind", [kind for kind in ChargeKind if kind is not ChargeKind.PRORATE])
def test_what_is_credited_otherwise_than_as_a_prorate_stays(kind: ChargeKind) -> None:
    found = billed(charge("1", "-5", "-4", kind=kind), by=with_rules("drop_favorable_prorates"))

    assert money(found) == [("-5.00", "-4.00", "USD")]


def test_only_a_price_of_exactly_zero_is_zero() -> None:
    found = billed(
        charge("zero", "0", "0"),
        charge("written-long", "-0.0000", "0"),
        charge("rounds-to-zero", "0.0049", "0"),
        charge("below", "-0.0049", "0"),
        by=with_rules("drop_zero_dollar"),
    )

    assert dropped(found) == dict.fromkeys(["written-long", "zero"], Rule.DROP_ZERO_DOLLAR)
    assert line_ids(found) == [["below"], ["rounds-to-zero"]]


def test_a_charge_without_price_keeps_its_cost_when_it_is_dropped() -> None:
    found = billed(charge("gift", "0", "12.34"), by=with_rules("drop_zero_dollar"))

    [one] = found.dropped
    assert (one.charge.price, one.charge.cost, one.rule) == (Decimal(0), Decimal("12.34"), Rule.DROP_ZERO_DOLLAR)


def test_do_not_invoice_drops_everything_by_its_own_name() -> None:
    excluded = client(excluded=True)

    found = billed(charge("1"), azure("2", "3", "2"), charge("3", "0", "0"), by=with_rules(*EVERY_RULE), of=excluded)

    assert dropped(found) == dict.fromkeys(["1", "2", "3"], Rule.DO_NOT_INVOICE)
    assert (found.lines, found.problems) == ((), ())


def test_the_first_rule_that_holds_is_the_one_that_is_named() -> None:
    everything = azure("all", "-4", "-3", kind=ChargeKind.PRORATE)
    azure_zero = azure("azure-and-zero", "0", "0")
    zero_prorate = prorate("zero-prorate", "0", "0")

    found = billed(everything, azure_zero, zero_prorate, by=with_rules(*EVERY_RULE))
    without_azure = billed(everything, azure_zero, by=with_rules("drop_favorable_prorates", "drop_zero_dollar"))

    assert dropped(found) == {
        "all": Rule.DROP_AZURE,
        "azure-and-zero": Rule.DROP_AZURE,
        "zero-prorate": Rule.DROP_ZERO_DOLLAR,
    }
    assert dropped(without_azure) == {
        "all": Rule.DROP_FAVORABLE_PRORATES,
        "azure-and-zero": Rule.DROP_ZERO_DOLLAR,
    }


def test_what_a_rule_drops_is_not_collapsed() -> None:
    found = billed(
        azure("a", "10.005", "8"),
        azure("b", "-3", "-2", kind=ChargeKind.PRORATE),
        azure("c", "0", "1.50"),
        azure("d", "20.005", "16"),
        by=with_rules("collapse_azure", "drop_favorable_prorates", "drop_zero_dollar"),
    )

    # 10.005 + 20.005 = 30.01; 8 + 16 = 24. With the prorate it were 27.01, with the free one 25.50 of cost.
    assert line_ids(found) == [["a", "d"]]
    assert money(found) == [("30.01", "24.00", "USD")]
    assert dropped(found) == {"b": Rule.DROP_FAVORABLE_PRORATES, "c": Rule.DROP_ZERO_DOLLAR}


def test_where_azure_is_dropped_and_collapsed_drop_wins() -> None:
    found = billed(azure("1", "3", "2"), charge("2"), by=with_rules("drop_azure", "collapse_azure"))

    assert dropped(found) == {"1": Rule.DROP_AZURE}
    assert line_ids(found) == [["2"]]


def test_all_rules_together() -> None:
    found = billed(
        charge("seats", "59.97", "48.00", quantity="3"),
        charge("support", "0", "25"),
        charge("rebate", "-7.50", "-6", kind=ChargeKind.CREDIT),
        prorate("fewer-seats", "-19.99", "-16.00"),
        prorate("more-seats", "13.33", "10.67"),
        azure("machines", "812.4567", "701.1234"),
        by=with_rules(*EVERY_RULE),
    )

    # In: 59.97 + 0 - 7.50 - 19.99 + 13.33 + 812.4567 = 858.2667
    # Dropped: 0 (support), -19.99 (fewer seats), 812.4567 (machines) = 792.4667
    # Lines: 59.97 - 7.50 + 13.33 = 65.80 = 858.2667 - 792.4667
    assert dropped(found) == {
        "fewer-seats": Rule.DROP_FAVORABLE_PRORATES,
        "machines": Rule.DROP_AZURE,
        "support": Rule.DROP_ZERO_DOLLAR,
    }
    assert line_ids(found) == [["more-seats"], ["rebate"], ["seats"]]
    assert money(found) == [("13.33", "10.67", "USD"), ("-7.50", "-6.00", "USD"), ("59.97", "48.00", "USD")]


def test_a_clients_own_rules_hold_in_place_of_the_integrations() -> None:
    own = client(use_global=False, modifiers=Modifiers(drop_zero_dollar=True))
    charges = (azure("azure", "3", "2"), charge("free", "0", "0"))

    of_the_client = billed(*charges, by=with_rules("drop_azure"), of=own)
    of_the_integration = billed(*charges, by=with_rules("drop_azure"), of=client())

    assert dropped(of_the_client) == {"free": Rule.DROP_ZERO_DOLLAR}
    assert of_the_client.settings.modifiers_from is Source.CLIENT
    assert dropped(of_the_integration) == {"azure": Rule.DROP_AZURE}
    assert of_the_integration.settings.modifiers_from is Source.INTEGRATION


def test_a_rule_of_the_integration_does_not_hold_for_a_client_that_switched_it_off() -> None:
    found = billed(azure("1", "3", "2"), by=with_rules("drop_azure"), of=client(use_global=False))

    assert line_ids(found) == [["1"]]
