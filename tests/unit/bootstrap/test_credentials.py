"""Keeping what is entered on the page: sealed, forgotten with its address, and never where the environment has it."""

from functools import partial

import pytest

from billingbot.bootstrap import Vendors
from billingbot.domain.credential import CredentialState, Origin
from billingbot.errors import ConfigError, NotFound, StoreError
from billingbot.store import DatabaseStore
from billingbot.vault import new_key
from tests.unit.bootstrap.conftest import Making, stamp
from tests.unit.store.at_once import at_once

PAX8 = {"client_id": "my-id", "client_secret": "s3cret"}
ELSEWHERE = "https://pax8.example.com/v1"


def state(vendors: Vendors, name: str, key: str = "pax8") -> CredentialState:
    return next(state for state in vendors.states(key) if state.field.name == name)


def stored_names(store: DatabaseStore) -> list[str]:
    return [row.name for row in store.credentials()]


def test_what_is_entered_connects_the_vendor_and_its_secret_is_sealed(vendors: Vendors, store: DatabaseStore) -> None:
    vendors.save("pax8", {"client_id": " my-id ", "client_secret": "s3cret\n"}, stamp("r1"))

    assert vendors.values_with("pax8", {})["client_secret"] == "s3cret"
    assert state(vendors, "client_id").value == "my-id"
    assert "pax8" in vendors.distributors
    assert [row.sealed for row in store.credentials()] == [False, True]
    assert "s3cret" not in repr(store.credentials())


def test_what_is_not_entered_stays_and_nothing_forgets_it(vendors: Vendors) -> None:
    vendors.save("pax8", PAX8, stamp("r1"))

    vendors.save("pax8", {"client_id": "other-id"}, stamp("r2"))
    assert state(vendors, "client_secret").origin is Origin.ENTERED

    vendors.save("pax8", {"client_secret": ""}, stamp("r3"))
    assert state(vendors, "client_secret").origin is Origin.MISSING
    assert "pax8" not in vendors.distributors


def test_a_default_is_not_stored_and_takes_the_place_of_what_was(vendors: Vendors, store: DatabaseStore) -> None:
    default = state(vendors, "audience").value
    vendors.save("pax8", {"audience": default}, stamp("r1"))
    assert store.credentials() == []

    vendors.save("pax8", {"audience": "other"}, stamp("r2"))
    vendors.save("pax8", {"audience": default}, stamp("r3"))

    assert store.credentials() == []
    assert state(vendors, "audience").origin is Origin.DEFAULT


@pytest.mark.parametrize("address", ["base_url", "token_url"])
def test_another_address_forgets_the_secret(vendors: Vendors, store: DatabaseStore, address: str) -> None:
    vendors.save("pax8", PAX8, stamp("r1"))
    assert vendors.moves("pax8", {address: ELSEWHERE})

    vendors.save("pax8", {address: ELSEWHERE}, stamp("r2"))

    assert stored_names(store) == sorted(["client_id", address])


def test_the_default_address_is_another_one_too(vendors: Vendors, store: DatabaseStore) -> None:
    vendors.save("pax8", {**PAX8, "base_url": ELSEWHERE}, stamp("r1"))
    assert vendors.moves("pax8", {"base_url": " "})

    vendors.save("pax8", {"base_url": ""}, stamp("r2"))

    assert stored_names(store) == ["client_id"]


def test_a_secret_that_is_entered_with_its_address_stays(vendors: Vendors) -> None:
    vendors.save("pax8", PAX8, stamp("r1"))

    vendors.save("pax8", {"base_url": ELSEWHERE, "client_secret": "new"}, stamp("r2"))

    assert vendors.values_with("pax8", {})["client_secret"] == "new"


def test_all_secrets_of_a_vendor_are_forgotten_with_its_address(vendors: Vendors, store: DatabaseStore) -> None:
    given = {"username": "me", "password": "one", "subscription_key": "two"}
    vendors.save("ingram_cloud", given, stamp("r1"))

    vendors.save("ingram_cloud", {"base_url": ELSEWHERE, "password": "three"}, stamp("r2"))

    assert stored_names(store) == ["base_url", "password", "username"]


@pytest.mark.parametrize("same", ["https://halo.example.com", " https://halo.example.com/ "])
def test_the_same_address_forgets_nothing(vendors: Vendors, same: str) -> None:
    vendors.save("halo", {"base_url": "https://halo.example.com", "client_secret": "s3cret"}, stamp("r1"))

    vendors.save("halo", {"base_url": same}, stamp("r2"))

    assert state(vendors, "client_secret", "halo").origin is Origin.ENTERED


def test_a_first_address_after_the_secret_forgets_nothing(vendors: Vendors) -> None:
    vendors.save("halo", {"client_secret": "s3cret"}, stamp("r1"))

    vendors.save("halo", {"base_url": "https://halo.example.com"}, stamp("r2"))

    assert state(vendors, "client_secret", "halo").origin is Origin.ENTERED


def test_an_address_by_way_of_none_forgets_the_secret(vendors: Vendors, store: DatabaseStore) -> None:
    vendors.save("halo", {"base_url": "https://halo.example.com", "client_secret": "s3cret"}, stamp("r1"))

    vendors.save("halo", {"base_url": ""}, stamp("r2"))
    vendors.save("halo", {"base_url": "https://evil.example.com"}, stamp("r3"))

    assert stored_names(store) == ["base_url"]


def test_what_the_environment_gives_cannot_be_changed_and_nothing_is_saved(
    make_vendors: Making, store: DatabaseStore
) -> None:
    vendors = make_vendors({"BILLINGBOT_PAX8_CLIENT_SECRET": "s3cret"})

    for name in ("client_secret", "base_url"):
        with pytest.raises(ConfigError, match="cannot be changed here"):
            vendors.save("pax8", {"client_id": "my-id", name: ELSEWHERE}, stamp("r1"))

    assert store.credentials() == []
    assert not vendors.moves("pax8", {"base_url": ELSEWHERE})
    tried = vendors.values_with("pax8", {"base_url": ELSEWHERE, "client_secret": "x"})
    assert (tried["base_url"], tried["client_secret"]) == ("https://api.pax8.com/v1", "s3cret")


def test_an_address_that_only_the_environment_may_give_is_asked_for_there(make_vendors: Making) -> None:
    vendors = make_vendors({"BILLINGBOT_HALO_CLIENT_SECRET": "s3cret", "BILLINGBOT_HALO_CLIENT_ID": "id"})

    assert vendors.problems["halo"] == "HaloPSA is not connected. Set BILLINGBOT_HALO_BASE_URL."


def test_a_repeated_request_does_nothing_again(vendors: Vendors) -> None:
    vendors.save("pax8", PAX8, stamp("r1"))
    vendors.save("pax8", {"client_id": "other"}, stamp("r2"))

    vendors.save("pax8", PAX8, stamp("r1"))

    assert state(vendors, "client_id").value == "other"


def test_somebody_means_to_use_a_vendor_of_which_a_value_is_given(make_vendors: Making) -> None:
    vendors = make_vendors({"BILLINGBOT_HALO_CLIENT_ID": "id"})
    vendors.save("pax8", {"client_id": "my-id"}, stamp("r1"))

    assert [vendor.key for vendor in vendors.all if vendors.is_begun(vendor.key)] == ["halo", "pax8"]


def test_an_unknown_vendor_is_refused(vendors: Vendors) -> None:
    for work in (vendors.states, vendors.vendor, vendors.is_begun):
        with pytest.raises(NotFound, match="nobody"):
            work("nobody")
    with pytest.raises(NotFound, match="nobody"):
        vendors.save("nobody", {}, stamp("r1"))


def test_with_a_lost_key_the_fields_are_named_and_everything_else_works(make_vendors: Making) -> None:
    before = make_vendors()
    before.save("pax8", PAX8, stamp("r1"))
    before.save("ingram_cloud", {"username": "me", "password": "one", "subscription_key": "two"}, stamp("r2"))

    vendors = make_vendors(
        {"BILLINGBOT_TWILIO_ACCOUNT_SID": f"AC{'0' * 32}", "BILLINGBOT_TWILIO_AUTH_TOKEN": "t"}, (new_key(),)
    )

    assert [(vendor.key, [field.name for field in fields]) for vendor, fields in vendors.unreadable()] == [
        ("pax8", ["client_secret"]),
        ("ingram_cloud", ["password", "subscription_key"]),
    ]
    assert list(vendors.distributors) == ["twilio"]
    assert vendors.problems["ingram_cloud"] == (
        "Ingram Micro Cloud is not connected. "
        "Password cannot be read: the key that it was sealed with is not here. Enter it again. "
        "Subscription Key cannot be read: the key that it was sealed with is not here. Enter it again."
    )
    assert state(vendors, "client_id").value == "my-id"


def test_a_secret_that_is_entered_again_is_sealed_with_the_present_key(make_vendors: Making) -> None:
    make_vendors().save("pax8", PAX8, stamp("r1"))
    vendors = make_vendors(keys=(new_key(),))

    vendors.save("pax8", {"client_secret": "again"}, stamp("r2"))

    assert vendors.unreadable() == []
    assert "pax8" in vendors.distributors


def test_a_key_that_is_brought_back_behind_the_new_one_opens_what_it_sealed(make_vendors: Making) -> None:
    old, new = new_key(), new_key()
    make_vendors(keys=(old,)).save("pax8", PAX8, stamp("r1"))
    make_vendors(keys=(new,)).save("halo", {"client_secret": "of the new key"}, stamp("r2"))

    vendors = make_vendors(keys=(new, old))

    assert vendors.unreadable() == []
    assert vendors.values_with("pax8", {})["client_secret"] == "s3cret"
    assert vendors.values_with("halo", {})["client_secret"] == "of the new key"


def test_a_secret_never_goes_to_an_address_that_was_saved_at_the_same_time(vendors: Vendors) -> None:
    here, there = "https://here.example.com", "https://there.example.com"
    for number in range(20):
        vendors.save("halo", {"base_url": here, "client_secret": "old"}, stamp(f"before {number}"))
        moved = {"base_url": there, "client_secret": "for there"}
        at_once(
            partial(vendors.save, "halo", moved, stamp(f"there {number}")),
            partial(vendors.save, "halo", {"base_url": here}, stamp(f"here {number}")),
        )

        values = vendors.values_with("halo", {})

        assert (values["base_url"], values.get("client_secret")) in ((there, "for there"), (here, None))


def test_when_the_database_cannot_save_it_nothing_is_connected(vendors: Vendors, store: DatabaseStore) -> None:
    store.close()

    with pytest.raises(StoreError):
        vendors.save("pax8", PAX8, stamp("r1"))
