"""The README's pictures: `make screenshots`."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.browser.client_page import ClientPage
from tests.browser.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES, MAC_CHROME, ROOT, app_process


def main() -> None:
    """Refresh once, then picture the page in light and in dark."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(build(seed=1, clients=240, companies=260, today=datetime.now(UTC).date())) as sandbox,
        app_process(
            Path(folder), BILLINGBOT_SANDBOX_URL=sandbox.url, BILLINGBOT_DATABASE=f"{folder}/pictures.duckdb"
        ) as url,
        sync_playwright() as playwright,
    ):
        chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), MAC_CHROME)
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS.split())
        _picture(browser, url, dark=False, path=ROOT / "docs" / "client-management.png")
        _picture(browser, url, dark=True, path=ROOT / "docs" / "client-management-dark.png")
        browser.close()


def _picture(browser: Browser, url: str, *, dark: bool, path: Path) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="dark" if dark else "light")
    page = ClientPage.open(context, url)
    if not page.last_success.is_visible():
        page.refresh()
        page.wait_for_rows()
        # Without the pointer and the focus that the click has left on the button.
        page.page.mouse.move(0, 0)
        page.page.reload()
    page.wait_for_rows()
    page.page.screenshot(path=path)
    context.close()


if __name__ == "__main__":
    main()
