"""From nothing to mapped clients: the setup wizard, left and taken up again, skipped, and run to its end."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.browser.client_page import REFRESH_MILLISECONDS, ClientPage, RunningApp
from tests.browser.conftest import app_process, small_sandbox
from tests.browser.setup_page import SetupPage
from tests.wait import wait_for


def test_a_first_run_leads_to_mapped_clients(context: BrowserContext, unconfigured_app: RunningApp) -> None:
    setup = SetupPage.open(context, unconfigured_app.url)
    setup.connect_halo(unconfigured_app.sandbox)
    setup.connect("pax8", unconfigured_app.sandbox)
    setup.press("Continue")
    setup.expect_step("Defaults")
    setup.page.get_by_role("switch", name="Drop Azure Lines").check(force=True)
    setup.press("Continue")
    setup.expect_step("Refresh")
    setup.press("Start Refresh")
    expect(setup.page.get_by_text("✓ Done")).to_be_visible(timeout=REFRESH_MILLISECONDS)
    setup.press("Continue")
    setup.expect_step("Result")
    expect(setup.page.get_by_role("link", name=re.compile(r"^1\d\d\s*linked"))).to_be_visible()
    setup.press("Open Client Management")

    clients = ClientPage(setup.page)
    clients.wait_for_rows()
    expect(clients.cells("status").filter(has_text="Mapped").first).to_be_visible()
    clients.page.goto(unconfigured_app.url)
    clients.wait_for_rows()


def test_after_another_start_the_setup_goes_on_with_what_was_entered(context: BrowserContext, tmp_path: Path) -> None:
    database = str(tmp_path / "test.duckdb")
    with small_sandbox() as sandbox:
        with app_process(tmp_path, BILLINGBOT_ALLOWED_HOSTS="127.0.0.1", BILLINGBOT_DATABASE=database) as url:
            setup = SetupPage.open(context, url)
            setup.press("Connect HaloPSA")
            setup.expect_step("HaloPSA")
            setup.fill("halo", sandbox)
            setup.page.close()

        with app_process(tmp_path, BILLINGBOT_ALLOWED_HOSTS="127.0.0.1", BILLINGBOT_DATABASE=database) as url:
            again = SetupPage.open(context, url)

            again.expect_step("HaloPSA")
            expect(again.field("halo", "base_url")).to_have_value(f"{sandbox.url}/halo")
            expect(again.field("halo", "client_secret")).to_have_value("")
            expect(again.field("halo", "client_secret")).to_have_attribute("placeholder", re.compile("^Set on"))
            expect(again.button("Continue")).to_be_disabled()
            again.test_credentials()
            expect(again.button("Continue")).to_be_enabled()


def test_back_and_a_closed_tab_lose_nothing(context: BrowserContext, unconfigured_app: RunningApp) -> None:
    setup = SetupPage.open(context, unconfigured_app.url)
    setup.connect_halo(unconfigured_app.sandbox)
    setup.connect("twilio", unconfigured_app.sandbox)
    setup.press("Back")
    setup.expect_step("HaloPSA")
    expect(setup.button("Continue")).to_be_enabled()
    setup.press("Continue")
    setup.expect_step("Distributors")
    setup.press("Continue")
    setup.expect_step("Defaults")
    setup.page.get_by_role("switch", name="Drop Azure Lines").check(force=True)

    again = SetupPage.open(context, unconfigured_app.url)

    def is_kept() -> bool:
        again.page.reload()
        again.expect_step("Defaults")
        return again.page.get_by_role("switch", name="Drop Azure Lines").is_checked()

    wait_for(is_kept, "the default to be kept")
    setup.page.close()


def test_credentials_that_were_not_tested_need_a_button_that_says_so(
    context: BrowserContext, unconfigured_app: RunningApp
) -> None:
    setup = SetupPage.open(context, unconfigured_app.url)
    setup.press("Connect HaloPSA")
    expect(setup.button("Continue")).to_be_disabled()
    expect(setup.button("Continue without testing")).to_be_hidden()
    setup.fill("halo", unconfigured_app.sandbox)

    setup.press("Continue without testing")

    setup.expect_step("Distributors")


def test_setup_can_be_skipped_and_taken_up_again(context: BrowserContext, unconfigured_app: RunningApp) -> None:
    setup = SetupPage.open(context, unconfigured_app.url)
    setup.press("Skip setup")
    expect(setup.page.get_by_role("heading", name="Connect HaloPSA and a distributor")).to_be_visible()
    setup.page.goto(unconfigured_app.url)
    expect(setup.page.get_by_role("heading", name="Connect HaloPSA and a distributor")).to_be_visible()

    setup.press("Run setup")

    expect(setup.button("Connect HaloPSA")).to_be_visible()
