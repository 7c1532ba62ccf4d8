"""Refresh Clients in a browser: live in every session, and harmless when it does not succeed."""

import re
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect

from billingbot.sandbox.faults import Fault, FaultKind
from tests.browser.client_page import REFRESH_MILLISECONDS, ClientPage, RunningApp
from tests.browser.conftest import app_process

CLIENTS = "/halo/api/Client"
COMPANIES = "/pax8/v1/companies"
# Longer than any test looks: it ends when the test clears the faults.
HELD = Fault(FaultKind.LATENCY, COMPANIES, seconds=60.0)
BROKEN = Fault(FaultKind.MISSING_ID, COMPANIES)


def test_the_first_refresh_fills_the_empty_page(context: BrowserContext, fresh_app: RunningApp) -> None:
    fresh_app.sandbox.control.fault(HELD)
    page = ClientPage.open(context, fresh_app.url)
    expect(page.page.get_by_text("No clients yet")).to_be_visible()

    page.refresh()
    expect(page.progress).to_be_visible()
    expect(page.progress).to_have_attribute("aria-valuetext", re.compile("^Reading companies"))
    fresh_app.sandbox.control.clear_faults()
    page.wait_for_rows()

    data = fresh_app.sandbox.data
    page.expect_rows(len(data.clients))
    assert page.figure("New") == len(data.clients)
    assert page.figure("Matched automatically") + page.figure("Suggested") + page.figure("Unmapped") == len(
        data.clients
    )
    expect(page.last_success).to_contain_text("Refreshed just now by operator")


def test_a_reload_in_the_middle_of_a_refresh_keeps_its_progress(context: BrowserContext, fresh_app: RunningApp) -> None:
    fresh_app.sandbox.control.fault(HELD)
    page = ClientPage.open(context, fresh_app.url)
    page.refresh()
    expect(page.progress).to_be_visible()

    page.page.reload()

    expect(page.progress).to_be_visible()
    fresh_app.sandbox.control.clear_faults()
    page.wait_for_rows()
    assert fresh_app.sandbox.control.requests(CLIENTS) == 2


def test_a_second_operator_sees_the_refresh_and_its_end(
    browser: Browser, context: BrowserContext, fresh_app: RunningApp
) -> None:
    fresh_app.sandbox.control.fault(HELD)
    other_context = browser.new_context()
    first, second = ClientPage.open(context, fresh_app.url), ClientPage.open(other_context, fresh_app.url)

    first.refresh()

    expect(second.progress).to_be_visible(timeout=REFRESH_MILLISECONDS)
    expect(second.refresh_button).to_be_disabled()
    fresh_app.sandbox.control.clear_faults()
    for page in (first, second):
        page.wait_for_rows()
        page.expect_rows(len(fresh_app.sandbox.data.clients))
    other_context.close()


def test_a_cancelled_refresh_changes_nothing(context: BrowserContext, refreshed_app: RunningApp) -> None:
    page = ClientPage.open_with_rows(context, refreshed_app.url)
    refreshed_app.sandbox.control.add_client("Newcomer Ltd")
    refreshed_app.sandbox.control.fault(HELD)
    page.refresh()

    page.page.get_by_role("button", name="Cancel").click()

    expect(page.page.get_by_text("The last refresh was cancelled. Nothing was changed")).to_be_visible()
    page.expect_rows(len(refreshed_app.sandbox.data.clients))
    expect(page.refresh_button).to_be_enabled()
    refreshed_app.sandbox.control.clear_faults()


def test_a_failed_refresh_says_what_happened_and_keeps_the_list(
    context: BrowserContext, refreshed_app: RunningApp
) -> None:
    page = ClientPage.open_with_rows(context, refreshed_app.url)
    refreshed_app.sandbox.control.fault(BROKEN)

    page.refresh()

    failure = page.page.get_by_test_id("stAlert")
    expect(failure).to_contain_text("The refresh failed. Pax8", timeout=REFRESH_MILLISECONDS)
    expect(failure).to_contain_text("Nothing was changed: the list below is the one from")
    page.expect_rows(len(refreshed_app.sandbox.data.clients))


def test_losing_many_clients_asks_first_and_marks_them_gone_when_approved(
    context: BrowserContext, refreshed_app: RunningApp
) -> None:
    page = ClientPage.open_with_rows(context, refreshed_app.url)
    lost = refreshed_app.sandbox.data.clients[:20]
    for client in lost:
        refreshed_app.sandbox.control.remove_client(client.client_id)

    page.refresh()
    expect(page.page.get_by_text("If you approve, 20 clients will be marked Gone")).to_be_visible()
    assert page.figure("Gone") == 0
    page.page.get_by_role("button", name="Approve and refresh").click()

    expect(page.chip("Gone")).to_have_text("Gone 20", timeout=REFRESH_MILLISECONDS)
    page.expect_rows(len(refreshed_app.sandbox.data.clients))


def test_the_question_about_lost_clients_can_be_put_aside(context: BrowserContext, refreshed_app: RunningApp) -> None:
    page = ClientPage.open_with_rows(context, refreshed_app.url)
    refreshed_app.sandbox.control.fault(Fault(FaultKind.EMPTY_LIST, CLIENTS))
    page.refresh()
    keep = page.page.get_by_role("button", name="Keep the current list")

    keep.click()

    expect(keep).to_be_hidden()
    page.expect_rows(len(refreshed_app.sandbox.data.clients))


def test_a_refresh_brings_new_names_into_the_grid_that_is_open(
    context: BrowserContext, refreshed_app: RunningApp
) -> None:
    page = ClientPage.open_with_rows(context, refreshed_app.url)
    client = refreshed_app.sandbox.data.clients[0]
    page.search_box.fill(str(client.client_id))
    refreshed_app.sandbox.control.rename_client(client.client_id, "Renamed & Sons <b>Ltd</b>")

    page.refresh()

    expect(page.row(client.client_id).locator("[col-id=client]")).to_have_text(
        "Renamed & Sons <b>Ltd</b>", timeout=REFRESH_MILLISECONDS
    )
    expect(page.chip("Renamed")).to_have_text("Renamed 1")
    expect(page.search_box).to_have_value(str(client.client_id))


def test_without_halopsa_the_page_says_what_is_missing_and_leads_to_integrations(
    context: BrowserContext, tmp_path: Path
) -> None:
    with app_process(
        tmp_path,
        BILLINGBOT_DATABASE=str(tmp_path / "test.duckdb"),
        BILLINGBOT_PAX8_CLIENT_ID="id",
        BILLINGBOT_PAX8_CLIENT_SECRET="a secret",
    ) as url:
        page = ClientPage.open(context, url)

        expect(page.page.get_by_role("alert")).to_contain_text("HaloPSA is not connected. Enter its credentials on the")
        expect(page.page.get_by_role("alert")).to_contain_text("BILLINGBOT_HALO_CLIENT_SECRET")
        expect(page.refresh_button).to_be_disabled()
        expect(page.page.get_by_text("Sandbox data")).to_be_hidden()
        page.page.get_by_role("link", name="Open Integrations").click()
        expect(page.page.locator(".st-key-card-halo")).to_contain_text("Not configured")


def test_a_damaged_database_is_a_sentence_and_not_a_traceback(context: BrowserContext, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_bytes(b"this is not a database" * 1000)
    with app_process(tmp_path, BILLINGBOT_DATABASE=str(damaged)) as url:
        page = ClientPage.open(context, url).page

        expect(page.get_by_test_id("stAlert")).to_contain_text(re.compile("database", re.IGNORECASE))
        expect(page.get_by_text("Traceback")).to_be_hidden()
