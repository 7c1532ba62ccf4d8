"""What an operator sees and does on Client Management."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from billingbot.sandbox.server import Sandbox

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
REFRESH_MILLISECONDS = 30_000


@dataclass(frozen=True)
class RunningApp:
    """An app process and the sandbox that it works on."""

    url: str
    sandbox: Sandbox


@dataclass(frozen=True)
class ClientPage:
    """One browser tab."""

    page: Page

    @classmethod
    def open(cls, context: BrowserContext, url: str) -> "ClientPage":
        opened = cls(context.new_page())
        opened.page.goto(url)
        opened.wait_until_idle()
        return opened

    @classmethod
    def open_with_rows(cls, context: BrowserContext, url: str) -> "ClientPage":
        opened = cls.open(context, url)
        opened.wait_for_rows()
        return opened

    def wait_until_idle(self) -> None:
        self.page.locator(IDLE).wait_for()

    def wait_for_rows(self) -> None:
        self.grid.locator(".ag-row").first.wait_for(timeout=REFRESH_MILLISECONDS)
        self.wait_until_idle()

    @property
    def grid(self) -> FrameLocator:
        return self.page.frame_locator("iframe[title='st_aggrid.AgGrid.agGrid']")

    @property
    def refresh_button(self) -> Locator:
        return self.page.get_by_role("button", name="Refresh Clients")

    @property
    def progress(self) -> Locator:
        return self.page.get_by_role("progressbar", name="Refresh")

    @property
    def last_success(self) -> Locator:
        return self.page.locator(".last-success")

    @property
    def row_count(self) -> Locator:
        return self.grid.locator(".row-count")

    @property
    def search_box(self) -> Locator:
        return self.grid.get_by_placeholder("Search all columns")

    def choose_integration(self, name: str) -> None:
        """Choose at the top which integration is shown."""
        self.page.get_by_role("combobox", name="Integration").click()
        self.page.get_by_role("option", name=name, exact=True).click()
        expect(self.page.get_by_role("combobox", name="Integration")).to_have_value(name)
        self.wait_until_idle()

    def refresh(self) -> None:
        self.refresh_button.click()

    def chip(self, name: str) -> Locator:
        return self.page.locator(".st-key-summary").get_by_role("radio", name=name)

    def figure(self, name: str) -> int:
        """Return the number that a chip of the summary shows."""
        return int(self.chip(name).inner_text().split()[-1].replace(",", ""))

    def cells(self, column: str) -> Locator:
        return self.grid.locator(f".ag-row [col-id='{column}']")

    def row(self, client_id: int) -> Locator:
        return self.grid.locator(f".ag-row[row-id='{client_id}']")

    def heading(self, column: str) -> Locator:
        return self.grid.locator(f".ag-header-cell[role=columnheader][col-id='{column}']")

    def scroll_position(self) -> float:
        return float(self.grid.locator(".ag-body-viewport").evaluate("view => view.scrollTop"))

    def scroll_to(self, position: int) -> None:
        self.grid.locator(".ag-body-viewport").evaluate(f"view => {{ view.scrollTop = {position} }}")

    def tick(self, client_id: int, column: str) -> Locator:
        """Return the box in one of the columns new, last, recurring, excluded."""
        return self.row(client_id).locator(f"[col-id='{column}']").get_by_role("checkbox")

    def action(self, client_id: int, name: str) -> Locator:
        return self.row(client_id).locator("[col-id='actions']").get_by_role("button", name=name)

    @property
    def notice(self) -> Locator:
        """What was saved last."""
        return self.grid.locator(".notice-text")

    @property
    def undo_button(self) -> Locator:
        return self.grid.get_by_role("button", name="Undo")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def shown_ids(self) -> list[int]:
        """Return the clients of the rows that are on the screen, from top to bottom."""
        rows = self.grid.locator(".ag-center-cols-container .ag-row")
        found = rows.evaluate_all(
            "rows => rows.map(row => [row.getAttribute('row-index'), row.getAttribute('row-id')])"
        )
        return [int(client_id) for _, client_id in sorted(found, key=lambda row: int(row[0]))]

    def in_grid(self, script: str) -> Any:
        """Run a script in the grid's frame."""
        return self.grid.locator("body").evaluate(script)

    def expect_saved(self) -> None:
        """Wait until the server has acknowledged every click."""
        expect(self.grid.locator("body[data-unsaved='0']")).to_be_attached()

    def expect_shown(self, number: int) -> None:
        """Wait until that many rows are left of all."""
        expect(self.row_count).to_have_text(re.compile(rf"^{number:,} (of [\d,]+ )?clients?$"))

    def expect_rows(self, number: int) -> None:
        expect(self.row_count).to_have_text(f"{number} client{'' if number == 1 else 's'}")
