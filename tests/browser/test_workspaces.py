"""Real data and the sandbox's, side by side: one button in, one out, and nothing of one in the other."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from billingbot.store import open_duckdb
from tests.browser.client_page import ClientPage
from tests.browser.conftest import real_data_app
from tests.browser.setup_page import SetupPage


def test_into_the_sandbox_with_one_button_and_out_again_without_mixing(context: BrowserContext, tmp_path: Path) -> None:
    with real_data_app(tmp_path / "test.duckdb") as running:
        setup = SetupPage.open(context, running.url)
        setup.page.get_by_role("link", name="Explore with sandbox data").click()
        inside = ClientPage(setup.page)
        expect(inside.refresh_button).to_be_enabled()
        inside.refresh()
        inside.wait_for_rows()
        expect(inside.page.get_by_text("Sandbox data", exact=True)).to_be_visible()

        inside.page.reload()
        inside.wait_for_rows()
        inside.page.get_by_role("link", name="Activity").click()
        expect(inside.page).to_have_url(re.compile(r"/activity\?.*data=sandbox"))
        inside.page.get_by_role("link", name="Client Management").click()
        inside.wait_for_rows()
        other = SetupPage.open(context, running.url)
        expect(other.button("Connect HaloPSA")).to_be_visible()

        inside.page.get_by_role("link", name="Leave sandbox").click()
        expect(SetupPage(inside.page).button("Connect HaloPSA")).to_be_visible()
        expect(inside.page.get_by_text("Sandbox data", exact=True)).to_be_hidden()

    real, sandbox = open_duckdb(tmp_path / "test.duckdb"), open_duckdb(tmp_path / "sandbox.duckdb")
    try:
        assert (len(real.present_clients()), len(sandbox.present_clients())) == (0, 240)
        assert (real.integrations(), real.credentials(), sandbox.credentials()) == ([], [], [])
        assert sandbox.latest_success("pax8") is not None
        real.claim("real data")
        sandbox.claim("sandbox data")
    finally:
        real.close()
        sandbox.close()
