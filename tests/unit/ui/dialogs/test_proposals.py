"""Accept suggestions, reject suggestions and confirm links: one list, one click, one batch."""

import pytest

from billingbot.domain.decision import LinkCompany, UnlinkCompany
from billingbot.domain.match import ClientStatus
from billingbot.ui.client_page import DialogKind
from tests.unit.ui.dialogs.dialog_page import HOSTILE, HOSTILE_IN_MARKDOWN, Desk, DialogPage
from tests.unit.ui.dialogs.tables import table_with

ACCEPT, REJECT, CONFIRM = (
    DialogKind.ACCEPT_SUGGESTIONS,
    DialogKind.REJECT_SUGGESTIONS,
    DialogKind.CONFIRM_LINKS,
)


def clients(desk: Desk, status: ClientStatus) -> list[int]:
    rows = desk.app.store.client_rows("pax8")
    found: list[int] = rows.loc[rows["status"] == status.value, "client_id"].tolist()
    return found


def opened(desk: Desk, kind: DialogKind, client_ids: list[int]) -> DialogPage:
    page = desk.page()
    page.state.open(kind, client_ids)
    return page.run()


def status(desk: Desk, client_id: int) -> str:
    return str(desk.app.store.client_rows("pax8", [client_id])["status"].iloc[0])


def suggest(desk: Desk, client_id: int, company_id: str, rank: int, score: float = 99.0) -> None:
    """Let the last refresh have found a pair."""
    desk.write(
        "insert into suggestion (integration, client_id, company_id, score, reason, rank)"
        " values ('pax8', $1, $2, $4, 'Near.', $3)",
        client_id,
        company_id,
        rank,
        score,
    )


def test_all_suggestions_are_ticked_and_accepted_with_one_click_and_undone_as_one(desk: Desk) -> None:
    asked = clients(desk, ClientStatus.SUGGESTED)
    page = opened(desk, ACCEPT, asked)
    table = page.table("pairs")
    assert f"Accept {len(table)} suggestions" in page.buttons()

    page.click("save")

    notice = page.state.notice
    assert notice is not None
    assert notice.text == f"Accepted {len(table)} suggestions."
    assert page.state.dialog is None
    accepted = [client_id for client_id in asked if status(desk, client_id) == "Mapped"]
    assert len(accepted) == len(table) > 1

    desk.app.store.undo(notice.batch, desk.app.stamp("ann"))

    assert clients(desk, ClientStatus.SUGGESTED) == asked


def test_the_list_shows_company_score_and_reason_of_the_best_candidate(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.SUGGESTED)
    best = desk.app.store.candidates("pax8", [client_id]).iloc[0]

    (row,) = opened(desk, ACCEPT, [client_id]).table("pairs").to_dict("records")

    assert row["Distributor Client"] == best["company"]
    assert row["Score"] == int(best["score"])
    assert row["Reason"] == best["reason"]


def test_the_least_alike_come_first_and_what_is_not_ticked_is_not_accepted(desk: Desk) -> None:
    rows = desk.app.store.client_rows("pax8", clients(desk, ClientStatus.SUGGESTED)[:3]).sort_values("score")
    worst, middle, best = rows["client_id"].tolist()
    page = opened(desk, ACCEPT, [best, worst, middle])
    assert page.table("pairs")["Halo Client"].tolist() == rows["client"].tolist()

    page.select("pairs", 1, 2)

    assert "Accept 2 suggestions" in page.buttons()
    page.click("save")
    assert [status(desk, client_id) for client_id in (worst, middle, best)] == ["Suggested", "Mapped", "Mapped"]


def test_a_range_of_scores_ticks_what_is_in_it(desk: Desk) -> None:
    asked = clients(desk, ClientStatus.MAPPED)[:9]
    links = [desk.links(client_id)[0] for client_id in asked]
    desk.decide(*(UnlinkCompany(link.company_id, link.client_id) for link in links))
    for place, client_id in enumerate(asked):
        suggest(desk, client_id, links[place - 1].company_id, rank=1, score=50.5 + place)
    page = opened(desk, ACCEPT, asked)
    (scores,) = page.at.slider
    assert (scores.min, scores.max) == (50, 58)

    scores.set_range(52, 54)
    page.run()

    assert "Accept 3 suggestions" in page.buttons()
    page.click("save")
    assert [status(desk, client_id) for client_id in asked] == [
        *["Suggested"] * 2,
        *["Mapped"] * 3,
        *["Suggested"] * 4,
    ]


@pytest.mark.parametrize(("kind", "ticked"), [(ACCEPT, 2), (REJECT, 9)])
def test_of_a_long_list_only_what_reaches_the_threshold_starts_ticked_to_be_accepted(
    desk: Desk, kind: DialogKind, ticked: int
) -> None:
    asked = clients(desk, ClientStatus.MAPPED)[:9]
    links = [desk.links(client_id)[0] for client_id in asked]
    desk.decide(*(UnlinkCompany(link.company_id, link.client_id) for link in links))
    for place, client_id in enumerate(asked):
        suggest(desk, client_id, links[place - 1].company_id, rank=1, score=83.5 + place)

    page = opened(desk, kind, asked)

    assert any(f" {ticked} suggestions" in button for button in page.buttons())


def test_with_nothing_ticked_there_is_nothing_to_accept(desk: Desk) -> None:
    page = opened(desk, ACCEPT, clients(desk, ClientStatus.SUGGESTED)[:2])

    page.select("pairs")

    assert page.is_disabled("save")
    assert page.at.button(key=page.key("save")).help == "Tick a suggestion first."


def test_of_two_clients_that_are_suggested_one_company_the_more_alike_gets_it(desk: Desk) -> None:
    first, second = clients(desk, ClientStatus.SUGGESTED)[:2]
    best = desk.app.store.candidates("pax8", [first]).iloc[0]
    desk.write("delete from suggestion where client_id = $1", second)
    suggest(desk, second, best["company_id"], rank=1)
    page = opened(desk, ACCEPT, [first, second])

    assert len(page.table("pairs")) == 1
    assert page.at.expander[0].label == "1 client left out"
    (why,) = table_with(page, "Why")["Why"]
    assert why.startswith(f"{best['company']} goes to ")


def test_a_company_that_was_taken_meanwhile_stops_all_and_the_list_is_read_again(desk: Desk) -> None:
    asked = clients(desk, ClientStatus.SUGGESTED)[:3]
    other = desk.client(ClientStatus.UNMAPPED)
    page = opened(desk, ACCEPT, asked)
    taken = desk.app.store.candidates("pax8", [asked[0]]).iloc[0]
    desk.decide(LinkCompany(taken["company_id"], other))

    page.click("save")

    assert {status(desk, client_id) for client_id in asked[1:]} == {"Suggested"}
    assert "nothing was saved" in page.said()
    assert "bob" in page.said()
    assert taken["company"] not in page.table("pairs")["Distributor Client"].tolist()

    page.click("save")

    assert status(desk, asked[1]) == "Mapped"


def test_clients_that_are_not_suggested_any_more_are_left_out_and_said(desk: Desk) -> None:
    page = opened(desk, ACCEPT, [desk.client(ClientStatus.MAPPED), desk.client(ClientStatus.SUGGESTED)])

    assert len(page.table("pairs")) == 1
    assert table_with(page, "Why")["Why"].tolist() == ["Is Mapped now, not Suggested any more."]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ACCEPT, "No suggestion of these clients is open any more."),
        (REJECT, "No suggestion of these clients is open any more."),
        (CONFIRM, "No link of these clients is open any more."),
    ],
)
def test_with_nothing_open_the_dialog_says_so_and_closes(desk: Desk, kind: DialogKind, text: str) -> None:
    page = opened(desk, kind, [desk.client(ClientStatus.MAPPED)])

    assert text in page.said()
    assert page.buttons() == ["Close"]
    page.click("cancel")
    assert page.state.dialog is None


def test_rejecting_lets_the_next_candidate_move_up(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.SUGGESTED)
    best = desk.app.store.candidates("pax8", [client_id])["company"].iloc[0]
    other = next(company for company in desk.app.store.free_companies("pax8") if company.name != best)
    suggest(desk, client_id, other.company_id, rank=2)
    page = opened(desk, REJECT, [client_id])
    assert page.table("pairs")["Distributor Client"].tolist() == [best]

    page.click("save")

    assert page.state.notice is not None
    assert page.state.notice.text == "Rejected 1 suggestion."
    assert desk.app.store.candidates("pax8", [client_id])["company"].tolist() == [other.name]


def test_links_under_review_are_confirmed_together(desk: Desk) -> None:
    asked = clients(desk, ClientStatus.REVIEW)
    page = opened(desk, CONFIRM, asked)
    assert len(page.table("pairs")) == len(asked) > 1

    page.click("save")

    assert {status(desk, client_id) for client_id in asked} == {"Mapped"}
    assert page.state.notice is not None
    assert page.state.notice.text == f"Confirmed {len(asked)} links."


def test_cancel_saves_nothing(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.SUGGESTED)
    page = opened(desk, ACCEPT, [client_id])

    page.click("cancel")

    assert (page.state.dialog, page.state.notice) == (None, None)
    assert status(desk, client_id) == "Suggested"


def test_hostile_names_stand_in_the_list_and_in_what_is_refused_as_they_are(desk: Desk) -> None:
    client_id, other = desk.client(ClientStatus.SUGGESTED), desk.client(ClientStatus.UNMAPPED)
    best = desk.app.store.candidates("pax8", [client_id]).iloc[0]
    desk.rename_company(best["company_id"], HOSTILE)
    page = opened(desk, ACCEPT, [client_id])
    assert page.table("pairs")["Distributor Client"].tolist() == [HOSTILE]
    desk.decide(LinkCompany(best["company_id"], other))

    page.click("save")

    assert HOSTILE_IN_MARKDOWN in page.said()
    assert HOSTILE not in page.said()
