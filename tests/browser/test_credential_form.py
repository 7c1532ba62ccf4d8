"""The form of credentials: what Test Credentials says of each mistake, what is kept, and that no secret comes back."""

import re
import socket
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import BrowserContext, Dialog, WebSocket, expect

from billingbot.sandbox.connections import sandbox_connections
from tests.browser.client_page import RunningApp
from tests.browser.conftest import real_data_app
from tests.browser.integrations_page import IntegrationsPage

MARKER = "canary-7f1d9c-secret"
HOSTILE = '"><img src=x onerror="alert(1)"> ![x](//evil) :red[x] $x$'


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app that stays without credentials: tests of this module save nothing in it."""
    with real_data_app(tmp_path_factory.mktemp("bare") / "test.duckdb") as running:
        yield running


def closed_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


MISTAKES: Mapping[str, tuple[str, Mapping[str, str], str]] = {
    "HaloPSA: wrong address": ("halo", {"base_url": "{url}/pax8"}, "Resource Server"),
    "HaloPSA: nobody answers": ("halo", {"base_url": "http://127.0.0.1:{closed}"}, "Resource Server"),
    "HaloPSA: unknown host": ("halo", {"base_url": "https://no-such-host.invalid"}, "host name is not known"),
    "HaloPSA: blocked host": ("halo", {"base_url": "https://192.168.1.10"}, "not a public host"),
    "HaloPSA: no https": ("halo", {"base_url": "http://halo.example.com"}, "must begin with https://"),
    "HaloPSA: wrong client": ("halo", {"client_id": "nobody"}, "Client ID"),
    "HaloPSA: wrong secret": ("halo", {"client_secret": "wrong"}, "Client Secret"),
    "HaloPSA: wrong tenant": ("halo", {"tenant": "another"}, "Tenant"),
    "HaloPSA: secret missing": ("halo", {"client_secret": ""}, "Client Secret must be given"),
    "Pax8: wrong secret": ("pax8", {"client_secret": "wrong"}, "Client Secret"),
    "Ingram Micro: wrong secret": ("ingram_micro", {"client_secret": "wrong"}, "Client Secret"),
    "Ingram Micro Cloud: wrong password": ("ingram_cloud", {"password": "wrong"}, "Password"),
    "Twilio: wrong token": ("twilio", {"auth_token": "wrong"}, "Auth Token"),
}


@pytest.mark.parametrize("mistake", list(MISTAKES))
def test_each_mistake_has_its_message_and_what_was_entered_stays(
    context: BrowserContext, bare_app: RunningApp, mistake: str
) -> None:
    vendor, wrong, words = MISTAKES[mistake]
    places = {"url": bare_app.sandbox.url, "closed": str(closed_port())}
    values = {**sandbox_connections(bare_app.sandbox.url)[vendor]}
    values |= {name: text.format(**places) for name, text in wrong.items()}
    page = IntegrationsPage.open(context, bare_app.url)
    dialog = page.open_dialog(vendor, "Connect")
    page.enter(vendor, values)

    result = page.test()

    expect(result.get_by_role("alert")).to_contain_text(words)
    expect(result).not_to_contain_text("The credentials work")
    expect(dialog.get_by_role("textbox").first).not_to_have_value("")
    page.page.keyboard.press("Escape")
    page.expect_closed()
    page.expect_status(vendor, "Not configured")


def test_a_missing_permission_is_named(context: BrowserContext, unconfigured_app: RunningApp) -> None:
    unconfigured_app.sandbox.control.grant(["read:customers", "read:items", "edit:items"])
    page = IntegrationsPage.open(context, unconfigured_app.url)
    page.open_dialog("halo", "Connect")
    page.enter("halo", sandbox_connections(unconfigured_app.sandbox.url)["halo"])

    result = page.test()

    expect(result).to_contain_text("read:invoices")
    expect(result.get_by_role("img", name="missing")).to_have_count(2)


def test_saving_what_the_connector_refuses_keeps_the_input(context: BrowserContext, bare_app: RunningApp) -> None:
    page = IntegrationsPage.open(context, bare_app.url)
    dialog = page.open_dialog("halo", "Connect")
    page.enter("halo", {"base_url": "ftp://halo", "client_id": "me", "client_secret": "s"})

    dialog.get_by_role("button", name="Save", exact=True).click()

    expect(dialog).to_contain_text("Resource Server must begin with https://")
    expect(dialog.get_by_label("Client Secret", exact=True)).to_have_value("s")


def test_another_address_asks_for_the_secret_at_once_and_untested_values_can_be_saved(
    context: BrowserContext, unconfigured_app: RunningApp
) -> None:
    page = IntegrationsPage.open(context, unconfigured_app.url)
    page.connect(unconfigured_app, "halo")
    dialog = page.open_dialog("halo", "Edit")
    secret = dialog.get_by_label("Client Secret", exact=True)
    expect(secret).to_have_attribute("placeholder", re.compile(r"^Set on \d{4}-\d\d-\d\d by operator"))
    expect(secret).to_have_value("")

    address = dialog.get_by_label("Resource Server", exact=True)
    address.press("End")
    address.press_sequentially("/x")
    expect(dialog).to_contain_text("enter Client Secret again")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_contain_text("Client Secret must be given")
    secret.fill("another")
    secret.press("Tab")
    page.wait_until_idle()
    expect(dialog).to_contain_text("Not tested yet. You can save all the same.")
    page.save()

    page.expect_status("halo", "Not tested yet")
    expect(page.notice).to_contain_text("HaloPSA: saved, not tested yet.")


def test_no_secret_ever_comes_back_from_the_server(context: BrowserContext, unconfigured_app: RunningApp) -> None:
    received: list[str] = []
    sent: list[str] = []
    page = IntegrationsPage(context.new_page())

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(_text(frame)))
        socket.on("framesent", lambda frame: sent.append(_text(frame)))

    page.page.on("websocket", listen)
    page.page.goto(f"{unconfigured_app.url}/integrations")
    page.page.locator(".vendor-head").first.wait_for()
    page.open_dialog("halo", "Connect")
    values = sandbox_connections(unconfigured_app.sandbox.url)["halo"]
    page.enter("halo", {**values, "client_secret": MARKER})
    expect(page.test()).to_contain_text("Client Secret")
    page.save()
    page.button("halo", "Test").click()
    page.expect_status("halo", "Failing")
    page.open_dialog("halo", "Edit")

    assert any(MARKER in frame for frame in sent)
    assert received
    assert [frame for frame in received if MARKER in frame] == []
    assert MARKER not in page.page.content()
    assert MARKER not in page.page.url
    page.page.reload()
    page.page.locator(".vendor-head").first.wait_for()
    page.expect_status("halo", "Failing")
    assert [frame for frame in received if MARKER in frame] == []


def test_hostile_values_are_text(context: BrowserContext, unconfigured_app: RunningApp) -> None:
    dialogs: list[Dialog] = []
    context.on("dialog", lambda dialog: dialogs.append(dialog))
    page = IntegrationsPage.open(context, unconfigured_app.url)
    page.open_dialog("halo", "Connect")
    values = sandbox_connections(unconfigured_app.sandbox.url)["halo"]
    page.enter("halo", {**values, "client_id": HOSTILE, "client_secret": HOSTILE, "tenant": HOSTILE})
    page.test().get_by_role("alert").wait_for()
    page.save()
    page.button("halo", "Test").click()
    page.expect_status("halo", "Failing")

    assert page.page.locator("img[src=x], a[href*=evil]").count() == 0
    expect(page.open_dialog("halo", "Edit").get_by_label("Client ID", exact=True)).to_have_value(HOSTILE)
    assert dialogs == []


def _text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("latin-1")
