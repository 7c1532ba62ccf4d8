"""Whatever is charged to whomever under whatever rules: nothing disappears, and nothing is billed twice."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billingbot.billing.apply import apply
from billingbot.billing.waterfall import totals, waterfall
from billingbot.domain.account import Account, BilledClient
from billingbot.domain.billing import Billing, InvoiceLine, Rule, WaterfallStep
from billingbot.domain.charge import Charge, ChargeKind, Statement
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Assignment, Integration, Modifiers
from tests.unit.billing.charges import AZURE, NOVEMBER, charge

PLACES = {"JPY": Decimal(1), "KWD": Decimal("0.001"), "USD": Decimal("0.01"), "EUR": Decimal("0.01")}
COMPANIES = ["", "c1", "c2", "c3", "c4", "nobody's"]

on_any_machine = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
)
flags = st.booleans()
# Small ones, halves of a cent, and all that the database keeps: 15 digits and 10 decimals.
amounts = (
    st.integers(-3000, 3000).map(lambda digits: Decimal(digits).scaleb(-3))
    | st.sampled_from([Decimal(0), Decimal("-0.005"), Decimal("0.0079"), Decimal("1E+3")])
    | st.integers(1 - 10**25, 10**25 - 1).map(lambda digits: Decimal(digits).scaleb(-10))
)
one_charge = st.builds(
    charge,
    charge_id=st.text(st.characters(exclude_categories=["Cs"]), max_size=4) | st.uuids().map(str),
    price=amounts,
    cost=amounts,
    quantity=amounts,
    company_id=st.sampled_from(COMPANIES) | st.just("c1"),
    kind=st.just(ChargeKind.PRORATE) | st.sampled_from(ChargeKind),
    azure=st.sampled_from(["", AZURE]),
    sku=st.sampled_from(["", "A"]),
    product=st.sampled_from(["A", "B"]),
    subscription_id=st.sampled_from(["", "s1"]),
    currency=st.just("USD") | st.sampled_from(sorted(PLACES)),
)
# Many more often than hypothesis would: lines meet only where there are several.
charges = st.sampled_from([0, 1, 10, 20]).flatmap(
    lambda least: st.lists(one_charge, min_size=least, max_size=least + 5, unique_by=lambda one: one.charge_id)
)
modifiers = st.builds(Modifiers, flags, flags, flags, flags)
clients = st.builds(
    BilledClient,
    client_id=st.integers(1, 3),
    name=st.sampled_from(["Acme", "Bolt"]),
    settings=st.builds(
        ClientSettings,
        use_global=flags,
        modifiers=modifiers,
        assignment=st.none() | st.sampled_from(Assignment),
        excluded=st.sampled_from([False] * 7 + [True]),
    ),
    gone=st.sampled_from([False] * 7 + [True]),
)
rarely = st.sampled_from([False] * 7 + [True])


@st.composite
def mappings(draw: st.DrawFn) -> dict[str, Account]:
    """Return accounts of some companies; a client is the same in each of its accounts."""
    of: dict[int, BilledClient] = {}
    found: dict[str, Account] = {}
    for company_id in COMPANIES[1:-1]:
        if not draw(rarely):
            drawn = draw(clients)
            client = of.setdefault(drawn.client_id, drawn)
            found[company_id] = Account(company_id, company_id, client, draw(rarely), draw(rarely))
    return found


integrations = st.builds(
    Integration, key=st.sampled_from(["pax8", "ingram_micro"]), name=st.just(""), modifiers=modifiers
)


def bill(integration: Integration, listed: Iterable[Charge], accounts: Mapping[str, Account]) -> Billing:
    return apply(integration, Statement(NOVEMBER, tuple(listed), final=True), accounts)


def lines(found: Billing) -> list[InvoiceLine]:
    return [line for client in found.clients for line in client.lines]


def charges_out(found: Billing) -> Iterator[Charge]:
    """Yield every charge of the result: members of lines, dropped, problems."""
    for client in found.clients:
        for line in client.lines:
            yield from line.members
        yield from (one.charge for one in client.dropped)
        yield from (problem.charge for problem in client.problems)
    for company in found.unassigned:
        yield from (problem.charge for problem in company.problems)


def sums(listed: Iterable[Charge]) -> dict[str, tuple[int, Fraction, Fraction]]:
    """Return count, cost and price by currency, in fractions, which are always exact."""
    found: defaultdict[str, tuple[int, Fraction, Fraction]] = defaultdict(lambda: (0, Fraction(0), Fraction(0)))
    for one in listed:
        count, cost, price = found[one.currency]
        found[one.currency] = (count + 1, cost + Fraction(one.cost), price + Fraction(one.price))
    return dict(found)


@on_any_machine
@given(integrations, charges, mappings())
def test_charges_in_are_members_of_lines_and_dropped_and_problems(
    integration: Integration, listed: list[Charge], accounts: dict[str, Account]
) -> None:
    out = list(charges_out(bill(integration, listed, accounts)))

    assert Counter(one.charge_id for one in out) == Counter(one.charge_id for one in listed)
    assert sums(out) == sums(listed)


@on_any_machine
@given(integrations, charges, mappings())
def test_a_line_is_what_its_charges_come_to_rounded_once(
    integration: Integration, listed: list[Charge], accounts: dict[str, Account]
) -> None:
    for line in lines(bill(integration, listed, accounts)):
        place = PLACES[line.currency]
        exact = sums(line.members)
        for rounded, sum_of_members in zip((line.cost, line.price), exact[line.currency][1:], strict=True):
            assert abs(Fraction(rounded) - sum_of_members) <= Fraction(place) / 2
            assert Fraction(rounded) % Fraction(place) == 0
        assert list(exact) == [line.currency]
        with localcontext(prec=80):
            assert (line.quantity * line.unit_price).quantize(place, ROUND_HALF_UP) == line.price


@on_any_machine
@given(integrations, charges, mappings())
def test_no_two_lines_have_one_key_and_no_two_have_one_recurring_key(
    integration: Integration, listed: list[Charge], accounts: dict[str, Account]
) -> None:
    found = lines(bill(integration, listed, accounts))

    assert len({line.key for line in found}) == len({line.recurring_key for line in found}) == len(found)


@on_any_machine
@given(integrations, charges, mappings(), st.randoms(use_true_random=False))
def test_the_order_in_which_charges_come_changes_nothing(
    integration: Integration, listed: list[Charge], accounts: dict[str, Account], chance: random.Random
) -> None:
    shuffled = chance.sample(listed, len(listed))

    assert bill(integration, shuffled, accounts) == bill(integration, listed, accounts)


@on_any_machine
@given(integrations, charges, one_charge, mappings())
def test_one_more_charge_changes_no_key_of_a_line_that_was_there(
    integration: Integration, listed: list[Charge], more: Charge, accounts: dict[str, Account]
) -> None:
    before = [one for one in listed if one.charge_id != more.charge_id]

    kept = {line.key for line in lines(bill(integration, before, accounts))}

    assert kept <= {line.key for line in lines(bill(integration, [*before, more], accounts))}


@on_any_machine
@given(integrations, charges, one_charge, mappings())
def test_a_charge_of_another_subscription_changes_no_recurring_key_of_a_line_that_was_there(
    integration: Integration, listed: list[Charge], more: Charge, accounts: dict[str, Account]
) -> None:
    before = [one for one in listed if one.charge_id != more.charge_id]
    after = [*before, replace(more, subscription_id="another")]

    kept = {line.recurring_key for line in lines(bill(integration, before, accounts))}

    assert kept <= {line.recurring_key for line in lines(bill(integration, after, accounts))}


@on_any_machine
@given(integrations, charges, mappings())
def test_rules_drop_only_what_they_are_for(
    integration: Integration, listed: list[Charge], accounts: dict[str, Account]
) -> None:
    for client in bill(integration, listed, accounts).clients:
        rules = client.settings.modifiers
        for one in client.dropped:
            assert {
                Rule.DO_NOT_INVOICE: client.settings.excluded,
                Rule.DROP_AZURE: rules.drop_azure and one.charge.azure,
                Rule.DROP_FAVORABLE_PRORATES: rules.drop_favorable_prorates and one.charge.price < 0,
                Rule.DROP_ZERO_DOLLAR: rules.drop_zero_dollar and one.charge.price == 0,
            }[one.rule]
        assert not (client.settings.excluded and client.lines)
        assert all(not line.collapsed or rules.collapse_azure for line in client.lines)
        assert all(not (rules.drop_azure and line.members[0].azure) for line in client.lines)


@on_any_machine
@given(integrations, charges, mappings())
def test_the_first_step_of_the_waterfall_is_what_came_in_and_the_sum_of_the_others(
    integration: Integration, listed: list[Charge], accounts: dict[str, Account]
) -> None:
    found = bill(integration, listed, accounts)

    first, *others = waterfall(found.clients, found.unassigned)

    assert amounts_of([first]) == amounts_of(others) == sums(listed)
    assert dict(first.amounts) == totals(listed)


def amounts_of(steps: Iterable[WaterfallStep]) -> dict[str, tuple[int, Fraction, Fraction]]:
    """Return count, cost and price over all steps, by currency."""
    found: dict[str, tuple[int, Fraction, Fraction]] = {}
    for step in steps:
        for currency, amount in step.amounts.items():
            count, cost, price = found.get(currency, (0, Fraction(0), Fraction(0)))
            found[currency] = (count + amount.count, cost + Fraction(amount.cost), price + Fraction(amount.price))
    return found
