"""Assign Invoice, with HaloPSA behind it over HTTP: what is offered, what is saved, and what may happen meanwhile."""

import pytest

from billingbot.bootstrap import App, Connections
from billingbot.domain.client_settings import Setting
from billingbot.domain.integration import Assignment
from billingbot.sandbox.dataset import HaloClient
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.ui.client_page import DialogKind
from tests.billed_clients import (
    client_with_disabled_recurring_invoice,
    client_with_only_closed_invoices,
    client_with_open_invoice,
    client_with_recurring_invoice,
    client_without_invoices,
    client_without_recurring_invoice,
)
from tests.fakes import no_vendors
from tests.unit.ui.dialogs.dialog_page import Desk, DialogPage

INVOICES, RECURRING = "/halo/api/Invoice", "/halo/api/RecurringInvoice"
PICK = DialogKind.ASSIGN_INVOICE


def opened(desk: Desk, client: HaloClient, assignment: Assignment = Assignment.LAST) -> DialogPage:
    desk.edit(client.client_id, {Setting.ASSIGNMENT: assignment})
    return desk.open(PICK, client.client_id)


def test_the_open_invoices_can_be_picked_and_the_others_say_why_not(desk: Desk) -> None:
    client = client_with_open_invoice(desk.sandbox.data)

    page = opened(desk, client)

    fit, unfit = page.table("invoices-fit"), page.table_to_look_at()
    assert desk.app.connections.halo is not None
    listed = desk.app.connections.halo.invoices(client.client_id)
    assert fit["ID"].tolist() == [invoice.invoice_id for invoice in listed if not invoice.refusal]
    assert unfit["ID"].tolist() == [invoice.invoice_id for invoice in listed if invoice.refusal]
    assert (unfit["Why"] != "").all()
    assert page.is_disabled("assign")


def test_picking_and_assigning_saves_the_target_only(desk: Desk) -> None:
    client = client_with_open_invoice(desk.sandbox.data)
    page = opened(desk, client)
    invoice_id = int(page.table("invoices-fit")["ID"].iloc[0])

    page.select("invoices-fit", 0)
    page.click("assign")

    settings = desk.settings(client.client_id)
    assert (settings.last_invoice_id, settings.assignment, settings.version) == (invoice_id, Assignment.LAST, 2)
    assert page.state.dialog is None
    assert page.state.notice is not None
    assert page.state.notice.text == f"{client.name}: Last invoice: none → {invoice_id}"


def test_an_inherited_assignment_stays_inherited(desk: Desk) -> None:
    desk.write("update integration set assignment = 'last' where key = 'pax8'")
    client = client_with_open_invoice(desk.sandbox.data)
    page = desk.open(PICK, client.client_id)

    page.select("invoices-fit", 0)
    page.click("assign")

    settings = desk.settings(client.client_id)
    assert settings.assignment is None
    assert settings.last_invoice_id is not None


def test_recurring_invoices_are_offered_when_the_assignment_is_recurring(desk: Desk) -> None:
    client = client_with_recurring_invoice(desk.sandbox.data)
    page = opened(desk, client, Assignment.RECURRING)
    invoice_id = int(page.table("invoices-fit")["ID"].iloc[0])

    page.select("invoices-fit", 0)
    page.click("assign")

    assert desk.settings(client.client_id).recurring_invoice_id == invoice_id


def test_a_disabled_recurring_invoice_cannot_be_picked(desk: Desk) -> None:
    client = client_with_disabled_recurring_invoice(desk.sandbox.data)

    page = opened(desk, client, Assignment.RECURRING)

    assert page.table_to_look_at()["Why"].iloc[0].startswith("Disabled")


def test_new_says_that_there_is_nothing_to_pick_and_leads_to_edit_company(desk: Desk) -> None:
    client = client_with_open_invoice(desk.sandbox.data)
    page = opened(desk, client, Assignment.NEW)
    asked = desk.sandbox.control.requests(INVOICES)

    page.click("edit")

    assert asked == 0
    assert page.state.dialog is not None
    assert page.state.dialog.kind is DialogKind.EDIT_COMPANY


@pytest.mark.parametrize(
    ("find", "assignment", "sentence"),
    [
        (client_without_invoices, Assignment.LAST, "HaloPSA has no invoice of this client"),
        (client_without_recurring_invoice, Assignment.RECURRING, "HaloPSA has no recurring invoice of this client"),
        (client_with_only_closed_invoices, Assignment.LAST, "None of the client's invoices can take charges"),
    ],
    ids=["no invoice", "no recurring invoice", "only closed invoices"],
)
def test_an_empty_list_says_what_to_do(desk: Desk, find: object, assignment: Assignment, sentence: str) -> None:
    assert callable(find)

    page = opened(desk, find(desk.sandbox.data), assignment)

    assert sentence in page.said()
    assert page.is_disabled("assign")


class TestTheTarget:
    def test_is_selected_at_the_opening_and_needs_no_saving(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        [*_, invoice_id] = desk.sandbox.control.add_invoices(client.client_id, 3)
        desk.edit(client.client_id, {Setting.LAST_INVOICE_ID: invoice_id})

        page = opened(desk, client)

        assert f"**invoice {invoice_id}**" in page.said()
        assert page.is_disabled("assign")
        assert page.at.button(key=page.key("assign")).help == "Charges go there already."

    def test_can_be_removed(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        desk.edit(client.client_id, {Setting.LAST_INVOICE_ID: 5})
        page = opened(desk, client)

        page.click("remove")

        assert desk.settings(client.client_id).last_invoice_id is None
        assert page.state.notice is not None
        assert page.state.notice.text == f"{client.name}: Last invoice: 5 → none"

    def test_that_is_not_listed_any_more_is_said_to_be(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        desk.edit(client.client_id, {Setting.LAST_INVOICE_ID: 5})

        page = opened(desk, client)

        assert "does not list invoice 5 for this client any more" in page.said()

    def test_that_cannot_take_charges_any_more_is_said_to_be(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        invoice_id = desk.sandbox.control.add_invoice(client.client_id)
        desk.edit(client.client_id, {Setting.LAST_INVOICE_ID: invoice_id})
        desk.sandbox.control.void_invoice(invoice_id)

        page = opened(desk, client)

        assert f"Invoice {invoice_id} cannot take charges. Voided" in page.said()


class TestMeanwhile:
    @pytest.mark.parametrize("what", ["post_invoice", "void_invoice", "pay_invoice", "remove_invoice"])
    def test_an_invoice_that_changed_is_refused_and_the_list_is_read_again(self, desk: Desk, what: str) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        page = opened(desk, client)
        invoice_id = int(page.table("invoices-fit")["ID"].iloc[0])
        page.select("invoices-fit", 0)
        getattr(desk.sandbox.control, what)(invoice_id)

        page.click("assign")

        [error] = page.errors()
        assert f"invoice {invoice_id}" in error
        assert invoice_id not in [each for table in page.tables() if "Why" not in table for each in table["ID"]]
        assert desk.settings(client.client_id).last_invoice_id is None
        assert page.state.dialog is not None
        assert page.is_disabled("assign")

    def test_another_operators_target_is_shown_beside_mine_and_mine_can_win(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        first, second = desk.sandbox.control.add_invoices(client.client_id, 2)
        page = opened(desk, client)
        page.select("invoices-fit", page.table("invoices-fit")["ID"].tolist().index(first))
        desk.edit(client.client_id, {Setting.LAST_INVOICE_ID: second})

        page.click("assign")
        refused = page.at.table[0].value.to_numpy().tolist()
        kept = desk.settings(client.client_id).last_invoice_id
        page.click("assign")

        assert refused == [["Last invoice", str(second), str(first)]]
        assert kept == second
        assert desk.settings(client.client_id).last_invoice_id == first

    def test_another_operators_target_can_be_taken(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        first, second = desk.sandbox.control.add_invoices(client.client_id, 2)
        page = opened(desk, client)
        page.select("invoices-fit", page.table("invoices-fit")["ID"].tolist().index(first))
        desk.edit(client.client_id, {Setting.LAST_INVOICE_ID: second})
        page.click("assign")

        page.click("take")

        assert not page.at.table
        assert f"**invoice {second}**" in page.said()
        assert page.is_disabled("assign")

    def test_another_assignment_shows_the_other_kind_of_invoice(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        page = opened(desk, client)
        page.select("invoices-fit", 0)
        desk.edit(client.client_id, {Setting.ASSIGNMENT: Assignment.RECURRING})

        page.click("assign")

        assert "was changed by bob meanwhile. Its assignment is Recurring now." in page.errors()[0]
        assert "No recurring invoice is picked yet" in page.said()
        assert desk.settings(client.client_id).last_invoice_id is None


class TestHaloPsaDown:
    def test_while_the_list_is_read_says_so_and_can_be_tried_again(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        desk.edit(client.client_id, {Setting.LAST_INVOICE_ID: 5})
        desk.sandbox.control.fault(Fault(FaultKind.UNAVAILABLE, INVOICES))
        page = opened(desk, client)
        failed = page.errors()
        buttons = page.buttons()
        desk.sandbox.control.clear_faults()

        page.click("again")

        assert len(failed) == 1
        assert "HaloPSA" in failed[0]
        assert buttons == ["Try again", "Remove target", "Cancel"]
        assert not page.errors()
        assert not page.table("invoices-fit").empty

    def test_shows_where_charges_go_now(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        desk.edit(client.client_id, {Setting.LAST_INVOICE_ID: 5})
        desk.sandbox.control.fault(Fault(FaultKind.UNAVAILABLE, INVOICES))

        page = opened(desk, client)

        assert "**invoice 5**" in page.said()

    def test_does_not_ask_again_at_every_rerun(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        desk.sandbox.control.fault(Fault(FaultKind.UNAVAILABLE, INVOICES))
        page = opened(desk, client)
        asked = desk.sandbox.control.requests(INVOICES)

        page.run()

        assert desk.sandbox.control.requests(INVOICES) == asked

    def test_at_assigning_saves_nothing_and_keeps_the_choice(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        page = opened(desk, client)
        invoice_id = int(page.table("invoices-fit")["ID"].iloc[0])
        page.select("invoices-fit", 0)
        desk.sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, f"{INVOICES}/{invoice_id}"))

        page.click("assign")
        failed = page.errors()
        desk.sandbox.control.clear_faults()
        page.click("assign")

        assert len(failed) == 1
        assert desk.settings(client.client_id).last_invoice_id == invoice_id

    def test_not_connected_says_what_to_set(self, desk: Desk) -> None:
        client = client_with_open_invoice(desk.sandbox.data)
        problem = {"halo": "Set BILLINGBOT_HALO_CLIENT_ID."}
        store = desk.app.store
        app = App(store, Connections(None, {}, problem), True, no_vendors(store))
        unconnected = Desk(app, desk.engine, desk.sandbox)

        page = opened(unconnected, client)

        assert r"Set BILLINGBOT\_HALO\_CLIENT\_ID" in page.errors()[0]


class TestManyInvoices:
    @pytest.fixture
    def page(self, desk: Desk) -> DialogPage:
        client = client_with_open_invoice(desk.sandbox.data)
        desk.sandbox.control.add_invoices(client.client_id, 5_000)
        return opened(desk, client)

    def test_all_five_thousand_are_offered_and_read_once(self, desk: Desk, page: DialogPage) -> None:
        asked = desk.sandbox.control.requests(INVOICES)

        page.run()

        assert len(page.table("invoices-fit")) >= 5_000
        assert desk.sandbox.control.requests(INVOICES) == asked

    def test_a_search_finds_and_what_is_picked_in_it_is_assigned(self, desk: Desk, page: DialogPage) -> None:
        wanted = page.table("invoices-fit").iloc[4321]

        page.search(wanted["Number"].lower(), "invoices-search")
        page.select("invoices-fit", 0)
        page.click("assign")

        [recorded] = desk.app.store.history(
            "pax8", next(iter(page.at.session_state["client_page"].returned_from.client_ids)), 1
        )
        assert recorded.change.after == {"last_invoice_id": int(wanted["ID"])}

    def test_a_search_does_not_take_the_number_of_the_chosen_row_for_another_invoice(self, page: DialogPage) -> None:
        another_month = f"{page.table('invoices-fit')['Date'].iloc[3000]:%Y-%m}"
        page.select("invoices-fit", 3)

        page.search(another_month, "invoices-search")

        assert len(page.table("invoices-fit")) > 3
        assert page.is_disabled("assign")

    def test_a_choice_that_a_search_hides_is_not_assigned_and_is_there_again_afterwards(self, page: DialogPage) -> None:
        page.select("invoices-fit", 3)
        page.search("no such invoice", "invoices-search")
        hidden = page.is_disabled("assign")

        page.search("", "invoices-search")

        assert hidden
        assert not page.is_disabled("assign")


def test_a_hostile_reference_is_text(desk: Desk) -> None:
    client = client_with_open_invoice(desk.sandbox.data)
    name = "<img src=x onerror=alert(1)> =cmd() شركة 🐙" + "x" * 300
    desk.sandbox.control.add_invoice(client.client_id, name)

    page = opened(desk, client)

    assert name in page.table("invoices-fit")["Reference"].tolist()
    assert name not in page.said()
