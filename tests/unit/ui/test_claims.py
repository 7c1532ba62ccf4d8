"""From a provider's claims to a sign-in."""

from datetime import UTC, datetime
from typing import Any

import pytest

from billingbot.errors import AccessRefused
from billingbot.ui.sign_in.claims import sign_in_of

CLAIMS: dict[str, Any] = {
    "iss": "https://idp.example",
    "sub": "42",
    "iat": 1_795_000_000,
    "nonce": "n1",
    "name": "Ann",
    "email": "ann@msp.example",
    "email_verified": True,
    "is_logged_in": True,
    "origin": "https://billing.example.com",
}


def test_who_and_when() -> None:
    found = sign_in_of(CLAIMS)

    assert (found.issuer, found.subject, found.name, found.email) == (
        "https://idp.example",
        "42",
        "Ann",
        "ann@msp.example",
    )
    assert found.email_verified is True
    assert found.issued_at == datetime.fromtimestamp(1_795_000_000, UTC)


def test_a_copied_cookie_is_the_same_sign_in_and_another_sign_in_is_another_one() -> None:
    again = dict(reversed(list(CLAIMS.items()))) | {"tokens": {"id": "x"}}

    assert sign_in_of(again).sign_in_id == sign_in_of(CLAIMS).sign_in_id
    for name, value in {"nonce": "n2", "iat": 1_795_000_001, "sub": "43"}.items():
        assert sign_in_of(CLAIMS | {name: value}).sign_in_id != sign_in_of(CLAIMS).sign_in_id


@pytest.mark.parametrize(
    ("said", "verified"), [(True, True), ("true", True), (False, False), ("no", False), (1, False)]
)
def test_an_address_is_verified_only_if_that_is_said(said: object, verified: bool) -> None:
    assert sign_in_of(CLAIMS | {"email_verified": said}).email_verified is verified


def test_the_name_of_an_account_stands_in_for_an_address_and_proves_nothing() -> None:
    claims = {name: value for name, value in CLAIMS.items() if name not in ("email", "email_verified")}

    found = sign_in_of(claims | {"preferred_username": "ann@msp.example"})

    assert (found.email, found.email_verified) == ("ann@msp.example", False)
    assert sign_in_of(claims | {"preferred_username": "ann"}).email == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": ""},
        {"sub": None},
        {"sub": 42},
        {"iat": None},
        {"iat": True},
        {"iat": "soon"},
        {"iat": 1e300},
        {"iat": -1},
    ],
)
def test_claims_that_do_not_say_who_and_when_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(AccessRefused, match="did not say who signed in"):
        sign_in_of(CLAIMS | wrong)
