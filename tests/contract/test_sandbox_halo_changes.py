"""What others do to HaloPSA's invoices while BillingBot looks: they post, void, pay, remove, disable and add them."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from billingbot.errors import NotFound
from billingbot.sandbox.control import Control
from billingbot.sandbox.dataset import build
from tests.billed_clients import client_with_open_invoice, client_with_recurring_invoice, client_without_invoices
from tests.contract.controlled_sandbox import KEY, calling_controlled
from tests.contract.halo_keys import INVOICE
from tests.contract.sandbox_caller import ALWAYS, Caller, Params, Row, deviations, exact

DATA = build(1, 120, 4, date(2026, 11, 20))
BILLED = client_with_open_invoice(DATA).client_id
UNBILLED = client_without_invoices(DATA).client_id
RECURRING = client_with_recurring_invoice(DATA).client_id
TODAY = "2026-11-20T00:00:00"


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling_controlled(DATA) as caller:
        yield caller


def invoices_of(caller: Caller, client_id: int) -> list[Row]:
    return caller.all_halo("/Invoice", "invoices", {"client_id": client_id})


def open_invoice(caller: Caller) -> Row:
    return next(row for row in invoices_of(caller, BILLED) if not row["posted"])


def recurring_invoice(caller: Caller) -> Row:
    (row,) = caller.all_halo("/RecurringInvoice", "invoices", {"client_id": RECURRING})
    return row


@pytest.mark.parametrize(
    ("happens", "keys"),
    [
        (Control.post_invoice, {"posted": True, "dateposted": TODAY}),
        (Control.void_invoice, {"voided": True}),
        (Control.pay_invoice, {"datepaid": TODAY, "paymentstatus": 2, "amountdue": 0}),
    ],
)
def test_what_happens_to_an_invoice_is_read_alone_and_in_the_list_and_closes_it(
    caller: Caller, happens: Callable[[Control, int], None], keys: Row
) -> None:
    before = open_invoice(caller)
    happens(caller.sandbox.control, before["id"])
    after = exact(caller.get_halo(f"/Invoice/{before['id']}"))
    write = caller.post_halo("/Invoice", [{"id": before["id"], "reference": "x"}])

    paid = {"amountpaid": before["total"]} if "datepaid" in keys else {}
    assert after == {**before, **keys, **paid}
    assert after in invoices_of(caller, BILLED)
    assert write.status_code == 400


def test_a_removed_invoice_is_neither_listed_nor_found_nor_taken_up_again(caller: Caller) -> None:
    before = invoices_of(caller, BILLED)
    gone = before[-1]["id"]
    caller.sandbox.control.remove_invoice(gone)

    assert invoices_of(caller, BILLED) == before[:-1]
    assert caller.get_halo(f"/Invoice/{gone}").status_code == 404
    assert caller.post_halo("/Invoice", [{"id": gone, "reference": "x"}]).status_code == 404


def test_a_recurring_invoice_is_disabled_and_removed(caller: Caller) -> None:
    control, before = caller.sandbox.control, recurring_invoice(caller)
    control.disable_recurring_invoice(before["id"])
    disabled = recurring_invoice(caller)
    control.remove_recurring_invoice(before["id"])

    assert disabled == {**before, "disabled": True}
    assert caller.all_halo("/RecurringInvoice", "invoices", {"client_id": RECURRING}) == []
    assert caller.get_halo(f"/RecurringInvoice/{before['id']}").status_code == 404


def test_added_invoices_are_open_a_day_apart_and_have_numbers_of_their_own(caller: Caller) -> None:
    added = caller.sandbox.control.add_invoices(UNBILLED, 250)
    rows = invoices_of(caller, UNBILLED)

    assert deviations(rows, INVOICE, ALWAYS) == set()
    assert [row["id"] for row in rows] == added
    assert len({row["invoicenumber"] for row in rows}) == len({row["invoice_date"] for row in rows}) == 250
    assert (rows[-1]["invoice_date"], rows[-2]["invoice_date"]) == (TODAY, "2026-11-19T00:00:00")
    assert {(row["posted"], row["voided"], row["datepaid"], row["client_id"]) for row in rows} == {
        (False, False, None, UNBILLED)
    }


def test_an_added_invoice_has_the_reference_and_the_day_that_it_was_given(caller: Caller) -> None:
    reference = "<img src=x onerror=alert(1)>"
    invoice_id = caller.sandbox.control.add_invoice(UNBILLED, reference, date(2026, 1, 31))
    (row,) = invoices_of(caller, UNBILLED)

    assert (row["id"], row["reference"], row["invoice_date"]) == (invoice_id, reference, "2026-01-31T00:00:00")
    assert row["total"] > 0


@pytest.mark.parametrize(
    "change",
    [
        lambda control, _: control.add_invoice(BILLED),
        lambda control, last: control.post_invoice(last),
        lambda control, last: control.remove_invoice(last),
        lambda control, _: control.rename_client(BILLED, "Another Name"),
        lambda control, _: control.remove_client(BILLED),
    ],
    ids=["added", "posted", "removed", "client renamed", "client removed"],
)
def test_the_next_page_shows_a_change(caller: Caller, change: Callable[[Control, int], object]) -> None:
    caller.sandbox.control.add_invoices(BILLED, 2)
    asked: Params = {"client_id": BILLED, "pageinate": "true", "page_size": 100, "page_no": 1}
    before = caller.get_halo("/Invoice", asked).json()
    change(caller.sandbox.control, before["invoices"][-1]["id"])

    assert caller.get_halo("/Invoice", asked).json() != before


def test_invoices_are_changed_over_http(caller: Caller) -> None:
    url = f"{caller.sandbox.url}/control/invoices"
    ids = caller.http.post(url, json={"client_id": UNBILLED, "count": 5}, headers=KEY).json()["ids"]
    states = dict(zip(ids, ("posted", "voided", "paid"), strict=False))
    for invoice_id, state in states.items():
        caller.http.patch(f"{url}/{invoice_id}", json={"state": state}, headers=KEY)
    caller.http.delete(f"{url}/{ids[3]}", headers=KEY)

    rows = invoices_of(caller, UNBILLED)
    assert [(row["id"], row["posted"], row["voided"], row["datepaid"]) for row in rows] == [
        (ids[0], True, False, None),
        (ids[1], False, True, None),
        (ids[2], False, False, TODAY),
        (ids[4], False, False, None),
    ]


def test_a_recurring_invoice_below_zero_is_changed_over_http(caller: Caller) -> None:
    before = next(
        row for row in caller.all_halo("/RecurringInvoice", "invoices") if row["id"] < 0 and not row["disabled"]
    )
    url = f"{caller.sandbox.url}/control/recurring_invoices/{before['id']}"
    answers = [caller.http.patch(url, headers=KEY)]
    after = exact(caller.get_halo(f"/RecurringInvoice/{before['id']}"))
    answers += [caller.http.delete(url, headers=KEY), caller.http.delete(url, headers=KEY)]

    assert after == {**before, "disabled": True}
    assert [answer.status_code for answer in answers] == [204, 204, 404]


@pytest.mark.parametrize(
    "change",
    [
        lambda control: control.post_invoice(1),
        lambda control: control.pay_invoice(1),
        lambda control: control.remove_invoice(1),
        lambda control: control.disable_recurring_invoice(1),
        lambda control: control.remove_recurring_invoice(1),
        lambda control: control.add_invoice(999_999),
    ],
)
def test_changing_an_invoice_that_does_not_exist_is_refused(
    caller: Caller, change: Callable[[Control], object]
) -> None:
    with pytest.raises(NotFound):
        change(caller.sandbox.control)
