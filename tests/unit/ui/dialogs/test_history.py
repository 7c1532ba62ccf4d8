"""History: every decision about a client in words, and undone from there."""

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, LinkCompany, UnlinkCompany
from billingbot.domain.integration import Assignment
from billingbot.domain.match import ClientStatus
from billingbot.ui.client_page import DialogKind
from tests.unit.ui.dialogs.dialog_page import HOSTILE, Desk, DialogPage

HISTORY = DialogKind.HISTORY


def opened(desk: Desk, client_id: int) -> DialogPage:
    return desk.open(HISTORY, client_id)


def test_changes_are_told_newest_first_in_words(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    [link] = desk.links(client_id)
    desk.edit(client_id, {Setting.EXCLUDED: True, Setting.ASSIGNMENT: Assignment.LAST}, actor="ann")
    desk.decide(UnlinkCompany(link.company_id, client_id), reason="wrong company")

    table = opened(desk, client_id).table("changes")

    assert table[["Who", "What", "Why"]].to_numpy().tolist() == [
        ["bob", f"Unlinked {link.company}", "wrong company"],
        ["ann", "Assignment: default → Last; Exclude: off → on", ""],
        ["BillingBot", f"Linked {link.company}", table["Why"].iloc[2]],
    ]
    assert table["When (UTC)"].iloc[0] == "2026-11-22 12:00"


def test_a_selected_change_can_be_undone(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    desk.edit(client_id, {Setting.EXCLUDED: True})
    page = opened(desk, client_id)
    before = page.is_disabled("undo")

    page.select("changes", 0)
    page.click("undo")

    assert before
    assert not desk.settings(client_id).excluded
    assert page.state.notice is not None
    assert page.state.notice.text.endswith(": Undone.")
    assert page.state.notice.batch


def test_what_is_undone_says_so_and_cannot_be_undone_again(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    desk.edit(client_id, {Setting.EXCLUDED: True})
    page = opened(desk, client_id)
    page.select("changes", 0)
    page.click("undo")

    page = opened(desk, client_id)
    page.select("changes", 1)

    assert page.table("changes")["State"].tolist()[:2] == ["undo", "undone by operator"]
    assert page.is_disabled("undo")


def test_an_undo_can_be_undone(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    desk.edit(client_id, {Setting.EXCLUDED: True})
    for _ in range(2):
        page = opened(desk, client_id)
        page.select("changes", 0)
        page.click("undo")

    assert desk.settings(client_id).excluded


def test_what_was_changed_since_is_refused_and_the_list_is_read_again(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    desk.edit(client_id, {Setting.LAST_INVOICE_ID: 5})
    page = opened(desk, client_id)
    page.select("changes", 0)
    desk.edit(client_id, {Setting.LAST_INVOICE_ID: 6}, actor="ann")

    page.click("undo")

    assert page.errors()
    assert desk.settings(client_id).last_invoice_id == 6
    assert page.table("changes")["What"].iloc[0] == "Last invoice: 5 → 6"


def test_undoing_what_was_done_to_many_says_so_before(desk: Desk) -> None:
    clients = [desk.client(ClientStatus.MAPPED, place) for place in range(3)]
    desk.decide(*(EditSettings(client_id, 0, {Setting.EXCLUDED: True}) for client_id in clients))
    page = opened(desk, clients[0])

    page.select("changes", 0)
    label, warned = page.at.button(key=page.key("undo")).label, page.at.warning[0].value
    page.click("undo")

    assert label == "Undo for all 3 clients"
    assert "done to 3 clients at once" in warned
    assert not any(desk.settings(client_id).excluded for client_id in clients)


def test_a_link_and_the_rejection_that_it_forgets_are_one_line(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    [link] = desk.links(client_id)
    desk.decide(UnlinkCompany(link.company_id, client_id))
    desk.decide(LinkCompany(link.company_id, client_id))

    words = opened(desk, client_id).table("changes")["What"].tolist()

    assert words == [f"Linked {link.company}", f"Unlinked {link.company}", f"Linked {link.company}"]


def test_without_decisions_it_says_so(desk: Desk) -> None:
    page = opened(desk, desk.client(ClientStatus.UNMAPPED))

    assert "Nothing was decided about this client yet" in page.said()
    assert page.buttons() == ["Close"]


def test_hostile_names_and_reasons_are_text(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.UNMAPPED)
    company = desk.app.store.free_companies("pax8")[0]
    desk.rename_company(company.company_id, HOSTILE)
    desk.decide(LinkCompany(company.company_id, client_id), reason=HOSTILE)

    page = opened(desk, client_id)

    assert page.table("changes")[["What", "Why"]].to_numpy().tolist() == [[f"Linked {HOSTILE}", HOSTILE]]
    assert "evil" not in page.said()
