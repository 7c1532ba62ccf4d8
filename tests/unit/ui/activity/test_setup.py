"""What is set up on Activity: defaults, credentials, the end of an integration, products; and the way back."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from cryptography.fernet import Fernet

from billingbot.bootstrap.surroundings import Surroundings
from billingbot.bootstrap.vendors import Vendors
from billingbot.connectors import DISTRIBUTORS
from billingbot.domain.integration import Assignment
from billingbot.domain.product import HaloItem
from billingbot.vault import Vault
from tests.unit.store.product_rows import map_products, mapped
from tests.unit.ui.activity.activity_tab import Office
from tests.unit.ui.activity.conftest import HOSTILE

PHONE = HaloItem(7, "Desk phone")
NEVER_SHOWN = "gAAAAA-canary"


@pytest.fixture
def office(office: Office) -> Office:
    """An office that knows the vendors."""
    return connected(office, {})


def connected(office: Office, environ: Mapping[str, str]) -> Office:
    around = Surroundings(environ, Vault([Fernet.generate_key().decode()]))
    office.app = replace(office.app, vendors=Vendors(office.desk.store, DISTRIBUTORS, around))
    return office


def set_defaults(office: Office, actor: str = "ann", **fields: object) -> str:
    """Change defaults as they stand now and return the batch."""
    store, stamp = office.app.store, office.app.stamp(actor)
    store.edit_integration("pax8", store.integration("pax8").version, fields, stamp)
    return stamp.request_id


def enter(office: Office, vendor: str, **values: str) -> str:
    """Enter credentials of which those named secret are sealed, and return the batch."""
    stamp = office.app.stamp("ann")
    office.app.store.save_credentials(
        vendor, {name: (value, "secret" in name) for name, value in values.items()}, stamp
    )
    return stamp.request_id


def delete(office: Office) -> str:
    stamp = office.app.stamp("ann")
    office.app.store.remove_integration("pax8", stamp)
    return stamp.request_id


def test_each_kind_of_change_says_what_it_is_and_names_what_it_is_about(office: Office) -> None:
    enter(office, "halo", base_url="https://acme.halopsa.com", client_secret=NEVER_SHOWN)
    set_defaults(office, threshold=92)
    map_products(office.desk.store, {"p1": PHONE})
    map_products(office.desk.store, {"p1": None, "p2": PHONE, "p3": PHONE})
    delete(office)

    tab = office.open()

    assert tab.column("What")[:5] == [
        "Deleted Pax8",
        "Mapped 2 products, removed the mapping of 1 product",
        "Mapped 1 product",
        "Changed the defaults of Pax8",
        "Changed the credentials of HaloPSA",
    ]
    assert tab.column("Client")[:5] == ["", "3 products", "Product p1", "", ""]
    assert tab.column("Integration")[:5] == ["Pax8", "Pax8", "Pax8", "Pax8", "HaloPSA"]


def test_halopsa_can_be_asked_for_once_its_credentials_were_entered(office: Office) -> None:
    assert "Integration" not in office.open().table.columns
    enter(office, "halo", client_id="abc")
    tab = office.open()

    tab.choose("Integration", "halo")

    assert tab.column("What") == ["Changed the credentials of HaloPSA"]
    assert tab.shown_address() == {"integration": "halo"}


def test_what_the_schedule_did_is_not_done_by_a_person_of_that_name(office: Office) -> None:
    set_defaults(office, actor="schedule", threshold=92)

    assert office.open().column("Who")[0] == "the schedule"


def test_defaults_are_told_before_and_after_in_the_words_of_their_form(office: Office) -> None:
    set_defaults(office, refresh_at="06:30")
    batch = set_defaults(
        office,
        threshold=92,
        guards=False,
        assignment=Assignment.RECURRING,
        drop_azure=True,
        refresh_at="",
        product_mode="default",
        default_item_id=7,
        default_item=HOSTILE,
    )

    said = office.open(batch=batch).said()

    assert (
        "Drop Azure Lines: off → on; Invoice Assignment: New → Recurring; Similarity: 90 → 92; Guards: on → off; "
        "Refresh: daily at 06:30 → off; Products that nobody mapped: ask → default item; "
        "Default item: none → &lt;img src=x onerror=alert(1)&gt; *b* =cmd()"
    ) in said
    assert "<img src=x" not in said


def test_a_changed_default_is_undone_at_once_and_done_again(office: Office) -> None:
    batch = set_defaults(office, threshold=92)
    tab = office.open(batch=batch)

    tab.click("Undo")

    assert office.app.store.integration("pax8").threshold == 90
    assert "Undone. Changed the defaults of Pax8." in tab.said()
    assert tab.column("State")[:2] == ["Undo of “Changed the defaults of Pax8”", "Undone by operator"]
    tab.click("Undo the undo")
    assert office.app.store.integration("pax8").threshold == 92


def test_a_default_that_was_changed_since_stays(office: Office) -> None:
    batch = set_defaults(office, threshold=92)
    set_defaults(office, actor="bob", threshold=80)
    tab = office.open(batch=batch)

    tab.click("Undo")

    assert "Nothing was undone." in tab.said()
    assert "The defaults of Pax8 were changed by bob since." in tab.said()
    assert office.app.store.integration("pax8").threshold == 80
    assert not [label for label in tab.buttons() if label.startswith("Undo")]


def test_credentials_are_told_without_their_secrets_and_cannot_be_undone(office: Office) -> None:
    enter(office, "halo", base_url="https://a.halopsa.com", client_secret=NEVER_SHOWN)
    batch = enter(office, "halo", client_secret=NEVER_SHOWN + "2", base_url="https://b.halopsa.com", client_id="abc")

    tab = office.open(batch=batch)

    assert (
        "Resource Server: https://a.halopsa.com → https://b.halopsa.com; Client ID: not set → abc; "
        "Client Secret: set → set again"
    ) in tab.said()
    assert NEVER_SHOWN not in tab.said()
    assert not [label for label in tab.buttons() if label.startswith("Undo")]
    assert "Credentials are not kept when they change." in tab.said()


def test_a_deleted_integration_is_brought_back_and_its_credentials_are_asked_for(office: Office) -> None:
    enter(office, "pax8", client_id="abc", client_secret=NEVER_SHOWN)
    batch = delete(office)
    assert office.app.store.integrations() == []
    tab = office.open(batch=batch)
    assert "Taken out of use; assignments, rules and history are kept" in tab.said()
    assert "Client ID: abc → not set; Client Secret: set → not set" in tab.said()

    tab.click("Undo")

    assert [integration.name for integration in office.app.store.integrations()] == ["Pax8"]
    restored = "Undone. Restored Pax8. Its credentials were not kept: enter them again on Integrations."
    assert restored in tab.said()


def test_to_delete_it_again_by_an_undo_is_asked_about_first(office: Office) -> None:
    restored = office.app.store.undo(delete(office), office.app.stamp("ann")).batch
    tab = office.open(batch=restored)

    tab.click("Undo …")
    assert "This deletes Pax8 again and forgets its credentials." in tab.said()
    assert len(office.app.store.integrations()) == 1
    tab.click("Undo all of it")

    assert office.app.store.integrations() == []
    assert "Undone. Deleted Pax8." in tab.said()


def test_an_integration_that_the_environment_connects_is_not_deleted_by_an_undo(office: Office) -> None:
    restored = office.app.store.undo(delete(office), office.app.stamp("ann")).batch

    tab = connected(office, {"BILLINGBOT_PAX8_CLIENT_ID": "abc"}).open(batch=restored)

    assert "Pax8 is connected from outside of BillingBot, and stays." in tab.said()
    assert not [label for label in tab.buttons() if label.startswith("Undo")]


def test_that_an_integration_was_connected_says_where_to_delete_it(office: Office) -> None:
    tab = office.open(batch="integration:pax8:add")

    assert "To take this back, delete Pax8 on Integrations." in tab.said()
    assert not [label for label in tab.buttons() if label.startswith("Undo")]


def test_products_are_told_from_item_to_item_and_undone_after_a_question(office: Office) -> None:
    map_products(office.desk.store, {"p1": PHONE})
    batch = map_products(office.desk.store, {"p1": HaloItem(8, HOSTILE), "p2": PHONE})
    tab = office.open(batch=batch)
    assert "HaloPSA item: Desk phone → &lt;img src=x onerror=alert(1)&gt; *b* =cmd()" in tab.said()
    assert "HaloPSA item: none → Desk phone" in tab.said()

    tab.click("Undo …")
    assert "This maps 2 products as before." in tab.said()
    tab.click("Undo all of it")

    assert mapped(office.desk.engine) == {"p1": (7, "Desk phone")}
    assert "Undone. Mapped 1 product, removed the mapping of 1 product." in tab.said()


def test_of_products_that_were_mapped_otherwise_since_the_others_can_be_undone(office: Office) -> None:
    batch = map_products(office.desk.store, {"p1": PHONE, "p2": PHONE, "p3": PHONE})
    map_products(office.desk.store, {"p1": None}, actor="bob")
    tab = office.open(batch=batch)

    tab.click("Undo …")
    tab.click("Undo all of it")
    assert "The mapping of Product p1 was changed by bob since." in tab.said()
    tab.click("Undo the other 2")

    assert mapped(office.desk.engine) == {}
    assert "Undone, except for 1 that was changed since." in tab.said()


def test_activity_remembers_integrations_that_are_not_in_use_any_more(office: Office) -> None:
    delete(office)

    tab = office.open(integration="pax8", batch="")

    assert tab.column("What")[0] == "Deleted Pax8"
