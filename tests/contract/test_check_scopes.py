"""Test Credentials of HaloPSA: which permissions the application has, whatever it was given, and without writing."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest

from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.contract.checking import at_sandbox, checked
from tests.contract.halo_at_sandbox import connected_to
from tests.contract.raw_server import RawServer, Received, reply

NAMES = ("read:customers", "read:invoices", "edit:invoices", "read:items", "edit:items")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=20, companies=20, today=date(2026, 11, 20)), rate_limit=None) as started:
        yield started


def granted(sandbox: Sandbox) -> dict[str, bool | None]:
    with connected_to(sandbox) as halo:
        return {scope.name: scope.granted for scope in halo.scopes()}


# What the application was given → what it lacks.
GIVEN: dict[tuple[str, ...], set[str]] = {
    ("all",): set(),
    ("all:standard",): set(),
    NAMES: set(),
    ("read:customers", "edit:invoices", "edit:items"): set(),
    ("read:customers", "read:invoices", "read:items"): {"edit:invoices", "edit:items"},
    ("read:customers",): {"read:invoices", "edit:invoices", "read:items", "edit:items"},
    ("edit:customers", "read:tickets"): {"read:invoices", "edit:invoices", "read:items", "edit:items"},
    ("read:tickets",): set(NAMES),
    (): set(NAMES),
}


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: " ".join(given) or "nothing")
def test_what_the_application_has_is_found_out(sandbox: Sandbox, given: tuple[str, ...]) -> None:
    sandbox.control.grant(given)

    assert granted(sandbox) == {name: name not in GIVEN[given] for name in NAMES}


def test_nothing_is_written_to_find_out(sandbox: Sandbox) -> None:
    sandbox.control.grant(NAMES)

    granted(sandbox)

    asked = {path for path in sandbox.control.all_requests() if "/api/" in path}
    assert asked == {f"/halo/api/{name}" for name in ("authinfo", "client", "invoice", "recurringinvoice", "item")}


def test_an_application_with_the_least_permissions_is_enough(sandbox: Sandbox) -> None:
    sandbox.control.grant(["read:customers", "edit:invoices", "edit:items"])

    result = at_sandbox(sandbox, "halo")

    assert (result.error, result.advice) == ("", "")
    with connected_to(sandbox) as halo:
        assert len(halo.clients(lambda _done, _total: None)) > 0


def test_single_permissions_cost_two_more_requests_a_token(sandbox: Sandbox) -> None:
    sandbox.control.grant(NAMES)

    with connected_to(sandbox) as halo:
        halo.check()

    assert sandbox.control.requests("/halo/auth/token") == 3


def test_editing_includes_reading_where_halo_knows_scopes_by_their_very_names_only() -> None:
    exact = {"read:customers", "edit:invoices", "edit:items"}

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        asked = parse_qs(request.body.decode()).get("scope", [""])[0]
        status = 200
        body: dict[str, Any] = {"record_count": 0, "clients": [], "auth_url": f"{server.url}/auth"}
        if request.method == "POST":
            body = {"access_token": "t", "expires_in": 3600, "scope": asked}
            status = 200 if exact.issuperset(asked.split()) else 400
        refusal = {"error": "invalid_scope"}
        await reply(status, json.dumps(body if status == 200 else refusal).encode())(request, writer)

    with RawServer(serve) as server:
        result = checked("halo", {"base_url": server.url, "client_id": "my-id", "client_secret": "my-secret"})

    assert {scope.name: scope.granted for scope in result.scopes} == dict.fromkeys(NAMES, True)
    assert (result.error, result.advice) == ("", "")


def test_a_missing_permission_is_named_with_where_to_tick_it(sandbox: Sandbox) -> None:
    sandbox.control.grant(["read:customers", "read:items", "edit:items"])

    result = at_sandbox(sandbox, "halo")

    assert result.error == "HaloPSA: the application lacks read:invoices and edit:invoices."
    assert result.advice == (
        "Tick read:invoices, edit:invoices in HaloPSA → Configuration → Integrations → HaloPSA API → View Applications "
        "→ your application → Permissions, save, and test again."
    )


def test_without_the_permission_to_create_items_it_works_and_says_so(sandbox: Sandbox) -> None:
    sandbox.control.grant(["read:customers", "edit:invoices", "read:items"])

    result = at_sandbox(sandbox, "halo")

    assert result.error == ""
    assert result.advice.startswith("Tick edit:items in HaloPSA")


def test_clients_that_may_not_be_read_are_a_missing_permission(sandbox: Sandbox) -> None:
    sandbox.control.grant(["edit:invoices", "edit:items"])

    result = at_sandbox(sandbox, "halo")

    assert result.error == "HaloPSA: /Client page 1 answered 403: the account lacks the permission to read it."
    assert result.advice.startswith("Tick read:customers in HaloPSA")
    assert [scope.name for scope in result.scopes if not scope.granted] == ["read:customers"]


def test_an_application_without_any_permission_is_not_said_to_have_wrong_credentials(sandbox: Sandbox) -> None:
    sandbox.control.grant([])

    result = at_sandbox(sandbox, "halo")

    assert result.error == (
        "HaloPSA: the credentials are right, but the application has none of the permissions that BillingBot needs."
    )
    assert result.advice.startswith(f"Tick {', '.join(NAMES)} in HaloPSA")


def test_an_agent_that_may_not_read_counts_as_a_missing_permission(sandbox: Sandbox) -> None:
    sandbox.control.fault(Fault(FaultKind.UNAUTHORIZED, "/halo/api/RecurringInvoice"))

    assert granted(sandbox) == dict.fromkeys(NAMES, True) | {"read:invoices": False}


@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.RESET, FaultKind.RATE_LIMITED])
def test_what_halo_does_not_tell_is_not_guessed(sandbox: Sandbox, kind: FaultKind) -> None:
    sandbox.control.fault(Fault(kind, "/halo/api/Item", retry_after="9999"))

    with connected_to(sandbox, patient=False) as halo:
        found = {scope.name: scope.granted for scope in halo.scopes()}

    assert found == dict.fromkeys(NAMES, True) | {"read:items": None}


def test_a_halo_that_does_not_name_scopes_leaves_writing_open() -> None:
    """Older instances answer a token without its scope; only reading can be tried then."""

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        token = {"access_token": "t", "expires_in": 3600}
        rows = {"record_count": 0, "clients": [], "auth_url": f"{server.url}/auth"}
        await reply(body=json.dumps(token if request.method == "POST" else rows).encode())(request, writer)

    with RawServer(serve) as server:
        result = checked("halo", {"base_url": server.url, "client_id": "my-id", "client_secret": "my-secret"})

    assert {scope.name: scope.granted for scope in result.scopes} == {
        "read:customers": True,
        "read:invoices": True,
        "edit:invoices": None,
        "read:items": True,
        "edit:items": None,
    }
    assert (result.error, result.advice) == ("", "")
