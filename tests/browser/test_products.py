"""Products: charges are fetched, and each product gets its HaloPSA item, by hand or by name, and back again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, expect

from billingbot.bootstrap import build_app
from billingbot.domain.period import Period
from billingbot.sandbox.faults import Fault, FaultKind
from tests.browser.client_page import RunningApp
from tests.browser.conftest import app_process, small_sandbox
from tests.browser.products_page import ProductsPage
from tests.unit.store.statements import charge, statement

PREMIUM = "Microsoft 365 Business Premium"
BASIC = "Microsoft 365 Business Basic"


@pytest.fixture
def charged(tmp_path: Path) -> Iterator[RunningApp]:
    """An app that knows the charges of a month."""
    with small_sandbox() as sandbox:
        database = str(tmp_path / "test.duckdb")
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": database})
        app.fetch_charges("pax8", Period(2026, 10), "operator", lambda _done, _total: None)
        app.close()
        with app_process(tmp_path, BILLINGBOT_SANDBOX_URL=sandbox.url, BILLINGBOT_DATABASE=database) as url:
            yield RunningApp(url, sandbox)


def test_products_appear_when_charges_are_fetched_and_are_counted_beside_the_link(
    context: BrowserContext, fresh_app: RunningApp
) -> None:
    page = ProductsPage.open(context, fresh_app.url)
    expect(page.page.get_by_role("heading", name="No products yet")).to_be_visible()

    page.fetch()

    waiting = page.figure("To map")
    assert waiting > 5
    page.page.get_by_role("link", name="Activity").click()
    expect(page.counter).to_have_text(f"Products {waiting}")


def test_a_product_is_mapped_to_the_best_item_and_back(context: BrowserContext, charged: RunningApp) -> None:
    page = ProductsPage.open(context, charged.url)
    waiting = page.figure("To map")
    page.search(PREMIUM)
    page.expect_products(PREMIUM)
    page.tick(PREMIUM)

    page.open_dialog("Choose item")
    items = page.table("HaloPSA items")
    assert items.records("Score", "Item")[0] == ("100", PREMIUM)
    expect(page.dialog.get_by_role("button", name="Map 1 product")).to_be_disabled()
    items.click_row(PREMIUM)
    page.dialog.get_by_role("button", name="Map 1 product").click()

    expect(page.notice).to_have_text(f"{PREMIUM}: mapped to {PREMIUM}.")
    page.expect_figure("To map", waiting - 1)
    assert page.table().records("How", "HaloPSA item", "Mapped by") == [("Mapped", PREMIUM, "operator")]

    page.button("Undo").click()

    page.expect_figure("To map", waiting)
    expect(page.notice).to_contain_text("Undone")


def test_any_item_can_be_searched_for_and_a_mapping_be_removed(context: BrowserContext, charged: RunningApp) -> None:
    page = ProductsPage.open(context, charged.url)
    page.tick(PREMIUM, BASIC)
    page.open_dialog("Choose item")
    page.dialog.get_by_placeholder("items by name or code").fill("azure plan")
    expect(page.table("HaloPSA items").rows).to_have_count(1)
    page.table("HaloPSA items").click_row("Azure Plan")
    page.dialog.get_by_role("button", name="Map 2 products").click()
    expect(page.notice).to_have_text("2 products: mapped to Azure Plan.")

    page.chip("Mapped").click()
    page.expect_products(BASIC, PREMIUM)
    page.tick(BASIC)
    page.button("Remove mapping").click()

    expect(page.notice).to_have_text(f"{BASIC}: mapping removed.")
    page.expect_figure("Mapped", 1)


def test_best_matches_are_reviewed_before_they_are_taken(context: BrowserContext, charged: RunningApp) -> None:
    page = ProductsPage.open(context, charged.url)
    waiting = page.figure("To map")

    page.open_dialog("Best matches")
    # The sandbox's HaloPSA has an item of each name.
    expect(page.dialog.get_by_role("button", name=f"Map {waiting} products")).to_be_enabled()
    page.table("Best matches").click_box(BASIC)
    page.dialog.get_by_role("button", name=f"Map {waiting - 1} products").click()

    expect(page.notice).to_have_text(f"Mapped {waiting - 1} products.")
    page.expect_figure("Mapped", waiting - 1)
    page.chip("To map").click()
    page.expect_products(BASIC)


def test_products_without_an_item_take_the_default_item(context: BrowserContext, charged: RunningApp) -> None:
    page = ProductsPage.open(context, charged.url)
    waiting = page.figure("To map")

    page.page.get_by_role("radio", name="Default item").click()
    page.dialog.wait_for()
    page.table("HaloPSA items").click_row("Azure Plan")
    page.dialog.get_by_role("button", name="Use as default item").click()

    expect(page.notice).to_have_text("Default item: Azure Plan.")
    page.expect_figure("Default item", waiting)
    page.wait_until_idle()
    assert set(page.table().cells("HaloPSA item")) == {"Azure Plan"}
    page.page.get_by_role("link", name="Activity").click()
    expect(page.counter).to_have_text("Products")


def test_items_are_created_in_halopsa_once(context: BrowserContext, charged: RunningApp) -> None:
    page = ProductsPage.open(context, charged.url)
    waiting = page.figure("To map")
    page.page.get_by_role("radio", name="Create in HaloPSA").click()
    page.expect_figure("To create", waiting)
    page.tick(PREMIUM)

    page.open_dialog("Create in HaloPSA …")
    assert page.table("Items to create").cells("Item") == [PREMIUM]
    page.dialog.get_by_role("button", name="Create 1 item").click()

    expect(page.notice).to_have_text("Created no item, found 1 item of the same name; mapped 1 product.")
    page.expect_figure("To create", waiting - 1)


def test_an_unreachable_halopsa_is_said_and_nothing_is_lost(context: BrowserContext, charged: RunningApp) -> None:
    page = ProductsPage.open(context, charged.url)
    charged.sandbox.control.fault(Fault(FaultKind.UNAUTHORIZED, "/halo/api/item"))
    page.tick(PREMIUM)

    page.open_dialog("Choose item")

    expect(page.dialog.get_by_role("alert")).to_contain_text("HaloPSA")
    expect(page.dialog.get_by_role("alert")).to_contain_text("read:items")
    page.dialog.get_by_role("button", name="Cancel").click()
    expect(page.dialog).to_be_hidden()


def test_a_failed_fetch_says_why_and_keeps_what_was_read(context: BrowserContext, charged: RunningApp) -> None:
    page = ProductsPage.open(context, charged.url)
    waiting = page.figure("To map")
    charged.sandbox.control.fault(Fault(FaultKind.HTML, "/pax8/v1/invoices"))

    page.button("Fetch Charges").click()

    expect(page.page.get_by_role("alert")).to_contain_text("What was read of 2026-10 before is kept")
    page.expect_figure("To map", waiting)


def test_fetching_can_be_cancelled(context: BrowserContext, charged: RunningApp) -> None:
    page = ProductsPage.open(context, charged.url)
    charged.sandbox.control.fault(Fault(FaultKind.LATENCY, "/pax8/v1/invoices", seconds=60))

    page.button("Fetch Charges").click()
    page.button("Cancel").click()

    expect(page.page.get_by_text("Stopping at the next page")).to_be_visible()
    charged.sandbox.control.clear_faults()
    expect(page.page.get_by_text("Reading 2026-10 was cancelled; nothing was changed.")).to_be_visible()


def test_hostile_names_are_text_wherever_they_stand(context: BrowserContext, tmp_path: Path) -> None:
    names = ['=cmd|"/C calc"!A0', "<img src=x onerror=alert(1)>", "**bold** :red[x] $1$", "عربي 😀"]
    with small_sandbox() as sandbox:
        database = str(tmp_path / "test.duckdb")
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": database})
        rows = [charge(str(number), product=name, sku="") for number, name in enumerate(names)]
        app.store.replace_charges("pax8", statement(*rows, period=Period(2026, 10)), "operator", app.now())
        app.close()
        with app_process(tmp_path, BILLINGBOT_SANDBOX_URL=sandbox.url, BILLINGBOT_DATABASE=database) as url:
            page = ProductsPage.open(context, url)
            alerts: list[str] = []

            def refuse(dialog: Dialog) -> None:
                alerts.append(dialog.message)
                dialog.dismiss()

            page.page.on("dialog", refuse)
            for name in names:
                page.search(name.split()[0])
                page.expect_products(name)
                page.tick(name)
                dialog = page.open_dialog("Choose item")
                expect(dialog.locator("strong", has_text=name)).to_have_text(name)
                dialog.get_by_role("button", name="Cancel").click()
                expect(dialog).to_be_hidden()
            assert alerts == []
            expect(page.page.locator("img[src=x]")).to_have_count(0)
