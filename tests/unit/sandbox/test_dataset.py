"""The invented customers: the same each time, lifelike at any size, and with the trouble of real lists."""

import time
from collections import Counter
from datetime import date

import pytest

from billingbot.sandbox.dataset import DataSet, build
from billingbot.sandbox.oddities import ODDITIES
from billingbot.sandbox.respelling import split_legal_form

TODAY = date(2026, 11, 20)
DATA = build(1, 240, 260, TODAY)


@pytest.fixture(scope="module")
def large() -> DataSet:
    return build(7, 10_000, 10_000, TODAY)


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert repr(build(1, 240, 260, TODAY)).encode() == repr(DATA).encode()


def test_another_seed_gives_other_customers() -> None:
    names = {client.name for client in DATA.clients} - {name for name, _ in ODDITIES}

    assert len(names & {client.name for client in build(2, 240, 260, TODAY).clients}) < 10


@pytest.mark.parametrize(("clients", "companies"), [(0, 0), (1, 0), (0, 1), (1, 1), (7, 100), (100, 7), (240, 260)])
def test_any_size_gives_exactly_so_many_and_a_truth_about_them_only(clients: int, companies: int) -> None:
    data = build(1, clients, companies, TODAY)

    assert (len(data.clients), len(data.companies)) == (clients, companies)
    assert data.truth.keys() <= {company.company_id for company in data.companies}
    assert set(data.truth.values()) <= {client.client_id for client in data.clients}


def test_one_client_and_one_company_are_the_same_customer() -> None:
    data = build(1, 1, 1, TODAY)

    assert dict(data.truth) == {data.companies[0].company_id: data.clients[0].client_id}


def test_ten_thousand_of_each_take_little_time() -> None:
    start = time.process_time()
    build(3, 10_000, 10_000, TODAY)

    assert time.process_time() - start < 5


def test_ids_are_unique_and_clients_come_by_id(large: DataSet) -> None:
    ids = [client.client_id for client in (*large.clients, *large.former_clients)]
    companies = {company.company_id for company in (*large.companies, *large.former_companies)}

    assert ids[:10_000] == sorted(ids[:10_000])
    assert len(set(ids)) == len(ids)
    assert len(companies) == 10_050


def test_ten_thousand_names_are_mostly_distinct_and_not_numbered(large: DataSet) -> None:
    names = {client.name for client in large.clients}

    assert len(names) > 9_800
    assert sum(any(letter.isdigit() for letter in name) for name in names) < 500


def test_four_of_five_clients_have_a_company_and_some_have_two(large: DataSet) -> None:
    companies = Counter(large.truth.values())

    assert 7_900 <= len(companies) <= 8_000
    assert 300 < sum(count > 1 for count in companies.values()) < 500


def test_some_companies_belong_to_nobody(large: DataSet) -> None:
    assert 1_000 < len(large.companies) - len(large.truth) < 2_000


def test_former_customers_are_on_top_and_not_in_the_truth(large: DataSet) -> None:
    assert {client.inactive for client in large.former_clients} == {True}
    assert {company.status for company in large.former_companies} == {"Deleted"}
    assert not {company.company_id for company in large.former_companies} & large.truth.keys()
    assert not {client.client_id for client in large.former_clients} & set(large.truth.values())


def test_a_large_id_is_still_an_int32() -> None:
    assert 2**31 - 10 < DATA.clients[-1].client_id < 2**31


def test_some_external_ids_are_halo_client_ids_and_then_the_right_ones(large: DataSet) -> None:
    named = [company for company in large.companies if company.external_id and company.external_id.isdecimal()]

    assert len(named) > 500
    assert [company.external_id for company in named] == [str(large.truth[company.company_id]) for company in named]


def test_some_external_ids_belong_to_another_list(large: DataSet) -> None:
    assert any(company.external_id and not company.external_id.isdecimal() for company in large.companies)


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x","y")',
        "=cmd|' /C calc'!A0",
        "<img src=x onerror=alert(1)>",
        "🦷 Bright Smiles Dental 🦷",
        "שמש תוכנה בע״מ",
        "مؤسسة النور التجارية",
        "0633 - Citizens Plains Bank",
    ],
)
def test_names_that_break_software_are_there(name: str) -> None:
    assert name in {client.name for client in DATA.clients}


def test_a_name_of_two_hundred_characters_is_there_on_both_sides() -> None:
    assert max(len(client.name) for client in DATA.clients) >= 200
    assert max(len(company.name) for company in DATA.companies) >= 200


def test_some_clients_and_some_companies_have_the_very_same_name() -> None:
    assert max(Counter(client.name for client in DATA.clients).values()) > 1
    assert max(Counter(company.name for company in DATA.companies).values()) > 1


def test_most_companies_are_spelled_almost_as_their_client_and_many_not_quite(large: DataSet) -> None:
    clients = {client.client_id: client.name for client in large.clients}
    pairs = [
        (company.name, clients[large.truth[company.company_id]])
        for company in large.companies
        if company.company_id in large.truth
    ]
    same = sum(name == client for name, client in pairs)
    but_for_case = sum(name.casefold() == client.casefold() for name, client in pairs)
    but_for_legal_form = sum(split_legal_form(name)[0] == split_legal_form(client)[0] for name, client in pairs)

    assert 0.3 < same / len(pairs) < 0.6
    assert same < but_for_case
    assert same < but_for_legal_form


def test_siblings_that_differ_by_one_word_are_different_clients(large: DataSet) -> None:
    names = {client.name for client in large.clients}

    for one, other in ((" North", " South"), ("(UK)", "(Ireland)"), (" A", " B"), ("#2", "#3")):
        assert any(name.replace(one, other) in names for name in names if one in name), one
