"""Every distributor's clients are refreshed from the page, each integration by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.connectors import DISTRIBUTORS
from tests.browser.client_page import REFRESH_MILLISECONDS, ClientPage, RunningApp
from tests.browser.conftest import sandboxed_app


@pytest.fixture(scope="module")
def unrefreshed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    folder: Path = tmp_path_factory.mktemp("integrations")
    with sandboxed_app(folder / "test.duckdb") as running:
        yield running


@pytest.mark.parametrize("name", [kind.name for kind in DISTRIBUTORS])
def test_clients_of_each_integration_are_refreshed_and_matched(
    context: BrowserContext, unrefreshed: RunningApp, name: str
) -> None:
    page = ClientPage.open(context, unrefreshed.url)
    page.choose_integration(name)

    page.refresh()

    expect(page.last_success).to_contain_text(f"{name} companies", timeout=REFRESH_MILLISECONDS)
    page.wait_for_rows()
    page.search_box.fill("Mapped")
    expect(page.cells("status").first).to_have_text("Mapped")
    expect(page.cells("companies").first).not_to_be_empty()
    page.page.close()


def test_the_page_opens_with_an_integration_that_has_been_refreshed(context: BrowserContext, tmp_path: Path) -> None:
    with sandboxed_app(tmp_path / "test.duckdb") as running:
        first = ClientPage.open(context, running.url)
        first.choose_integration("Twilio")
        first.refresh()
        first.wait_for_rows()

        second = ClientPage.open(context, running.url)

        expect(second.page.get_by_role("combobox", name="Integration")).to_have_value("Twilio")
