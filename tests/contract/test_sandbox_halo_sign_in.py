"""What the sandbox promises as HaloPSA to those who sign in, and to those who did not."""

from collections.abc import Iterator

import pytest

from tests.contract.sandbox_caller import ALWAYS, Caller, calling_unlimited, deviations


@pytest.fixture(scope="module")
def halo() -> Iterator[Caller]:
    with calling_unlimited(120, 130) as caller:
        yield caller


def test_authinfo_says_where_to_sign_in(halo: Caller) -> None:
    answer = halo.http.get(f"{halo.sandbox.halo_url}/api/authinfo").json()

    assert answer == {"auth_url": f"{halo.sandbox.halo_url}/auth", "tenant_id": "sandbox"}


def test_a_token_says_how_long_it_is_good_for(halo: Caller) -> None:
    answer = halo.halo_sign_in().json()

    assert (
        deviations([answer], {"access_token": str, "token_type": str, "expires_in": int, "scope": str}, ALWAYS) == set()
    )
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)


@pytest.mark.parametrize(
    ("wrong", "status", "error", "description"),
    [
        ("client_id", 401, "invalid_client", "The specified 'client_id' is invalid."),
        ("tenant", 401, "invalid_client", "The specified 'client_id' is invalid."),
        ("client_secret", 401, "invalid_client", "The specified client credentials are invalid."),
        ("grant_type", 400, "unsupported_grant_type", "The specified 'grant_type' is not supported."),
        ("scope", 400, "invalid_scope", "This client application is not allowed to use the specified scope."),
    ],
)
def test_a_wrong_sign_in_is_refused_in_the_words_of_openiddict(
    halo: Caller, wrong: str, status: int, error: str, description: str
) -> None:
    answer = halo.halo_sign_in(**{wrong: "wrong"})

    assert (answer.status_code, answer.json()) == (status, {"error": error, "error_description": description})


@pytest.mark.parametrize(("tenant", "status"), [("sandbox", 200), ("other", 401)])
def test_the_tenant_may_come_as_query(halo: Caller, tenant: str, status: int) -> None:
    given = halo.sandbox.credentials
    form = {"grant_type": "client_credentials", "client_id": given.halo_client_id}
    form |= {"client_secret": given.halo_client_secret}

    assert halo.http.post(f"{halo.sandbox.halo_url}/auth/token?tenant={tenant}", data=form).status_code == status


def test_the_tenant_may_come_as_form_field(halo: Caller) -> None:
    assert halo.halo_sign_in(tenant="sandbox").status_code == 200


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic abc"}])
def test_a_call_without_a_good_token_is_a_401_without_a_body(halo: Caller, header: dict[str, str]) -> None:
    answer = halo.http.get(f"{halo.sandbox.halo_url}/api/Client", headers=header)

    assert (answer.status_code, answer.content) == (401, b"")
