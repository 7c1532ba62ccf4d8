"""What the sandbox promises of HaloPSA's invoices when they are read: keys, states, totals, filters."""

from collections.abc import Iterator

import pytest

from tests.contract.halo_keys import INVOICE, LINE
from tests.contract.sandbox_caller import ALWAYS, Caller, calling_unlimited, deviations, exact


@pytest.fixture(scope="module")
def halo() -> Iterator[Caller]:
    with calling_unlimited(120, 130) as caller:
        yield caller


def test_every_invoice_and_line_has_the_documented_keys(halo: Caller) -> None:
    rows = halo.all_halo("/Invoice", "invoices", {"includelines": "true"})
    recurring = halo.all_halo("/RecurringInvoice", "invoices", {"includelines": "true"})

    assert deviations(rows + recurring, {**INVOICE, "lines": list}, ALWAYS) == set()
    assert deviations([line for row in rows + recurring for line in row["lines"]], LINE, ALWAYS) == set()


def test_lists_have_lines_only_when_asked_for(halo: Caller) -> None:
    assert deviations(halo.all_halo("/Invoice", "invoices"), INVOICE, ALWAYS) == set()


def test_there_are_open_posted_paid_and_voided_invoices(halo: Caller) -> None:
    states = {
        (row["posted"], row["voided"], row["datepaid"] is not None) for row in halo.all_halo("/Invoice", "invoices")
    }

    assert states == {(False, False, False), (True, False, False), (True, False, True), (True, True, False)}


def test_a_paid_invoice_owes_nothing(halo: Caller) -> None:
    paid = [row for row in halo.all_halo("/Invoice", "invoices") if row["datepaid"]]

    assert {(row["amountdue"], row["amountpaid"] - row["total"]) for row in paid} == {(0, 0)}


def test_an_invoice_totals_its_lines(halo: Caller) -> None:
    rows = halo.all_halo("/Invoice", "invoices", {"includelines": "true"})

    assert [row["total"] for row in rows] == [
        sum(line["net_amount"] + line["tax_amount"] for line in row["lines"]) for row in rows
    ]


def test_half_of_the_clients_have_a_recurring_invoice_with_ids_below_zero_among_them(halo: Caller) -> None:
    rows = halo.all_halo("/RecurringInvoice", "invoices")

    assert 40 < len(rows) < 80
    assert {row["id"] < 0 for row in rows} == {True, False}
    assert {row["disabled"] for row in rows} == {True, False}
    assert all(row["nextcreationdate"] == "2026-12-01T00:00:00" for row in rows)


def test_invoices_are_filtered_by_client(halo: Caller) -> None:
    every = halo.all_halo("/Invoice", "invoices")
    one, other = every[0]["client_id"], every[-1]["client_id"]

    assert halo.all_halo("/Invoice", "invoices", {"client_id": one}) == [r for r in every if r["client_id"] == one]
    assert halo.all_halo("/Invoice", "invoices", {"client_ids": f"{one},{other}"}) == [
        row for row in every if row["client_id"] in (one, other)
    ]


@pytest.mark.parametrize(("param", "posted"), [("postedonly", True), ("notpostedonly", False)])
def test_invoices_are_filtered_by_being_posted(halo: Caller, param: str, posted: bool) -> None:
    assert {row["posted"] for row in halo.all_halo("/Invoice", "invoices", {param: "true"})} == {posted}


def test_one_invoice_has_lines_only_with_details(halo: Caller) -> None:
    invoice = halo.all_halo("/Invoice", "invoices")[5]

    assert exact(halo.get_halo(f"/Invoice/{invoice['id']}")) == invoice
    assert exact(halo.get_halo(f"/Invoice/{invoice['id']}", {"includedetails": "true"}))["lines"]


def test_a_recurring_invoice_below_zero_is_read_by_its_id(halo: Caller) -> None:
    wanted = next(row for row in halo.all_halo("/RecurringInvoice", "invoices") if row["id"] < 0)

    assert exact(halo.get_halo(f"/RecurringInvoice/{wanted['id']}")) == wanted
