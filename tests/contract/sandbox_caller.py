"""A plain HTTP client that signs in to a sandbox: tests of the sandbox see what any caller sees."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any

import httpx2

from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox

Row = dict[str, Any]
Params = Mapping[str, str | int]
Contract = Mapping[str, type | UnionType]
NUMBER = int | Decimal
ALWAYS: frozenset[str] = frozenset()


class Caller:
    """Calls both vendors of one sandbox, signed in. `halo` and `pax8` are the headers of each."""

    def __init__(self, sandbox: Sandbox, http: httpx2.Client) -> None:
        self.sandbox = sandbox
        self.http = http
        self.halo = self._bearer(self.halo_sign_in())
        self.pax8 = self._bearer(self.pax8_sign_in())

    def halo_sign_in(self, **changes: str) -> httpx2.Response:
        """Ask HaloPSA for a token; `changes` replace what is right in the form."""
        given = self.sandbox.credentials
        form = {"client_id": given.halo_client_id, "client_secret": given.halo_client_secret}
        form = {"grant_type": "client_credentials", "scope": "all", **form, **changes}
        return self.http.post(f"{self.sandbox.halo_url}/auth/token", data=form)

    def pax8_sign_in(self, **changes: str) -> httpx2.Response:
        """Ask Pax8 for a token; `changes` replace what is right in the body."""
        given = self.sandbox.credentials
        body = {"client_id": given.pax8_client_id, "client_secret": given.pax8_client_secret}
        body = {"grant_type": "client_credentials", "audience": "https://api.pax8.com", **body, **changes}
        return self.http.post(f"{self.sandbox.pax8_url}/token", json=body)

    def get_halo(self, path: str, params: Params | None = None) -> httpx2.Response:
        """Read `/api/...`."""
        return self.http.get(f"{self.sandbox.halo_url}/api{path}", params=params, headers=self.halo)

    def post_halo(self, path: str, body: Any) -> httpx2.Response:
        """Write `/api/...`."""
        return self.http.post(f"{self.sandbox.halo_url}/api{path}", json=body, headers=self.halo)

    def get_pax8(self, path: str, params: Params | None = None) -> httpx2.Response:
        """Read `/v1/...`."""
        return self.http.get(f"{self.sandbox.pax8_url}{path}", params=params, headers=self.pax8)

    def all_halo(self, path: str, key: str, params: Params | None = None) -> list[Row]:
        """Return the rows of all pages."""
        rows: list[Row] = []
        for number in range(1, 1000):
            asked = {"pageinate": "true", "page_size": 100, "page_no": number, **(params or {})}
            answer = exact(self.get_halo(path, asked))
            rows += answer[key]
            if not answer[key] or len(rows) >= answer["record_count"]:
                break
        return rows

    def all_pax8(self, path: str, params: Params | None = None) -> list[Row]:
        """Return the rows of all pages."""
        rows: list[Row] = []
        for number in range(1000):
            answer = exact(self.get_pax8(path, {"size": 200, "page": number, **(params or {})}))
            rows += answer.get("content", [])
            if number + 1 >= answer["page"]["totalPages"]:
                break
        return rows

    @staticmethod
    def _bearer(answer: httpx2.Response) -> dict[str, str]:
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}


@contextmanager
def calling(sandbox: Sandbox) -> Iterator[Caller]:
    """Yield a caller, and close its connections."""
    # No certificates: loading them takes longer than the calls.
    with httpx2.Client(timeout=20, trust_env=False, verify=False) as http:
        yield Caller(sandbox, http)


@contextmanager
def calling_unlimited(clients: int, companies: int) -> Iterator[Caller]:
    """Yield a caller of a sandbox of its own that takes any number of calls."""
    data = build(1, clients, companies, date(2026, 11, 20))
    with Sandbox(data, rate_limit=None) as sandbox, calling(sandbox) as caller:
        yield caller


def exact(answer: httpx2.Response) -> Any:
    """Return the body with fractions as `Decimal`."""
    return json.loads(answer.content, parse_float=Decimal)


def deviations(rows: list[Row], contract: Contract, optional: frozenset[str]) -> set[str]:
    """Return what is missing, of another type than the contract says, or not in the contract at all."""
    found = {f"{key} is unknown" for row in rows for key in row.keys() - contract.keys()}
    for row in rows:
        found |= {f"{key} is missing" for key in contract.keys() - row.keys() - optional}
        found |= {f"{key}: {row[key]!r}" for key in contract.keys() & row.keys() if not _is(row[key], contract[key])}
    return found


def _is(value: Any, wanted: type | UnionType) -> bool:
    """Say whether a value has the type; True and False are no numbers."""
    return isinstance(value, wanted) and not (isinstance(value, bool) and not issubclass(bool, wanted))
