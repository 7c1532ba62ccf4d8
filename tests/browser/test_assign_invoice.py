"""Assign Invoice in a browser: what can be picked and what cannot, by what HaloPSA has billed the client."""

from playwright.sync_api import BrowserContext, expect

from billingbot.domain.match import ClientStatus
from tests.billed_clients import (
    client_with_disabled_recurring_invoice,
    client_with_only_closed_invoices,
    client_with_open_invoice,
    client_with_recurring_invoice,
    client_without_invoices,
    client_without_recurring_invoice,
)
from tests.browser.client_dialog import ClientDialog, pick_invoice
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.dialogs import bring_into_sight
from tests.browser.unused_clients import UnusedClients

NORMAL = ["ID", "Number", "Date", "Name", "Reference", "Total"]
RECURRING = ["ID", "Amount", "Reference", "Contract", "Next Period"]
MANY = 5_000


def test_what_can_be_picked_has_the_columns_of_the_specification_and_nothing_is_picked_yet(
    page: ClientPage, shared_app: RunningApp
) -> None:
    client = client_with_open_invoice(shared_app.sandbox.data)

    dialog = pick_invoice(page, client.client_id, "last")

    invoices = dialog.table("Invoices")
    expect(invoices.headings).to_have_text(NORMAL)
    assert set(invoices.cells("Name")) == {client.name}
    dialog.expect_text("No invoice is picked yet")
    expect(invoices.ticked).to_have_count(0)
    expect(dialog.button("Assign")).to_be_disabled()


def test_closed_invoices_are_shown_with_their_reason_and_cannot_be_selected(
    page: ClientPage, shared_app: RunningApp
) -> None:
    client = client_with_only_closed_invoices(shared_app.sandbox.data)

    dialog = pick_invoice(page, client.client_id, "last")

    closed = dialog.table("Cannot take charges")
    expect(closed.headings).to_have_text([*NORMAL, "Why"])
    assert all(why.startswith(("Posted", "Paid", "Voided")) for why in closed.cells("Why"))
    dialog.expect_text("None of the client's invoices can take charges.")
    closed.click_box(closed.cells("ID")[0])
    expect(closed.ticked).to_have_count(0)
    expect(dialog.button("Assign")).to_be_disabled()


def test_the_invoice_that_is_picked_stands_in_the_row_and_undo_takes_it_back(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    invoice_id, _ = (shared_app.sandbox.control.add_invoice(client_id) for _ in range(2))
    dialog = pick_invoice(page, client_id, "last")
    dialog.table("Invoices").click_box(str(invoice_id))

    dialog.press("Assign")

    target = page.row(client_id).locator("[col-id=last_invoice_id]")
    expect(target).to_have_text(str(invoice_id))
    expect(page.notice).to_contain_text(f"Last invoice: none → {invoice_id}")
    page.undo_button.click()
    expect(target).to_have_text("Pick")


def test_leaving_after_picking_assigns_nothing(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    invoice_id = shared_app.sandbox.control.add_invoice(client_id)
    pick_invoice(page, client_id, "last").escape()
    for way in ("Cancel", "Close"):
        dialog = ClientDialog.open(page, client_id, "Assign Invoice")
        dialog.table("Invoices").click_box(str(invoice_id))
        expect(dialog.button("Assign")).to_be_enabled()

        dialog.dismiss(way)

        expect(page.row(client_id).locator("[col-id=last_invoice_id]")).to_have_text("Pick")


def test_the_present_target_is_selected_and_can_be_removed(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    invoice_id, other_id = (shared_app.sandbox.control.add_invoice(client_id) for _ in range(2))
    dialog = pick_invoice(page, client_id, "last")
    dialog.table("Invoices").click_box(str(invoice_id))
    dialog.press("Assign")

    dialog = ClientDialog.open(page, client_id, "Assign Invoice")

    dialog.expect_text(f"Charges of this client go to invoice {invoice_id}.")
    expect(dialog.table("Invoices").ticked).to_contain_text(str(invoice_id))
    expect(dialog.button("Assign")).to_be_disabled()
    dialog.table("Invoices").click_box(str(other_id))
    expect(dialog.button("Assign")).to_be_enabled()
    dialog.press("Remove target")
    expect(page.notice).to_contain_text(f"Last invoice: {invoice_id} → none")
    expect(page.row(client_id).locator("[col-id=last_invoice_id]")).to_have_text("Pick")


def test_recurring_invoices_have_their_own_columns_and_are_assigned(page: ClientPage, shared_app: RunningApp) -> None:
    client_id = client_with_recurring_invoice(shared_app.sandbox.data).client_id

    dialog = pick_invoice(page, client_id, "recurring")

    invoices = dialog.table("Invoices")
    expect(invoices.headings).to_have_text(RECURRING)
    [(invoice_id, contract)] = invoices.records("ID", "Contract")
    assert contract.startswith("MSA-")
    invoices.click_box(invoice_id)
    dialog.press("Assign")
    expect(page.row(client_id).locator("[col-id=recurring_invoice_id]")).to_have_text(invoice_id)
    expect(page.notice).to_contain_text(f"Recurring invoice: none → {invoice_id}")


def test_a_disabled_recurring_invoice_cannot_be_selected(page: ClientPage, shared_app: RunningApp) -> None:
    client = client_with_disabled_recurring_invoice(shared_app.sandbox.data)

    dialog = pick_invoice(page, client.client_id, "recurring")

    assert dialog.table("Cannot take charges").cells("Why") == ["Disabled: HaloPSA makes no invoices from it."]
    expect(dialog.table("Invoices").region).to_be_hidden()
    expect(dialog.button("Assign")).to_be_disabled()


def test_a_client_without_invoices_is_told_what_to_do(page: ClientPage, shared_app: RunningApp) -> None:
    client = client_without_invoices(shared_app.sandbox.data)

    dialog = pick_invoice(page, client.client_id, "last")

    dialog.expect_text("HaloPSA has no invoice of this client. Make one there and press Read again")
    invoice_id = shared_app.sandbox.control.add_invoice(client.client_id)
    dialog.button("Read again").click()
    expect(dialog.table("Invoices").rows).to_have_count(1)
    assert dialog.table("Invoices").cells("ID") == [str(invoice_id)]


def test_a_client_without_recurring_invoices_is_told_what_to_do(page: ClientPage, shared_app: RunningApp) -> None:
    client = client_without_recurring_invoice(shared_app.sandbox.data)

    dialog = pick_invoice(page, client.client_id, "recurring")

    dialog.expect_text("HaloPSA has no recurring invoice of this client.")
    expect(dialog.button("Assign")).to_be_disabled()


def test_new_has_nothing_to_pick_and_leads_to_edit_company(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients, warm_context: BrowserContext
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    bring_into_sight(page, client_id)
    expect(page.action(client_id, "Assign Invoice")).to_have_attribute("aria-disabled", "true")

    tab = ClientPage.open(warm_context, f"{shared_app.url}?client={client_id}&dialog=assign_invoice")

    dialog = ClientDialog.shown(tab, "Assign Invoice")
    dialog.expect_text("The assignment of this client is New, the default of Pax8")
    expect(dialog.button("Assign")).to_be_hidden()
    dialog.button("Edit Company").click()
    ClientDialog.shown(tab, "Edit Company").escape()
    tab.page.close()


def test_of_five_thousand_invoices_a_search_finds_one_and_it_is_assigned(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    invoice_ids = shared_app.sandbox.control.add_invoices(client_id, MANY)
    wanted = invoice_ids[1234]
    dialog = pick_invoice(page, client_id, "last")
    invoices = dialog.table("Invoices")
    expect(dialog.root.get_by_placeholder("Search 5,0")).to_be_visible(timeout=60_000)
    assert int(invoices.region.locator("table").get_attribute("aria-rowcount") or "") > MANY

    dialog.search(f"inv-{wanted:06d}")

    expect(invoices.rows).to_have_count(1)
    assert invoices.cells("ID") == [str(wanted)]
    invoices.click_box(str(wanted))
    dialog.press("Assign")
    expect(page.row(client_id).locator("[col-id=last_invoice_id]")).to_have_text(str(wanted))


def test_a_search_without_hits_says_so_and_picks_nothing(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    invoice_ids = shared_app.sandbox.control.add_invoices(client_id, 10)
    dialog = pick_invoice(page, client_id, "last")
    dialog.table("Invoices").click_box(str(invoice_ids[-2]))
    expect(dialog.button("Assign")).to_be_enabled()

    dialog.search("nothing is called like this")

    dialog.expect_text("Nothing is found.")
    page.wait_until_idle()
    expect(dialog.button("Assign")).to_be_disabled()
    dialog.search("")
    expect(dialog.table("Invoices").ticked).to_contain_text(str(invoice_ids[-2]))
    expect(dialog.button("Assign")).to_be_enabled()
