"""Assign Company: who is offered, what is linked, and what may happen meanwhile."""

import pytest

from billingbot.domain.decision import LinkCompany, RejectPair, UnlinkCompany
from billingbot.domain.match import ClientStatus
from billingbot.ui.client_page import DialogKind
from tests.fakes import NOON
from tests.unit.ui.dialogs.dialog_page import Desk, DialogPage

PICK = DialogKind.ASSIGN_COMPANY


def opened(desk: Desk, client_id: int) -> DialogPage:
    return desk.open(PICK, client_id)


def test_the_best_suggestion_comes_first_and_its_score_and_reason_are_kept_with_the_link(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.SUGGESTED)
    best = desk.app.store.candidates("pax8", [client_id]).iloc[0]
    page = opened(desk, client_id)
    shown = page.table("companies").iloc[0]

    page.select("companies", 0)
    page.click("assign")

    [link] = desk.links(client_id)
    assert (shown["Id"], shown["Score"]) == (best["company_id"], int(best["score"]))
    assert shown["Why"] == f"Suggested. {best['reason']}"
    assert (link.company_id, link.score, link.reason) == (best["company_id"], best["score"], best["reason"])
    assert link.actor == "operator"
    assert page.state.notice is not None
    assert page.state.notice.text.endswith(f": linked {best['company']}")
    assert page.state.notice.batch


def test_a_company_that_was_not_suggested_is_linked_by_hand(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.SUGGESTED)
    page = opened(desk, client_id)
    wanted = page.table("companies").iloc[-1]

    page.search(wanted["Id"])
    page.select("companies", 0)
    page.click("assign")

    [link] = desk.links(client_id)
    assert (link.company_id, link.score, link.reason) == (wanted["Id"], None, "Linked by hand.")


def test_nothing_can_be_assigned_before_a_company_is_selected(desk: Desk) -> None:
    page = opened(desk, desk.client(ClientStatus.UNMAPPED))

    assert page.is_disabled("assign")


def test_a_search_looks_at_names_and_ids_only(desk: Desk) -> None:
    page = opened(desk, desk.client(ClientStatus.SUGGESTED))
    name = str(page.table("companies")["Company"].iloc[-1])

    page.search(name.upper())
    found = page.table("companies")["Company"].tolist()
    page.search("alike")

    assert name in found
    assert not page.tables()
    assert "Nothing is found" in page.said()


def test_what_is_assigned_to_a_client_that_holds_companies_is_added(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    [held] = desk.names(client_id)
    page = opened(desk, client_id)
    before = page.said()

    page.select("companies", 0)
    selected = page.said()
    page.click("assign")

    assert "what you assign is added" in before
    assert "is added to" in selected
    assert len(desk.names(client_id)) == 2
    assert held in desk.names(client_id)


def test_a_rejected_pair_says_by_whom_and_can_be_assigned_all_the_same(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.SUGGESTED)
    company_id = desk.app.store.candidates("pax8", [client_id])["company_id"].iloc[0]
    desk.decide(RejectPair(company_id, client_id), actor="ann")
    page = opened(desk, client_id)
    place = page.table("companies")["Id"].tolist().index(company_id)

    page.select("companies", place)
    said, why = page.said(), page.table("companies")["Why"].iloc[place]
    page.click("assign")

    assert why.startswith("Rejected before by ann.")
    assert "Rejected before by ann. To assign it forgets that." in said
    assert [link.company_id for link in desk.links(client_id)] == [company_id]
    assert desk.app.store.rejected_pairs("pax8").empty


def test_a_company_that_another_operator_took_is_refused_and_the_list_is_read_again(desk: Desk) -> None:
    mine, theirs = desk.client(ClientStatus.SUGGESTED), desk.client(ClientStatus.UNMAPPED)
    page = opened(desk, mine)
    taken = page.table("companies").iloc[0]
    page.select("companies", 0)
    desk.decide(LinkCompany(taken["Id"], theirs))

    page.click("assign")

    [error] = page.errors()
    assert "was linked to" in error
    assert "by bob" in error
    assert taken["Id"] not in page.table("companies")["Id"].tolist()
    assert page.is_disabled("assign")
    assert desk.links(mine) == []


def test_a_client_that_is_gone_gets_no_company(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.UNMAPPED)
    desk.lose_client(client_id)

    page = opened(desk, client_id)

    assert "does not list this client any more" in page.errors()[0]
    assert page.buttons() == ["Close"]


def test_a_client_that_goes_while_the_dialog_is_open_is_refused(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.UNMAPPED)
    page = opened(desk, client_id)
    page.select("companies", 0)
    desk.lose_client(client_id)

    page.click("assign")

    assert "HaloPSA no longer lists" in page.errors()[0]
    assert page.buttons() == ["Close"]


@pytest.mark.parametrize("gone", [False, True], ids=["all linked", "none known"])
def test_without_a_free_company_it_says_what_to_do(desk: Desk, gone: bool) -> None:
    client_id = desk.client(ClientStatus.UNMAPPED)
    if gone:
        desk.write("update company set missing_since = $1", NOON)
    else:
        free = desk.app.store.free_companies("pax8")
        desk.decide(*(LinkCompany(company.company_id, client_id) for company in free))

    page = opened(desk, client_id)

    assert ("No Pax8 company is known yet" if gone else "Every Pax8 company is linked already") in page.said()
    assert page.buttons() == ["Close"]


def test_a_company_that_was_unlinked_here_can_be_linked_again(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    [link] = desk.links(client_id)
    desk.decide(UnlinkCompany(link.company_id, client_id))
    page = opened(desk, client_id)
    place = page.table("companies")["Id"].tolist().index(link.company_id)

    page.select("companies", place)
    page.click("assign")

    assert desk.names(client_id) == [link.company]


def test_hostile_names_are_shown_as_they_are(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.UNMAPPED)
    company_id = desk.app.store.free_companies("pax8")[0].company_id
    name = "![x](//evil) <img src=x onerror=alert(1)> =cmd() $1$ شركة" + "x" * 300
    desk.rename_company(company_id, name)
    page = opened(desk, client_id)

    page.search(company_id)
    page.select("companies", 0)

    assert page.table("companies")["Company"].tolist() == [name]
    assert r"\!\[x\]\(//evil\) \<img src=x onerror=alert\(1\)\>" in page.said()
