"""What an operator sees and does in the dialog of a plan, and with what came of sending it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.dialogs import Table
from tests.browser.ready_page import ReadyPage

_PATIENCE = 60_000


@dataclass(frozen=True)
class PlanDialog:
    """The plan that is open on a page."""

    page: ReadyPage

    @classmethod
    def open(cls, page: ReadyPage, button: re.Pattern[str]) -> "PlanDialog":
        """Press a button that plans, and wait until the plan is made."""
        page.button(button).click()
        opened = cls(page)
        opened.footer.get_by_role("button", name=re.compile(r"^Send \d")).wait_for(timeout=_PATIENCE)
        page.wait_until_idle()
        return opened

    @property
    def root(self) -> Locator:
        return self.page.dialog

    @property
    def footer(self) -> Locator:
        return self.root.locator(".st-key-plan-footer")

    @property
    def clients(self) -> Table:
        return Table(self.root.get_by_role("region", name="Clients of the plan", exact=True))

    @property
    def lines(self) -> Table:
        return Table(self.root.get_by_role("region", name="Lines", exact=True))

    @property
    def charges(self) -> Table:
        return Table(self.root.get_by_role("region", name="Charges", exact=True))

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.footer.get_by_role("button", name=name)

    def agree(self, client: str) -> None:
        box = self.page.page.get_by_role("checkbox", name=re.compile(f"^{re.escape(client)}"))
        self.root.locator("label").filter(has=box).click()
        self.page.wait_until_idle()

    def send(self) -> None:
        self.button(re.compile(r"^Send \d")).click()
        self.button(re.compile("Send now")).click()
        expect(self.root).to_be_hidden(timeout=_PATIENCE)


def expect_sent(page: ReadyPage, text: str | re.Pattern[str]) -> None:
    """Wait until a sending has ended, and the page says so."""
    expect(page.page.locator(".st-key-send-status")).to_contain_text(text, timeout=_PATIENCE)
    page.wait_until_idle()
