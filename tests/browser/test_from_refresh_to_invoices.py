"""The whole job by hand: from the first refresh to HaloPSA's invoices in all three ways, and what a changed rule does.

What HaloPSA has is read in its books behind the API, and compared with what Pax8 bills behind its own.
"""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.bootstrap import App, build_app, now
from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import EditSettings
from billingbot.domain.integration import Assignment
from billingbot.domain.period import Period
from billingbot.domain.product import ProductMode
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.browser.client_dialog import ClientDialog, pick_invoice
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.conftest import app_process
from tests.browser.dialogs import bring_into_sight
from tests.browser.plan_dialog import PlanDialog, expect_sent
from tests.browser.products_page import FETCH_MILLISECONDS, ProductsPage
from tests.browser.ready_page import ReadyPage
from tests.browser.three_ways import Way, billed, is_azure, is_ours, price, rows_of, theirs, three_ways
from tests.browser.unused_clients import RefreshedLists

# A page offers the month before today's, by the clock of this machine.
TODAY = now().date()
MONTH = Period.of(TODAY).previous
PLAN = re.compile(r"Plan 3 clients")
ITEM = "Azure Plan"
Ways = tuple[Way, Way, Way]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=150, companies=160, today=TODAY), rate_limit=None) as running:
        yield running


@pytest.fixture
def ways(sandbox: Sandbox, refreshed_lists: RefreshedLists) -> Ways:
    return three_ways(sandbox, refreshed_lists, MONTH)


@pytest.fixture
def untouched(sandbox: Sandbox, tmp_path: Path) -> Iterator[RunningApp]:
    """An app that has never refreshed."""
    with app_process(tmp_path, 0, **_environ(sandbox, tmp_path / "test.duckdb")) as url:
        yield RunningApp(url, sandbox)


@pytest.fixture
def sent(sandbox: Sandbox, ways: Ways, tmp_path: Path, refreshed_database: Path) -> Iterator[RunningApp]:
    """An app that has sent the month of the three clients."""
    environ = _environ(sandbox, Path(shutil.copy(refreshed_database, tmp_path)))
    app = build_app(environ)
    app.fetch_charges("pax8", MONTH, "operator", lambda _done, _total: None)
    fields = {"product_mode": ProductMode.DEFAULT_ITEM, "default_item_id": 1, "default_item": ITEM}
    app.store.edit_integration("pax8", app.store.integration("pax8").version, fields, app.stamp("operator"))
    for way in ways:
        _decide_assignment(app, way)
    plan = app.plan_charges("pax8", MONTH, [way.client_id for way in ways], "operator")
    app.send_charges(plan.plan_hash, (), "operator", lambda _done, _total: None)
    app.close()
    with app_process(tmp_path, 0, **environ) as url:
        yield RunningApp(url, sandbox)


def test_from_the_first_refresh_every_charge_reaches_its_invoice_once(
    untouched: RunningApp, ways: Ways, context: BrowserContext
) -> None:
    sandbox, (new, last, recurring) = untouched.sandbox, ways
    assign_by_hand(context, untouched.url, ways)
    fetch_by_hand(context, untouched.url)
    choose_default_item(context, untouched.url)

    page = ReadyPage.open(context, untouched.url)
    plan = plan_of(page, ways)
    actions = {(new.name, "Create"), (last.name, "Append"), (recurring.name, "Append")}
    assert set(plan.clients.records("Client", "Action")) == actions
    for way in ways:
        expect_nothing_of_ours(sandbox, way)
    plan.send()

    total = sum((way.total for way in ways), Decimal(0))
    expect_sent(page, f"sent 3 invoices, on which BillingBot's lines come to USD {total:,.2f}.")
    assert new.invoice(sandbox)["thirdpartyinvoicenumber"] == f"BB-pax8-{MONTH}-{new.client_id}-1"
    for way in ways:
        expect_in_books(sandbox, way, way.lines())

    edit_company(page, new, "Global Setting", "Collapse Azure Lines")
    send_update_of(page, new, ways, new.total)

    [azure] = new.azure
    collapsed = Counter({(f"{azure.product.name} {MONTH}", price(azure)): 1})
    expect_in_books(sandbox, new, new.lines(lambda charge: not is_azure(charge)) + collapsed)
    for way in (last, recurring):
        expect_in_books(sandbox, way, way.lines())


def test_a_rule_that_drops_a_line_updates_the_invoice_of_its_client_only(
    sent: RunningApp, ways: Ways, context: BrowserContext
) -> None:
    new, last, recurring = ways
    page = ReadyPage.open(context, sent.url)

    edit_company(page, last, "Global Setting", "Drop Zero Dollar Lines")
    send_update_of(page, last, ways, last.total)

    expect_in_books(sent.sandbox, last, last.lines(lambda charge: price(charge) != 0))
    for way in (new, recurring):
        expect_in_books(sent.sandbox, way, way.lines())


def test_do_not_invoice_takes_back_what_a_recurring_invoice_bills_and_off_again_puts_it_there_once(
    sent: RunningApp, ways: Ways, context: BrowserContext
) -> None:
    recurring = ways[-1]
    page = ReadyPage.open(context, sent.url)

    edit_company(page, recurring, "Do Not Invoice")
    send_update_of(page, recurring, ways, Decimal(0))
    expect_in_books(sent.sandbox, recurring, Counter())
    edit_company(page, recurring, "Do Not Invoice")
    send_update_of(page, recurring, ways, recurring.total)

    for way in ways:
        expect_in_books(sent.sandbox, way, way.lines())


def assign_by_hand(context: BrowserContext, url: str, ways: Ways) -> None:
    """Refresh, and assign each client in Client Management."""
    page = ClientPage.open(context, url)
    page.refresh()
    page.wait_for_rows()
    for way in ways:
        if way.target_id is None:
            bring_into_sight(page, way.client_id)
            page.tick(way.client_id, "new").click()
            expect(page.notice).to_contain_text("Assignment: default → New")
        else:
            dialog = pick_invoice(page, way.client_id, way.assignment)
            dialog.table("Invoices").click_box(str(way.target_id))
            dialog.press("Assign")
            target = page.row(way.client_id).locator(f"[col-id={way.assignment}_invoice_id]")
            expect(target).to_have_text(str(way.target_id))
    page.expect_saved()
    page.page.close()


def fetch_by_hand(context: BrowserContext, url: str) -> None:
    page = ReadyPage.open(context, url)
    page.click("Fetch Charges")
    expect(page.page.locator(".st-key-fetch-line")).to_contain_text("read just now", timeout=FETCH_MILLISECONDS)
    page.clients.rows.first.wait_for(state="attached")
    page.page.close()


def choose_default_item(context: BrowserContext, url: str) -> None:
    page = ProductsPage.open(context, url)
    page.page.get_by_role("radio", name="Default item").click()
    page.dialog.wait_for()
    page.table("HaloPSA items").click_row(ITEM)
    page.dialog.get_by_role("button", name="Use as default item").click()
    expect(page.notice).to_have_text(f"Default item: {ITEM}.")
    page.page.close()


def edit_company(page: ReadyPage, way: Way, *switches: str) -> None:
    """Flip switches of the client's Edit Company, which is opened from its row of the month."""
    page.show("Summary")
    page.search(way.name)
    page.expect_clients(way.name)
    page.clients.click_row(way.name)
    expect(page.page.get_by_role("heading", name=way.name)).to_be_visible()
    page.click("Edit Company")
    dialog = ClientDialog.shown(ClientPage(page.page), "Edit Company")
    for switch in switches:
        dialog.flip(switch)
    dialog.press("Save")
    page.show("Summary")


def plan_of(page: ReadyPage, ways: Ways) -> PlanDialog:
    """Tick the three clients and no other, and plan them."""
    for way in ways:
        page.search(way.name)
        page.expect_clients(way.name)
        page.clients.click_box(way.name)
        expect(page.clients.ticked).to_have_count(1)
        page.wait_until_idle()
    plan = PlanDialog.open(page, PLAN)
    expect(plan.clients.rows).to_have_count(3)
    return plan


def send_update_of(page: ReadyPage, changed: Way, ways: Ways, total: Decimal) -> None:
    """Plan all three, of which only one has something to send, and send it: it comes to that then."""
    plan = plan_of(page, ways)
    actions = {(way.name, "Update" if way is changed else "Unchanged") for way in ways}
    assert set(plan.clients.records("Client", "Action")) == actions
    # What is taken back is asked about; the plan stands still by now.
    if plan.root.locator(".st-key-plan-asks").count():
        expect(plan.root).to_contain_text("taken back")
        plan.agree(changed.name)
    plan.send()
    # With the amount: what was sent before may still be on the screen.
    expect_sent(page, f"sent 1 invoice, on which BillingBot's lines come to USD {total:,.2f}.")


def expect_in_books(sandbox: Sandbox, way: Way, lines: Counter[tuple[str, Decimal]]) -> None:
    """Check that HaloPSA has these lines of ours once, on the right invoice, and all else as it was before."""
    invoice = way.invoice(sandbox)
    assert billed(invoice) == lines
    before = way.before["total"] if way.before else Decimal(0)
    assert invoice["total"] == before + sum((amount for _, amount in lines.elements()), Decimal(0))
    assert theirs(invoice) == theirs(way.before)


def expect_nothing_of_ours(sandbox: Sandbox, way: Way) -> None:
    """Check that nothing was sent yet."""
    lines = [line for rows in rows_of(sandbox, way.client_id) for row in rows for line in row["lines"]]
    assert not any(map(is_ours, lines))


def _decide_assignment(app: App, way: Way) -> None:
    fields: dict[Setting, SettingValue] = {Setting.ASSIGNMENT: way.assignment}
    if way.assignment is Assignment.LAST:
        fields[Setting.LAST_INVOICE_ID] = way.target_id
    elif way.assignment is Assignment.RECURRING:
        fields[Setting.RECURRING_INVOICE_ID] = way.target_id
    version = app.store.settings("pax8", way.client_id).version
    app.store.decide("pax8", [EditSettings(way.client_id, version, fields)], app.stamp("operator"))


def _environ(sandbox: Sandbox, database: Path) -> dict[str, str]:
    return {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)}
