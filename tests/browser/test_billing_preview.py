"""Edit Company's preview in a browser: it follows the switches before anything is saved, and moves no button."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from billingbot.bootstrap import build_app
from billingbot.domain.charge import ChargeKind
from billingbot.domain.match import ClientStatus
from billingbot.domain.period import Period
from tests.browser.client_dialog import ClientDialog
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.conftest import app_process, small_sandbox
from tests.browser.unused_clients import ListedClient, UnusedClients
from tests.unit.store.statements import charge, statement
from tests.wait import wait_for

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def client(clients: UnusedClients) -> ListedClient:
    return clients.take(ClientStatus.MAPPED)


@pytest.fixture(scope="module")
def charged(
    tmp_path_factory: pytest.TempPathFactory, refreshed_database: Path, client: ListedClient
) -> Iterator[RunningApp]:
    """An app in which the client has Azure charges, a credit and a line of zero dollars."""
    database = shutil.copy(refreshed_database, tmp_path_factory.mktemp("previewed"))
    with small_sandbox() as sandbox:
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)})
        company_id = app.store.links("pax8", client.client_id)[0].company_id
        rows = [
            charge("a", company_id=company_id, cost=Decimal(80), price=Decimal(100), product=HOSTILE),
            charge("b", company_id=company_id, azure="Usage.", cost=Decimal(4), price=Decimal(5)),
            charge("c", company_id=company_id, azure="Usage.", cost=Decimal(8), price=Decimal(9)),
            charge("d", company_id=company_id, kind=ChargeKind.PRORATE, cost=Decimal(-4), price=Decimal("-5.25")),
            charge("e", company_id=company_id, cost=Decimal("0.62"), price=Decimal(0)),
        ]
        app.store.replace_charges("pax8", statement(*rows, period=Period(2026, 10)), "operator", app.now())
        app.close()
        folder = Path(database).parent
        with app_process(folder, BILLINGBOT_SANDBOX_URL=sandbox.url, BILLINGBOT_DATABASE=str(database)) as url:
            yield RunningApp(url, sandbox)


@pytest.fixture
def page(charged: RunningApp, warm_context: BrowserContext) -> Iterator[ClientPage]:
    opened = ClientPage.open_with_rows(warm_context, charged.url)
    yield opened
    opened.page.close()


@pytest.fixture
def dialog(page: ClientPage, client: ListedClient) -> ClientDialog:
    return ClientDialog.open(page, client.client_id, "Edit Company")


def row(dialog: ClientDialog, name: str) -> Locator:
    """Return what a row of the preview shows beside its name."""
    return dialog.root.locator(".billing-preview tr", has_text=name).locator("td")


def test_each_switch_changes_what_becomes_of_the_newest_month(dialog: ClientDialog, page: ClientPage) -> None:
    dialog.expect_text("Preview of 2026-10")
    expect(row(dialog, "Charges in")).to_have_text(["5", "88.62", "108.75"])
    expect(row(dialog, "Invoice lines")).to_have_text(["5", "88.62", "108.75"])

    dialog.flip("Global Setting")
    dialog.flip("Drop Favorable Prorates")
    expect(row(dialog, "Drop Favorable Prorates")).to_have_text(["1", "-4.00", "-5.25"])
    dialog.expect_text("credit withheld USD 5.25")
    dialog.flip("Drop Zero Dollar Lines")
    dialog.expect_text("cost absorbed USD 0.62")
    dialog.flip("Collapse Azure Lines")
    expect(row(dialog, "Collapse Azure Lines").first).to_have_text("2 → 1")
    expect(row(dialog, "Invoice lines")).to_have_text(["2", "92.00", "114.00"])
    expect(row(dialog, "Margin")).to_have_text(["", "19.3 %", "22.00"])

    dialog.flip("Do Not Invoice")
    expect(row(dialog, "Do Not Invoice")).to_have_text(["5", "88.62", "108.75"])
    expect(row(dialog, "Invoice lines")).to_have_text(["0", "0.00", "0.00"])
    dialog.escape()
    expect(page.notice).to_be_hidden()


def places(dialog: ClientDialog) -> list[object]:
    """Return where a button and a switch are, once they stand still: a dialog moves while it opens."""
    seen: list[list[object]] = []

    def stand_still() -> bool:
        seen.append([one.bounding_box() for one in (dialog.button("Save"), dialog.switch("Do Not Invoice"))])
        return None not in seen[-1] and len(seen) > 1 and seen[-1] == seen[-2]

    wait_for(stand_still, "the dialog to stand still")
    return seen[-1]


def test_switching_a_rule_moves_nothing_under_the_pointer(dialog: ClientDialog) -> None:
    dialog.flip("Global Setting")
    before = places(dialog)

    for rule in ("Drop Azure Lines", "Drop Favorable Prorates", "Drop Zero Dollar Lines"):
        dialog.flip(rule)
        assert places(dialog) == before


def test_the_preview_stands_beside_the_settings_and_is_no_higher(dialog: ClientDialog) -> None:
    preview = dialog.root.locator(".st-key-billing-preview").bounding_box()
    save = dialog.button("Save").bounding_box()

    assert preview is not None
    assert save is not None
    assert preview["y"] + preview["height"] <= save["y"]


def test_without_a_month_it_says_what_it_would_show(
    shared_app: RunningApp, warm_context: BrowserContext, client: ListedClient
) -> None:
    page = ClientPage.open_with_rows(warm_context, shared_app.url)

    ClientDialog.open(page, client.client_id, "Edit Company").expect_text("No month of Pax8 was fetched yet")

    page.page.close()
