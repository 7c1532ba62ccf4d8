"""The list of refresh runs and what an open one tells."""

import pytest

from billingbot.domain.party import Client
from billingbot.errors import ApprovalNeeded, UpstreamUnavailable
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk
from tests.unit.ui.activity.activity_tab import Office
from tests.unit.ui.activity.conftest import HOSTILE


def fail(desk: Desk) -> None:
    def refuse() -> None:
        raise UpstreamUnavailable(f"did not answer {HOSTILE}.", source="Pax8", status=503)

    desk.pax8.before_answer = refuse
    with pytest.raises(UpstreamUnavailable):
        desk.refresh()


def lose_all_clients(desk: Desk) -> None:
    desk.halo.rows = []
    with pytest.raises(ApprovalNeeded):
        desk.refresh()


def test_a_run_is_a_row_with_its_end_and_its_figures(office: Office) -> None:
    fail(office.desk)

    table = office.open(view="runs").table

    assert table["State"].tolist() == ["Failed", "Succeeded"]
    assert table["Who"].tolist() == ["ann", "ann"]
    assert table["New"].astype(object).where(table["New"].notna(), None).tolist() == [None, 6]
    assert table["Linked"].tolist()[1] == 4
    assert table["Error"].tolist() == [f"Pax8: did not answer {HOSTILE}.", ""]


def test_an_open_run_counts_both_lists_and_leads_to_its_links(office: Office) -> None:
    tab = office.open(view="runs", who="ann", run=office.desk.latest().run_id)
    assert "<tr><th>New</th><td>6</td><td>5</td></tr>" in tab.said()
    assert "<tr><th>Linked, nothing to do</th><td>4</td></tr>" in tab.said()

    tab.click("Show the 4 links that it made")

    assert tab.shown_address() == {"batch": office.desk.latest().run_id}
    assert "Linked 4 companies" in tab.said()


def test_an_open_failed_run_says_why_as_text(office: Office) -> None:
    fail(office.desk)

    tab = office.open(view="runs", run=office.desk.latest().run_id)

    assert [error.value for error in tab.at.error] == [
        r"Pax8\: did not answer \<img src=x onerror=alert\(1\)\> \*b\* =cmd\(\)."
    ]
    assert "Pax8 refresh: failed" in tab.said()
    assert "Nothing was changed." in tab.said()


def test_a_run_that_asked_for_approval_names_what_it_missed(office: Office) -> None:
    lose_all_clients(office.desk)

    said = office.open(view="runs", run=office.desk.latest().run_id).said()

    assert "6 clients missing" in said
    assert "Amber Dental" in said
    assert "&lt;img src=x" in said


def test_a_running_run_says_where_it_is(office: Office) -> None:
    run = office.desk.start()
    office.app.store.report(run.run_id, run.token, run.step, 1200, 5000)

    tab = office.open(view="runs", run=run.run_id)

    assert "Running" in tab.column("State")
    assert "1,200 of 5,000" in tab.said()


def test_a_cancelled_run_changed_nothing(office: Office) -> None:
    run = office.desk.start()
    office.app.store.cancel_run(run.run_id, "bob", NOON)

    tab = office.open(view="runs", run=run.run_id)

    assert "Cancelled" in tab.column("State")
    assert "Cancelled by bob; nothing was changed." in tab.said()


def test_runs_are_found_by_their_error(office: Office) -> None:
    fail(office.desk)
    tab = office.open(view="runs")

    tab.search("did not answer")

    assert tab.column("State") == ["Failed"]


def test_an_unknown_run_is_said_and_can_be_closed(office: Office) -> None:
    tab = office.open(view="runs", run="no-such-run")
    assert "There is no refresh run no-such-run" in tab.said()

    tab.click("Close")

    assert tab.shown_address() == {"view": "runs"}


def test_before_the_first_refresh_the_list_says_how_to_start_one(desk: Desk) -> None:
    assert "No refresh yet" in Office(desk).open(view="runs").said()


def test_a_gone_client_counts_as_gone(office: Office) -> None:
    office.desk.halo.rows = [Client(client.client_id, client.name) for client in office.desk.halo.rows[:-1]]
    office.desk.refresh()

    assert office.open(view="runs").table["Gone"].tolist() == [1, 0]
