"""What the sandbox promises as Pax8 to those whose sign-in or token is no good."""

from collections.abc import Iterator

import pytest

from tests.contract.sandbox_caller import Caller, calling_unlimited


@pytest.fixture(scope="module")
def pax8() -> Iterator[Caller]:
    with calling_unlimited(240, 260) as caller:
        yield caller


@pytest.mark.parametrize("wrong", ["client_id", "client_secret", "audience", "grant_type"])
def test_a_wrong_sign_in_is_refused_as_documented(pax8: Caller, wrong: str) -> None:
    answer = pax8.pax8_sign_in(**{wrong: "wrong"})

    assert answer.status_code == 401
    assert answer.json() == {"error": "access_denied", "error_description": "Unauthorized"}


def test_a_call_without_a_token_is_refused_in_pax8s_error_shape(pax8: Caller) -> None:
    answer = pax8.http.get(f"{pax8.sandbox.pax8_url}/companies")

    assert (answer.status_code, answer.json()["status"]) == (401, 401)


def test_halos_token_is_no_good_at_pax8(pax8: Caller) -> None:
    assert pax8.http.get(f"{pax8.sandbox.pax8_url}/companies", headers=pax8.halo).status_code == 401
