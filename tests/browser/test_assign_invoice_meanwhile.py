"""Assign Invoice in a browser when HaloPSA is down or slow, an invoice changes meanwhile, or somebody is faster."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.domain.match import ClientStatus
from billingbot.sandbox.control import Control
from billingbot.sandbox.faults import Fault, FaultKind
from tests.browser.client_dialog import ClientDialog, pick_invoice
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.unused_clients import UnusedClients

INVOICES = "/halo/api/Invoice"
# It tries a few times before it gives up.
PATIENCE = 30_000


@dataclass(frozen=True)
class Billed:
    """A client and two open invoices of it."""

    client_id: int
    first: int
    second: int


@pytest.fixture
def billed(shared_app: RunningApp, clients: UnusedClients) -> Iterator[Billed]:
    control = shared_app.sandbox.control
    client_id = clients.take(ClientStatus.MAPPED).client_id
    yield Billed(client_id, control.add_invoice(client_id), control.add_invoice(client_id))
    control.clear_faults()


def assign(page: ClientPage, client_id: int, invoice_id: int) -> None:
    dialog = pick_invoice(page, client_id, "last")
    dialog.table("Invoices").click_box(str(invoice_id))
    dialog.press("Assign")


def target(page: ClientPage, client_id: int) -> str:
    return page.row(client_id).locator("[col-id=last_invoice_id]").inner_text()


@pytest.mark.parametrize("kind", [FaultKind.UNAVAILABLE, FaultKind.RESET, FaultKind.HTML])
def test_while_halopsa_is_down_it_says_so_and_try_again_works_when_it_is_back(
    page: ClientPage, shared_app: RunningApp, billed: Billed, kind: FaultKind
) -> None:
    assign(page, billed.client_id, billed.first)
    shared_app.sandbox.control.fault(Fault(kind, INVOICES))

    dialog = ClientDialog.open(page, billed.client_id, "Assign Invoice")

    expect(dialog.button("Try again")).to_be_visible(timeout=PATIENCE)
    expect(dialog.root.get_by_role("alert")).to_contain_text("HaloPSA")
    expect(dialog.root.get_by_role("alert")).to_contain_text("Nothing was changed.")
    dialog.expect_text(f"Charges of this client go to invoice {billed.first}.")
    expect(dialog.button("Assign")).to_be_hidden()

    shared_app.sandbox.control.clear_faults()
    dialog.button("Try again").click()

    expect(dialog.table("Invoices").ticked).to_contain_text(str(billed.first), timeout=PATIENCE)
    expect(dialog.root.get_by_role("alert")).to_be_hidden()
    dialog.table("Invoices").click_box(str(billed.second))
    dialog.press("Assign")
    expect(page.notice).to_contain_text(f"Last invoice: {billed.first} → {billed.second}")


def test_halopsa_going_down_at_the_click_saves_nothing_and_keeps_the_choice(
    page: ClientPage, shared_app: RunningApp, billed: Billed
) -> None:
    dialog = pick_invoice(page, billed.client_id, "last")
    dialog.table("Invoices").click_box(str(billed.second))
    shared_app.sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, f"{INVOICES}/{billed.second}"))

    dialog.button("Assign").click()

    expect(dialog.root.get_by_role("alert")).to_contain_text("HaloPSA", timeout=PATIENCE)
    expect(dialog.table("Invoices").ticked).to_contain_text(str(billed.second))
    assert target(page, billed.client_id) == "Pick"
    shared_app.sandbox.control.clear_faults()
    dialog.press("Assign")
    expect(page.notice).to_contain_text(f"Last invoice: none → {billed.second}")


def test_while_halopsa_is_slow_it_says_what_it_reads_and_can_be_left(
    page: ClientPage, shared_app: RunningApp, billed: Billed
) -> None:
    shared_app.sandbox.control.fault(Fault(FaultKind.LATENCY, INVOICES, seconds=600))
    page.tick(billed.client_id, "last").click()
    expect(page.dialog).to_contain_text("Reading the invoices of")
    expect(page.dialog).to_contain_text("from HaloPSA")

    page.page.keyboard.press("Escape")

    expect(page.dialog).to_be_hidden()
    shared_app.sandbox.control.clear_faults()
    page.wait_until_idle()
    expect(page.dialog).to_be_hidden()
    page.expect_saved()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Control.post_invoice, "cannot take charges. Posted: HaloPSA does not change it any more."),
        (Control.void_invoice, "cannot take charges. Voided."),
        (Control.pay_invoice, "cannot take charges. Paid, wholly or in part."),
    ],
    ids=["posted", "voided", "paid"],
)
def test_an_invoice_that_was_closed_meanwhile_is_refused_and_the_list_is_read_again(
    page: ClientPage, shared_app: RunningApp, billed: Billed, change: Callable[[Control, int], None], told: str
) -> None:
    dialog = pick_invoice(page, billed.client_id, "last")
    dialog.table("Invoices").click_box(str(billed.first))
    change(shared_app.sandbox.control, billed.first)

    dialog.button("Assign").click()

    expect(dialog.root.get_by_role("alert")).to_contain_text(f"invoice {billed.first} {told}")
    expect(dialog.table("Invoices").rows.filter(has_text=str(billed.first))).to_have_count(0)
    expect(dialog.table("Cannot take charges").rows.filter(has_text=str(billed.first))).to_have_count(1)
    expect(dialog.button("Assign")).to_be_disabled()
    assert target(page, billed.client_id) == "Pick"
    dialog.table("Invoices").click_box(str(billed.second))
    dialog.press("Assign")
    expect(page.notice).to_contain_text(f"Last invoice: none → {billed.second}")


def test_an_invoice_that_was_removed_meanwhile_is_refused_and_leaves_the_list(
    page: ClientPage, shared_app: RunningApp, billed: Billed
) -> None:
    dialog = pick_invoice(page, billed.client_id, "last")
    dialog.table("Invoices").click_box(str(billed.first))
    shared_app.sandbox.control.remove_invoice(billed.first)

    dialog.button("Assign").click()

    expect(dialog.root.get_by_role("alert")).to_contain_text(f"HaloPSA has no invoice {billed.first} any more")
    expect(dialog.table("Invoices").rows.filter(has_text=str(billed.first))).to_have_count(0)
    assert target(page, billed.client_id) == "Pick"


def test_a_target_that_was_posted_since_is_warned_of(page: ClientPage, shared_app: RunningApp, billed: Billed) -> None:
    assign(page, billed.client_id, billed.first)
    shared_app.sandbox.control.post_invoice(billed.first)

    dialog = ClientDialog.open(page, billed.client_id, "Assign Invoice")

    warning = dialog.root.get_by_role("alert")
    expect(warning).to_contain_text(f"Invoice {billed.first} cannot take charges. Posted")
    expect(warning).to_contain_text("Pick another one.")


class TestTwoOperators:
    @pytest.fixture
    def mine(
        self, page: ClientPage, billed: Billed, shared_app: RunningApp, warm_context: BrowserContext
    ) -> ClientDialog:
        """My dialog, just refused: they assigned the first invoice, and I want the second."""
        mine = pick_invoice(page, billed.client_id, "last")
        tab = ClientPage.open_with_rows(warm_context, shared_app.url)
        theirs = ClientDialog.open(tab, billed.client_id, "Assign Invoice")
        mine.table("Invoices").click_box(str(billed.second))
        theirs.table("Invoices").click_box(str(billed.first))
        theirs.press("Assign")
        tab.page.close()

        mine.button("Assign").click()

        return mine

    def test_the_second_save_shows_theirs_and_mine(self, billed: Billed, mine: ClientDialog) -> None:
        mine.expect_text("was changed by operator meanwhile. Nothing of yours is saved yet.")
        cells = mine.root.get_by_role("table").get_by_role("cell")
        expect(cells).to_have_text(["Last invoice", str(billed.first), str(billed.second)])
        expect(mine.table("Invoices").ticked).to_contain_text(str(billed.second))

    def test_mine_can_be_assigned_over_theirs(self, page: ClientPage, billed: Billed, mine: ClientDialog) -> None:
        mine.press("Assign mine anyway")

        expect(page.notice).to_contain_text(f"Last invoice: {billed.first} → {billed.second}")

    def test_theirs_can_be_taken(self, page: ClientPage, billed: Billed, mine: ClientDialog) -> None:
        mine.button("Take theirs").click()

        expect(mine.button("Take theirs")).to_be_hidden()
        expect(mine.table("Invoices").ticked).to_contain_text(str(billed.first))
        expect(mine.button("Assign")).to_be_disabled()
        mine.press("Cancel")
        expect(page.row(billed.client_id).locator("[col-id=last_invoice_id]")).to_have_text(str(billed.first))
