"""An app with sign-in, two identity providers beside it, and what people do with both in a browser."""

import json
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import BrowserContext, Locator, Page, expect

from billingbot.bootstrap import App, build_app
from billingbot.domain.access import Role, SignIn
from billingbot.launch import end
from tests.browser.client_page import ClientPage
from tests.browser.conftest import app_process, small_sandbox
from tests.browser.own_server import edits
from tests.wait import wait_for

FIRST_ADMIN = "alpha:ada@msp.example"
SECRET = "a cookie secret of more than 32 characters"


@dataclass(frozen=True)
class Office:
    """The app's address, and the providers' by what their buttons say."""

    url: str
    providers: dict[str, str]
    refused: list[int] = field(default_factory=list)
    """Clients that somebody tried to change who may not: nothing of that may be in the database in the end."""

    def knows(self, subject: str, provider: str = "Alpha", **claims: object) -> None:
        """Let the provider say this of a person."""
        said = {"name": subject.capitalize(), "email": f"{subject}@msp.example", "email_verified": True, **claims}
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{self.providers[provider]}/users/{subject}",
            data=json.dumps(said).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - our own address

    def sign_in(self, context: BrowserContext, subject: str, provider: str = "Alpha") -> Page:
        """Sign in with a new tab, and wait for what the app shows then."""
        page = context.new_page()
        page.goto(self.url)
        sign_in_here(page, subject, provider)
        page.wait_for_url(f"{self.url}/**")
        ClientPage(page).wait_until_idle()
        return page

    def client_page(self, context: BrowserContext, subject: str) -> ClientPage:
        """Sign in and wait for the rows."""
        page = ClientPage(self.sign_in(context, subject))
        page.wait_for_rows()
        return page


def sign_in_here(page: Page, subject: str, provider: str = "Alpha") -> None:
    page.get_by_role("button", name=f"with {provider}").click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize", exact=True).click()


def sign_out(page: Page) -> None:
    """Sign out by the menu, and at the provider, until the sign-in page is there again."""
    open_menu(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="End session").click()
    expect(heading(page)).to_have_text("BillingBot")


def open_menu(page: Page) -> None:
    page.locator(".st-key-account").get_by_role("button").first.click()


def heading(page: Page) -> Locator:
    """What stands over the page of somebody who may not come in."""
    return page.locator(".gate-title")


def open_users(admin: Page, url: str) -> None:
    admin.goto(f"{url}/users")
    expect(admin.locator(".st-key-users")).to_be_visible()


def person(admin: Page, name: str) -> Locator:
    """The row of a person on the Users page."""
    return admin.locator("[class*='st-key-user-']").filter(has_text=f"{name}@msp.example")


def give_role(admin: Page, name: str, role: str) -> None:
    """Choose a role; when it takes something away, confirm."""
    person(admin, name).get_by_role("combobox").click()
    admin.get_by_role("option", name=role, exact=True).click()


def confirm(admin: Page, button: str) -> None:
    dialog = admin.get_by_role("dialog")
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog).to_be_hidden()
    ClientPage(admin).wait_until_idle()


@contextmanager
def opened_office(folder: Path, database: Path, **roles: Role) -> Iterator[Office]:
    """Yield an app on a copy of the database, with two providers; of the first one, people have roles already.

    In the end, look into the database: nothing was written of what was refused.
    """
    with small_sandbox() as sandbox, provider_process() as alpha, provider_process() as beta:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environ = {
            "BILLINGBOT_SANDBOX_URL": sandbox.url,
            "BILLINGBOT_DATABASE": str(shutil.copy(database, folder)),
        }
        with _app(environ) as app:
            for name, role in roles.items():
                _give(app, alpha, name, role)
        environ |= {
            "BILLINGBOT_PUBLIC_URL": url,
            "BILLINGBOT_COOKIE_SECRET": SECRET,
            "BILLINGBOT_FIRST_ADMIN": FIRST_ADMIN,
        }
        for name, address in (("ALPHA", alpha), ("BETA", beta)):
            prefix = f"BILLINGBOT_SIGN_IN_{name}"
            environ[f"{prefix}_CLIENT_ID"] = "billingbot"
            environ[f"{prefix}_CLIENT_SECRET"] = "known to the provider"
            environ[f"{prefix}_METADATA_URL"] = f"{address}/.well-known/openid-configuration"
        with app_process(folder, port, **environ):
            office = Office(url, {"Alpha": alpha, "Beta": beta})
            for name in roles:
                office.knows(name)
            yield office
        with _app(environ) as app:
            assert [edits(app, client_id) for client_id in office.refused] == [0] * len(office.refused)


@contextmanager
def _app(environ: dict[str, str]) -> Iterator[App]:
    app = build_app(environ)
    yield app
    app.close()


def _give(app: App, issuer: str, name: str, role: Role) -> None:
    email = f"{name}@msp.example"
    sign_in = SignIn(f"before-{name}", issuer, name, name.capitalize(), email, True, app.now())
    user = app.store.arrive(sign_in, "", app.now())
    app.store.change_user(user.user_id, user.version, role, False, app.stamp("test"))


@contextmanager
def provider_process() -> Iterator[str]:
    """Yield the address of an identity provider at which everybody can be anybody."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: _answers(f"{url}/.well-known/openid-configuration"), "the provider to answer")
        yield url
    finally:
        end(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own address
            return True
    except (URLError, TimeoutError, ConnectionError):
        return False
