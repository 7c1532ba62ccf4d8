"""Integrations: from nothing to a refreshed distributor, its defaults, and its end in two steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.sandbox.connections import sandbox_connections
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.conftest import app_process, sandboxed_app, small_sandbox
from tests.browser.integrations_page import IntegrationsPage


@pytest.fixture
def connected(context: BrowserContext, unconfigured_app: RunningApp) -> IntegrationsPage:
    """HaloPSA and Pax8 are connected, and Pax8 is refreshed."""
    page = IntegrationsPage.open(context, unconfigured_app.url)
    page.connect(unconfigured_app, "halo")
    page.connect(unconfigured_app, "pax8")
    page.refresh("pax8")
    return page


@pytest.fixture(scope="module")
def sandboxed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with sandboxed_app(tmp_path_factory.mktemp("sandboxed") / "test.duckdb") as running:
        yield running


def test_vendors_are_connected_and_refreshed_by_mouse(context: BrowserContext, unconfigured_app: RunningApp) -> None:
    page = IntegrationsPage.open(context, unconfigured_app.url)
    for vendor in ("halo", "pax8", "ingram_micro", "ingram_cloud", "twilio"):
        page.expect_status(vendor, "Not configured")

    page.connect(unconfigured_app, "halo")
    page.connect(unconfigured_app, "twilio")
    expect(page.card("twilio")).to_contain_text("Never")
    page.refresh("twilio")

    assert page.figure("halo", "Clients") == 150
    assert page.figure("twilio", "Companies") > 0
    assert page.figure("twilio", "Mapped") > 0


def test_the_card_of_halo_lists_which_permissions_the_application_has(
    context: BrowserContext, unconfigured_app: RunningApp
) -> None:
    page = IntegrationsPage.open(context, unconfigured_app.url)
    page.connect(unconfigured_app, "halo")
    scopes = page.card("halo").locator("ul.scopes li")
    expect(scopes.first).to_contain_text("read:customers")
    expect(page.card("halo").get_by_role("img", name="granted")).to_have_count(scopes.count())

    unconfigured_app.sandbox.control.grant(["read:customers", "read:invoices", "edit:invoices", "edit:items"])
    page.button("halo", "Test").click()

    expect(page.card("halo").get_by_role("img", name="missing")).to_have_count(0)
    unconfigured_app.sandbox.control.grant(["read:customers"])
    page.button("halo", "Test").click()
    page.expect_status("halo", "Failing")
    expect(page.card("halo").get_by_role("img", name="missing")).to_have_count(4)
    expect(page.card("halo").locator(".trouble")).to_contain_text("read:invoices")


def test_changed_defaults_say_how_many_clients_they_change_and_are_undone_there_and_then(
    connected: IntegrationsPage,
) -> None:
    page = connected
    dialog = page.open_dialog("pax8", "Defaults")
    expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    dialog.get_by_text("Drop Azure Lines", exact=True).click()
    expect(dialog).to_contain_text("Changes the billing rules of 150 clients")
    dialog.get_by_role("radio", name="Last").click()
    expect(dialog).to_contain_text("Changes where the charges of 150 clients go")
    dialog.get_by_role("radio", name="Daily").click()
    dialog.get_by_label("Time zone").wait_for()
    page.save()

    expect(page.card("pax8")).to_contain_text("Daily at 06:00")
    expect(page.notice).to_contain_text("Pax8: defaults saved.")
    page.notice.get_by_role("button", name="Undo").click()

    expect(page.notice).to_contain_text("Undone.")
    expect(page.card("pax8")).to_contain_text("Not scheduled")


def test_a_changed_threshold_says_what_the_next_refresh_would_link(connected: IntegrationsPage) -> None:
    dialog = connected.open_dialog("pax8", "Defaults")

    slider = dialog.get_by_role("slider")
    slider.focus()
    slider.press("ArrowLeft")

    expect(dialog).to_contain_text("the next refresh would link")
    expect(dialog).to_contain_text("Links that exist stay.")


def test_defaults_that_somebody_else_changed_meanwhile_are_shown_beside_ones_own(
    context: BrowserContext, unconfigured_app: RunningApp, connected: IntegrationsPage
) -> None:
    mine = connected.open_dialog("pax8", "Defaults")
    other = IntegrationsPage.open(context, unconfigured_app.url)
    theirs = other.open_dialog("pax8", "Defaults")
    theirs.get_by_text("Guards", exact=True).click()
    expect(theirs).to_contain_text("Links that exist stay.")
    other.save()

    mine.get_by_role("radio", name="Recurring").click()
    expect(mine).to_contain_text("Changes where the charges")
    mine.get_by_role("button", name="Save", exact=True).click()

    expect(mine).to_contain_text("Nothing of yours is saved yet.")
    expect(mine.get_by_role("radio", name="Recurring")).to_be_checked()
    mine.get_by_role("button", name="Save mine anyway").click()
    connected.expect_closed()
    expect(connected.notice).to_contain_text("defaults saved")


def test_deleting_keeps_the_assignments_until_it_is_confirmed_a_second_time_and_undo_brings_them_back(
    context: BrowserContext, unconfigured_app: RunningApp, connected: IntegrationsPage
) -> None:
    page = connected
    mapped = page.figure("pax8", "Mapped")

    dialog = page.open_dialog("pax8", "Delete")
    expect(dialog).to_contain_text(f"{mapped:,} assignments")
    dialog.get_by_role("button", name="Delete Pax8").click()
    page.expect_closed()
    page.expect_status("pax8", "Deleted")
    expect(page.card("pax8")).to_contain_text(f"{mapped:,} assignments of it are kept")

    dialog = page.open_dialog("pax8", "Delete the assignments too …")
    delete = dialog.get_by_role("button", name=f"Delete {mapped:,} assignments")
    expect(delete).to_be_disabled()
    dialog.get_by_label("Type Pax8 to confirm").fill("pax8")
    expect(delete).to_be_enabled()
    delete.click()
    page.expect_closed()
    expect(page.card("pax8")).to_contain_text("Nothing of it is left")

    page.notice.get_by_role("button", name="Undo").click()
    expect(page.card("pax8")).to_contain_text(f"{mapped:,} assignments of it are kept")
    page.open_dialog("pax8", "Connect again")
    page.enter("pax8", _pax8(unconfigured_app))
    page.save()
    page.expect_status("pax8", "Not tested yet")
    assert page.figure("pax8", "Mapped") == mapped
    ClientPage.open_with_rows(context, unconfigured_app.url)


def test_cancelling_a_deletion_deletes_nothing(connected: IntegrationsPage) -> None:
    dialog = connected.open_dialog("pax8", "Delete")
    dialog.get_by_role("button", name="Cancel").click()
    connected.expect_closed()

    connected.expect_status("pax8", "Connected")
    connected.open_dialog("halo", "Delete").get_by_role("button", name="Delete HaloPSA").click()
    connected.expect_closed()
    connected.expect_status("halo", "Not configured")
    expect(connected.button("pax8", "Refresh")).to_be_disabled()


def test_a_refresh_is_told_to_every_session(context: BrowserContext, unconfigured_app: RunningApp) -> None:
    page = IntegrationsPage.open(context, unconfigured_app.url)
    page.connect(unconfigured_app, "halo")
    page.connect(unconfigured_app, "pax8")
    other = IntegrationsPage.open(context, unconfigured_app.url)

    page.button("pax8", "Refresh").click()

    expect(other.card("pax8").get_by_text("just now by operator")).to_be_visible()
    expect(page.card("pax8").get_by_text("just now by operator")).to_be_visible()


def test_a_failing_vendor_says_since_when_and_what_to_do(connected: IntegrationsPage) -> None:
    page = connected
    page.open_dialog("pax8", "Edit")
    page.enter("pax8", {"client_secret": "wrong"})
    page.save()
    page.expect_status("pax8", "Not tested yet")

    page.button("pax8", "Test").click()

    page.expect_status("pax8", "Failing")
    trouble = page.card("pax8").locator(".trouble")
    expect(trouble).to_contain_text("Failing since just now")
    expect(trouble).to_contain_text("Client Secret")


def test_credentials_from_the_environment_are_shown_and_cannot_be_changed(
    context: BrowserContext, tmp_path: Path
) -> None:
    with (
        small_sandbox() as sandbox,
        app_process(
            tmp_path,
            0,
            BILLINGBOT_DATABASE=str(tmp_path / "test.duckdb"),
            BILLINGBOT_PAX8_CLIENT_ID="id-of-the-environment",
            BILLINGBOT_PAX8_CLIENT_SECRET="secret-of-the-environment",
        ) as url,
    ):
        page = IntegrationsPage.open(context, url)
        expect(page.card("pax8")).to_contain_text("From the environment")
        expect(page.button("pax8", "Delete")).to_be_disabled()

        dialog = page.open_dialog("pax8", "Credentials")

        expect(dialog.get_by_label("Client ID", exact=True)).to_be_disabled()
        expect(dialog.get_by_label("Client ID", exact=True)).to_have_value("id-of-the-environment")
        expect(dialog.get_by_label("Client Secret", exact=True)).to_be_disabled()
        expect(dialog).to_contain_text("BILLINGBOT_PAX8_CLIENT_SECRET")
        dialog.get_by_text("Advanced", exact=True).click()
        expect(dialog.get_by_label("API URL", exact=True)).to_be_disabled()
        assert "secret-of-the-environment" not in page.page.content()
        assert sandbox.control.requests("/pax8/v1/token") == 0


def test_in_the_sandbox_all_vendors_are_connected_and_nothing_can_be_changed(
    context: BrowserContext, sandboxed: RunningApp
) -> None:
    page = IntegrationsPage.open(context, sandboxed.url)
    page.expect_status("halo", "Sandbox")
    page.expect_status("pax8", "Sandbox")
    expect(page.button("pax8", "Delete")).to_be_disabled()

    dialog = page.open_dialog("pax8", "Credentials")

    expect(dialog).to_contain_text("sandbox")
    expect(dialog.get_by_label("Client Secret", exact=True)).to_be_disabled()
    expect(page.test()).to_contain_text("The credentials work")


def test_a_lost_key_leads_to_each_form_and_nothing_else_is_lost(context: BrowserContext, tmp_path: Path) -> None:
    database = tmp_path / "test.duckdb"
    environ = {"BILLINGBOT_DATABASE": str(database), "BILLINGBOT_ALLOWED_HOSTS": "127.0.0.1"}
    with small_sandbox() as sandbox:
        with app_process(tmp_path, 0, **environ) as url:
            running = RunningApp(url, sandbox)
            page = IntegrationsPage.open(context, url)
            page.connect(running, "halo")
            page.connect(running, "pax8")
            page.refresh("pax8")
            mapped = page.figure("pax8", "Mapped")
            page.page.close()
        [key_file] = [path for path in tmp_path.iterdir() if "key" in path.name]
        key_file.unlink()

        with app_process(tmp_path, 0, **environ) as url:
            page = IntegrationsPage.open(context, url)
            page.expect_status("halo", "Secrets lost")
            page.expect_status("pax8", "Secrets lost")
            assert page.figure("pax8", "Mapped") == mapped
            page.page.get_by_role("button", name="Enter those of Pax8").click()
            page.dialog.wait_for()
            page.enter("pax8", {"client_secret": _pax8(RunningApp(url, sandbox))["client_secret"]})
            expect(page.test()).to_contain_text("The credentials work")
            page.save()

            page.expect_status("pax8", "Connected")
            page.expect_status("halo", "Secrets lost")


def _pax8(running: RunningApp) -> dict[str, str]:
    return dict(sandbox_connections(running.sandbox.url)["pax8"])
