"""The client grid in a browser: what it shows, finds and keeps, and that nothing in it or around it does harm."""

import re

from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.client_page import ClientPage, RunningApp

CHIPS = [
    "Unmapped",
    "Suggested",
    "Review",
    "Missing target",
    "Gone",
    "Excluded",
    "New",
    "Matched automatically",
]
HEADINGS = [
    "Status",
    "Halo Id",
    "Halo Client",
    "Distributor Client",
    "Last (# Invoice)",
    "Recurring (# Invoice)",
    "New",
    "Last",
    "Recurring",
    "Exclude",
    "Actions",
]
COLUMNS = [
    "status",
    "client_id",
    "client",
    "companies",
    "last_invoice_id",
    "recurring_invoice_id",
    "new",
    "last",
    "recurring",
    "excluded",
    "actions",
]
IMG = "<img src=x onerror=alert(1)>"


def client_id(app: RunningApp, name: str) -> int:
    return next(client.client_id for client in app.sandbox.data.clients if client.name == name)


def background(locator: Locator) -> str:
    return str(locator.evaluate("element => getComputedStyle(element).backgroundColor"))


def test_the_grid_has_the_columns_of_the_specification_in_their_order(page: ClientPage) -> None:
    headings = page.grid.locator(".ag-header-cell-text").all_inner_texts()

    assert {re.sub(r"\s+", " ", heading) for heading in headings if heading} == set(HEADINGS)
    positions = [float(page.heading(column).bounding_box()["x"]) for column in COLUMNS]  # type: ignore[index]
    assert positions == sorted(positions)
    expect(page.grid.locator(".ag-header-group-text", has_text="Assign Invoice")).to_be_visible()


def test_searching_for_a_name_leaves_the_rows_that_have_it(page: ClientPage, shared_app: RunningApp) -> None:
    page.search_box.press_sequentially("onerror")

    expect(page.row_count).to_have_text(f"1 of {len(shared_app.sandbox.data.clients)} clients")
    expect(page.cells("client")).to_have_text([IMG])


def test_searching_looks_into_every_column(page: ClientPage, shared_app: RunningApp) -> None:
    wanted = client_id(shared_app, IMG)

    page.search_box.fill(f"{wanted} mapped")

    expect(page.row(wanted)).to_be_visible()


def test_a_search_without_hits_says_so_and_can_be_cleared(page: ClientPage, shared_app: RunningApp) -> None:
    page.search_box.fill("no client is called like this")
    expect(page.grid.get_by_text("No client matches the search and filters.")).to_be_visible()

    page.grid.get_by_role("button", name="Clear search and filters").click()

    page.expect_rows(len(shared_app.sandbox.data.clients))


def test_each_figure_of_the_summary_filters_to_as_many_rows_as_it_says(page: ClientPage) -> None:
    for chip in CHIPS:
        figure = page.figure(chip)

        page.chip(chip).click()

        page.expect_shown(figure)


def test_a_chip_that_is_pressed_again_shows_all_clients(page: ClientPage, shared_app: RunningApp) -> None:
    page.chip("Review").click()
    page.expect_shown(page.figure("Review"))

    page.chip("Review").click()

    page.expect_rows(len(shared_app.sandbox.data.clients))


def test_an_empty_queue_says_that_there_is_nothing_to_do(page: ClientPage, shared_app: RunningApp) -> None:
    page.chip("Gone").click()
    expect(page.grid.get_by_text("No client is gone.")).to_be_visible()

    page.grid.get_by_role("button", name="Show all clients").click()

    page.expect_rows(len(shared_app.sandbox.data.clients))
    expect(page.chip("Gone")).to_have_attribute("aria-checked", "false")


def test_the_last_refresh_is_shown_with_its_exact_time_and_both_lists(page: ClientPage, shared_app: RunningApp) -> None:
    data = shared_app.sandbox.data

    expect(page.last_success).to_contain_text(f"{len(data.clients)} clients · {len(data.companies)} Pax8 companies")
    expect(page.last_success.locator("time")).to_have_attribute("title", re.compile(r"^\d{4}-\d\d-\d\d .* UTC$"))


def test_a_long_name_is_cut_and_shown_in_full_in_its_tooltip(page: ClientPage, shared_app: RunningApp) -> None:
    longest = max((client.name for client in shared_app.sandbox.data.clients), key=len)
    page.search_box.fill(longest[:40])
    cell = page.cells("client").first
    assert cell.locator(".ag-cell-value").evaluate("text => text.scrollWidth > text.clientWidth")

    cell.hover()

    expect(page.grid.locator(".ag-tooltip")).to_have_text(longest)


def test_a_suggestion_names_its_best_candidate_and_says_why_it_is_not_linked(page: ClientPage) -> None:
    page.chip("Suggested").click()
    page.expect_shown(page.figure("Suggested"))
    cell = page.cells("companies").first
    expect(cell).to_have_text(re.compile(r"^\(\d+\) \S"))

    cell.hover()

    expect(page.grid.locator(".ag-tooltip")).to_have_text(
        re.compile(r"^Not linked; .*\S\W* \(\d+\): \w.*\.$", re.DOTALL)
    )


def test_how_many_more_candidates_there_are_is_never_cut(page: ClientPage) -> None:
    page.chip("Suggested").click()
    page.expect_shown(page.figure("Suggested"))
    more = page.cells("companies").locator(".more").filter(has_text=re.compile(r"^\+\d$"))

    expect(more.first).to_be_visible()
    assert more.evaluate_all("texts => texts.every(text => text.scrollWidth <= text.clientWidth)")


def test_a_link_says_which_company_and_why(page: ClientPage) -> None:
    page.chip("Matched automatically").click()
    page.expect_shown(page.figure("Matched automatically"))
    cell = page.cells("companies").first
    company = cell.locator(".name").inner_text()

    cell.hover()

    told = re.compile(rf"^{re.escape(company)}\s+Linked .*\.\s+Score \d+ of 100\.$", re.DOTALL)
    expect(page.grid.locator(".ag-tooltip")).to_have_text(told)


def test_sorting_search_and_scroll_position_survive_a_rerun(page: ClientPage) -> None:
    page.heading("client").click()
    page.heading("client").click()
    expect(page.heading("client")).to_have_attribute("aria-sort", "descending")
    page.search_box.fill("a")
    first = page.cells("client").first.inner_text()
    page.scroll_to(500)

    page.chip("New").click()
    expect(page.chip("New")).to_have_attribute("aria-checked", "true")
    page.wait_until_idle()

    expect(page.heading("client")).to_have_attribute("aria-sort", "descending")
    expect(page.search_box).to_have_value("a")
    assert page.scroll_position() == 500
    page.scroll_to(0)
    expect(page.cells("client").first).to_have_text(first)


def test_a_column_filter_narrows_the_rows(page: ClientPage) -> None:
    page.heading("status").hover()
    page.heading("status").locator(".ag-header-cell-filter-button").click()
    page.grid.get_by_role("combobox", name="Status Filter").select_option("Suggested")

    expect(page.row_count).to_have_text(re.compile(rf"^{page.figure('Suggested')} of "))


def test_an_inherited_assignment_is_ticked_lighter_and_says_whose_default_it_is(page: ClientPage) -> None:
    tick = page.cells("new").first.get_by_role("checkbox")

    expect(tick).to_have_attribute("aria-checked", "true")
    expect(tick).to_have_accessible_name(re.compile("default of Pax8"))
    expect(page.cells("last").first.get_by_role("checkbox")).to_have_attribute("aria-checked", "false")


def test_the_grid_follows_dark_and_light_without_a_reload(page: ClientPage) -> None:
    grid, app = page.grid.locator(".ag-root-wrapper"), page.page.get_by_test_id("stApp")
    light = background(app)
    assert background(grid) == light

    page.page.emulate_media(color_scheme="dark")

    expect(app).not_to_have_css("background-color", light)
    expect(grid).to_have_css("background-color", background(app))


def test_the_integration_is_part_of_the_address(context: BrowserContext, shared_app: RunningApp) -> None:
    page = ClientPage.open(context, f"{shared_app.url}?integration=pax8")

    expect(page.page.get_by_role("combobox", name="Integration")).to_have_value("Pax8")
