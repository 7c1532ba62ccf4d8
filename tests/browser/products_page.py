"""What an operator sees and does on the Products page."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.client_page import IDLE
from tests.browser.dialogs import Table

FETCH_MILLISECONDS = 60_000


@dataclass(frozen=True)
class ProductsPage:
    """One browser tab."""

    page: Page

    @classmethod
    def open(cls, context: BrowserContext, url: str, integration: str = "pax8") -> "ProductsPage":
        opened = cls(context.new_page())
        opened.page.goto(f"{url}/products?integration={integration}")
        opened.wait_until_idle()
        return opened

    def wait_until_idle(self) -> None:
        self.page.locator(IDLE).wait_for()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def notice(self) -> Locator:
        return self.page.locator(".st-key-products-notice .notice")

    @property
    def counter(self) -> Locator:
        """The link to this page as another page shows it, with the number of products that wait."""
        return self.page.locator(".st-key-page-links").get_by_text(re.compile("^Products"))

    def fetch(self) -> None:
        self.button("Fetch Charges").click()
        expect(self.page.locator(".st-key-fetch-line")).to_contain_text("read just now", timeout=FETCH_MILLISECONDS)
        self.wait_until_idle()

    def figure(self, chip: str) -> int:
        """Return the number that a chip shows."""
        return int(self.chip(chip).inner_text().split()[-1].replace(",", ""))

    def expect_figure(self, chip: str, number: int) -> None:
        expect(self.chip(chip)).to_have_text(re.compile(rf"^{chip}\s*{number}$"))

    def chip(self, name: str) -> Locator:
        return self.page.locator(".st-key-products-filters").get_by_role("radio", name=name)

    def search(self, text: str) -> None:
        self.page.get_by_placeholder("Search product, SKU or item").fill(text)

    def expect_products(self, *names: str) -> None:
        """Wait until these are the products of the table."""
        for name in names:
            expect(self.table().rows.filter(has_text=name)).not_to_have_count(0)
        expect(self.table().rows).to_have_count(len(names))
        self.wait_until_idle()
        assert self.table().cells("Product") == list(names)

    def table(self, name: str = "Products") -> Table:
        return Table(self.page.get_by_role("region", name=name, exact=True))

    def tick(self, *products: str) -> None:
        """Tick the boxes of products that are in sight."""
        for product in products:
            self.table().click_box(product)
            self.wait_until_idle()

    def open_dialog(self, button: str) -> Locator:
        self.button(button).click()
        self.dialog.wait_for()
        self.wait_until_idle()
        return self.dialog
