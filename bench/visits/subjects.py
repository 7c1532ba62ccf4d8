"""The pages that are measured, ours and three plain ones with the same rows and columns, and how each is used."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FrameLocator, Locator, Page

from bench.visits.tab import Tab

# A data frame's rows are as high as its header; in a heading the text stands right of an icon.
_ROW, _BESIDE_ICON = 33, 31


@dataclass(frozen=True, slots=True)
class Subject:
    """A page. `tick` clicks the Exclude box of a row; `search` finds the search box; None where it has none."""

    name: str
    script: str
    tick: Callable[[Tab, int], None] | None
    search: Callable[[Page], Locator] | None


def _grid(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[title='st_aggrid.AgGrid.agGrid']")


def _tick_ours(tab: Tab, row: int) -> None:
    _grid(tab.page).locator(f".ag-row[row-index='{row}'] [col-id=excluded] .tick").click()


def _tick_aggrid(tab: Tab, row: int) -> None:
    _grid(tab.page).locator(f".ag-row[row-index='{row}'] [col-id=exclude] input").click()


def _search_aggrid(page: Page) -> Locator:
    """Its toolbar is there while the mouse is over the grid."""
    _grid(page).locator(".ag-root").hover()
    return _grid(page).get_by_placeholder("Search...")


def _tick_editor(tab: Tab, row: int) -> None:
    """The box is in the middle of the last column, which ends with the canvas."""
    canvas = tab.page.get_by_test_id("data-grid-canvas").bounding_box()
    assert canvas is not None  # noqa: S101 (it is on the screen)
    middle = (tab.heading("exclude") - _BESIDE_ICON + canvas["width"]) / 2
    tab.page.mouse.click(canvas["x"] + middle, canvas["y"] + _ROW * (row + 1.5))


OURS = Subject("BillingBot", "app.py", _tick_ours, lambda page: _grid(page).get_by_placeholder("Search all columns"))
DATAFRAME = Subject(
    "st.dataframe", "bench/grid_pages/dataframe.py", None, lambda page: page.get_by_test_id("stTextInputField")
)
EDITOR = Subject("st.data_editor", "bench/grid_pages/editor.py", _tick_editor, None)
AGGRID = Subject("plain aggrid", "bench/grid_pages/aggrid.py", _tick_aggrid, _search_aggrid)
SUBJECTS = (OURS, DATAFRAME, EDITOR, AGGRID)
