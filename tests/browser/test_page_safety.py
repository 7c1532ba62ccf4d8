"""Client Management does no harm: names are text, nothing comes from outside, nobody frames it."""

import re

import pytest
from playwright.sync_api import BrowserContext, Dialog, Request, expect

from tests.browser.client_page import ClientPage, RunningApp

pytestmark = pytest.mark.fault(23)

IMG = "<img src=x onerror=alert(1)>"


def test_names_that_look_like_code_are_text(context: BrowserContext, shared_app: RunningApp) -> None:
    dialogs: list[Dialog] = []
    context.on("dialog", lambda dialog: dialogs.append(dialog))
    page = ClientPage.open_with_rows(context, shared_app.url)

    page.search_box.fill("onerror")
    expect(page.cells("client")).to_have_text([IMG])
    page.cells("status").first.hover()
    expect(page.grid.locator(".ag-tooltip")).to_be_visible()

    assert page.grid.locator("img").count() == 0
    assert dialogs == []


def test_nothing_is_requested_from_outside_the_machine(context: BrowserContext, shared_app: RunningApp) -> None:
    seen: list[Request] = []
    context.on("request", lambda request: seen.append(request))

    ClientPage.open_with_rows(context, shared_app.url)

    assert [request.url for request in seen if not request.url.startswith((shared_app.url, "data:", "blob:"))] == []


def test_the_page_forbids_framing_and_foreign_scripts_and_the_grid_is_cached(
    context: BrowserContext, shared_app: RunningApp
) -> None:
    answers = {}
    context.on("response", lambda response: answers.update({response.url: response.headers}))
    refused: list[str] = []
    context.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)

    ClientPage.open_with_rows(context, shared_app.url)

    page = answers[f"{shared_app.url}/"]
    assert "frame-ancestors 'self'" in page["content-security-policy"]
    assert "'unsafe-inline' 'unsafe-eval'" not in page["content-security-policy"]
    assert page["x-frame-options"] == "SAMEORIGIN"
    assert page["x-content-type-options"] == "nosniff"
    script = next(headers for url, headers in answers.items() if re.search(r"/component/.*/main\.\w+\.js$", url))
    assert "immutable" in script["cache-control"]
    assert refused == []
