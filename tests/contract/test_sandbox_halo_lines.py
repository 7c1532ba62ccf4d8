"""Lines of HaloPSA's invoices in the sandbox: both things that an update may do to them, and what others do."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from billingbot.errors import NotFound
from billingbot.sandbox.dataset import build
from billingbot.sandbox.invoice_book import LineUpdates
from tests.billed_clients import client_with_open_invoice, client_without_invoices, client_without_recurring_invoice
from tests.contract.controlled_sandbox import KEY, calling_controlled
from tests.contract.halo_keys import INVOICE, LINE
from tests.contract.sandbox_caller import ALWAYS, Caller, Row, deviations, exact

DATA = build(1, 120, 4, date(2026, 11, 20))
CLIENT = client_without_invoices(DATA).client_id
UNBILLED = client_without_recurring_invoice(DATA).client_id


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling_controlled(DATA) as caller:
        yield caller


def two_lines(caller: Caller) -> Row:
    """Create an invoice of two lines."""
    lines = [
        {"item_shortdescription": text, "qty_order": 3, "unit_price": 0.1, "nominal_code": "4711"} for text in "ab"
    ]
    made: Row = exact(caller.post_halo("/Invoice", [{"client_id": CLIENT, "lines": lines}]))
    return made


def plain(lines: list[Row]) -> list[Row]:
    """Return lines as a test's own JSON library can write them."""
    return [
        {key: float(value) if isinstance(value, Decimal) else value for key, value in line.items()} for line in lines
    ]


def read(caller: Caller, invoice_id: int, path: str = "/Invoice") -> Row:
    row: Row = exact(caller.get_halo(f"{path}/{invoice_id}", {"includedetails": "true"}))
    return row


def test_lines_that_are_left_out_stay_or_go(caller: Caller) -> None:
    made = two_lines(caller)
    first, second = made["lines"]
    update = [{"id": made["id"], "lines": [{"id": second["id"], "qty_order": 5}, {"item_shortdescription": "c"}]}]

    merged = exact(caller.post_halo("/Invoice", update))["lines"]
    caller.sandbox.control.update_lines(LineUpdates.REPLACE)
    replaced = exact(caller.post_halo("/Invoice", update))["lines"]

    assert merged[0] == first
    assert [(line["id"], line["qty_order"], line["nominal_code"]) for line in merged[:2]] == [
        (first["id"], 3, "4711"),
        (second["id"], 5, "4711"),
    ]
    assert [(line["item_shortdescription"], line["nominal_code"]) for line in replaced] == [("", "4000"), ("c", "4000")]
    assert [line["id"] for line in replaced] == [second["id"], merged[2]["id"] + 1]
    assert read(caller, made["id"])["lines"] == replaced


@pytest.mark.parametrize("how", LineUpdates)
def test_lines_that_are_all_written_back_stay_as_they_are(caller: Caller, how: LineUpdates) -> None:
    made = two_lines(caller)
    caller.sandbox.control.update_lines(how)

    assert exact(caller.post_halo("/Invoice", [{"id": made["id"], "lines": plain(made["lines"])}])) == made


@pytest.mark.parametrize("how", LineUpdates)
def test_an_update_without_lines_and_what_others_do_keep_all_lines(caller: Caller, how: LineUpdates) -> None:
    made, control = two_lines(caller), caller.sandbox.control
    control.update_lines(how)
    caller.post_halo("/Invoice", [{"id": made["id"], "reference": "other"}])
    control.price_line(made["id"], made["lines"][0]["id"], Decimal("0.2"))
    control.post_invoice(made["id"])

    after = read(caller, made["id"])
    assert after["lines"][1] == made["lines"][1]
    assert (after["lines"][0]["unit_price"], after["total"]) == (Decimal("0.2"), Decimal("0.9"))


def test_a_line_can_be_inactive(caller: Caller) -> None:
    made = two_lines(caller)
    lines = [{"id": made["lines"][0]["id"], "qty_order": 0, "unit_price": 0, "isinactive": True}]
    caller.post_halo("/Invoice", [{"id": made["id"], "lines": lines}])

    assert [line["isinactive"] for line in read(caller, made["id"])["lines"]] == [True, False]


def test_all_that_a_client_has_is_seen_behind_the_api(caller: Caller) -> None:
    control, client_id = caller.sandbox.control, client_with_open_invoice(DATA).client_id
    control.add_invoices(client_id, 2)
    asked = caller.sandbox.control.requests("")

    rows = control.invoice_rows(client_id)

    assert control.requests("") == asked
    assert rows == caller.all_halo("/Invoice", "invoices", {"client_id": client_id, "includelines": "true"})
    with pytest.raises(NotFound):
        control.invoice_rows(999_999)


@pytest.mark.parametrize("negative", [False, True])
def test_an_added_recurring_invoice_is_open_and_takes_lines(caller: Caller, negative: bool) -> None:
    control = caller.sandbox.control
    added = control.add_recurring_invoice(UNBILLED, negative=negative)
    caller.post_halo("/RecurringInvoice", [{"id": added, "lines": [{"item_shortdescription": "Cloud"}]}])

    (row,) = control.recurring_rows(UNBILLED)
    assert (row["id"], row["id"] < 0, row["disabled"], row["enddate"]) == (added, negative, False, None)
    assert [line["item_shortdescription"] for line in row["lines"]] == ["Managed services", "Cloud"]
    assert deviations([row], {**INVOICE, "lines": list}, ALWAYS) == deviations(row["lines"], LINE, ALWAYS) == set()
    assert row == read(caller, added, "/RecurringInvoice")


def test_a_recurring_invoice_ends_and_is_in_another_currency(caller: Caller) -> None:
    control = caller.sandbox.control
    added = control.add_recurring_invoice(UNBILLED)
    control.end_recurring_invoice(added, date(2026, 10, 31))
    control.set_currency(added, "EUR", recurring=True)

    row = read(caller, added, "/RecurringInvoice")
    assert (row["enddate"], row["currency_code_name"]) == ("2026-10-31T00:00:00", "EUR")


def test_invoices_that_were_changed_follow_the_name_of_their_client(caller: Caller) -> None:
    made = two_lines(caller)
    caller.sandbox.control.rename_client(CLIENT, "Another Name")

    assert read(caller, made["id"]) == {**made, "client_name": "Another Name"}
    assert caller.sandbox.control.invoice_rows(CLIENT)[0]["client_name"] == "Another Name"


def test_a_line_that_is_not_there_gets_no_price(caller: Caller) -> None:
    with pytest.raises(NotFound):
        caller.sandbox.control.price_line(two_lines(caller)["id"], 7, Decimal(1))


def test_lines_and_recurring_invoices_are_changed_over_http(caller: Caller) -> None:
    made, url = two_lines(caller), f"{caller.sandbox.url}/control"
    line_id = made["lines"][0]["id"]
    answers = [caller.http.put(f"{url}/line_updates", json="REPLACE", headers=KEY)]
    caller.post_halo("/Invoice", [{"id": made["id"], "lines": plain(made["lines"][:1])}])
    asked = {"client_id": UNBILLED, "negative": True}
    added = caller.http.post(f"{url}/recurring_invoices", json=asked, headers=KEY).json()["id"]
    for path, change in (
        (f"invoices/{made['id']}", {"line": line_id, "price": 0.7}),
        (f"invoices/{made['id']}", {"currency": "EUR"}),
        (f"recurring_invoices/{added}", {"enddate": "2026-10-31"}),
    ):
        answers.append(caller.http.patch(f"{url}/{path}", json=change, headers=KEY))
    (invoice,) = exact(caller.http.get(f"{url}/clients/{CLIENT}/invoices", headers=KEY))["invoices"]
    (recurring,) = exact(caller.http.get(f"{url}/clients/{UNBILLED}/invoices", headers=KEY))["recurring_invoices"]

    assert [answer.status_code for answer in answers] == [204] * 4
    assert [invoice] == caller.sandbox.control.invoice_rows(CLIENT)
    assert (invoice["currency_code_name"], len(invoice["lines"])) == ("EUR", 1)
    assert invoice["lines"][0]["unit_price"] == Decimal("0.7")
    assert (recurring["id"], recurring["id"] < 0, recurring["enddate"]) == (added, True, "2026-10-31T00:00:00")
