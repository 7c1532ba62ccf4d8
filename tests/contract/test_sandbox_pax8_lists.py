"""What the sandbox promises of Pax8's companies and lists: keys, paging, sorting, filters, errors."""

from collections.abc import Iterator

import pytest

from tests.contract.sandbox_caller import ALWAYS, Caller, Contract, calling_unlimited, deviations, exact

COMPANY: Contract = {
    "id": str,
    "name": str,
    "address": dict,
    "phone": str,
    "website": str,
    "externalId": str,
    "billOnBehalfOfEnabled": bool,
    "selfServiceAllowed": bool,
    "orderApprovalRequired": bool,
    "status": str,
    "updatedDate": str,
}


@pytest.fixture(scope="module")
def pax8() -> Iterator[Caller]:
    with calling_unlimited(240, 260) as caller:
        yield caller


def test_every_company_has_the_documented_keys(pax8: Caller) -> None:
    rows = pax8.all_pax8("/companies")

    assert deviations(rows, COMPANY, frozenset({"phone", "externalId", "orderApprovalRequired"})) == set()
    assert {row["status"] for row in rows} == {"Active", "Inactive", "Deleted"}


def test_the_list_holds_every_company_of_the_data_set_and_the_deleted_ones(pax8: Caller) -> None:
    data = pax8.sandbox.data
    ids = [row["id"] for row in pax8.all_pax8("/companies")]

    assert ids == [company.company_id for company in (*data.companies, *data.former_companies)]


def test_names_arrive_unaltered_in_every_script(pax8: Caller) -> None:
    names = {row["name"] for row in pax8.all_pax8("/companies")}

    assert {company.name for company in pax8.sandbox.data.companies} <= names


def test_a_page_has_ten_rows_unless_asked_otherwise(pax8: Caller) -> None:
    answer = pax8.get_pax8("/companies").json()

    assert answer["page"] == {"size": 10, "totalElements": 261, "totalPages": 27, "number": 0}
    assert len(answer["content"]) == 10


@pytest.mark.parametrize("params", [{"size": 201}, {"size": 0}, {"page": -1}, {"page": "x"}, {"sort": "phone"}])
def test_a_senseless_page_is_refused_in_pax8s_error_shape(pax8: Caller, params: dict[str, str]) -> None:
    answer = pax8.get_pax8("/companies", params)

    assert answer.status_code == 400
    assert (
        deviations(
            [answer.json()], {"type": str, "message": str, "instance": str, "status": int, "details": list}, ALWAYS
        )
        == set()
    )
    assert answer.json()["instance"] == "/v1/companies"


def test_an_empty_list_omits_its_content(pax8: Caller) -> None:
    answer = pax8.get_pax8("/companies", {"city": "Nowhere"}).json()

    assert answer == {"page": {"size": 10, "totalElements": 0, "totalPages": 0, "number": 0}}


def test_a_page_behind_the_end_omits_its_content_but_keeps_the_count(pax8: Caller) -> None:
    answer = pax8.get_pax8("/companies", {"size": 200, "page": 2}).json()

    assert answer == {"page": {"size": 200, "totalElements": 261, "totalPages": 2, "number": 2}}


def test_companies_sort_by_name_both_ways(pax8: Caller) -> None:
    upwards = [row["name"].casefold() for row in pax8.all_pax8("/companies", {"sort": "name,asc"})]
    downwards = [row["name"].casefold() for row in pax8.all_pax8("/companies", {"sort": "name,desc"})]

    assert upwards == sorted(upwards)
    assert downwards == sorted(upwards, reverse=True)


def test_companies_are_filtered_by_status_and_city(pax8: Caller) -> None:
    every = pax8.all_pax8("/companies")
    wanted = [row["id"] for row in every if row["status"] == "Active" and row["address"]["city"] == "Tampa"]

    assert [row["id"] for row in pax8.all_pax8("/companies", {"status": "Active", "city": "Tampa"})] == wanted


def test_a_company_is_read_by_its_id(pax8: Caller) -> None:
    company = pax8.all_pax8("/companies")[7]

    assert exact(pax8.get_pax8(f"/companies/{company['id']}")) == company


@pytest.mark.parametrize(
    "path",
    [
        "/companies/f7fc273a-8d86-45c9-a26f-ffd42416adda",
        "/companies/not-a-uuid",
        "/invoices/f7fc273a-8d86-45c9-a26f-ffd42416adda",
        "/invoices/not-a-uuid/items",
        "/subscriptions/f7fc273a-8d86-45c9-a26f-ffd42416adda/usage-summaries",
        "/usage-summaries/f7fc273a-8d86-45c9-a26f-ffd42416adda/usage-lines?usageDate=2026-11-02",
        "/invoices/draftItems?companyId=f7fc273a-8d86-45c9-a26f-ffd42416adda",
        "/nothing",
    ],
)
def test_what_does_not_exist_is_a_404_with_an_error(pax8: Caller, path: str) -> None:
    answer = pax8.get_pax8(path)

    assert (answer.status_code, answer.json()["status"]) == (404, 404)
