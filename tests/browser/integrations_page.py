"""What an operator sees and does on Integrations."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, expect

from billingbot.connectors import DISTRIBUTORS, HALO_FIELDS
from billingbot.domain.credential import CredentialField
from billingbot.sandbox.connections import sandbox_connections
from tests.browser.client_page import IDLE, REFRESH_MILLISECONDS, RunningApp

FIELDS: Mapping[str, tuple[CredentialField, ...]] = {
    "halo": HALO_FIELDS,
    **{kind.key: kind.fields for kind in DISTRIBUTORS},
}


@dataclass(frozen=True)
class IntegrationsPage:
    """One browser tab."""

    page: Page

    @classmethod
    def open(cls, context: BrowserContext, url: str) -> "IntegrationsPage":
        opened = cls(context.new_page())
        opened.page.goto(f"{url}/integrations")
        opened.page.locator(".vendor-head").first.wait_for()
        opened.wait_until_idle()
        return opened

    def wait_until_idle(self) -> None:
        self.page.locator(IDLE).wait_for()

    def card(self, vendor: str) -> Locator:
        return self.page.locator(f".st-key-card-{vendor}")

    def button(self, vendor: str, name: str) -> Locator:
        return self.card(vendor).get_by_role("button", name=name, exact=True)

    def expect_status(self, vendor: str, words: str) -> None:
        expect(self.card(vendor).locator(".status")).to_have_text(words, timeout=REFRESH_MILLISECONDS)

    def figure(self, vendor: str, label: str) -> int:
        """Return a number of a card."""
        cell = self.card(vendor).locator(".numbers > div", has_text=label)
        return int(cell.locator("dd").inner_text().replace(",", ""))

    @property
    def notice(self) -> Locator:
        return self.page.locator(".st-key-integrations-notice")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def open_dialog(self, vendor: str, button: str) -> Locator:
        self.button(vendor, button).click()
        self.dialog.wait_for()
        self.wait_until_idle()
        return self.dialog

    def enter(self, vendor: str, values: Mapping[str, str]) -> None:
        """Type values into the fields of the open form."""
        for field in FIELDS[vendor]:
            if field.name in values:
                box = self.dialog.get_by_label(field.label, exact=True)
                if field.default and not box.is_visible():
                    self.dialog.get_by_text("Advanced", exact=True).click()
                box.fill(values[field.name])

    def test(self) -> Locator:
        """Press Test Credentials and return what it says."""
        self.dialog.get_by_role("button", name="Test Credentials").click()
        self.dialog.get_by_text(re.compile("^Asking")).wait_for(state="detached")
        self.wait_until_idle()
        return self.dialog.locator("[class*='-result']")

    def save(self) -> None:
        self.dialog.get_by_role("button", name="Save", exact=True).click()
        self.expect_closed()

    def expect_closed(self) -> None:
        expect(self.dialog).to_be_hidden()
        self.wait_until_idle()

    def connect(self, running: RunningApp, vendor: str) -> None:
        """Enter the sandbox's credentials, test them, and save them."""
        self.open_dialog(vendor, "Connect")
        self.enter(vendor, sandbox_connections(running.sandbox.url)[vendor])
        expect(self.test()).to_contain_text("The credentials work")
        self.save()
        self.expect_status(vendor, "Connected")

    def refresh(self, vendor: str) -> None:
        """Refresh, and wait until it is done."""
        self.button(vendor, "Refresh").click()
        expect(self.card(vendor)).to_contain_text("just now by operator", timeout=REFRESH_MILLISECONDS)
        self.wait_until_idle()
