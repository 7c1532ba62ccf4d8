"""Two operators in the same list: nobody overwrites the other, and each sees what the other did."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings
from billingbot.sandbox.server import Sandbox
from tests.browser.client_page import ClientPage
from tests.browser.conftest import small_sandbox
from tests.browser.own_server import opened, serving

pytestmark = pytest.mark.fault(12)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with small_sandbox() as started:
        yield started


@pytest.fixture
def database(tmp_path: Path, refreshed_database: Path) -> Path:
    return Path(shutil.copy(refreshed_database, tmp_path))


def test_a_tick_on_a_row_that_somebody_else_changed_is_refused_and_shows_theirs_and_mine(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with serving(sandbox, database) as url:
        mine, theirs = (ClientPage.open_with_rows(context, url) for _ in range(2))
        client_id = mine.shown_ids()[0]
        theirs.tick(client_id, "new").click()
        theirs.expect_saved()
        expect(mine.row(client_id).locator("[col-id=new] .inherited")).to_be_hidden()

        # As if mine was clicked before theirs had arrived.
        mine.in_grid(f"() => {{ ClientGrid.outbox.api.getRowNode('{client_id}').data.version = 0; }}")
        mine.tick(client_id, "excluded").click()

        refused = mine.page.locator(".st-key-refused-edits")
        expect(refused).to_contain_text("was changed by operator meanwhile")
        expect(refused).to_contain_text("Exclude: now off, yours on.")
        expect(mine.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")

        refused.get_by_role("button", name="Save mine").click()

        expect(refused).to_be_hidden()
        expect(mine.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
        expect(theirs.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")


def test_a_change_of_another_operator_appears_by_itself(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with serving(sandbox, database) as url:
        mine, theirs = (ClientPage.open_with_rows(context, url) for _ in range(2))
        client_id = mine.shown_ids()[0]

        theirs.tick(client_id, "excluded").click()

        expect(mine.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
        expect(mine.chip("Excluded")).to_have_text("Excluded 1")


def test_a_change_made_elsewhere_while_the_page_was_closed_is_shown_when_it_opens(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with opened(sandbox, database) as app:
        client_id = int(app.store.client_rows("pax8")["client_id"].iloc[0])
        edit = EditSettings(client_id, 0, {Setting.EXCLUDED: True})
        app.store.decide("pax8", [edit], app.stamp("ann"))

    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)

        expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
