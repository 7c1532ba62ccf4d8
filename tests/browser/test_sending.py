"""Planning and sending a month to HaloPSA, with what every session sees of it, and what stays to be looked up."""

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.bootstrap import build_app
from billingbot.domain.charge import ChargeKind
from billingbot.domain.period import Period
from billingbot.domain.product import ProductMode
from billingbot.sandbox.faults import Fault, FaultKind
from tests.browser.activity_page import ActivityPage
from tests.browser.client_page import RunningApp
from tests.browser.conftest import app_process, small_sandbox
from tests.browser.plan_dialog import PlanDialog, expect_sent
from tests.browser.ready_page import ReadyPage
from tests.unit.store.statements import charge, statement

MONTH = Period(2026, 10)
PLAN = re.compile(r"Plan \d")
INVOICES = "/halo/api/Invoice"


@pytest.fixture
def charged(tmp_path: Path, refreshed_database: Path) -> Iterator[RunningApp]:
    """An app with three clients that have charges, of which the last asks, and an item for every product."""
    database = shutil.copy(refreshed_database, tmp_path)
    with small_sandbox() as sandbox:
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)})
        # Those that the machine is sure of, whose names are told apart at a glance.
        rows = app.store.client_rows("pax8")
        mapped = rows[(rows["status"] == "Mapped") & rows["client"].str.fullmatch(r"[A-Za-z ]+")]
        companies = [app.store.links("pax8", client_id)[0].company_id for client_id in mapped["client_id"][:3]]
        charges = [
            charge("a", company_id=companies[0], product="Office", price=Decimal(10)),
            charge("b", company_id=companies[1], product="Office", price=Decimal("20.5")),
            charge("c", company_id=companies[1], kind=ChargeKind.PRORATE, product="Backup", price=Decimal("-0.5")),
            charge("d", company_id=companies[2], product="Office", price=Decimal(30_000)),
        ]
        app.store.replace_charges("pax8", statement(*charges, period=MONTH), "operator", app.now())
        fields = {"product_mode": ProductMode.DEFAULT_ITEM, "default_item_id": 1, "default_item": "Cloud services"}
        app.store.edit_integration("pax8", app.store.integration("pax8").version, fields, app.stamp("operator"))
        app.close()
        with app_process(tmp_path, BILLINGBOT_SANDBOX_URL=sandbox.url, BILLINGBOT_DATABASE=str(database)) as url:
            yield RunningApp(url, sandbox)


@pytest.fixture
def page(charged: RunningApp, context: BrowserContext) -> ReadyPage:
    """The month, with all clients ticked."""
    opened = ReadyPage.open(context, charged.url)
    opened.clients.rows.first.wait_for(state="attached")
    opened.click(re.compile("Tick all ready"))
    return opened


def test_a_month_is_planned_looked_at_agreed_to_and_sent(page: ReadyPage, charged: RunningApp) -> None:
    first, second, third = page.clients.cells("Client")
    plan = PlanDialog.open(page, PLAN)
    expect(plan.footer).to_contain_text("USD 30.00")
    expect(plan.root).to_contain_text("Nothing is sent yet")

    plan.clients.click_row(second)
    assert plan.lines.records("Change", "Price") == [("Add", "20.5"), ("Add", "-0.5")]
    plan.lines.click_row(plan.lines.cells("Description")[1])
    expect(plan.charges.rows).to_have_count(1)
    assert plan.charges.cells("Charge") == ["c"]
    plan.agree(third)
    expect(plan.footer).to_contain_text("USD 30,030.00")
    plan.send()

    expect_sent(page, "sent 3 invoices, on which BillingBot's lines come to USD 30,030.00.")
    page.show("Sent")
    entries = page.table("Sent to HaloPSA")
    assert set(entries.records("Client", "State")) == {(name, "Sent") for name in (first, second, third)}
    entries.click_row(second)
    charges = page.table("Charges")
    expect(charges.rows).to_have_count(2)
    assert charges.cells("Charge") == ["b", "c"]

    page.page.goto(f"{charged.url}/activity?view=sent")
    activity = ActivityPage(page.page)
    activity.wait_until_idle()
    activity.expect_rows(3)


def test_a_second_click_where_send_was_sends_nothing(page: ReadyPage) -> None:
    # A window so low that the buttons stay at its lower edge.
    page.page.set_viewport_size({"width": 1440, "height": 480})
    plan = PlanDialog.open(page, PLAN)
    send = plan.button(re.compile(r"^Send \d"))
    place = send.bounding_box()
    assert place is not None

    send.click()
    expect(plan.footer).to_contain_text("BillingBot cannot take this back")
    page.wait_until_idle()
    page.page.mouse.click(place["x"] + 20, place["y"] + place["height"] / 2)

    expect(send).to_be_visible()
    page.wait_until_idle()
    plan.root.get_by_role("button", name="Close").click()
    page.show("Sent")
    expect(page.page.get_by_text("was sent to HaloPSA yet")).to_be_visible()


def test_every_session_sees_what_is_sent_and_it_can_be_cancelled(
    page: ReadyPage, charged: RunningApp, context: BrowserContext
) -> None:
    plan = PlanDialog.open(page, PLAN)
    charged.sandbox.control.fault(Fault(FaultKind.LATENCY, INVOICES, seconds=60, method="POST"))
    plan.send()
    other = ReadyPage(context.new_page())
    other.page.goto(f"{charged.url}/ready?integration=pax8")
    expect(other.page.get_by_text("Sending to HaloPSA: 0 of 3")).to_be_visible()
    page.page.reload()
    expect(page.page.get_by_text("Sending to HaloPSA: 0 of 3")).to_be_visible()

    other.page.locator(".st-key-send-progress").get_by_role("button", name="Cancel").click()
    expect(page.page.get_by_text("Stopping after this client")).to_be_visible()
    charged.sandbox.control.clear_faults()

    for session in (page, other):
        expect_sent(session, "Cancelled. Pax8's charges of 2026-10: sent 1 invoice")


def test_what_failed_is_named_and_planned_again(page: ReadyPage, charged: RunningApp) -> None:
    plan = PlanDialog.open(page, PLAN)
    charged.sandbox.control.fault(Fault(FaultKind.UNAUTHORIZED, INVOICES, method="POST"))
    plan.send()
    expect_sent(page, "sent nothing.")
    charged.sandbox.control.clear_faults()

    again = PlanDialog.open(page, re.compile("^.*Plan again for 3 clients"))
    again.send()

    expect_sent(page, "sent 2 invoices, on which BillingBot's lines come to USD 30.00.")


def test_a_plan_whose_charges_were_read_anew_is_not_sent(
    page: ReadyPage, charged: RunningApp, context: BrowserContext
) -> None:
    plan = PlanDialog.open(page, PLAN)
    other = ReadyPage.open(context, charged.url)
    other.click("Fetch Charges")
    expect(other.page.locator(".st-key-fetch-line")).to_contain_text("read just now")
    expect(other.clients.rows).not_to_have_count(3)
    other.page.close()

    plan.send()

    expect(page.page.locator(".st-key-send-status").get_by_role("alert")).to_be_visible()
    page.show("Sent")
    expect(page.page.get_by_text("was sent to HaloPSA yet")).to_be_visible()
    PlanDialog.open(page, re.compile("^.*Plan again for 3 clients"))
