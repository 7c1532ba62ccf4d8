"""A real browser, the real server as a process, and a real sandbox behind it."""

import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from billingbot.bootstrap import build_app
from billingbot.domain.party import Company
from billingbot.domain.refresh import RefreshState
from billingbot.launch import end
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.unused_clients import RefreshedLists, UnusedClients
from tests.wait import wait_for

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A page hears of what another session did within five seconds; a busy machine needs some more.
PATIENCE_MILLISECONDS = 20_000
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# No sandbox: CI runs as root. The rest keeps the browser itself from asking for anything over the network.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), MAC_CHROME)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS.split())
    yield started
    started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile that knows nothing."""
    with new_context(browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def warm_context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile whose cache may hold the grid's large script; each tab is a session of its own all the same."""
    with new_context(browser) as opened:
        yield opened


@contextmanager
def new_context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    opened.set_default_timeout(PATIENCE_MILLISECONDS)
    yield opened
    opened.close()


@contextmanager
def app_process(folder: Path, port: int = 0, **environ: str) -> Iterator[str]:
    """Yield the address of an app that knows nothing but the given environment and ends with the block."""
    log = folder / "server.log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BILLINGBOT_")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env={**kept, **environ}, stdout=output, stderr=output)
    try:
        address = wait_for(lambda: _address(log.read_text()), "the app to say its address")
        wait_for(lambda: _answers(f"{address}/_stcore/health"), "the app to answer")
        yield address
    finally:
        end(process)


def _address(log: str) -> str:
    return next((word for word in log.split() if word.startswith("http://127.0.0.1:")), "")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):  # noqa: S310 (our own address)
            return True
    except (URLError, TimeoutError, ConnectionError):
        return False


@contextmanager
def sandboxed_app(database: Path) -> Iterator[RunningApp]:
    with (
        small_sandbox() as sandbox,
        app_process(database.parent, BILLINGBOT_SANDBOX_URL=sandbox.url, BILLINGBOT_DATABASE=str(database)) as url,
    ):
        yield RunningApp(url, sandbox)


@contextmanager
def real_data_app(database: Path, **environ: str) -> Iterator[RunningApp]:
    """Yield an app on real data, to which nothing is connected, and a sandbox beside it whose address can be typed."""
    allowed = {"BILLINGBOT_ALLOWED_HOSTS": "127.0.0.1", "BILLINGBOT_DATABASE": str(database)}
    with small_sandbox() as sandbox, app_process(database.parent, 0, **{**allowed, **environ}) as url:
        yield RunningApp(url, sandbox)


def small_sandbox() -> Sandbox:
    return Sandbox(build(seed=1, clients=150, companies=160, today=date(2026, 11, 20)), rate_limit=None)


@pytest.fixture(scope="session")
def refreshed_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as one refresh leaves it."""
    database = tmp_path_factory.mktemp("refreshed") / "test.duckdb"
    with small_sandbox() as sandbox:
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)})
        run = app.start_refresh("pax8", "operator")
        wait_for(lambda: app.store.run(run.run_id).state is RefreshState.SUCCEEDED, "the refresh to succeed")
        app.close()
    return database


@pytest.fixture(scope="session")
def refreshed_lists(tmp_path_factory: pytest.TempPathFactory, refreshed_database: Path) -> RefreshedLists:
    """What that database lists."""
    database = shutil.copy(refreshed_database, tmp_path_factory.mktemp("lists"))
    with small_sandbox() as sandbox:
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)})
        lists = RefreshedLists.read(app.store, sandbox.data)
        app.close()
    return lists


@pytest.fixture(scope="module")
def clients(refreshed_lists: RefreshedLists) -> UnusedClients:
    """Clients of the shared app, for tests that change some."""
    return UnusedClients(refreshed_lists.clients)


@pytest.fixture(scope="module")
def companies(refreshed_lists: RefreshedLists) -> Iterator[Company]:
    """Companies of the shared app that are linked to no client and suggested to none."""
    return iter(refreshed_lists.spare_companies)


@pytest.fixture
def fresh_app(tmp_path: Path) -> Iterator[RunningApp]:
    """An app that has never refreshed, with a sandbox of its own to break."""
    with sandboxed_app(tmp_path / "test.duckdb") as running:
        yield running


@pytest.fixture
def unconfigured_app(tmp_path: Path) -> Iterator[RunningApp]:
    """An app on real data to which nothing is connected, with a sandbox whose addresses can be typed into it."""
    with real_data_app(tmp_path / "test.duckdb") as running:
        yield running


@pytest.fixture
def refreshed_app(tmp_path: Path, refreshed_database: Path) -> Iterator[RunningApp]:
    """An app that was refreshed once, with a sandbox of its own to break."""
    with sandboxed_app(Path(shutil.copy(refreshed_database, tmp_path))) as running:
        yield running


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory, refreshed_database: Path) -> Iterator[RunningApp]:
    """An app of the module that was refreshed once, for tests that only look or keep to clients of their own."""
    with sandboxed_app(Path(shutil.copy(refreshed_database, tmp_path_factory.mktemp("app")))) as running:
        yield running


@pytest.fixture
def page(shared_app: RunningApp, warm_context: BrowserContext) -> Iterator[ClientPage]:
    """Client Management of the shared app, with its rows on the screen."""
    opened = ClientPage.open_with_rows(warm_context, shared_app.url)
    yield opened
    opened.page.close()


@pytest.fixture
def other(shared_app: RunningApp, warm_context: BrowserContext) -> Iterator[ClientPage]:
    """The same page as a second operator has it."""
    opened = ClientPage.open_with_rows(warm_context, shared_app.url)
    yield opened
    opened.page.close()
