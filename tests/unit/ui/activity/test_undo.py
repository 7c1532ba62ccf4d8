"""Undo on Activity: at once for one client, after a question for several, and never over what was changed since."""

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import UnlinkCompany
from tests.unit.ui.activity.activity_tab import Office


def test_a_change_of_one_client_is_undone_at_once_and_done_again(office: Office) -> None:
    batch = office.exclude("ann", 1)
    tab = office.open(batch=batch)

    tab.click("Undo")

    assert office.excluded() == []
    assert "Undone. Changed the settings of 1 client." in tab.said()
    assert "Undone by operator." in tab.said()
    tab.click("Undo the undo")
    assert office.excluded() == [1]


def test_several_clients_are_asked_about_first(office: Office) -> None:
    batch = office.exclude("ann", 1, 2)
    tab = office.open(batch=batch)

    tab.click("Undo …")

    assert office.excluded() == [1, 2]
    assert "This gives 2 clients the former settings back." in tab.said()
    tab.click("Cancel")
    assert office.excluded() == [1, 2]
    tab.click("Undo …")
    tab.click("Undo all of it")
    assert office.excluded() == []


def test_the_links_of_a_refresh_are_undone_and_stay_away(office: Office) -> None:
    tab = office.open(batch=office.desk.latest().run_id)

    tab.click("Undo …")
    assert "This unlinks 4 companies. The pairs are remembered, and no refresh brings them back." in tab.said()
    tab.click("Undo all of it")

    assert office.desk.links() == set()
    assert "Undone. Unlinked 4 companies." in tab.said()
    office.desk.refresh()
    assert office.desk.links() == set()


def test_an_undo_that_would_lose_a_later_change_is_refused_and_leaves_it_in_place(office: Office) -> None:
    batch = office.exclude("ann", 1, 2, 3)
    office.edit("bob", 1, Setting.EXCLUDED, value=False)
    office.edit("bob", 2, Setting.DROP_AZURE, value=True)
    tab = office.open(batch=batch)

    tab.click("Undo …")
    tab.click("Undo all of it")

    assert office.excluded() == [2, 3]
    assert "Nothing was undone." in tab.said()
    assert "Amber Dental was changed by bob since." in tab.said()
    tab.click("Undo the other 2")
    assert office.excluded() == []
    assert "Undone, except for 1 that was changed since. Changed the settings of 2 clients." in tab.said()


def test_when_everything_was_changed_since_nothing_is_offered(office: Office) -> None:
    batch = office.exclude("ann", 1)
    office.edit("bob", 1, Setting.EXCLUDED, value=False)
    tab = office.open(batch=batch)

    tab.click("Undo")

    assert "Nothing was undone." in tab.said()
    assert not [label for label in tab.buttons() if label.startswith("Undo")]
    tab.click("Leave it")
    assert "Nothing was undone." not in tab.said()


def test_what_somebody_else_undid_meanwhile_is_not_undone_again(office: Office) -> None:
    batch = office.exclude("ann", 1, 2)
    tab = office.open(batch=batch)
    tab.click("Undo …")
    office.app.store.undo(batch, office.app.stamp("bob"))

    tab.click("Undo all of it")

    assert office.excluded() == []
    assert "Undone by bob." in tab.said()
    assert tab.column("State")[:2] == ["Undo of “Changed the settings of 2 clients”", "Undone by bob"]


def test_an_undo_of_the_undo_that_is_refused_opens_what_it_is_about(office: Office) -> None:
    batch = office.exclude("ann", 1)
    tab = office.open(batch=batch)
    tab.click("Undo")
    office.edit("bob", 1, Setting.EXCLUDED, value=True)

    tab.click("Undo the undo")

    assert "Amber Dental was changed by bob since." in tab.said()
    assert tab.shown_address()["batch"] != batch


def test_unlinking_by_hand_is_undone_with_the_rejection_that_it_left(office: Office) -> None:
    batch = office.decide("ann", UnlinkCompany("c1", 1))
    assert ("c1", 1) not in office.desk.links()
    tab = office.open(batch=batch)

    tab.click("Undo")

    assert ("c1", 1) in office.desk.links()
    assert office.app.store.rejected_pairs("pax8").empty


def test_an_undo_leads_to_what_it_undid_and_back(office: Office) -> None:
    batch = office.exclude("ann", 1)
    undo = office.app.store.undo(batch, office.app.stamp("bob")).batch
    tab = office.open(batch=undo)

    tab.click("Show what it undid")
    assert tab.shown_address() == {"batch": batch}
    tab.click("Show its undo")

    assert tab.shown_address() == {"batch": undo}
