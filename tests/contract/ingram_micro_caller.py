"""A plain HTTP client of the sandbox's Ingram Micro: tests see what any caller sees."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx2

from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.sandbox_caller import Row, exact

TODAY = date(2026, 11, 20)
DATA = build(1, 240, 240, TODAY)
ORDERS, RENEWALS, INVOICES = "/resellers/v6/orders/search", "/resellers/v6/renewals/search", "/resellers/v6/invoices"
ALL_ORDERS = {"ingramOrderDate-bt": ["2020-01-01", "2026-11-20"]}


class Reseller:
    """A plain HTTP client with a token. `headers` are right."""

    def __init__(self, sandbox: Sandbox, http: httpx2.Client) -> None:
        self.sandbox = sandbox
        self.url = f"{sandbox.url}/ingram_micro"
        self.http = http
        token = self.sign_in().json()["access_token"]
        self.headers = {
            "Authorization": f"Bearer {token}",
            "IM-CustomerNumber": "20-222222",
            "IM-CountryCode": "US",
            "IM-CorrelationID": "fbac82bacf0a4bcffc030c5084",
            "IM-ApplicationID": "Tests",
        }

    def sign_in(self, path: str = "/oauth/oauth20/token", *, by_get: bool = False, **changes: Any) -> httpx2.Response:
        given = self.sandbox.credentials
        form = {"client_id": given.ingram_micro_client_id, "client_secret": given.ingram_micro_client_secret}
        form = {"grant_type": "client_credentials", **form, **changes}
        if by_get:
            return self.http.get(f"{self.url}{path}", params=form)
        return self.http.post(f"{self.url}{path}", data=form)

    def get(self, path: str, params: Mapping[str, Any] | None = None, **changes: Any) -> httpx2.Response:
        return self.http.get(f"{self.url}{path}", params=params, headers=self._headers(changes))

    def post(self, path: str, params: Mapping[str, Any] | None = None, content: bytes = b"{}") -> httpx2.Response:
        return self.http.post(f"{self.url}{path}", params=params, headers=self.headers, content=content)

    def all(self, path: str, key: str, params: Mapping[str, Any]) -> list[Row]:
        """Return the rows of all pages."""
        rows: list[Row] = []
        for number in range(1, 1000):
            answer = exact(self.get(path, {"pageSize": 100, "pageNumber": number, **params}))
            rows += answer[key]
            if len(rows) >= int(answer["recordsFound"]):
                break
        return rows

    def _headers(self, changes: Mapping[str, str]) -> dict[str, str]:
        """Return the headers with others: `IM_CountryCode` names IM-CountryCode; without those that become empty."""
        headers = self.headers | {name.replace("_", "-"): value for name, value in changes.items()}
        return {name: value for name, value in headers.items() if value}


@contextmanager
def selling(**terms: Any) -> Iterator[Reseller]:
    # No certificates: loading them takes longer than the calls.
    with Sandbox(DATA, **terms) as sandbox, httpx2.Client(timeout=20, trust_env=False, verify=False) as http:
        yield Reseller(sandbox, http)


def fields(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    return [field["message"] for field in error["fields"]]
