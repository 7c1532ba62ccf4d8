"""Assign Company in a browser: whom it offers, what picking does to the row, and others who are faster."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.domain.match import ClientStatus
from billingbot.domain.party import Company
from tests.browser.client_dialog import ClientDialog
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.unused_clients import UnusedClients


def offer(page: ClientPage, client_id: int) -> ClientDialog:
    return ClientDialog.open(page, client_id, "Assign Company")


def choose(dialog: ClientDialog, company: Company) -> None:
    """Find a company by its id and tick it."""
    dialog.search(company.company_id)
    expect(dialog.table("Companies").rows).to_have_count(1)
    dialog.page.wait_until_idle()
    dialog.table("Companies").click_box(company.company_id)
    expect(dialog.button("Assign")).to_be_enabled()


def test_the_best_name_comes_first_with_score_and_reason_and_picking_it_links_it(
    page: ClientPage, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.SUGGESTED).client_id
    dialog = offer(page, client_id)
    companies = dialog.table("Companies")
    expect(companies.headings).to_have_text(["Company", "Score", "Why", "Id"])
    company, score, why, _ = companies.records("Company", "Score", "Why", "Id")[0]
    assert why.startswith("Suggested. ")
    scores = [int(text) for text in companies.cells("Score")]
    suggested = sum(text.startswith("Suggested.") for text in companies.cells("Why"))
    assert scores[suggested:] == sorted(scores[suggested:], reverse=True)
    expect(dialog.button("Assign")).to_be_disabled()

    companies.click_box(company)
    dialog.expect_text(re.compile(re.escape(company) + " is linked to "))
    dialog.press("Assign")

    row = page.row(client_id)
    expect(row.locator("[col-id=companies] .name")).to_have_text(company)
    expect(row.locator("[col-id=status]")).to_have_text("Mapped")
    expect(page.notice).to_contain_text(f"linked {company}")
    ClientDialog.open(page, client_id, "Edit Company").expect_text(f"{score} of 100 · linked by operator")
    page.page.keyboard.press("Escape")
    page.undo_button.click()
    expect(row.locator("[col-id=status]")).to_have_text("Suggested")


def test_a_second_company_is_said_to_be_added_and_stands_beside_the_first(
    page: ClientPage, clients: UnusedClients, companies: Iterator[Company]
) -> None:
    client, company = clients.take(ClientStatus.MAPPED), next(companies)
    dialog = offer(page, client.client_id)
    dialog.expect_text(f"Holds {client.companies} already; what you assign is added.")

    choose(dialog, company)
    dialog.expect_text(f"{company.name} is added to {client.name}, beside {client.companies}.")
    dialog.press("Assign")

    both = page.row(client.client_id).locator("[col-id=companies] .name")
    expect(both).to_contain_text(client.companies)
    expect(both).to_contain_text(company.name)


def test_a_click_anywhere_on_a_row_picks_it_arrows_go_on_and_a_second_click_gives_it_up(
    page: ClientPage, clients: UnusedClients
) -> None:
    dialog = offer(page, clients.take(ClientStatus.UNMAPPED).client_id)
    companies = dialog.table("Companies")
    first, second, third, fourth = companies.cells("Id")[:4]

    companies.click_row(first)
    expect(companies.ticked).to_contain_text(first)
    companies.click_row(third)
    expect(companies.ticked).to_contain_text(third)
    page.wait_until_idle()
    page.page.keyboard.press("ArrowDown")
    expect(companies.ticked).to_contain_text(fourth)
    page.wait_until_idle()
    companies.click_box(second)
    expect(companies.ticked).to_contain_text(second)
    page.wait_until_idle()
    expect(dialog.button("Assign")).to_be_enabled()

    companies.click_box(second)

    expect(companies.ticked).to_have_count(0)
    expect(dialog.button("Assign")).to_be_disabled()


def test_a_search_finds_names_in_any_case_and_ids_and_says_when_it_finds_nothing(
    page: ClientPage, clients: UnusedClients, companies: Iterator[Company]
) -> None:
    company = next(companies)
    dialog = offer(page, clients.take(ClientStatus.UNMAPPED).client_id)
    found = dialog.table("Companies")

    for text in (company.name.upper(), company.company_id):
        dialog.search(text)
        expect(found.rows.filter(has_text=company.company_id)).to_have_count(1)
        expect(found.rows).to_have_count(1)
    dialog.search("nobody is called like this")

    dialog.expect_text("Nothing is found.")
    page.wait_until_idle()
    expect(dialog.button("Assign")).to_be_disabled()


@pytest.mark.parametrize("way", ["Escape", "Cancel"])
def test_leaving_links_nothing(
    page: ClientPage, clients: UnusedClients, companies: Iterator[Company], way: str
) -> None:
    client_id, company = clients.take(ClientStatus.UNMAPPED).client_id, next(companies)
    dialog = offer(page, client_id)
    choose(dialog, company)

    if way == "Escape":
        page.page.keyboard.press("Escape")
        expect(dialog.table("Companies").ticked).to_have_count(0)
    dialog.dismiss(way)

    expect(page.row(client_id).locator("[col-id=status]")).to_have_text("Unmapped")
    expect(page.notice).to_be_hidden()


def test_a_company_that_another_operator_took_is_refused_and_leaves_the_list(
    page: ClientPage,
    shared_app: RunningApp,
    warm_context: BrowserContext,
    clients: UnusedClients,
    companies: Iterator[Company],
) -> None:
    client_id, other = clients.take(ClientStatus.UNMAPPED).client_id, clients.take(ClientStatus.UNMAPPED)
    wanted, instead = next(companies), next(companies)
    mine = offer(page, client_id)
    choose(mine, wanted)
    tab = ClientPage.open_with_rows(warm_context, shared_app.url)
    theirs = offer(tab, other.client_id)
    choose(theirs, wanted)
    theirs.press("Assign")
    tab.page.close()

    mine.button("Assign").click()

    expect(mine.root.get_by_role("alert")).to_contain_text(f"{wanted.name} was linked to {other.name} by operator")
    mine.expect_text("Nothing is found.")
    page.wait_until_idle()
    expect(mine.button("Assign")).to_be_disabled()
    choose(mine, instead)
    mine.press("Assign")
    expect(page.row(client_id).locator("[col-id=companies] .name")).to_have_text(instead.name)


def test_a_pair_that_was_rejected_says_by_whom_and_can_be_assigned_all_the_same(
    page: ClientPage, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.SUGGESTED).client_id
    dialog = offer(page, client_id)
    company = dialog.table("Companies").cells("Company")[0]
    dialog.escape()
    page.row(client_id).get_by_role("button", name="Reject this company").click()
    expect(page.notice).to_contain_text(f"Rejected {company}")

    dialog = offer(page, client_id)
    dialog.search(company)
    expect(dialog.table("Companies").rows.filter(has_not_text=company)).to_have_count(0)
    expect(dialog.table("Companies").rows.filter(has_text="Rejected before by operator.")).to_have_count(1)
    page.wait_until_idle()
    dialog.table("Companies").click_box(company)
    dialog.expect_text("Rejected before by operator. To assign it forgets that.")
    dialog.press("Assign")

    expect(page.row(client_id).locator("[col-id=companies] .name")).to_have_text(company)
