"""Where HaloPSA's connector signs in, and what it sends there."""

from urllib.parse import parse_qs

import pytest

from billingbot.errors import UpstreamRejected
from tests.contract.halo_stand_in import HaloStandIn, connected


def test_the_form_of_the_sign_in_survives_odd_secrets() -> None:
    stand_in = HaloStandIn({"/api/Client": []})

    with connected(stand_in, tenant="my tenant") as halo:
        halo.check()

        (sign_in,) = stand_in.sign_ins()
        assert sign_in.target == "/auth/token?tenant=my+tenant"
        assert parse_qs(sign_in.body.decode()) == {
            "grant_type": ["client_credentials"],
            "client_id": ["my-id"],
            "client_secret": ["my secret&more"],
            "scope": ["all"],
        }


def test_the_authorisation_server_is_the_one_that_authinfo_names() -> None:
    stand_in = HaloStandIn(
        {"/api/Client": []},
        authinfo=lambda url: {"auth_url": f"{url}/elsewhere/", "tenant_id": "theirs"},
        token_path="/elsewhere/token",
    )

    with connected(stand_in) as halo:
        halo.check()

        assert [hit.target for hit in stand_in.sign_ins()] == ["/elsewhere/token?tenant=theirs"]


def test_the_tenant_that_was_entered_comes_first() -> None:
    stand_in = HaloStandIn({"/api/Client": []}, authinfo=lambda url: {"auth_url": f"{url}/auth", "tenant_id": "theirs"})

    with connected(stand_in, tenant="mine") as halo:
        halo.check()

        assert [hit.target for hit in stand_in.sign_ins()] == ["/auth/token?tenant=mine"]


def test_an_instance_without_authinfo_signs_in_at_auth_token() -> None:
    stand_in = HaloStandIn({"/api/Client": []}, authinfo=None)

    with connected(stand_in) as halo:
        halo.check()

        assert [hit.target for hit in stand_in.sign_ins()] == ["/auth/token"]


@pytest.mark.parametrize("auth_url", ["http://api.halopsa.com/auth", "https://10.0.0.1/auth", "https://localhost"])
def test_the_secret_is_not_sent_to_an_authorisation_server_that_is_not_public(auth_url: str) -> None:
    stand_in = HaloStandIn(authinfo=lambda _: {"auth_url": auth_url})

    with connected(stand_in) as halo:
        with pytest.raises(UpstreamRejected, match="/authinfo: the authorisation server"):
            halo.check()

        assert stand_in.sign_ins() == []
