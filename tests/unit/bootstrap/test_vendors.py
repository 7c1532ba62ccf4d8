"""The connections: made of what is known now, and never with a secret that belongs to another address."""

import json
from base64 import b64encode

import pytest

from billingbot.bootstrap import Vendors
from tests.contract.raw_server import RawServer, reply
from tests.unit.bootstrap.conftest import Making, stamp
from tests.unit.store.at_once import at_once

PAX8 = {"client_id": "my-id", "client_secret": "old-secret"}
TWILIO = {"account_sid": f"AC{'0' * 32}", "auth_token": "old-secret"}
REFUSED = reply(401, b'{"error": "invalid_client"}')


def pax8_at(server: RawServer) -> dict[str, str]:
    return {"base_url": f"{server.url}/v1", "token_url": f"{server.url}/v1/token"}


def received(server: RawServer) -> str:
    """Return everything that arrived, and what Basic credentials in it say."""
    return " ".join(f"{hit.target} {dict(hit.headers)} {hit.body!r}" for hit in server.hits)


def test_a_vendor_is_connected_anew_when_its_credentials_change_and_only_then(vendors: Vendors) -> None:
    vendors.save("pax8", PAX8, stamp("r1"))
    vendors.save("twilio", TWILIO, stamp("r2"))
    first = dict(vendors.distributors)
    assert vendors.distributors == first

    vendors.save("pax8", {"client_id": "other-id"}, stamp("r3"))

    assert vendors.distributors["pax8"] is not first["pax8"]
    assert vendors.distributors["twilio"] is first["twilio"]


def test_another_process_hears_of_what_was_saved(make_vendors: Making) -> None:
    here, there = make_vendors(), make_vendors()
    assert "pax8" in there.problems

    here.save("pax8", PAX8, stamp("r1"))
    assert "pax8" in there.distributors

    here.save("pax8", {"client_secret": ""}, stamp("r2"))
    assert "pax8" not in there.distributors
    assert "BILLINGBOT_PAX8_CLIENT_SECRET" in there.problems["pax8"]


def test_a_former_connection_can_be_used_to_the_end(vendors: Vendors) -> None:
    def ignore(done: int, total: int) -> None: ...

    lists = reply(body=b'{"access_token": "t", "expires_in": 60, "content": [], "page": {"totalElements": 0}}')
    with RawServer(lists) as server:
        vendors.save("pax8", {**PAX8, **pax8_at(server)}, stamp("r1"))
        former = vendors.distributors["pax8"]
        assert former.companies(ignore) == []

        vendors.save("pax8", {"client_secret": "new"}, stamp("r2"))
        assert vendors.distributors["pax8"] is not former
        assert former.companies(ignore) == []

        vendors.close()


def test_a_value_that_no_connection_can_be_made_of_is_said_once_it_is_there(vendors: Vendors) -> None:
    vendors.save("halo", {"base_url": "http://10.0.0.7", "client_id": "id", "client_secret": "s"}, stamp("r1"))
    assert vendors.halo is None
    assert vendors.problems["halo"].startswith("HaloPSA: Resource Server")

    vendors.save("halo", {"base_url": "https://halo.example.com", "client_secret": "s"}, stamp("r2"))
    assert vendors.halo is not None
    assert "halo" not in vendors.problems


def test_many_who_ask_at_once_get_the_same_connection(vendors: Vendors) -> None:
    vendors.save("pax8", PAX8, stamp("r1"))

    found = at_once(*(lambda: vendors.distributors["pax8"] for _ in range(8)))

    assert len({id(connection) for connection in found}) == 1


def test_connections_are_right_while_many_save(make_vendors: Making) -> None:
    vendors = make_vendors()

    def saving(number: int) -> None:
        vendors.save("pax8", {"client_id": f"id {number}", "client_secret": "s"}, stamp(f"r{number}"))
        assert "pax8" in vendors.distributors

    assert at_once(*(lambda number=number: saving(number) for number in range(6))) == [None] * 6
    settled = vendors.distributors["pax8"]
    assert vendors.distributors["pax8"] is settled


@pytest.mark.parametrize("key", ["pax8", "twilio", "halo"])
def test_a_check_at_another_address_does_not_send_it_the_old_secret(vendors: Vendors, key: str) -> None:
    with RawServer(REFUSED) as server, RawServer(REFUSED) as other:
        given = {
            "pax8": ({**PAX8, **pax8_at(server)}, pax8_at(other)),
            "twilio": ({**TWILIO, "base_url": server.url}, {"base_url": other.url}),
            "halo": ({**PAX8, "base_url": server.url}, {"base_url": other.url}),
        }
        kept, moved = given[key]
        vendors.save(key, kept, stamp("r1"))

        missing = vendors.check(key, moved)
        vendors.check(key, {**moved, **dict.fromkeys(kept.keys() & {"client_secret", "auth_token"}, "new-secret")})

        old = ("old-secret", b64encode(f"{TWILIO['account_sid']}:old-secret".encode()).decode())
        assert "must be given" in missing.error
        assert other.hits
        assert [secret for secret in old if secret in received(other)] == []
        assert vendors.values_with(key, {})["base_url"] == kept["base_url"]


def test_one_moved_address_of_two_gets_no_old_secret_either(vendors: Vendors) -> None:
    token = reply(body=json.dumps({"access_token": "t", "expires_in": 60}).encode())
    with RawServer(token) as server, RawServer(token) as other:
        vendors.save("pax8", {**PAX8, **pax8_at(server)}, stamp("r1"))

        for moved in ({"base_url": f"{other.url}/v1"}, {"token_url": f"{other.url}/v1/token"}):
            assert "must be given" in vendors.check("pax8", moved).error

        assert (server.hits, other.hits) == ([], [])


def test_after_another_address_was_saved_nothing_is_sent_there(vendors: Vendors) -> None:
    with RawServer(REFUSED) as server, RawServer(REFUSED) as other:
        vendors.save("pax8", {**PAX8, **pax8_at(server)}, stamp("r1"))

        vendors.save("pax8", pax8_at(other), stamp("r2"))
        vendors.check("pax8", {})

        assert "pax8" not in vendors.distributors
        assert other.hits == []


def test_a_check_tries_what_was_entered_above_what_is_kept_and_keeps_nothing(vendors: Vendors) -> None:
    with RawServer(REFUSED) as server:
        vendors.save("pax8", {**PAX8, **pax8_at(server)}, stamp("r1"))

        result = vendors.check("pax8", {"client_secret": "new-secret"})

        assert result.error
        assert "new-secret" in received(server)
        assert "my-id" in received(server)
        assert "old-secret" not in received(server)
        assert vendors.values_with("pax8", {})["client_secret"] == "old-secret"


def test_what_is_wrong_with_the_form_of_a_value_is_said_without_asking_anybody(vendors: Vendors) -> None:
    vendors.save("pax8", PAX8, stamp("r1"))

    assert vendors.fault("pax8", {}) == ""
    assert vendors.fault("pax8", {"client_secret": "new", "base_url": "ftp://x.example.com"}) == (
        "Pax8: API URL must begin with https://."
    )
    assert "must be given" in vendors.fault("pax8", {"client_id": ""})
