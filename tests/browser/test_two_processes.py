"""Two processes on one database behind nginx, as docs/deploy.md sets them up: they work as one."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from billingbot.bootstrap import read_sign_in
from billingbot.vault import new_key
from tests.browser.client_page import REFRESH_MILLISECONDS, ClientPage
from tests.browser.conftest import PATIENCE_MILLISECONDS, small_sandbox
from tests.browser.deployment import Deployment, blocks, environment_of
from tests.browser.test_refresh_clients import COMPANIES, HELD
from tests.postgres_server import databases
from tests.wait import wait_for

_COOKIE = "billingbot_process"


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with ExitStack() as ending:
        sandbox = ending.enter_context(small_sandbox())
        started = Deployment(tmp_path_factory.mktemp("deployed"), databases().empty(), new_key(), sandbox)
        ending.callback(started.close)
        started.start()
        yield started


@pytest.fixture
def browsers(browser: Browser, deployment: Deployment) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """A browser at each process."""
    with ExitStack() as ending:
        opened = tuple(ending.enter_context(_new_browser(browser)) for _ in deployment.ports)
        for context, port in zip(opened, deployment.ports, strict=True):
            _lead_to(deployment, context, port)
        yield opened[0], opened[1]


def _new_browser(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, ignore_https_errors=True)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    return context


def _lead_to(deployment: Deployment, context: BrowserContext, port: int) -> None:
    context.add_cookies([{"name": _COOKIE, "value": deployment.cookie_for(port), "url": deployment.url}])


def _process_of(context: BrowserContext) -> str:
    return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == _COOKIE)


def test_one_refresh_runs_for_both_and_each_shows_its_progress_and_its_end(
    deployment: Deployment, browsers: tuple[BrowserContext, BrowserContext]
) -> None:
    deployment.sandbox.control.fault(HELD)
    first, second = (ClientPage.open(context, deployment.url) for context in browsers)
    before = deployment.sandbox.control.requests(COMPANIES)

    first.refresh()

    expect(second.progress).to_be_visible(timeout=REFRESH_MILLISECONDS)
    expect(second.progress).to_have_attribute("aria-valuetext", re.compile("^Reading companies"))
    expect(first.progress).to_be_visible()
    expect(second.refresh_button).to_be_disabled()
    assert deployment.sandbox.control.requests(COMPANIES) - before <= 1
    deployment.sandbox.control.clear_faults()
    for page in (first, second):
        page.wait_for_rows()
        page.expect_rows(len(deployment.sandbox.data.clients))


def test_a_refresh_is_cancelled_from_the_other_process(
    deployment: Deployment, browsers: tuple[BrowserContext, BrowserContext]
) -> None:
    first, second = (ClientPage.open_with_rows(context, deployment.url) for context in browsers)
    deployment.sandbox.control.fault(HELD)
    first.refresh()
    expect(second.progress).to_be_visible(timeout=REFRESH_MILLISECONDS)

    second.page.get_by_role("button", name="Cancel").click()

    for page in (first, second):
        expect(page.page.get_by_text("The last refresh was cancelled. Nothing was changed")).to_be_visible()
    deployment.sandbox.control.clear_faults()


def test_an_edit_in_one_process_appears_in_the_other(
    deployment: Deployment, browsers: tuple[BrowserContext, BrowserContext]
) -> None:
    first, second = (ClientPage.open_with_rows(context, deployment.url) for context in browsers)
    client_id = first.shown_ids()[0]

    first.tick(client_id, "excluded").click()

    expect(second.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
    expect(second.chip("Excluded")).to_have_text("Excluded 1")
    second.tick(client_id, "excluded").click()
    expect(first.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")


def test_a_browser_stays_with_its_process(browser: Browser, deployment: Deployment) -> None:
    with _new_browser(browser) as context:
        page = ClientPage.open_with_rows(context, deployment.url)
        process = _process_of(context)
        page.page.reload()
        page.wait_for_rows()
        page.page.goto("about:blank")

        assert _process_of(context) == process
        served = wait_for(lambda: len(found := deployment.served_by(process)) > 10 and found, "nginx to log requests")
        assert len(set(served or [])) == 1
        cookie = next(cookie for cookie in context.cookies() if cookie["name"] == _COOKIE)
        assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Lax")


def test_each_process_has_a_sandbox_beside_the_real_data(
    deployment: Deployment, browsers: tuple[BrowserContext, BrowserContext]
) -> None:
    for context in browsers:
        page = ClientPage.open(context, f"{deployment.url}?data=sandbox").page
        expect(page.get_by_text("Sandbox data")).to_be_visible()
        expect(page.get_by_role("link", name="Leave sandbox")).to_be_visible()


def test_when_a_process_is_killed_its_visitors_go_on_in_the_other_after_a_reload(
    deployment: Deployment, browsers: tuple[BrowserContext, BrowserContext]
) -> None:
    first, second = (ClientPage.open_with_rows(context, deployment.url) for context in browsers)
    client_id = second.shown_ids()[0]
    second.tick(client_id, "excluded").click()
    second.expect_saved()
    gone, stays = deployment.ports[1], deployment.ports[0]

    deployment.kill(gone)
    second.page.reload()

    second.wait_for_rows()
    expect(second.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
    second.tick(client_id, "excluded").click()
    expect(first.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")
    assert deployment.is_healthy(stays)
    deployment.start_process(gone)
    wait_for(lambda: deployment.is_healthy(gone), "the process to come back")


def test_the_processes_log_nothing_but_lines_and_no_secret(deployment: Deployment) -> None:
    secrets = [deployment.secret_key, "sandbox-halo-secret"]
    for port in deployment.ports:
        lines = deployment.log(port).splitlines()
        assert all(line.startswith('{"time": ') for line in lines)
        assert not any(secret in line for line in lines for secret in secrets)


def test_the_sign_in_of_the_document_is_complete(tmp_path: Path) -> None:
    for name in ("cookie-secret", "sign-in-client-secret"):
        (tmp_path / name).write_text("x" * 64)

    setup = read_sign_in(environment_of(blocks("ini")[1], 8501, tmp_path))

    assert setup is not None
    assert setup.host == "billing.example.com"
