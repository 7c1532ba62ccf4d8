"""What an operator sees and does on Activity."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.client_page import IDLE

_ROW_HEIGHT = 35


@dataclass(frozen=True)
class ActivityPage:
    """One browser tab."""

    page: Page

    @classmethod
    def open(cls, context: BrowserContext, url: str, address: str = "") -> "ActivityPage":
        opened = cls(context.new_page())
        opened.page.goto(f"{url}/activity{address}")
        opened.heading.wait_for()
        opened.wait_until_idle()
        return opened

    def wait_until_idle(self) -> None:
        self.page.locator(IDLE).wait_for()

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", name="Activity", level=1)

    @property
    def table(self) -> Locator:
        return self.page.locator(".st-key-activity-list").get_by_test_id("stDataFrame")

    @property
    def details(self) -> Locator:
        return self.page.locator(".st-key-activity-details")

    @property
    def title(self) -> Locator:
        return self.details.get_by_role("heading", level=2)

    @property
    def notice(self) -> Locator:
        return self.page.locator(".st-key-activity-notice")

    @property
    def search_box(self) -> Locator:
        return self.page.get_by_role("searchbox", name="Search")

    @property
    def links(self) -> Locator:
        return self.page.locator(".st-key-page-links")

    def link(self, title: str) -> Locator:
        return self.links.get_by_role("link", name=title)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def cells(self, column: str) -> list[str]:
        """Return what a column of the list shows, from the table that the canvas keeps for screen readers."""
        headings = self.table.locator("[role=columnheader]").all_text_contents()
        number = headings.index(column)
        rows = self.table.locator("tbody [role=row]").all()
        return [row.locator("[role=gridcell]").nth(number).text_content() or "" for row in rows]

    def expect_rows(self, number: int) -> None:
        expect(self.table.locator("tbody [role=row]")).to_have_count(number)

    def click_row(self, number: int) -> None:
        """Click in the middle of a row, counted from 0."""
        self.table.locator(".dvn-scroller").click(position={"x": 300, "y": (number + 1.5) * _ROW_HEIGHT})
        self.wait_until_idle()

    def show(self, view: str) -> None:
        self.page.get_by_role("radio", name=view).click()
        self.wait_until_idle()
