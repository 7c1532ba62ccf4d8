"""Names that break software, in every dialog about one client: shown as themselves, and nothing of them is executed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Request, expect

from billingbot.bootstrap import App, build_app
from billingbot.domain.decision import LinkCompany
from billingbot.domain.refresh import RefreshState
from billingbot.sandbox.oddities import LONG
from billingbot.sandbox.server import Sandbox
from tests.browser.client_dialog import ClientDialog, pick_invoice
from tests.browser.client_page import ClientPage
from tests.browser.conftest import app_process, small_sandbox
from tests.wait import wait_for

pytestmark = pytest.mark.fault(23)

NAMES = {
    "image": '<img src=x onerror="alert(1)">',
    "script": "<script>alert(1)</script></p><b>bold</b>",
    "formula": "=cmd|' /C calc'!A0",
    "arabic": "مؤسسة النور التجارية",
    "emoji": "🦷 Bright 👩‍👩‍👧‍👦 Smiles 🦷",
    "long": LONG,
    "one word of 300": "x" * 300,
    "markdown": "![x](//evil.test/a.png) **bold** _it_ `code` ~~no~~ # 1. [click](javascript:alert(1)) | a",
    "streamlit": ":red[red] :material/home: :smile: $x^2$ :gray-badge[b] \\(y\\)",
    "entities": "Tom &amp; Jerry &copy; &lt;b&gt; AT&T",
    "addresses": "www.evil.test, https://evil.test, evil@evil.test",
    "lines": "Two\n- lines\n# and more",
    "numbered": "1. FC Sample",
    "dashes": "a -- b -> c <-> d <- e >= f <= g ~= h --",
    "spaced": "  spaced   out  ",
}


@dataclass
class Named:
    """An app whose clients have these names, as have the companies that are linked to them."""

    url: str
    sandbox: Sandbox
    client_ids: Mapping[str, int]
    company_ids: Mapping[str, str]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Named]:
    database = tmp_path_factory.mktemp("named") / "test.duckdb"
    with small_sandbox() as sandbox:
        truth = sandbox.control.truth
        single = [pair for pair in truth.items() if list(truth.values()).count(pair[1]) == 1]
        pairs = dict(zip(NAMES, single, strict=False))
        for key, (company_id, client_id) in pairs.items():
            sandbox.control.rename_company(company_id, NAMES[key])
            sandbox.control.rename_client(client_id, NAMES[key])
        environ = {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)}
        app = build_app(environ)
        _link(app, [LinkCompany(*pair) for pair in pairs.values()])
        app.close()
        client_ids = {key: client_id for key, (_, client_id) in pairs.items()}
        company_ids = {key: company_id for key, (company_id, _) in pairs.items()}
        with app_process(database.parent, 0, **environ) as url:
            yield Named(url, sandbox, client_ids, company_ids)


def _link(app: App, links: list[LinkCompany]) -> None:
    run = app.start_refresh("pax8", "operator")
    wait_for(lambda: app.store.run(run.run_id).state is RefreshState.SUCCEEDED, "the refresh to succeed")
    app.store.decide("pax8", links, app.stamp("ann"))


@pytest.fixture
def harm(context: BrowserContext, named: Named) -> list[str]:
    """What a name must not do: it is listed as it happens."""
    done: list[str] = []

    def ask(request: Request) -> None:
        if not request.url.startswith((named.url, "data:", "blob:")):
            done.append(request.url)

    context.on("dialog", lambda dialog: done.append(dialog.message))
    context.on("weberror", lambda error: done.append(str(error.error)))
    context.on("request", ask)
    return done


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_shown_as_itself_in_each_dialog_and_does_nothing(
    context: BrowserContext, named: Named, harm: list[str], kind: str
) -> None:
    name, client_id, company_id = NAMES[kind], named.client_ids[kind], named.company_ids[kind]
    named.sandbox.control.add_invoice(client_id, name)
    tab = ClientPage.open_with_rows(context, named.url)

    def opened(title: str) -> ClientDialog:
        return expect_named(ClientDialog.open(tab, client_id, title), name)

    edit = opened("Edit Company")
    expect(edit.root.locator("strong").filter(has_text=one_line(name))).to_have_text(name)
    edit.escape()

    invoices = expect_named(pick_invoice(tab, client_id, "last"), name).table("Invoices")
    for column in ("Name", "Reference"):
        assert one_line(name) in [one_line(cell) for cell in invoices.cells(column)]
    tab.page.keyboard.press("Escape")

    history = opened("History")
    assert one_line(f"Linked {name}") in [one_line(cell) for cell in history.table("Changes").cells("What")]
    history.dismiss("Close")

    delete = opened("Delete Assignment")
    expect(delete.root.locator("strong")).to_have_text(name)
    delete.press("Delete assignment")
    expect(tab.notice).to_contain_text(f"unlinked {name}")

    assign = opened("Assign Company")
    assign.search(company_id)
    companies = assign.table("Companies")
    expect(companies.rows).to_have_count(1)
    assert [one_line(cell) for cell in companies.cells("Company")] == [one_line(name)]
    tab.wait_until_idle()
    companies.click_box(company_id)
    expect(assign.root.locator("strong")).to_have_text(name)
    expect_named(assign, name)
    assign.press("Assign")
    expect(tab.notice).to_contain_text(f"linked {name}")

    assert harm == []


def expect_named(dialog: ClientDialog, name: str) -> ClientDialog:
    """Expect the title, and no element that a name has made."""
    expect(dialog.heading).to_have_text(f"{dialog.title} · {name}")
    for element in ("img", "script", "a", "code:not(:empty)", "h1", "h3", ".katex"):
        expect(dialog.root.locator(element)).to_have_count(0)
    return dialog


def one_line(text: str) -> str:
    return " ".join(text.split())
