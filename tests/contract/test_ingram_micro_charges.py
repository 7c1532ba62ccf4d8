"""Ingram Micro's charges: the sandbox's truth to the last decimal, and what a statement says about a month."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from billingbot.connectors.ingram_micro import IngramMicro
from billingbot.domain.charge import ChargeKind
from billingbot.domain.period import Period
from billingbot.errors import UpstreamRejected
from billingbot.sandbox.dataset import build
from billingbot.sandbox.ingram_micro_books import IngramMicroBooks
from billingbot.sandbox.ingram_micro_sheets import truth
from billingbot.sandbox.server import Sandbox
from tests.contract.ingram_micro_stand_in import (
    OCTOBER,
    TODAY,
    answering,
    connected_to,
    detail,
    ignore,
    invoices,
    line,
    words,
)
from tests.contract.raw_server import reply


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=240, today=TODAY), rate_limit=None) as started:
        yield started


@pytest.fixture
def ingram(sandbox: Sandbox) -> Iterator[IngramMicro]:
    with connected_to(sandbox) as connection:
        yield connection


@pytest.mark.parametrize("month", [date(2026, 11, 1), date(2026, 10, 1), date(2026, 7, 1)])
def test_sums_by_company_are_the_truth_of_the_sandbox(ingram: IngramMicro, sandbox: Sandbox, month: date) -> None:
    expected: defaultdict[str, Decimal] = defaultdict(Decimal)
    taxes: defaultdict[str, Decimal] = defaultdict(Decimal)
    for issue, sheet in truth(IngramMicroBooks(sandbox.data), month):
        expected[words(issue.end_user.name if issue.end_user else "")] += sheet.cost
        taxes[words(issue.end_user.name if issue.end_user else "")] += sheet.tax

    charges = ingram.charges(Period.of(month), TODAY, ignore).charges

    assert len({charge.charge_id for charge in charges}) == len(charges) > 200
    assert [charge.charge_id for charge in charges] == sorted(charge.charge_id for charge in charges)
    assert summed(charges, "cost") == summed(charges, "price") == expected
    assert summed(charges, "tax") == taxes
    assert set(summed(charges, "fee").values()) == {Decimal(0)}
    assert any(taxes.values())


def summed(charges: Any, what: str) -> dict[str, Decimal]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for charge in charges:
        sums[charge.company_id] += getattr(charge, what)
    return dict(sums)


def test_the_sandbox_shows_every_kind_and_every_remark(ingram: IngramMicro) -> None:
    statement = ingram.charges(OCTOBER, TODAY, ignore)

    assert {charge.kind for charge in statement.charges} == {ChargeKind.ONE_TIME, ChargeKind.CREDIT, ChargeKind.FEE}
    assert any(charge.azure for charge in statement.charges)
    assert any(charge.company_id == "" for charge in statement.charges)
    assert re.match(r"Void or cancelled, and therefore left out: 40[0-9A-Z]{5}11, ", statement.remarks[0])
    assert statement.remarks[1].startswith("Lines, charges and taxes do not come to Ingram Micro's total: 40-")
    assert any("stands on invoices with the postal codes" in remark for remark in statement.remarks[2:])


def test_every_end_user_of_the_sandboxs_invoices_is_one_of_the_companies(ingram: IngramMicro) -> None:
    known = {company.company_id for company in ingram.companies(ignore)}

    charged = {charge.company_id for charge in ingram.charges(OCTOBER, TODAY, ignore).charges}

    assert charged - known == {""}


def test_one_name_at_two_places_is_said() -> None:
    page = invoices({"invoiceNumber": "A"}, {"invoiceNumber": "B"}, {"invoiceNumber": "C"})
    places = {"A": ("Acme", "10115"), "B": ("ACME", "80331"), "C": ("acme.", "10115-2451")}
    answers = {
        f"/{number}": detail(line(), invoiceNumber=number, endUserInfo={"companyName": name, "postalCode": code})
        for number, (name, code) in places.items()
    }

    with answering({"/v6/invoices": page, **answers}) as (ingram, _):
        statement = ingram.charges(OCTOBER, TODAY, ignore)

    assert {charge.company_id for charge in statement.charges} == {"acme"}
    assert statement.remarks == (
        "‘acme.’ stands on invoices with the postal codes 10115 and 80331: if these are two customers, Ingram Micro's "
        "names do not tell them apart, and their charges come together.",
    )


def test_invoices_are_asked_for_by_the_days_of_the_month() -> None:
    page = invoices({"invoiceNumber": "40DPJ1711"})
    with answering({"/v6/invoices": page, "/40DPJ1711": detail(line())}) as (ingram, server):
        ingram.charges(OCTOBER, TODAY, ignore)

        listed, one = (urlsplit(hit.target) for hit in server.hits[1:])
        assert (listed.path, one.path) == ("/resellers/v6/invoices", "/resellers/v6.1/invoices/40DPJ1711")
        assert parse_qs(listed.query) == {
            "invoiceFromDate": ["2026-10-01"],
            "invoiceToDate": ["2026-10-31"],
            "orderby": ["invoiceDate"],
            "direction": ["asc"],
            "pageSize": ["100"],
            "pageNumber": ["1"],
        }
        assert parse_qs(one.query) == {"customerType": ["invoice"], "includeSerialNumbers": ["false"]}


def test_progress_counts_invoices() -> None:
    heard: list[tuple[int, int]] = []
    page = invoices({"invoiceNumber": "40DPJ1711"})

    with answering({"/v6/invoices": page, "/40DPJ1711": detail(line())}) as (ingram, _):
        ingram.charges(OCTOBER, TODAY, lambda done, total: heard.append((done, total)))

    assert heard == [(0, 1), (1, 1)]


@pytest.mark.parametrize(
    ("today", "final"),
    [(date(2026, 10, 31), False), (date(2026, 11, 1), False), (date(2026, 11, 2), True), (date(2026, 12, 1), True)],
)
def test_a_month_is_final_once_it_is_over_everywhere(today: date, final: bool) -> None:
    with answering({}) as (ingram, _):
        assert ingram.charges(OCTOBER, today, ignore).final is final


def test_an_invoice_that_cannot_be_read_leaves_no_statement() -> None:
    page = invoices({"invoiceNumber": "A"}, {"invoiceNumber": "B"})
    answers = {"/v6/invoices": page, "/A": detail(line(), invoiceNumber="A"), "/B": reply(404, b'{"errors": []}')}

    with answering(answers) as (ingram, _), pytest.raises(UpstreamRejected, match="/invoices/B was refused with 404"):
        ingram.charges(OCTOBER, TODAY, ignore)
