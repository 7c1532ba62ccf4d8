"""Keys of lines: the same charge has the same key whenever it is billed again, and no two lines have one."""

import re
from dataclasses import replace

import pytest

from billingbot.domain.charge import Charge
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from tests.unit.billing.charges import DECEMBER, NOVEMBER, PAX8, account, applied, azure, charge, client, with_rules

ACME = client(1)
OWNED = account("c1", ACME)
WRITTEN = re.compile(r"BB-[a-z0-9._-]{1,37}")


def keys(*charges: Charge, by: Integration = PAX8, period: Period = NOVEMBER) -> dict[str, tuple[str, str]]:
    """Return both keys of each line by the id of the first of its charges."""
    [billing] = applied(*charges, accounts=OWNED, by=by, period=period).clients
    return {line.members[0].charge_id: (line.key, line.recurring_key) for line in billing.lines}


def test_keys_are_short_and_plain_whatever_the_ids() -> None:
    longest = replace(PAX8, key="ingram_micro")

    for key, recurring in keys(charge("Ünïcode / " * 30), azure("\n", "1", "1"), by=longest).values():
        assert WRITTEN.fullmatch(key)
        assert WRITTEN.fullmatch(recurring)


def test_a_charge_keeps_its_key_when_its_amounts_and_names_change() -> None:
    before = keys(charge("1", "10", "8"))
    after = keys(charge("1", "12", "9", quantity="2", product="Office E3 (new)", description="Anew"))

    assert before["1"][0] == after["1"][0]


def test_a_line_keeps_its_keys_whatever_else_is_billed_and_in_whatever_order() -> None:
    one, two, three = (charge(number, subscription_id=f"s{number}", sku=f"K{number}") for number in "123")

    alone, all_of_them = keys(two), keys(one, two, three)

    assert keys(three, one, two) == all_of_them
    assert alone["2"] == all_of_them["2"]


def test_a_months_key_is_of_that_month_and_the_subscriptions_stays() -> None:
    november = keys(charge("id-of-november", subscription_id="s1"))["id-of-november"]
    december = keys(charge("id-of-december", subscription_id="s1"), period=DECEMBER)["id-of-december"]

    assert november[0] != december[0]
    assert november[1] == december[1]


def test_two_charges_of_one_subscription_have_two_recurring_keys() -> None:
    found = keys(charge("1", subscription_id="s1"), charge("2", subscription_id="s1"))

    assert len({recurring for _, recurring in found.values()}) == 2


def test_the_same_ids_at_another_distributor_or_in_another_month_are_other_lines() -> None:
    here = keys(charge("1"))["1"][0]
    there = keys(charge("1"), by=replace(PAX8, key="ingram_micro"))["1"][0]
    later = keys(charge("1"), period=DECEMBER)["1"][0]

    assert len({here, there, later}) == 3


def test_the_collapsed_line_keeps_both_keys_whatever_is_in_it() -> None:
    rules = with_rules("collapse_azure")

    one = keys(azure("1", "1", "1"), by=rules)["1"]
    others = keys(azure("2", "1", "1", sku="B"), azure("3", "1", "1", subscription_id="s9"), by=rules)["2"]
    later = keys(azure("4", "1", "1"), by=rules, period=DECEMBER)["4"]

    assert one == others
    assert (one[0] != later[0], one[1]) == (True, later[1])


@pytest.mark.parametrize(("left", "right"), [(("a", "b/c"), ("a/b", "c")), (("a", "b\0c"), ("a\0b", "c"))])
def test_parts_of_a_key_do_not_run_into_each_other(left: tuple[str, str], right: tuple[str, str]) -> None:
    ours, theirs = (charge("1", subscription_id=one[0], sku=one[1]) for one in (left, right))

    assert keys(ours)["1"][1] != keys(theirs)["1"][1]
