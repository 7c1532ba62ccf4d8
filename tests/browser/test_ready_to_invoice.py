"""Ready to Invoice: what a month comes to, what is in the way, and one client of it in detail."""

import csv
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Request, expect

from billingbot.bootstrap import build_app
from billingbot.domain.period import Period
from billingbot.domain.product import ProductMode
from tests.browser.client_dialog import ClientDialog
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.conftest import app_process, small_sandbox
from tests.browser.ready_page import ReadyPage

MONTH = Period(2026, 10)
IMG = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def charged(tmp_path_factory: pytest.TempPathFactory, refreshed_database: Path) -> Iterator[RunningApp]:
    """An app that knows the charges of a month, and an item for every product."""
    database = shutil.copy(refreshed_database, tmp_path_factory.mktemp("charged"))
    with small_sandbox() as sandbox:
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)})
        app.fetch_charges("pax8", MONTH, "operator", lambda _done, _total: None)
        fields = {"product_mode": ProductMode.DEFAULT_ITEM, "default_item_id": 1, "default_item": "Cloud services"}
        app.store.edit_integration("pax8", app.store.integration("pax8").version, fields, app.stamp("operator"))
        app.close()
        folder = Path(database).parent
        with app_process(folder, BILLINGBOT_SANDBOX_URL=sandbox.url, BILLINGBOT_DATABASE=str(database)) as url:
            yield RunningApp(url, sandbox)


@pytest.fixture
def page(charged: RunningApp, warm_context: BrowserContext) -> Iterator[ReadyPage]:
    opened = ReadyPage.open(warm_context, charged.url)
    opened.clients.rows.first.wait_for(state="attached")
    yield opened
    opened.page.close()


def test_a_month_that_was_not_read_says_what_to_do_and_when_it_is_published(
    context: BrowserContext, refreshed_app: RunningApp
) -> None:
    page = ReadyPage.open(context, refreshed_app.url)

    expect(page.page.get_by_role("heading", name="was not read yet")).to_be_visible()
    expect(page.page.get_by_text("Pax8 publishes its invoices on the 5th")).to_be_visible()
    page.click("Fetch Charges")

    page.clients.rows.first.wait_for(state="attached")
    expect(page.page.locator(".st-key-fetch-line")).to_contain_text("read just now")


def test_every_charge_is_in_one_row_of_the_waterfall(page: ReadyPage) -> None:
    rows = page.waterfall()
    came_in = rows.pop("Charges in")

    assert came_in[0] == sum(number for number, _ in rows.values()) > 100
    assert abs(came_in[1] - sum(price for _, price in rows.values())) <= len(rows) / 100
    assert {"Unassigned", "Waiting", "Invoice lines"} <= rows.keys()


def test_a_click_on_a_row_opens_its_lines_and_a_line_its_charges(page: ReadyPage) -> None:
    [name, *_] = page.clients.cells("Client")
    page.clients.click_row(name)

    expect(page.page.get_by_role("heading", name=name)).to_be_visible()
    lines = page.table("Invoice lines")
    [line, *_] = lines.cells("Line")
    lines.click_row(line)
    charges = page.table("Charges behind the line")
    expect(charges.rows).not_to_have_count(0)
    assert charges.cells("Product")[0] in line


def test_clients_stay_ticked_when_a_search_hides_them(page: ReadyPage) -> None:
    ready = page.figure("Ready")
    page.click(f"Tick all ready ({ready:,})")
    expect(page.button(f"Plan {ready:,} clients")).to_be_enabled()

    page.search("dental")
    expect(page.page.get_by_text("of them not shown")).to_be_visible()
    expect(page.button(f"Plan {ready:,} clients")).to_be_enabled()
    page.click("Untick all")

    expect(page.button("Plan …")).to_be_disabled()


def test_a_box_ticks_its_client_and_no_other_after_a_search(page: ReadyPage) -> None:
    names = page.clients.cells("Client")
    page.clients.click_box(names[1])
    expect(page.button("Plan 1 client")).to_be_enabled()

    page.search(names[3])

    expect(page.clients.ticked).to_have_count(0)
    page.search("")
    expect(page.clients.ticked).to_have_count(1)
    expect(page.clients.ticked).to_contain_text(names[1])


def test_what_edit_company_saves_shows_at_once_and_is_undone_there(page: ReadyPage) -> None:
    name = next(name for name, state in page.clients.records("Client", "State") if state == "Ready")
    page.clients.click_row(name)
    expect(page.page.locator(".standing")).to_have_text("Ready")

    page.click("Edit Company")
    dialog = ClientDialog.shown(ClientPage(page.page), "Edit Company")
    dialog.flip("Do Not Invoice")
    dialog.press("Save")
    expect(page.page.locator(".standing")).to_have_text("Do Not Invoice")

    page.page.locator(".st-key-ready-notice").get_by_role("button", name="Undo").click()
    expect(page.page.locator(".standing")).to_have_text("Ready")


def test_an_unassigned_company_is_given_its_client_without_leaving_the_month(page: ReadyPage) -> None:
    first = page.unassigned.locator("li").first
    company = first.locator("bdi").inner_text()
    page.click("Assign …")
    client = page.table("Clients").cells("Client")[0]
    page.table("Clients").click_box(client)

    expect(page.dialog.locator("strong")).to_have_text([company, client])
    page.dialog.get_by_role("button", name="Assign", exact=True).click()

    expect(page.notice).to_have_text(f"{client}: linked {company}")
    expect(page.table("Unassigned companies").rows.filter(has_text=company)).to_have_count(0)
    page.dialog.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.dialog).to_be_hidden()
    page.page.locator(".st-key-ready-notice").get_by_role("button", name="Undo").click()
    expect(page.unassigned.locator("li").first.locator("bdi")).to_have_text(company)


def test_what_is_shown_is_exported(page: ReadyPage) -> None:
    number = page.figure("Waits for review")
    page.chip("Waits for review").click()
    expect(page.clients.rows).to_have_count(number)
    page.wait_until_idle()
    names = page.clients.cells("Client")

    page.click("Export …")
    with page.page.expect_download() as started:
        page.page.locator("[class*='st-key-ready-export-'][class*='-summary']").get_by_role(
            "button", name="CSV"
        ).click()
    rows = list(csv.DictReader(StringIO(started.value.path().read_text("utf-8-sig"), newline="")))

    assert [row["Halo Client"] for row in rows] == names
    assert {row["State"] for row in rows} == {"Waits for review"}
    assert started.value.suggested_filename.startswith("pax8-2026-10-summary-")


def test_names_are_text_and_nothing_is_asked_for_outside(context: BrowserContext, charged: RunningApp) -> None:
    alerts: list[Dialog] = []
    asked: list[Request] = []
    context.on("dialog", lambda dialog: alerts.append(dialog))
    context.on("request", lambda request: asked.append(request))
    page = ReadyPage.open(context, charged.url)
    page.search("onerror")
    page.expect_clients(IMG)
    page.clients.click_row(IMG)

    expect(page.page.get_by_role("heading", name=IMG)).to_be_visible()
    expect(page.page.locator("img[src=x]")).to_have_count(0)
    assert alerts == []
    assert [one.url for one in asked if not one.url.startswith((charged.url, "data:", "blob:"))] == []
