"""Signing in at a real provider, and everything that ends it: the next change is refused where it would be made."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from billingbot.bootstrap import now
from billingbot.domain.access import LONGEST_SIGN_IN, Role
from billingbot.domain.match import ClientStatus
from tests.browser.activity_page import ActivityPage
from tests.browser.client_dialog import ClientDialog
from tests.browser.client_page import ClientPage
from tests.browser.conftest import new_context
from tests.browser.office import (
    Office,
    confirm,
    give_role,
    heading,
    open_menu,
    open_users,
    opened_office,
    person,
    sign_out,
)
from tests.browser.unused_clients import UnusedClients

pytestmark = pytest.mark.fault(22)

OPERATORS = ("cem", "dov", "eva", "fay", "gus", "hal", "ida", "jon", "lea")
End = Callable[[Page], None]
# The page may take the dialog away at this very moment.
_PRESS_SAVE = "[...document.querySelectorAll('[role=dialog] button')].find(one => one.innerText === 'Save')?.click()"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, refreshed_database: Path) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with opened_office(folder, refreshed_database, **dict.fromkeys(OPERATORS, Role.OPERATOR)) as opened:
        opened.knows("ada")
        yield opened


@pytest.fixture(scope="module")
def admin(office: Office, browser: Browser) -> Iterator[Page]:
    """The first administrator, on the Users page."""
    with new_context(browser) as context:
        page = office.sign_in(context, "ada")
        open_users(page, office.url)
        yield page


@pytest.fixture
def other_context(browser: Browser) -> Iterator[BrowserContext]:
    with new_context(browser) as opened:
        yield opened


def excluding(page: ClientPage, clients: UnusedClients) -> tuple[ClientDialog, int]:
    """Open a client and tick Do Not Invoice without saving it."""
    client_id = clients.take(ClientStatus.MAPPED).client_id
    dialog = ClientDialog.open(page, client_id, "Edit Company")
    dialog.flip("Do Not Invoice")
    return dialog, client_id


def expect_refused(office: Office, dialog: ClientDialog, client_id: int, why: str) -> None:
    """Save: the dialog says why not, or the page that has found out meanwhile; `office` looks into the database."""
    page = dialog.page.page
    page.evaluate(_PRESS_SAVE)
    expect(
        page.get_by_text(why).or_(dialog.root.get_by_role("button", name="Save", disabled=True)).first
    ).to_be_visible()
    office.refused.append(client_id)


def test_nobody_sees_anything_before_signing_in(office: Office, context: BrowserContext) -> None:
    page = context.new_page()
    for path in ("", "/integrations", "/users", "/activity", "/setup"):
        page.goto(f"{office.url}{path}")
        expect(page.get_by_role("button", name="Sign in with Alpha")).to_be_visible()
        expect(page.get_by_role("button", name="Sign in with Beta")).to_be_visible()
        expect(page.locator("iframe")).to_have_count(0)
        expect(page.get_by_role("link", name="Activity")).to_have_count(0)


def test_the_first_admin_is_who_the_settings_name_and_others_wait_for_a_role(
    office: Office, admin: Page, context: BrowserContext
) -> None:
    office.knows("bea")
    waiting = office.sign_in(context, "bea")
    open_users(admin, office.url)

    expect(person(admin, "ada").get_by_role("combobox")).to_have_value("Administrator")
    expect(person(admin, "bea").get_by_text("Waiting for a role")).to_be_visible()
    expect(heading(waiting)).to_have_text("You have no role yet")
    expect(waiting.get_by_text("bea@msp.example")).to_be_visible()
    expect(waiting.locator("iframe")).to_have_count(0)


@pytest.mark.usefixtures("admin")
def test_the_same_person_at_another_provider_is_somebody_else(office: Office, context: BrowserContext) -> None:
    office.knows("ada", "Beta")

    page = office.sign_in(context, "ada", "Beta")

    expect(heading(page)).to_have_text("You have no role yet")


def test_the_menu_says_who_is_signed_in(office: Office, context: BrowserContext) -> None:
    page = office.client_page(context, "cem").page
    open_menu(page)

    expect(
        page.locator(".st-key-account + *, [data-testid=stPopoverBody]").get_by_text("Role: Operator")
    ).to_be_visible()
    expect(page.get_by_role("link", name="Users and roles")).to_have_count(0)
    expect(page.get_by_role("link", name="Integrations")).to_have_count(0)


def signed_out_by_admin(admin: Page) -> None:
    person(admin, "dov").get_by_role("button", name="Sign out everywhere").click()
    confirm(admin, "Sign out everywhere")


def disabled(admin: Page) -> None:
    person(admin, "eva").get_by_role("button", name="Disable").click()
    confirm(admin, "Disable")


def made_viewer(admin: Page) -> None:
    give_role(admin, "fay", "Viewer")
    confirm(admin, "Change role")


def left_without_role(admin: Page) -> None:
    give_role(admin, "gus", "No role")
    confirm(admin, "Take away")


@pytest.mark.parametrize(
    ("name", "ended", "why", "afterwards"),
    [
        ("dov", signed_out_by_admin, "You were signed out.", "You are signed out"),
        ("eva", disabled, "Your user was disabled.", "You have no access any more"),
        ("fay", made_viewer, "Your role is viewer; this needs operator.", ""),
        ("gus", left_without_role, "You have no role yet", "You have no role yet"),
    ],
)
def test_what_an_administrator_takes_away_is_gone_at_the_next_change(
    office: Office,
    admin: Page,
    context: BrowserContext,
    clients: UnusedClients,
    name: str,
    ended: End,
    why: str,
    afterwards: str,
) -> None:
    page = office.client_page(context, name)
    open_users(admin, office.url)
    dialog, client_id = excluding(page, clients)

    ended(admin)

    expect_refused(office, dialog, client_id, why)
    page.page.reload()
    if afterwards:
        expect(heading(page.page)).to_have_text(afterwards)
    else:
        expect(page.page.locator(".brand .tag", has_text="Viewer")).to_be_visible()


def test_what_is_clicked_before_the_page_knows_is_refused_too(
    office: Office, admin: Page, context: BrowserContext, clients: UnusedClients
) -> None:
    """What a button does comes before the page and its sign-in gate are run."""
    page = office.client_page(context, "lea")
    client_id = clients.take(ClientStatus.MAPPED).client_id
    page.search_box.fill(str(client_id))
    page.tick(client_id, "excluded").click()
    page.expect_saved()
    undoing = ActivityPage.open(context, office.url)
    undoing.click_row(0)
    open_users(admin, office.url)
    person(admin, "lea").get_by_role("button", name="Disable").click()
    confirm(admin, "Disable")

    undoing.button("Undo").click()

    expect(heading(undoing.page)).to_have_text("You have no access any more")
    looking = ClientPage.open_with_rows(admin.context, office.url)
    looking.search_box.fill(str(client_id))
    expect(looking.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
    looking.page.close()


def test_signing_out_in_one_tab_ends_it_in_the_other(
    office: Office, context: BrowserContext, clients: UnusedClients
) -> None:
    page = office.client_page(context, "hal")
    dialog, client_id = excluding(page, clients)

    sign_out(ClientPage.open(context, office.url).page)

    expect_refused(office, dialog, client_id, "You were signed out.")


def test_a_copied_cookie_is_worth_nothing_after_signing_out(
    office: Office, context: BrowserContext, other_context: BrowserContext, clients: UnusedClients
) -> None:
    page = office.client_page(context, "ida")
    other_context.add_cookies(context.cookies())  # type: ignore[arg-type]  # what one gives the other takes
    thief = ClientPage.open_with_rows(other_context, office.url)
    dialog, client_id = excluding(thief, clients)

    sign_out(page.page)

    expect_refused(office, dialog, client_id, "You were signed out.")
    later = ClientPage.open(other_context, office.url).page
    expect(heading(later)).to_have_text("You are signed out")
    expect(later.locator("iframe")).to_have_count(0)


def test_who_signs_in_again_is_let_in_again(office: Office, context: BrowserContext, clients: UnusedClients) -> None:
    page = office.client_page(context, "jon")
    sign_out(page.page)

    again = office.client_page(context, "jon")
    client_id = clients.take(ClientStatus.MAPPED).client_id
    again.search_box.fill(str(client_id))
    again.tick(client_id, "recurring").click()

    expect(again.tick(client_id, "recurring")).to_have_attribute("aria-checked", "true")
    again.expect_saved()


def test_a_sign_in_that_is_too_old_is_refused(office: Office, context: BrowserContext) -> None:
    long_ago = now() - LONGEST_SIGN_IN - timedelta(minutes=1)
    office.knows("kim", iat=int(long_ago.timestamp()))

    page = office.sign_in(context, "kim")

    expect(heading(page)).to_have_text("Please sign in again")
    expect(page.get_by_text("You signed in more than 10 hours ago.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in again with Alpha")).to_be_visible()
