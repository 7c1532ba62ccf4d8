"""What an operator sees and does in the dialogs of Client Management, and how they are opened from the grid."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Locator, Position, TimeoutError, expect

from tests.browser.client_page import ClientPage

_ROW_HEIGHT = 35
# The column of check boxes is the first.
_BOX = 18
_BESIDE = 300
# Streamlit and the grid may be slow while others use the machine.
_PATIENCE = 30_000


@dataclass(frozen=True)
class Table:
    """A table of a dialog: a canvas, which keeps the rows that are in sight as a table for screen readers."""

    region: Locator

    @property
    def rows(self) -> Locator:
        return self.region.locator("tbody [role=row]")

    @property
    def headings(self) -> Locator:
        return self.region.locator("[role=columnheader]")

    @property
    def ticked(self) -> Locator:
        return self.region.locator("tbody [role=row][aria-selected=true]")

    def cells(self, column: str) -> list[str]:
        """Return what a column shows, from top to bottom."""
        self.rows.first.wait_for(state="attached")
        number = self.region.locator("[role=columnheader]").all_text_contents().index(column)
        return [row.locator("[role=gridcell]").nth(number).text_content() or "" for row in self.rows.all()]

    def records(self, *columns: str) -> list[tuple[str, ...]]:
        """Return the rows that are in sight, with the named columns."""
        return list(zip(*(self.cells(column) for column in columns), strict=True))

    def click_box(self, text: str) -> None:
        """Click the box of the row that shows a text in one of its cells."""
        self._click(text, _BOX)

    def click_row(self, text: str) -> None:
        """Click that row beside its box."""
        self._click(text, _BESIDE)

    def _click(self, text: str, x: int) -> None:
        row = self.rows.filter(has=self.region.page.get_by_role("gridcell", name=text, exact=True, include_hidden=True))
        place = self.region.locator(".dvn-scroller")
        for patience in (2_000, 2_000, _PATIENCE):
            number = int(row.get_attribute("aria-rowindex") or "") - 2
            position: Position = {"x": x, "y": (number + 1.5) * _ROW_HEIGHT}
            # Away from a button whose tooltip lies over the table; and as a hand does, which is there before it clicks.
            self.region.page.mouse.move(0, 0)
            try:
                place.hover(position=position, timeout=patience)
                place.click(position=position, timeout=patience)
            except TimeoutError:
                continue  # a search has moved the row meanwhile
            return
        raise AssertionError(f"the row of {text} could not be clicked")


@dataclass(frozen=True)
class Dialog:
    """The dialog that is open on a page."""

    page: ClientPage

    @property
    def root(self) -> Locator:
        return self.page.dialog

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.root.get_by_role("button", name=name, exact=isinstance(name, str))

    def table(self, name: str) -> Table:
        return Table(self.root.get_by_role("region", name=name, exact=True))

    def open_details(self, summary: re.Pattern[str]) -> None:
        """Open what is folded away under a line."""
        self.root.locator("summary").filter(has_text=summary).click()

    def choose(self, label: str, option: str) -> None:
        """Choose of a select box."""
        self.root.get_by_role("combobox", name=label).click()
        self.page.page.get_by_role("option", name=option, exact=True).click()
        expect(self.root.get_by_role("combobox", name=label)).to_have_value(option)

    def pick(self, label: str | re.Pattern[str]) -> None:
        """Pick of a few choices that are all in sight."""
        choice = self.root.get_by_role("radio", name=label)
        choice.click()
        expect(choice).to_be_checked()
        self.page.wait_until_idle()

    def upload(self, name: str, content: bytes) -> None:
        """Hand over a file, in place of the one that is there."""
        payload: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content}
        self.root.locator("input[type=file]").set_input_files(payload)

    def download(self, button: Locator) -> tuple[str, bytes]:
        """Click a download and return the file's name and content."""
        with self.page.page.expect_download(timeout=_PATIENCE) as waiting:
            button.click()
        return waiting.value.suggested_filename, waiting.value.path().read_bytes()

    def file_button(self, which: str, name: str) -> Locator:
        """Return a button of Export: for the clients that are "shown" or for "all", as Excel, PDF or CSV."""
        return self.root.locator(f".st-key-export-{which}").get_by_role("button", name=name)

    def escape(self) -> None:
        """Leave by the keyboard."""
        self.page.page.keyboard.press("Escape")
        self.expect_closed()

    def expect_closed(self) -> None:
        expect(self.root).to_be_hidden(timeout=_PATIENCE)
        self.page.wait_until_idle()

    def expect_text(self, text: str | re.Pattern[str]) -> None:
        expect(self.root).to_contain_text(text, timeout=_PATIENCE)


def bring_into_sight(page: ClientPage, client_id: int) -> Locator:
    """Scroll to a client and return its row: the grid holds the rows around those in sight only."""
    page.in_grid(
        f"() => {{ const {{ api }} = ClientGrid.outbox; api.ensureNodeVisible(api.getRowNode('{client_id}')); }}"
    )
    return page.row(client_id)


def select(page: ClientPage, client_ids: Sequence[int]) -> None:
    """Tick the boxes at the left of rows."""
    for client_id in client_ids:
        bring_into_sight(page, client_id).locator(".ag-selection-checkbox input").check()


def open_tool(page: ClientPage, name: str | re.Pattern[str]) -> Dialog:
    """Press a button of the bar above the rows and wait for its dialog."""
    page.grid.get_by_role("button", name=name, exact=isinstance(name, str)).click()
    page.dialog.wait_for(timeout=_PATIENCE)
    page.wait_until_idle()
    return Dialog(page)
