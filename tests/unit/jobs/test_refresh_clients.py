"""Refresh Clients: what it changes, and that it changes nothing when anything is wrong."""

from datetime import datetime

import pytest

from billingbot.domain.party import Client
from billingbot.domain.refresh import RefreshState, Step
from billingbot.errors import NotFound, RefreshRunning, RefreshStopped, UpstreamUnavailable
from billingbot.jobs.refresh_clients import start_refresh
from tests.fakes import NOON
from tests.unit.jobs.conftest import MANY, Desk
from tests.unit.store.decisions import link, reject, select


def down() -> None:
    raise UpstreamUnavailable("does not answer", source="Pax8")


def test_the_first_refresh_lists_and_links_everything(desk: Desk) -> None:
    desk.lists(
        ["Acme Ltd", "Horizen Partners Group", "Cedar", "Cedar Inc"], ["ACME", "Horizon Partners Group", "Cedar", "Xi"]
    )

    summary = desk.refresh()

    assert desk.links() == {("c1", 1), ("c2", 2)}
    assert desk.statuses() == {1: "Mapped", 2: "Review", 3: "Suggested", 4: "Suggested"}
    assert (summary.clients_new, summary.companies_new, summary.linked, summary.review) == (4, 4, 1, 1)
    assert (summary.suggested, summary.unmatched, summary.companies_unmatched) == (2, 0, 2)
    assert desk.latest().state is RefreshState.SUCCEEDED
    assert desk.latest().summary == summary


def test_a_second_refresh_of_the_same_lists_changes_nothing(desk: Desk) -> None:
    desk.lists(MANY, MANY)
    desk.refresh()

    summary = desk.refresh()

    assert (summary.clients_new, summary.clients_renamed, summary.clients_gone, summary.linked) == (0, 0, 0, 0)
    assert len(desk.links()) == len(MANY)


def test_a_renamed_client_keeps_its_company(desk: Desk) -> None:
    desk.lists(["Acme"], ["Acme"])
    desk.refresh()
    desk.halo.rows = [Client(1, "Something Else")]

    summary = desk.refresh()

    assert summary.clients_renamed == 1
    assert desk.links() == {("c1", 1)}
    assert desk.store.client_rows("pax8")["client"].tolist() == ["Something Else"]


def test_a_client_that_is_gone_keeps_its_row_and_its_link_and_comes_back(desk: Desk) -> None:
    desk.lists(MANY, MANY)
    desk.refresh()
    everybody = desk.halo.rows
    desk.halo.rows = everybody[1:]

    assert desk.refresh().clients_gone == 1
    assert desk.statuses()[1] == "Gone"
    assert ("c1", 1) in desk.links()

    desk.halo.rows = everybody
    desk.refresh()
    assert desk.statuses()[1] == "Mapped"


def test_a_row_that_only_one_of_two_readings_lacks_is_not_gone(desk: Desk) -> None:
    desk.lists(MANY, MANY)
    desk.refresh()
    everybody, reads_before = desk.halo.rows, desk.halo.reads

    def lack_one_at_first() -> None:
        desk.halo.rows = everybody[1:] if desk.halo.reads == reads_before + 1 else everybody

    desk.halo.before_answer = lack_one_at_first

    assert desk.refresh().clients_gone == 0
    assert desk.halo.reads == reads_before + 2


@pytest.mark.parametrize("source", ["halo", "pax8"])
def test_when_a_source_is_down_nothing_changes_and_the_run_says_why(desk: Desk, source: str) -> None:
    desk.lists(["Acme"], ["Acme"])
    desk.refresh()
    desk.lists(["Borealis", "Cedar"], ["Borealis", "Cedar"])
    getattr(desk, source).before_answer = down
    before = desk.store.client_rows("pax8")

    with pytest.raises(UpstreamUnavailable):
        desk.refresh()

    assert desk.store.client_rows("pax8").equals(before)
    assert desk.latest().state is RefreshState.FAILED
    assert desk.latest().error == "Pax8: does not answer"


def test_after_a_failure_the_next_refresh_can_start(desk: Desk) -> None:
    desk.lists(["Acme"], ["Acme"])
    desk.pax8.before_answer = down
    with pytest.raises(UpstreamUnavailable):
        desk.refresh()
    desk.pax8.before_answer = lambda: None

    assert desk.refresh().linked == 1


def test_a_second_start_is_pointed_to_the_run_that_is_under_way(desk: Desk) -> None:
    run = desk.start()

    with pytest.raises(RefreshRunning) as raised:
        desk.start()

    assert raised.value.run_id == run.run_id


def test_an_unknown_integration_cannot_be_refreshed(desk: Desk) -> None:
    with pytest.raises(NotFound):
        start_refresh(desk.store, "nobody", "ann", "run", NOON)


def test_a_cancelled_run_changes_nothing_and_ends_at_once(desk: Desk) -> None:
    desk.lists(["Acme"], ["Acme"])
    run = desk.start()

    def cancel() -> None:
        assert desk.store.cancel_run(run.run_id, "bob", NOON)

    desk.pax8.before_answer = cancel

    with pytest.raises(RefreshStopped):
        desk.carry_out(run)

    assert desk.store.client_rows("pax8").empty
    assert desk.links() == set()
    assert desk.latest().state is RefreshState.CANCELLED


def test_what_operators_decide_while_the_lists_are_read_stands(desk: Desk) -> None:
    desk.lists(["Acme", "Borealis", "Cedar", "Dorado"], ["Acme", "Borealis", "Cedar", "Dorado"])
    desk.pax8.before_answer = lambda: decide(desk)

    desk.refresh()

    assert_decisions_stand(desk)


def test_what_operators_decide_after_the_names_were_matched_stands(desk: Desk) -> None:
    desk.lists(["Acme", "Borealis", "Cedar", "Dorado"], ["Acme", "Borealis", "Cedar", "Dorado"])

    def decide_when_the_job_looks_at_the_clock() -> datetime:
        assert desk.latest().step is Step.SAVING
        decide(desk)
        return NOON

    desk.now = decide_when_the_job_looks_at_the_clock

    desk.refresh()

    assert_decisions_stand(desk)


def test_what_an_operator_linked_is_no_rival_any_more(desk: Desk) -> None:
    desk.lists(["Acme", "Borealis"], ["Acme", "Acme"])
    link(desk.engine, "c1", 2)

    desk.refresh()

    assert desk.links() == {("c1", 2), ("c2", 1)}


def test_a_rejected_pair_makes_room_for_the_next_best(desk: Desk) -> None:
    desk.lists(["Horizen Group"], ["Horizen Group", "Horizon Group"])
    reject(desk.engine, "c1", 1)

    desk.refresh()

    assert desk.links() == {("c2", 1)}


def decide(desk: Desk) -> None:
    """Link the first company to the second client, against the names, and reject the third pair."""
    link(desk.engine, "c1", 2)
    reject(desk.engine, "c3", 3)


def assert_decisions_stand(desk: Desk) -> None:
    """Assert that of four pairs with the same name, the machine linked only the one nobody had decided about."""
    mappings = "select company_id, client_id, actor, reason, version from mapping order by company_id"
    assert select(desk.engine, mappings) == [
        ("c1", 2, "ann", "by hand", 1),
        ("c4", 4, "auto", "The names are the same.", 1),
    ]
    assert select(desk.engine, "select company_id, client_id, actor from rejected_pair") == [("c3", 3, "ann")]
    assert select(desk.engine, "select * from suggestion") == []


def test_progress_is_told_step_by_step(desk: Desk) -> None:
    desk.lists(["Acme"], ["Acme"])
    run = desk.start()
    seen: list[tuple[str, int]] = []
    desk.pax8.before_answer = lambda: seen.append((desk.latest().step, desk.latest().done))

    desk.carry_out(run)

    assert seen == [("Reading companies", 0)]
    assert desk.latest().step == "Saving"
