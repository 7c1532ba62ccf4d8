"""How the grid gets its rows: once, early, and again when that failed."""

import re

from playwright.sync_api import BrowserContext, Response, expect

from tests.browser.client_page import ClientPage, RunningApp

TABLE = "**/grid-table/*"


def test_the_table_is_fetched_once_however_often_a_box_is_ticked(
    context: BrowserContext, shared_app: RunningApp
) -> None:
    fetched: list[str] = []
    context.on("request", lambda request: fetched.append(request.url) if "/grid-table/" in request.url else None)
    page = ClientPage.open_with_rows(context, shared_app.url)

    for client_id in page.shown_ids()[:3]:
        page.tick(client_id, "excluded").click()
        page.expect_saved()

    assert len(fetched) == 1


def test_a_table_that_cannot_be_fetched_is_tried_again_and_says_so(
    context: BrowserContext, shared_app: RunningApp
) -> None:
    context.route(TABLE, lambda route: route.abort())
    page = ClientPage.open(context, shared_app.url)
    expect(page.grid.locator(".no-rows")).to_have_text("The clients could not be loaded. Trying again…")

    context.unroute(TABLE)

    page.wait_for_rows()
    expect(page.row_count).to_have_text(re.compile(r"^\d+ clients$"))


def test_a_table_that_was_replaced_is_not_found_and_the_present_one_is_fetched(
    context: BrowserContext, shared_app: RunningApp
) -> None:
    context.route(TABLE, lambda route: route.continue_(url=f"{shared_app.url}/grid-table/replaced"), times=1)
    answers: list[int] = []

    def note(response: Response) -> None:
        if "/grid-table/" in response.url:
            answers.append(response.status)

    context.on("response", note)

    ClientPage.open_with_rows(context, shared_app.url)

    assert answers == [404, 200]


def test_the_browser_hears_of_the_grids_script_with_the_page(context: BrowserContext, shared_app: RunningApp) -> None:
    scripts: list[str] = []
    context.on("request", lambda request: scripts.append(request.url) if "/static/js/main." in request.url else None)
    page = ClientPage.open_with_rows(context, shared_app.url)
    hint = page.page.request.get(f"{shared_app.url}/").headers["link"]

    path = re.match(r"<([^>]+)>; rel=prefetch; as=script, ", hint)

    assert path is not None
    assert set(scripts) == {f"{shared_app.url}/{path[1]}"}
    assert "/ComponentInstance." in hint
