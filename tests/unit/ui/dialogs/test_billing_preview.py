"""The preview in Edit Company: what it says, that its rows stay where they are, and that it follows the switches."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from billingbot.domain.billing import Amount, Rule
from billingbot.domain.charge import ChargeKind
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Integration, Modifiers
from billingbot.domain.match import ClientStatus
from billingbot.jobs.preview_billing import CurrencyPreview
from billingbot.ui.client_page import DialogKind
from billingbot.ui.dialogs.billing_preview import preview_rows, rules_on
from tests.fakes import NOON
from tests.unit.store.statements import NOVEMBER, charge, statement
from tests.unit.ui.dialogs.dialog_page import HOSTILE, Desk, DialogPage

NONE = Amount(0, Decimal(0), Decimal(0))
PLAIN = CurrencyPreview(
    "USD",
    charges=Amount(3, Decimal("8.005"), Decimal("10")),
    dropped=dict.fromkeys(Rule, NONE),
    waiting=NONE,
    collapsed=0,
    lines=Amount(3, Decimal("8.01"), Decimal("10")),
    withheld=Decimal(0),
    absorbed=Decimal(0),
)
PAX8 = Integration("pax8", "Pax8", modifiers=Modifiers(drop_azure=True))


def dropping(rule: Rule, amount: Amount, **others: Any) -> CurrencyPreview:
    return replace(PLAIN, dropped={**PLAIN.dropped, rule: amount}, **others)


def test_rules_that_are_off_say_so_and_those_that_drop_nothing_a_dash() -> None:
    rows = {row.name: row for row in preview_rows(PLAIN, frozenset({"Drop Azure Lines"}), waits=False)}

    assert rows["Drop Azure Lines"].count == "–"
    assert rows["Drop Zero Dollar Lines"].count == rows["Collapse Azure Lines"].count == "off"
    assert rows["Do Not Invoice"].quiet
    assert not rows["Charges in"].quiet


def test_what_is_left_has_its_margin_and_its_share() -> None:
    *_, lines, margin = preview_rows(PLAIN, frozenset(), waits=False)

    assert (lines.count, lines.cost, lines.price) == ("3", "8.01", "10.00")
    assert (margin.cost, margin.price, margin.loss) == ("19.9 %", "1.99", False)


def test_a_margin_below_nothing_is_a_loss_and_none_of_nothing_has_no_share() -> None:
    loss = replace(PLAIN, lines=Amount(1, Decimal(2), Decimal(0)))

    margin = preview_rows(loss, frozenset(), waits=False)[-1]

    assert (margin.cost, margin.price, margin.loss) == ("", "-2.00", True)


def test_a_withheld_credit_and_an_absorbed_cost_are_said() -> None:
    credit = dropping(Rule.DROP_FAVORABLE_PRORATES, Amount(1, Decimal(-4), Decimal(-5)), withheld=Decimal(5))
    nothing = dropping(Rule.DROP_ZERO_DOLLAR, Amount(2, Decimal("0.62"), Decimal(0)), absorbed=Decimal("0.62"))

    notes = {row.name: row.note for row in preview_rows(credit, frozenset(Rule), waits=False)}
    assert notes["Drop Favorable Prorates"] == "credit withheld USD 5.00"
    assert notes["Drop Zero Dollar Lines"] == "cost absorbed –"
    notes = {row.name: row.note for row in preview_rows(nothing, frozenset(Rule), waits=False)}
    assert notes["Drop Zero Dollar Lines"] == "cost absorbed USD 0.62"


def test_collapsed_charges_say_how_many_become_one() -> None:
    rows = {row.name: row for row in preview_rows(replace(PLAIN, collapsed=1200), frozenset(), waits=False)}

    assert rows["Collapse Azure Lines"].count == "1,200 → 1"


@pytest.mark.parametrize("waits", [True, False])
def test_the_rows_and_their_notes_are_the_same_whatever_is_switched(waits: bool) -> None:
    credit = dropping(Rule.DROP_FAVORABLE_PRORATES, Amount(1, Decimal(-4), Decimal(-5)), withheld=Decimal(5))

    shapes = {
        tuple((row.name, bool(row.note)) for row in preview_rows(preview, rules, waits=waits))
        for preview in (PLAIN, credit, replace(PLAIN, collapsed=3), replace(PLAIN, waiting=PLAIN.charges))
        for rules in (frozenset[str](), frozenset(str(rule) for rule in Rule))
    }

    assert len(shapes) == 1


def test_the_rules_are_those_of_the_draft() -> None:
    assert rules_on(ClientSettings(), PAX8) == {"Drop Azure Lines"}
    assert rules_on(ClientSettings(use_global=False, excluded=True), PAX8) == {"Do Not Invoice"}
    every = Modifiers(True, True, True, True)
    assert len(rules_on(ClientSettings(use_global=False, modifiers=every), PAX8)) == 4


class TestInTheDialog:
    def test_without_a_month_it_says_what_it_would_show(self, desk: Desk) -> None:
        page = desk.open(DialogKind.EDIT_COMPANY, desk.client(ClientStatus.MAPPED))

        assert "No month of Pax8 was fetched yet" in page.said()

    def test_a_client_without_charges_says_so(self, desk: Desk) -> None:
        desk.app.store.replace_charges("pax8", statement(), "ann", NOON)

        mapped = desk.open(DialogKind.EDIT_COMPANY, desk.client(ClientStatus.MAPPED))
        unmapped = desk.open(DialogKind.EDIT_COMPANY, desk.client(ClientStatus.UNMAPPED))

        assert "Pax8 charges nothing for this client in 2026-11." in mapped.said()
        assert "No company is linked, so there are no charges." in unmapped.said()

    def test_it_follows_the_switches_before_anything_is_saved(self, desk: Desk) -> None:
        client_id = desk.client(ClientStatus.MAPPED)
        [link] = desk.links(client_id)
        credit = charge("b", company_id=link.company_id, kind=ChargeKind.PRORATE, price=Decimal("-5.25"))
        rows = [charge("a", company_id=link.company_id, product=HOSTILE), credit]
        desk.app.store.replace_charges("pax8", statement(*rows, final=False), "ann", NOON)
        page = desk.open(DialogKind.EDIT_COMPANY, client_id)
        assert f"Preview of {NOVEMBER}, may still change" in preview(page)
        assert "credit withheld –" in preview(page)

        page.switch("0-use_global", False)
        page.switch("0-drop_favorable_prorates", True)

        assert "credit withheld USD 5.25" in preview(page)
        assert desk.settings(client_id).version == 0

        page.switch("0-excluded", True)
        assert "credit withheld –" in preview(page)

    def test_charges_are_read_once_an_opening_and_not_at_each_switch(self, desk: Desk) -> None:
        client_id = desk.client(ClientStatus.MAPPED)
        [link] = desk.links(client_id)
        desk.app.store.replace_charges("pax8", statement(charge("a", company_id=link.company_id)), "ann", NOON)
        page = desk.open(DialogKind.EDIT_COMPANY, client_id)
        before = preview(page)

        desk.app.store.replace_charges("pax8", statement(), "ann", NOON)
        page.switch("0-excluded", True)
        page.switch("0-excluded", False)

        assert preview(page) == before


def preview(page: DialogPage) -> str:
    """Return the preview as it is written."""
    [found] = [element.proto.body for element in page.at.get("html") if "billing-preview" in element.proto.body]
    return str(found)
