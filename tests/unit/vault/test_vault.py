"""Secrets, sealed: what opens them, and what does not."""

import pytest

from billingbot.errors import SecretUnreadable
from billingbot.vault import Vault, new_key

OLD, NEW = new_key(), new_key()


@pytest.mark.fault(20)
@pytest.mark.parametrize("secret", ["s3cret", "Zoë's pässword \0 \ud800", "x" * 10_000])
def test_what_is_sealed_opens_again_and_is_not_to_be_seen(secret: str) -> None:
    sealed = Vault([OLD]).seal("pax8", "client_secret", secret)

    assert secret not in sealed
    assert sealed.isascii()
    assert Vault([OLD]).open("pax8", "client_secret", sealed) == secret


def test_the_same_secret_looks_different_each_time() -> None:
    vault = Vault([OLD])

    assert vault.seal("pax8", "client_secret", "s3cret") != vault.seal("pax8", "client_secret", "s3cret")


@pytest.mark.parametrize(("vendor", "name"), [("halo", "client_secret"), ("pax8", "client_id")])
def test_a_secret_of_another_vendor_or_field_does_not_open(vendor: str, name: str) -> None:
    sealed = Vault([OLD]).seal("pax8", "client_secret", "s3cret")

    with pytest.raises(SecretUnreadable):
        Vault([OLD]).open(vendor, name, sealed)


@pytest.mark.fault(20)
def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SecretUnreadable):
        Vault([NEW]).open("pax8", "client_secret", Vault([OLD]).seal("pax8", "client_secret", "s3cret"))


@pytest.mark.fault(20)
@pytest.mark.parametrize("damaged", ["", "enc_v1:", "s3cret", "enc_v1:gAAAAA==", "enc_v1:ä", "enc_v1:\ud800", "\0"])
def test_a_damaged_text_does_not_open(damaged: str) -> None:
    with pytest.raises(SecretUnreadable):
        Vault([OLD]).open("pax8", "client_secret", damaged)


@pytest.mark.fault(20)
def test_a_text_of_which_one_letter_changed_does_not_open() -> None:
    sealed = Vault([OLD]).seal("pax8", "client_secret", "s3cret")
    middle = len(sealed) // 2
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]

    with pytest.raises(SecretUnreadable):
        Vault([OLD]).open("pax8", "client_secret", changed)


@pytest.mark.fault(20)
def test_of_several_keys_the_first_seals_and_all_open() -> None:
    both = Vault([NEW, OLD])

    assert both.open("pax8", "client_secret", Vault([OLD]).seal("pax8", "client_secret", "old")) == "old"
    assert Vault([NEW]).open("pax8", "client_secret", both.seal("pax8", "client_secret", "new")) == "new"
