"""The pages of both vendors that faults happen to."""

from typing import Any

import pytest

from tests.contract.sandbox_caller import Caller, Row

CLIENTS = "/halo/api/Client"
COMPANIES = "/pax8/v1/companies"
COUNT = 30


def client_page(caller: Caller, number: int = 1) -> tuple[list[Row], int]:
    answer = caller.get_halo("/Client", {"pageinate": "true", "page_size": 10, "page_no": number}).json()
    return answer["clients"], answer["record_count"]


def company_page(caller: Caller, number: int = 1) -> tuple[list[Row], int]:
    answer = caller.get_pax8("/companies", {"size": 10, "page": number - 1}).json()
    return answer.get("content", []), answer["page"]["totalElements"]


PAGES = pytest.mark.parametrize(("path", "page"), [(CLIENTS, client_page), (COMPANIES, company_page)])


def ids(page: tuple[list[Row], int]) -> list[Any]:
    return [row["id"] for row in page[0]]
