"""The pictures of the documentation: `make screenshots`.

Client Management full, empty and refreshing, each dialog, each filter mode, the other pages and the setup, in light and
dark, wide and narrow.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES, MAC_CHROME, ROOT, app_process

_PICTURES = ROOT / "docs" / "screenshots"
_SIZES = {1440: 900, 1024: 768}
_COLORS = 128  # of a palette: a third of the size, and nobody sees it on flat colours


def main() -> None:
    """Take all pictures; those of former runs go."""
    shutil.rmtree(_PICTURES, ignore_errors=True)
    _PICTURES.mkdir(parents=True)
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), MAC_CHROME)
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS.split())
        with _app() as app:
            _each_look(browser, app.url, "client-management-empty", _empty)
            _refreshing(browser, app)
            _prepare(browser, app)
            for name, show in _SCENES.items():
                _each_look(browser, app.url, name, show)
            _each_look(browser, f"{app.url}/activity", "activity", _activity)
            _each_look(browser, f"{app.url}/integrations", "integrations", _integrations)
            _each_look(browser, f"{app.url}/products?integration=pax8", "products", _products)
            _map_products(browser, app)
            _each_look(browser, f"{app.url}/ready?integration=pax8", "ready-to-invoice", _ready)
            _each_look(browser, f"{app.url}/ready?integration=pax8", "plan", _plan)
        with (
            tempfile.TemporaryDirectory() as folder,
            app_process(Path(folder), 0, BILLINGBOT_DATABASE=f"{folder}/pictures.duckdb") as url,
        ):
            _each_look(browser, url, "setup", _setup)
        browser.close()


@contextmanager
def _app() -> Iterator[RunningApp]:
    data = build(seed=1, clients=240, companies=260, today=datetime.now(UTC).date())
    with tempfile.TemporaryDirectory() as folder, Sandbox(data, rate_limit=None) as sandbox:
        environ = {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": f"{folder}/pictures.duckdb"}
        with app_process(Path(folder), 0, **environ) as url:
            yield RunningApp(url, sandbox)


def _each_look(browser: Browser, url: str, name: str, show: Callable[[ClientPage], None]) -> None:
    for width, height in _SIZES.items():
        for scheme in ("light", "dark"):
            with _opened(browser, url, width, height, scheme) as page:
                show(page)
                _take(page.page, f"{name}-{width}-{scheme}")


@contextmanager
def _opened(browser: Browser, url: str, width: int, height: int, scheme: str) -> Iterator[ClientPage]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
    )
    context.set_default_timeout(60_000)
    yield ClientPage.open(context, url)
    context.close()


def _take(page: Page, name: str) -> None:
    # Without the pointer, which shows tooltips and hovered buttons.
    page.mouse.move(0, 0)
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(_COLORS, dither=Image.Dither.NONE).save(_PICTURES / f"{name}.png", optimize=True)


def _empty(page: ClientPage) -> None:
    expect(page.page.get_by_role("heading", name="No clients yet")).to_be_visible()


def _refreshing(browser: Browser, app: RunningApp) -> None:
    """Picture a refresh that the sandbox holds up at its second list."""
    app.sandbox.control.fault(Fault(FaultKind.LATENCY, "/pax8/v1/companies", page=2, seconds=600))
    with _opened(browser, app.url, 1440, 900, "light") as page:
        page.refresh()
        expect(page.progress).to_contain_text("Reading companies")
    _each_look(browser, app.url, "refreshing", lambda page: expect(page.progress).to_be_visible())
    app.sandbox.control.clear_faults()


def _prepare(browser: Browser, app: RunningApp) -> None:
    """Decide a few things, so that every state is to be seen."""
    with _opened(browser, app.url, 1440, 900, "light") as page:
        page.wait_for_rows()
        ids = page.shown_ids()
        page.tick(ids[4], "excluded").click()
        page.expect_saved()
        for client_id, column in ((ids[3], "last"), (ids[9], "recurring")):
            page.tick(client_id, column).click()
            expect(page.dialog).to_be_visible()
            page.page.keyboard.press("Escape")
            expect(page.dialog).to_be_hidden()


def _full(page: ClientPage) -> None:
    page.wait_for_rows()
    page.grid.get_by_role("radio", name="MENU").click()


def _bar(page: ClientPage) -> None:
    page.wait_for_rows()
    page.grid.get_by_role("radio", name="BAR").click()


def _queue(page: ClientPage) -> None:
    page.wait_for_rows()
    page.chip("Suggested").click()
    page.expect_shown(page.figure("Suggested"))


def _of_row(place: int, action: str) -> Callable[[ClientPage], None]:
    def show(page: ClientPage) -> None:
        page.wait_for_rows()
        page.action(page.shown_ids()[place], action).click()
        _wait_for_dialog(page)

    return show


def _of_queue(chip: str, button: str) -> Callable[[ClientPage], None]:
    def show(page: ClientPage) -> None:
        page.wait_for_rows()
        page.chip(chip).click()
        page.expect_shown(page.figure(chip))
        page.grid.get_by_role("button", name=button).click()
        _wait_for_dialog(page)

    return show


def _bulk(page: ClientPage) -> None:
    page.wait_for_rows()
    for place in range(4):
        page.row(page.shown_ids()[place]).locator(".ag-checkbox-input").check()
    page.grid.get_by_role("button", name="Edit 4 selected").click()
    _wait_for_dialog(page)


def _tool(name: str) -> Callable[[ClientPage], None]:
    def show(page: ClientPage) -> None:
        page.wait_for_rows()
        page.grid.get_by_role("button", name=name).click()
        _wait_for_dialog(page)

    return show


def _wait_for_dialog(page: ClientPage) -> None:
    expect(page.dialog).to_be_visible()
    _wait_for_tables(page)


def _wait_for_tables(page: ClientPage) -> None:
    """Wait until tables have come, and have drawn what they hold."""
    page.wait_until_idle()
    expect(page.page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _activity(page: ClientPage) -> None:
    expect(page.page.get_by_test_id("stDataFrame")).to_be_visible()
    _wait_for_tables(page)


def _integrations(page: ClientPage) -> None:
    expect(page.page.locator(".vendor-head")).to_have_count(5)
    page.wait_until_idle()


def _products(page: ClientPage) -> None:
    if page.page.get_by_role("heading", name="No products yet").is_visible():
        page.page.get_by_role("button", name="Fetch Charges").click()
    expect(page.page.get_by_role("region", name="Products")).to_be_visible()
    _wait_for_tables(page)


def _map_products(browser: Browser, app: RunningApp) -> None:
    """Map every product to the item of its name, so that charges can be planned."""
    with _opened(browser, f"{app.url}/products?integration=pax8", 1440, 900, "light") as page:
        page.page.get_by_role("button", name="Best matches").click()
        page.dialog.get_by_role("button", name=re.compile(r"^Map [\d,]+ products?$")).click()
        expect(page.dialog).to_be_hidden()
        page.wait_until_idle()


def _ready(page: ClientPage) -> None:
    expect(page.page.get_by_role("button", name="Tick all ready")).to_be_visible()
    _wait_for_tables(page)


def _plan(page: ClientPage) -> None:
    _ready(page)
    page.page.get_by_role("button", name="Tick all ready").click()
    page.page.get_by_role("button", name=re.compile(r"^Plan [\d,]+ clients? …$")).click()
    expect(page.page.locator(".st-key-plan-footer")).to_be_visible()
    _wait_for_tables(page)


def _setup(page: ClientPage) -> None:
    expect(page.page.get_by_role("heading", name="Welcome to BillingBot")).to_be_visible()
    page.wait_until_idle()


_SCENES: Mapping[str, Callable[[ClientPage], None]] = {
    "client-management": _full,
    "filter-bar": _bar,
    "work-queue": _queue,
    "edit-company": _of_row(0, "Edit Company"),
    "assign-invoice": _of_row(3, "Assign Invoice"),
    "assign-company": _of_row(5, "Assign Company"),
    "delete-assignment": _of_row(0, "Delete Assignment"),
    "history": _of_row(3, "History"),
    "accept-suggestions": _of_queue("Suggested", "Accept all"),
    "reject-suggestions": _of_queue("Suggested", "Reject all"),
    "confirm-links": _of_queue("Review", "Confirm all"),
    "bulk-edit": _bulk,
    "export": _tool("Export"),
    "import": _tool("Import"),
}


if __name__ == "__main__":
    main()
