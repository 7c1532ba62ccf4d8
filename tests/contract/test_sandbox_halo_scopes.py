"""What the sandbox promises of HaloPSA's scopes: which tokens can be had, and what they open."""

from collections.abc import Iterator

import pytest

from tests.contract.controlled_sandbox import KEY, calling_controlled
from tests.contract.sandbox_caller import Caller

LISTS = {"customers": "/Client", "invoices": "/Invoice", "items": "/Item"}


@pytest.fixture
def halo() -> Iterator[Caller]:
    with calling_controlled() as caller:
        yield caller


def statuses(halo: Caller, scope: str) -> dict[str, int]:
    """Return how the lists answer to a token for a scope."""
    token = halo.halo_sign_in(scope=scope).json()["access_token"]
    halo.halo = {"Authorization": f"Bearer {token}"}
    return {module: halo.get_halo(path).status_code for module, path in LISTS.items()}


@pytest.mark.parametrize("scope", ["all", "all:standard", "read:customers edit:invoices edit:items"])
def test_these_scopes_open_all_lists(halo: Caller, scope: str) -> None:
    assert statuses(halo, scope) == {"customers": 200, "invoices": 200, "items": 200}


def test_a_token_opens_nothing_but_what_it_was_asked_for(halo: Caller) -> None:
    assert statuses(halo, "read:items") == {"customers": 403, "invoices": 403, "items": 200}
    assert halo.get_halo("/RecurringInvoice").status_code == 403
    assert halo.get_halo("/Client/1").status_code == 401
    assert halo.post_halo("/Item", [{"name": "x"}]).status_code == 403


def test_a_token_without_a_scope_opens_nothing(halo: Caller) -> None:
    assert statuses(halo, "") == {"customers": 403, "invoices": 403, "items": 403}
    assert "scope" not in halo.halo_sign_in(scope="").json()


def test_a_scope_that_the_application_lacks_is_refused(halo: Caller) -> None:
    halo.sandbox.control.grant(["read:customers", "edit:items"])

    asked = ("read:customers", "read:items", "edit:items", "read:invoices", "all", "all:standard")
    assert [halo.halo_sign_in(scope=scope).status_code for scope in asked] == [200, 200, 200, 400, 400, 400]


def test_a_token_loses_what_the_application_loses(halo: Caller) -> None:
    before = halo.get_halo("/Invoice").status_code
    url = f"{halo.sandbox.url}/control/scopes"
    granted = halo.http.put(url, json=["read:customers"], headers=KEY).status_code

    assert (before, granted) == (200, 204)
    assert [halo.get_halo(path).status_code for path in ("/Client", "/Invoice")] == [200, 403]
