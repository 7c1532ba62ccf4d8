"""What the sandbox promises of writes to HaloPSA: what is new, what is changed, what is refused."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.contract.halo_keys import INVOICE, ITEM
from tests.contract.sandbox_caller import ALWAYS, Caller, Row, calling_unlimited, deviations, exact


@pytest.fixture(scope="module")
def halo() -> Iterator[Caller]:
    with calling_unlimited(120, 130) as caller:
        yield caller


def new_invoice(halo: Caller, **changes: object) -> Row:
    line = {"item_shortdescription": "Cloud", "qty_order": 3, "unit_price": 0.1, "unit_cost": 0.05}
    body = {"client_id": halo.sandbox.data.clients[0].client_id, "reference": "mine", "lines": [line], **changes}
    answer = halo.post_halo("/Invoice", [body])
    assert answer.status_code == 201, answer.text
    row: Row = exact(answer)
    return row


def test_a_new_invoice_can_be_read_back_with_its_lines(halo: Caller) -> None:
    made = new_invoice(halo)
    read = exact(halo.get_halo(f"/Invoice/{made['id']}", {"includedetails": "true"}))

    assert read == made
    assert deviations([read], {**INVOICE, "lines": list}, ALWAYS) == set()
    assert (read["reference"], read["total"], read["posted"]) == ("mine", Decimal("0.3"), False)
    assert [line["item_shortdescription"] for line in read["lines"]] == ["Cloud"]


def test_a_new_invoice_is_found_among_its_clients_and_by_its_reference(halo: Caller) -> None:
    made = new_invoice(halo, reference="billingbot/2026-11/42")
    of_client = halo.all_halo("/Invoice", "invoices", {"client_id": made["client_id"]})
    found = halo.all_halo("/Invoice", "invoices", {"search": "billingbot/2026-11/42"})

    assert made["id"] in {row["id"] for row in of_client}
    assert [row["id"] for row in found] == [made["id"]]


def test_an_update_merges_lines_by_id_and_adds_those_without(halo: Caller) -> None:
    made = new_invoice(halo)
    [old] = made["lines"]
    lines = [{"id": old["id"], "qty_order": 5}, {"item_shortdescription": "More", "unit_price": 2}]
    answer = exact(halo.post_halo("/Invoice", [{"id": made["id"], "lines": lines}]))

    assert [(line["item_shortdescription"], line["qty_order"], line["net_amount"]) for line in answer["lines"]] == [
        ("Cloud", 5, Decimal("0.5")),
        ("More", 1, 2),
    ]
    assert answer["lines"][0]["id"] == old["id"]
    assert (answer["total"], answer["reference"]) == (Decimal("2.5"), "mine")


def test_an_update_without_lines_keeps_them(halo: Caller) -> None:
    made = new_invoice(halo)
    answer = exact(halo.post_halo("/Invoice", [{"id": made["id"], "reference": "other"}]))

    assert answer == {**made, "reference": "other"}


def test_several_invoices_at_once_are_answered_as_a_list(halo: Caller) -> None:
    client_id = halo.sandbox.data.clients[1].client_id
    answer = halo.post_halo("/Invoice", [{"client_id": client_id}, {"client_id": client_id}])

    assert answer.status_code == 201
    assert len({row["id"] for row in answer.json()}) == 2


def test_a_recurring_invoice_that_exists_takes_a_line(halo: Caller) -> None:
    old = halo.all_halo("/RecurringInvoice", "invoices", {"includelines": "true"})[0]
    line = {"item_shortdescription": "Cloud", "unit_price": 7}
    halo.post_halo("/RecurringInvoice", [{"id": old["id"], "lines": [line]}])
    new = exact(halo.get_halo(f"/RecurringInvoice/{old['id']}", {"includedetails": "true"}))

    assert new["lines"][:-1] == old["lines"]
    assert new["revenue"] - old["revenue"] == 7


def test_items_are_created_and_changed(halo: Caller) -> None:
    made = exact(halo.post_halo("/Item", [{"name": "Cloud", "baseprice": 1.5}]))
    changed = exact(halo.post_halo("/Item", [{"id": made["id"], "baseprice": 2.5}]))

    assert deviations([made], ITEM, ALWAYS) == set()
    assert exact(halo.get_halo(f"/Item/{made['id']}")) == changed == {**made, "baseprice": Decimal("2.5")}


def test_keys_that_halo_does_not_know_are_ignored(halo: Caller) -> None:
    made = new_invoice(halo, refrence="typo", total=99)

    assert "refrence" not in made
    assert made["total"] == Decimal("0.3")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"client_id": 12}, {"": ["Cannot deserialize the current JSON object: the type requires a JSON array."]}),
        ([{"reference": "x"}], "Parameter client_id must be included"),
        ([{"client_id": 999999}], "Client 999999 does not exist"),
        (
            [{"client_id": "abc"}],
            {"[0].client_id": ["Could not convert to integer: abc. Path '[0].client_id'."]},
        ),
        (
            [{"client_id": 12, "lines": [{"qty_order": "x"}]}],
            {"[0].lines[0].qty_order": ["Could not convert to decimal: x. Path '[0].lines[0].qty_order'."]},
        ),
    ],
)
def test_a_write_that_makes_no_sense_is_refused_and_the_fault_named(halo: Caller, body: object, said: object) -> None:
    answer = halo.post_halo("/Invoice", body)

    assert (answer.status_code, answer.json()) == (400, said)


def test_an_update_of_what_does_not_exist_is_a_404(halo: Caller) -> None:
    assert halo.post_halo("/Invoice", [{"id": 1, "reference": "x"}]).status_code == 404


def test_a_line_of_another_invoice_is_refused(halo: Caller) -> None:
    one, other = new_invoice(halo), new_invoice(halo)
    answer = halo.post_halo("/Invoice", [{"id": one["id"], "lines": [{"id": other["lines"][0]["id"]}]}])

    assert answer.status_code == 400


def test_a_posted_invoice_takes_no_changes(halo: Caller) -> None:
    posted = halo.all_halo("/Invoice", "invoices", {"postedonly": "true"})[0]
    answer = halo.post_halo("/Invoice", [{"id": posted["id"], "reference": "x"}])

    assert (answer.status_code, answer.json()) == (400, f"Invoice {posted['id']} cannot be changed any more")


def test_one_refused_row_stops_the_whole_array(halo: Caller) -> None:
    client_id = halo.sandbox.data.clients[2].client_id
    before = halo.all_halo("/Invoice", "invoices", {"client_id": client_id})
    halo.post_halo("/Invoice", [{"client_id": client_id}, {"client_id": 999999}])

    assert halo.all_halo("/Invoice", "invoices", {"client_id": client_id}) == before
