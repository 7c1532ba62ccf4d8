"""The Users page, and what each role can do on real controls."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from billingbot.domain.access import Role
from billingbot.domain.match import ClientStatus
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.conftest import new_context
from tests.browser.office import Office, confirm, give_role, open_users, opened_office, person
from tests.browser.unused_clients import UnusedClients


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, refreshed_database: Path) -> Iterator[Office]:
    roles = {"amy": Role.ADMIN, "ben": Role.VIEWER, "cat": Role.OPERATOR, "dan": Role.NONE, "eli": Role.VIEWER}
    with opened_office(tmp_path_factory.mktemp("office"), refreshed_database, **roles) as opened:
        yield opened


@pytest.fixture(scope="module")
def admin(office: Office, browser: Browser) -> Iterator[Page]:
    with new_context(browser) as context:
        yield office.sign_in(context, "amy")


@pytest.fixture(autouse=True)
def at_users(office: Office, admin: Page) -> None:
    open_users(admin, office.url)


def test_everybody_is_listed_and_who_waits_comes_first(admin: Page) -> None:
    rows = admin.locator("[class*='st-key-user-']").all_inner_texts()

    assert "dan@msp.example" in rows[0]
    assert "Waiting for a role" in rows[0]
    assert all("Alpha" in row for row in rows)
    expect(person(admin, "amy").get_by_role("combobox")).to_have_value("Administrator")


def test_the_last_administrator_stays_one(admin: Page) -> None:
    give_role(admin, "amy", "Viewer")
    confirm(admin, "Change role")

    expect(admin.get_by_text("is the only administrator who can sign in. Nothing was changed")).to_be_visible()
    expect(person(admin, "amy").get_by_role("combobox")).to_have_value("Administrator")


def test_to_take_something_away_asks_first_and_can_be_given_up(admin: Page) -> None:
    person(admin, "cat").get_by_role("button", name="Disable").click()
    expect(admin.get_by_role("dialog").get_by_text("can neither see nor change anything")).to_be_visible()
    confirm(admin, "Cancel")

    expect(person(admin, "cat").get_by_text("Disabled")).to_have_count(0)


def test_who_is_disabled_can_be_enabled_again(admin: Page) -> None:
    person(admin, "dan").get_by_role("button", name="Disable").click()
    confirm(admin, "Disable")
    expect(person(admin, "dan").get_by_text("Disabled")).to_be_visible()

    person(admin, "dan").get_by_role("button", name="Enable").click()

    expect(person(admin, "dan").get_by_text("Disabled")).to_have_count(0)


def test_who_was_changed_meanwhile_is_not_changed_again(office: Office, admin: Page) -> None:
    other = admin.context.new_page()
    open_users(other, office.url)
    give_role(other, "eli", "Operator")
    expect(other.get_by_text("Eli is Operator now.")).to_be_visible()
    other.close()

    person(admin, "eli").get_by_role("button", name="Disable").click()
    confirm(admin, "Disable")

    expect(admin.get_by_text("was changed meanwhile. Nothing was changed now")).to_be_visible()
    expect(person(admin, "eli").get_by_role("combobox")).to_have_value("Operator")


def test_a_viewer_sees_all_and_changes_nothing(office: Office, context: BrowserContext, clients: UnusedClients) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    page = office.client_page(context, "ben")
    page.search_box.fill(str(client_id))
    tick = page.tick(client_id, "excluded")

    expect(tick).to_have_attribute("aria-disabled", "true")
    tick.click(force=True)  # it is disabled; somebody clicks all the same
    expect(tick).to_have_attribute("aria-checked", "false")
    expect(page.refresh_button).to_be_disabled()
    expect(page.action(client_id, "Assign Company")).to_have_attribute("aria-disabled", "true")
    expect(page.action(client_id, "History")).to_have_attribute("aria-disabled", "false")
    office.refused.append(client_id)


def test_a_grid_that_does_not_know_yet_takes_its_tick_back_and_says_why(
    office: Office, admin: Page, context: BrowserContext, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    page = office.client_page(context, "cat")
    page.search_box.fill(str(client_id))
    give_role(admin, "cat", "Viewer")
    confirm(admin, "Change role")

    page.in_grid(
        f"ClientGrid.push({{kind: 'tick', client: {client_id}, column: 'excluded', on: true, "
        f"version: ClientGrid.outbox.api.getRowNode('{client_id}').data.version}})"
    )

    expect(page.page.get_by_text("Your role is viewer; this needs operator.")).to_be_visible()
    page.expect_saved()  # the outbox is empty: what was refused does not come again
    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")
    office.refused.append(client_id)


@pytest.mark.parametrize("path", ["users", "integrations"])
def test_pages_for_administrators_are_refused_to_others(office: Office, context: BrowserContext, path: str) -> None:
    page = office.sign_in(context, "ben")
    page.goto(f"{office.url}/{path}")

    expect(page.get_by_text("For administrators")).to_be_visible()
    expect(page.locator(".st-key-users")).to_have_count(0)


def test_a_viewer_made_operator_can_change(
    office: Office, admin: Page, context: BrowserContext, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    give_role(admin, "ben", "Operator")
    expect(admin.get_by_text("Ben is Operator now.")).to_be_visible()

    page = office.client_page(context, "ben")
    page.search_box.fill(str(client_id))
    page.tick(client_id, "excluded").click()

    page.expect_saved()
    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
    expect(page.refresh_button).to_be_enabled()


def test_local_mode_says_that_nobody_has_signed_in(shared_app: RunningApp, context: BrowserContext) -> None:
    page = ClientPage.open(context, f"{shared_app.url}/users").page

    expect(page.get_by_text("Nobody has signed in yet")).to_be_visible()
    expect(page.locator(".brand .tag").first).to_have_text("Sandbox data")
