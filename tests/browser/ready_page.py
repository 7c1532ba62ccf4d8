"""What an operator sees and does on the Ready to Invoice page."""

import re
from dataclasses import dataclass
from decimal import Decimal

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.client_page import IDLE
from tests.browser.dialogs import Table


@dataclass(frozen=True)
class ReadyPage:
    """One browser tab."""

    page: Page

    @classmethod
    def open(cls, context: BrowserContext, url: str, integration: str = "pax8") -> "ReadyPage":
        opened = cls(context.new_page())
        opened.page.goto(f"{url}/ready?integration={integration}")
        opened.wait_until_idle()
        return opened

    def wait_until_idle(self) -> None:
        self.page.locator(IDLE).wait_for()

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name)

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def notice(self) -> Locator:
        return self.page.locator(".st-key-ready-notice .notice")

    @property
    def clients(self) -> Table:
        return self.table("Clients with charges")

    def table(self, name: str) -> Table:
        return Table(self.page.get_by_role("region", name=name, exact=True))

    def click(self, button: str | re.Pattern[str]) -> None:
        self.button(button).click()
        self.wait_until_idle()

    def show(self, view: str) -> None:
        """Choose Summary, Detail or Sent."""
        self.page.locator(".st-key-ready-view").get_by_text(view, exact=True).click()
        self.wait_until_idle()

    def search(self, text: str) -> None:
        self.page.get_by_placeholder("Search client, target or id").fill(text)

    def expect_clients(self, *names: str) -> None:
        """Wait until these are the clients of the table."""
        for name in names:
            expect(self.clients.rows.filter(has_text=name)).not_to_have_count(0)
        expect(self.clients.rows).to_have_count(len(names))
        self.wait_until_idle()

    def chip(self, name: str) -> Locator:
        return self.page.locator(".st-key-ready-filters").get_by_role("radio", name=name)

    def figure(self, chip: str) -> int:
        """Return the number that a chip shows."""
        return int(self.chip(chip).inner_text().split()[-1].replace(",", ""))

    def expect_figure(self, chip: str, number: int) -> None:
        expect(self.chip(chip)).to_have_text(re.compile(rf"^{chip}\s*{number:,}$"))

    def waterfall(self) -> dict[str, tuple[int, Decimal]]:
        """Return how many charges each row of the waterfall has, and their price."""
        rows = self.page.locator(".waterfall tbody tr")
        rows.first.wait_for()
        found = {}
        for row in rows.all():
            _, number, _, price, _ = row.locator("td").all_inner_texts()
            found[row.locator("th").inner_text()] = int(number.replace(",", "")), Decimal(price.replace(",", ""))
        return found

    @property
    def unassigned(self) -> Locator:
        """The list of companies without a client."""
        return self.page.locator(".ready-unassigned")
