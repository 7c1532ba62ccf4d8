"""Delete Assignment: which link goes, what stays, and what is said."""

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import LinkCompany, UnlinkCompany
from billingbot.domain.match import ClientStatus
from billingbot.ui.client_page import DialogKind
from tests.unit.ui.dialogs.dialog_page import HOSTILE, HOSTILE_IN_MARKDOWN, Desk, DialogPage

DELETE = DialogKind.DELETE_ASSIGNMENT


def opened(desk: Desk, client_id: int) -> DialogPage:
    return desk.open(DELETE, client_id)


def holding_three(desk: Desk) -> int:
    client_id = desk.client(ClientStatus.MAPPED)
    for company in desk.app.store.free_companies("pax8")[:2]:
        desk.decide(LinkCompany(company.company_id, client_id))
    return client_id


def test_the_only_link_is_deleted_with_one_click_and_rules_and_targets_stay(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    desk.edit(client_id, {Setting.EXCLUDED: True, Setting.LAST_INVOICE_ID: 7})
    [link] = desk.links(client_id)
    page = opened(desk, client_id)

    page.click("delete")

    assert desk.links(client_id) == []
    settings = desk.settings(client_id)
    assert (settings.excluded, settings.last_invoice_id) == (True, 7)
    pairs = desk.app.store.rejected_pairs("pax8")
    assert pairs[["company_id", "client_id"]].to_numpy().tolist() == [[link.company_id, client_id]]
    assert page.state.notice is not None
    assert page.state.notice.text.endswith(f": unlinked {link.company}")


def test_it_says_what_will_happen(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    [link] = desk.links(client_id)

    said = opened(desk, client_id).said()

    assert f"**{link.company}**" in said
    for fact in ("not billed", "stay", "no refresh of Pax8 brings it back", "Undo"):
        assert fact in said


def test_of_several_links_only_those_that_are_selected_go(desk: Desk) -> None:
    client_id = holding_three(desk)
    first, second, third = desk.links(client_id)
    page = opened(desk, client_id)
    before = page.is_disabled("delete")

    page.tick(f"link-{first.company_id}")
    page.tick(f"link-{third.company_id}")
    page.click("delete")

    assert before
    assert desk.links(client_id) == [second]
    assert page.state.notice is not None
    assert page.state.notice.text.endswith(": unlinked 2 companies")
    assert {first.company_id, third.company_id} == set(desk.app.store.rejected_pairs("pax8")["company_id"])


def test_a_link_that_another_operator_deleted_meanwhile_is_refused_and_the_other_stays_ticked(desk: Desk) -> None:
    client_id = holding_three(desk)
    first, second, third = desk.links(client_id)
    page = opened(desk, client_id)
    page.tick(f"link-{first.company_id}")
    page.tick(f"link-{second.company_id}")
    desk.decide(UnlinkCompany(first.company_id, client_id))

    page.click("delete")

    assert "is not linked to" in page.errors()[0]
    assert desk.links(client_id) == [second, third]
    assert [box.value for box in page.at.checkbox] == [True, False]
    assert page.at.button(key=page.key("delete")).label == "Delete assignment"


def test_the_only_link_that_another_operator_deleted_is_said_to_be_gone(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    [link] = desk.links(client_id)
    page = opened(desk, client_id)
    desk.decide(UnlinkCompany(link.company_id, client_id))

    page.click("delete")

    assert page.errors()
    assert "No Pax8 company is linked to this client" in page.said()


def test_without_a_link_it_says_so(desk: Desk) -> None:
    page = opened(desk, desk.client(ClientStatus.UNMAPPED))

    assert "No Pax8 company is linked to this client" in page.said()
    assert page.buttons() == ["Close"]


def test_hostile_names_are_shown_as_they_are(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    [link] = desk.links(client_id)
    desk.rename_company(link.company_id, HOSTILE)

    page = opened(desk, client_id)

    assert HOSTILE_IN_MARKDOWN in page.said()
