"""What somebody sees and does in the setup wizard, with the mouse, and with the keyboard for values only."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, expect

from billingbot.bootstrap import Vendor
from billingbot.bootstrap.vendor import all_vendors
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.server import Sandbox
from tests.browser.client_page import IDLE


@dataclass(frozen=True)
class SetupPage:
    """One browser tab in the setup."""

    page: Page

    @classmethod
    def open(cls, context: BrowserContext, url: str) -> "SetupPage":
        """Open the app, and be led to the setup."""
        page = context.new_page()
        page.goto(url)
        expect(page).to_have_url(re.compile(r"/setup$"))
        page.locator(IDLE).wait_for()
        return cls(page)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        """Press a button once the page stands still: one that moves under the pointer is not clicked."""
        self.page.locator(IDLE).wait_for()
        self.button(name).click()

    def expect_step(self, name: str) -> None:
        expect(self.page.locator(".stepper [aria-current=step]")).to_contain_text(name)

    def field(self, vendor: str, name: str) -> Locator:
        return self.page.locator(f".st-key-setup-{vendor}-field-{name} input")

    def fill(self, vendor: str, sandbox: Sandbox) -> None:
        """Type what the sandbox expects of a vendor, secrets last: a new address makes forget them."""
        values = sandbox_connections(sandbox.url)[vendor]
        fields = [field for field in _vendor(vendor).fields if field.name in values]
        for field in sorted(fields, key=lambda field: field.secret):
            box = self.field(vendor, field.name)
            if field.default and not box.is_visible():
                self.page.locator(f".st-key-setup-{vendor}-advanced summary").click()
            box.fill(values[field.name])
            box.press("Tab")
            if field.secret:
                # While the emptied input takes its place, both are there.
                expect(self.field(vendor, field.name).and_(self.page.get_by_placeholder("Set on"))).to_be_visible()
                expect(self.field(vendor, field.name)).to_have_count(1)
            else:
                self.page.locator(IDLE).wait_for()

    def test_credentials(self) -> None:
        self.press("Test Credentials")
        expect(self.page.get_by_text("The credentials work.")).to_be_visible()

    def connect_halo(self, sandbox: Sandbox) -> None:
        """Go from the welcome to the distributors."""
        self.press("Connect HaloPSA")
        self.expect_step("HaloPSA")
        self.fill("halo", sandbox)
        self.test_credentials()
        self.press("Continue")
        self.expect_step("Distributors")

    def connect(self, vendor: str, sandbox: Sandbox) -> None:
        """Connect a distributor."""
        self.page.locator(f".st-key-toggle-{vendor} button").click()
        self.fill(vendor, sandbox)
        self.test_credentials()


def _vendor(key: str) -> Vendor:
    return next(vendor for vendor in all_vendors() if vendor.key == key)
