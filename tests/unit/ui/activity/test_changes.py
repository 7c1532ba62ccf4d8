"""The list of changes: what it shows, in which order, and what its filters leave."""

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, LinkCompany, UnlinkCompany
from billingbot.domain.integration import Integration
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk
from tests.unit.ui.activity.activity_tab import Office
from tests.unit.ui.activity.conftest import HOSTILE


def test_the_newest_batch_comes_first_and_says_who_did_what_to_whom(office: Office) -> None:
    office.exclude("ann", 1)
    office.exclude("bob", 2, 3)

    tab = office.open()

    assert tab.column("Who") == ["bob", "ann", "BillingBot", "ann"]
    assert tab.column("What") == [
        "Changed the settings of 2 clients",
        "Changed the settings of 1 client",
        "Linked 4 companies",
        "Connected Pax8",
    ]
    assert tab.column("Client") == ["2 clients", "Amber Dental", "4 clients", ""]
    assert tab.column("When (UTC)")[0].endswith("just now")


def test_an_undone_batch_and_its_undo_say_so(office: Office) -> None:
    batch = office.exclude("ann", 1)
    office.app.store.undo(batch, office.app.stamp("bob"))

    states = office.open().column("State")

    assert states == ["Undo of “Changed the settings of 1 client”", "Undone by bob", "", ""]


def test_the_integration_is_shown_and_asked_for_when_there_are_several(office: Office) -> None:
    assert "Integration" not in office.open().table.columns
    office.app.store.add_integration(Integration("twilio", "Twilio"), "auto", NOON)
    office.decide("ann", EditSettings(1, 0, {Setting.EXCLUDED: True}), integration="twilio")

    tab = office.open()
    assert tab.column("Integration") == ["Twilio", "Twilio", "Pax8", "Pax8"]
    tab.choose("Integration", "twilio")

    assert tab.column("What") == ["Changed the settings of 1 client", "Connected Twilio"]


def test_the_only_integration_is_no_filter(office: Office) -> None:
    tab = office.open(integration="pax8")

    assert "Clear filters" not in tab.buttons()
    assert tab.shown_address() == {}


def test_the_filters_leave_what_is_asked_for(office: Office) -> None:
    office.decide("cy", EditSettings(1, 0, {Setting.EXCLUDED: True}), days_ago=8)
    office.decide("bob", EditSettings(2, 0, {Setting.EXCLUDED: True}), reason="Moved away.")
    tab = office.open()

    tab.choose("Who", "cy")
    assert tab.column("Client") == ["Amber Dental"]
    tab.choose("Period", "7-days")
    assert "Nothing matches these filters" in tab.said()
    tab.click("Show everything")
    tab.search("moved")
    assert tab.column("Client") == ["Birch Foods"]
    tab.search("cedar")
    assert tab.column("Who") == ["BillingBot"]
    tab.click("Clear filters")

    assert len(tab.table) == 4


def test_the_address_sets_the_filters_and_shows_them(office: Office) -> None:
    office.exclude("ann", 1)
    office.exclude("bob", 2)

    tab = office.open(client="birch", who="bob", period="today", integration="unknown")

    assert tab.column("Client") == ["Birch Foods"]
    assert tab.shown_address() == {"client": "birch", "who": "bob", "period": "today"}
    tab.click("Clear filters")
    assert tab.shown_address() == {}


def test_what_an_address_names_wrongly_is_left_out(office: Office) -> None:
    tab = office.open(who="nobody", period="1-century", view="everything")

    assert len(tab.table) == 2
    assert tab.shown_address() == {}


def test_more_than_a_page_is_shown_on_request(office: Office) -> None:
    for number in range(60):
        office.edit("ann", 1, Setting.EXCLUDED, value=number % 2 == 0)
    tab = office.open()
    assert len(tab.table) == 50

    tab.click("Show more")

    assert len(tab.table) == 62
    assert "Show more" not in tab.buttons()


def test_nothing_yet_says_what_will_stand_here(desk: Desk) -> None:
    desk.engine.write(lambda tx: tx.execute("delete from audit"))

    tab = Office(desk).open()

    assert "Nothing has been changed yet" in tab.said()
    assert list(tab.at.dataframe) == []


def test_an_open_batch_tells_before_and_after_and_why(office: Office) -> None:
    batch = office.exclude("ann", 1, 2, reason="No contract.")

    said = office.open(batch=batch).said()

    assert "Amber Dental" in said
    assert "Birch Foods" in said
    assert said.count("Exclude: off → on") == 2
    assert said.count("No contract.") == 2


def test_unlinking_is_told_once_although_the_pair_is_rejected_with_it(office: Office) -> None:
    batch = office.decide("ann", UnlinkCompany("c1", 1))

    said = office.open(batch=batch).said()

    assert said.count("Amber Dental") == 2
    assert "Rejected" not in said


def test_names_and_reasons_that_look_like_code_are_text(office: Office) -> None:
    batch = office.decide(HOSTILE, LinkCompany("c5", 5), reason=HOSTILE)

    tab = office.open(batch=batch)

    assert tab.column("Client")[0] == HOSTILE
    assert "<img src=x" not in tab.said()
    assert tab.said().count("&lt;img src=x onerror=alert(1)&gt; *b* =cmd()") == 3


def test_a_batch_that_the_list_does_not_show_can_be_open(office: Office) -> None:
    old = office.exclude("ann", 1)
    for number in range(60):
        office.edit("ann", 2, Setting.EXCLUDED, value=number % 2 == 0)

    tab = office.open(batch=old)
    assert "Amber Dental" in tab.said()
    tab.click("Undo")

    assert office.excluded() == []


@pytest.mark.parametrize("unknown", ["no-such-batch", "'; drop table audit; --", "<b>"])
def test_an_unknown_batch_is_said_and_can_be_closed(office: Office, unknown: str) -> None:
    tab = office.open(batch=unknown)
    assert "This change is not in the database" in tab.said()

    tab.click("Close")

    assert tab.shown_address() == {}


def test_a_long_batch_says_how_much_of_it_is_shown(desk: Desk) -> None:
    desk.sandbox_lists(400)
    linked = desk.refresh().linked + desk.latest().summary.review  # type: ignore[union-attr]
    assert linked > 200

    said = Office(desk).open(batch=desk.latest().run_id).said()

    assert f"The first 200 changes of {linked}" in said
    assert said.count("<li>") == 200
