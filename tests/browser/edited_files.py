"""Files of clients on their way round: exported in a browser, edited as in a spreadsheet, and uploaded again."""

import csv
from io import StringIO

from playwright.sync_api import expect

from tests.browser.client_page import ClientPage
from tests.browser.dialogs import Dialog, bring_into_sight, open_tool
from tests.browser.unused_clients import ListedClient
from tests.unit.jobs.import_files import ClientFile

CHANGES = "What will change"
REFUSED = "Rows that are refused"


def exported(page: ClientPage) -> ClientFile:
    """Export all clients and return what the file holds."""
    return ClientFile(*parsed(export(page)))


def export(page: ClientPage) -> bytes:
    dialog = open_tool(page, "Export")
    _, content = dialog.download(dialog.file_button("all", "CSV"))
    dialog.button("Close").last.click()
    dialog.expect_closed()
    return content


def parsed(content: bytes) -> tuple[list[str], list[list[str]]]:
    headings, *rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    return headings, rows


def upload(page: ClientPage, content: bytes, name: str = "clients.csv") -> Dialog:
    dialog = open_tool(page, "Import")
    dialog.upload(name, content)
    return dialog


def expect_excluded(page: ClientPage, client: ListedClient, excluded: bool = True) -> None:
    bring_into_sight(page, client.client_id)
    expect(page.tick(client.client_id, "excluded")).to_have_attribute("aria-checked", str(excluded).lower())


def exclude(page: ClientPage, client: ListedClient) -> None:
    bring_into_sight(page, client.client_id)
    page.tick(client.client_id, "excluded").click()
    page.expect_saved()
