"""What the sandbox promises as HaloPSA: its keys and types as our own table says them, its traps, its writes."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.sandbox_caller import Caller, Contract, Row, calling, deviations, exact

NUMBER = int | Decimal
DAY = str | None
CLIENT: Contract = {
    "id": int,
    "name": str,
    "toplevel_id": int,
    "toplevel_name": str,
    "inactive": bool,
    "colour": str,
    "ref": str,
    "accountsid": str,
    "xeroid": str,
    "client_to_invoice": int,
    "client_to_invoice_recurring": int,
    "clientcurrency": str,
    "default_currency_code": int,
    "customertype": int,
    "is_vip": bool,
    "main_site_id": int,
    "main_site_name": str,
    "stopped": int,
    "dontinvoice": bool,
    "trading_name": str | None,
    "ingram_micro_details_id": int,
    "twilio_subaccount_sid": str | None,
    "twilio_subaccount_name": str | None,
    "twilio_subaccount_status": str | None,
    "twilio_subaccount_authtoken": str | None,
    "azure_tenants": list,
    "external_links": list,
    "api_access_clientsecret": str,
    "logo": str,
}
INVOICE: Contract = {
    "id": int,
    "invoicenumber": str,
    "thirdpartyinvoicenumber": str,
    "reference": str,
    "client_id": int,
    "client_name": str,
    "original_client_id": int,
    "original_client_name": str,
    "site_name": str,
    "currency_code": int,
    "currency_code_name": str,
    "contract_id": int | None,
    "contract_ref": str,
    "recurring_invoice_id": int | None,
    "invoice_date": DAY,
    "duedate": DAY,
    "dateposted": DAY,
    "datesent": DAY,
    "datepaid": DAY,
    "period_start_date": DAY,
    "period_end_date": DAY,
    "posted": bool,
    "voided": bool,
    "total": NUMBER,
    "tax_total": NUMBER,
    "revenue": NUMBER,
    "amountdue": NUMBER,
    "amountpaid": NUMBER,
    "paymentstatus": int,
    "twilio_invoice": bool,
    "period": int | None,
    "nextcreationdate": DAY,
    "nextcreationperiod": str | None,
    "lastcreated": DAY,
    "startdate": DAY,
    "enddate": DAY,
    "schedule_id": int | None,
    "disabled": bool,
}
LINE: Contract = {
    "id": int,
    "ihid": int,
    "_itemid": int | None,
    "item_code": str,
    "item_shortdescription": str,
    "item_longdescription": str,
    "qty_order": NUMBER,
    "unit_price": NUMBER,
    "unit_cost": NUMBER,
    "baseprice": NUMBER,
    "net_amount": NUMBER,
    "tax_amount": NUMBER,
    "tax_rate": NUMBER,
    "tax_code": str,
    "nominal_code": str,
    "discount_perc": NUMBER,
    "item_external_reference": str,
    "isinactive": bool,
    "onetimecharge": bool,
}
ITEM: Contract = {
    "id": int,
    "name": str,
    "description": str,
    "costprice": NUMBER,
    "baseprice": NUMBER,
    "recurringcost": NUMBER,
    "recurringprice": NUMBER,
    "isrecurringitem": bool,
    "supplier_id": int,
    "supplier_name": str,
    "supplier_part_code": str,
    "assetgroup_id": int,
    "assetgroup_name": str,
    "nominalcode": str,
    "taxcode": int,
    "accountsid": str,
    "status": int,
    "type": int,
}
ALWAYS: frozenset[str] = frozenset()
FORMER_CLIENTS = 3
LISTS = [("/Client", "clients"), ("/Invoice", "invoices"), ("/RecurringInvoice", "invoices"), ("/Item", "items")]


@pytest.fixture(scope="module")
def halo() -> Iterator[Caller]:
    with Sandbox(build(1, 120, 130, date(2026, 11, 20)), rate_limit=None) as sandbox, calling(sandbox) as caller:
        yield caller


def new_invoice(halo: Caller, **changes: object) -> Row:
    line = {"item_shortdescription": "Cloud", "qty_order": 3, "unit_price": 0.1, "unit_cost": 0.05}
    body = {"client_id": halo.sandbox.data.clients[0].client_id, "reference": "mine", "lines": [line], **changes}
    answer = halo.post_halo("/Invoice", [body])
    assert answer.status_code == 201, answer.text
    row: Row = exact(answer)
    return row


def test_authinfo_says_where_to_sign_in(halo: Caller) -> None:
    answer = halo.http.get(f"{halo.sandbox.halo_url}/api/authinfo").json()

    assert answer == {"auth_url": f"{halo.sandbox.halo_url}/auth", "tenant_id": "sandbox"}


def test_a_token_says_how_long_it_is_good_for(halo: Caller) -> None:
    answer = halo.halo_sign_in().json()

    assert deviations([answer], {"access_token": str, "token_type": str, "expires_in": int}, ALWAYS) == set()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)


@pytest.mark.parametrize("wrong", ["client_id", "client_secret", "grant_type", "tenant"])
def test_a_wrong_sign_in_is_an_invalid_client(halo: Caller, wrong: str) -> None:
    answer = halo.halo_sign_in(**{wrong: "wrong"})

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


@pytest.mark.parametrize(("tenant", "status"), [("sandbox", 200), ("other", 401)])
def test_the_tenant_may_come_as_query(halo: Caller, tenant: str, status: int) -> None:
    given = halo.sandbox.credentials
    form = {"grant_type": "client_credentials", "client_id": given.halo_client_id}
    form |= {"client_secret": given.halo_client_secret}

    assert halo.http.post(f"{halo.sandbox.halo_url}/auth/token?tenant={tenant}", data=form).status_code == status


def test_the_tenant_may_come_as_form_field(halo: Caller) -> None:
    assert halo.halo_sign_in(tenant="sandbox").status_code == 200


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic abc"}])
def test_a_call_without_a_good_token_is_a_401_without_a_body(halo: Caller, header: dict[str, str]) -> None:
    answer = halo.http.get(f"{halo.sandbox.halo_url}/api/Client", headers=header)

    assert (answer.status_code, answer.content) == (401, b"")


def test_every_client_has_the_documented_keys(halo: Caller) -> None:
    assert deviations(halo.all_halo("/Client", "clients"), CLIENT, ALWAYS) == set()


def test_the_list_holds_every_active_client_by_id(halo: Caller) -> None:
    rows = halo.all_halo("/Client", "clients")

    assert [(row["id"], row["name"]) for row in rows] == [
        (client.client_id, client.name) for client in halo.sandbox.data.clients
    ]


def test_inactive_clients_come_only_when_asked_for(halo: Caller) -> None:
    usual = halo.all_halo("/Client", "clients")
    every = halo.all_halo("/Client", "clients", {"includeinactive": "true"})

    assert {row["inactive"] for row in usual} == {False}
    assert sum(row["inactive"] for row in every) == FORMER_CLIENTS


def test_rows_of_clients_carry_secrets_and_a_logo_so_that_leaks_can_be_seen(halo: Caller) -> None:
    rows = halo.all_halo("/Client", "clients")

    assert {row["api_access_clientsecret"].startswith("sandbox-halo-row-secret-") for row in rows} == {True}
    assert any(row["twilio_subaccount_authtoken"] for row in rows)
    assert any(row["logo"].startswith("data:image/png;base64,") for row in rows)


@pytest.mark.parametrize(("path", "key"), LISTS)
def test_every_list_has_its_envelope(halo: Caller, path: str, key: str) -> None:
    answer = halo.get_halo(path, {"pageinate": "true", "page_size": 7, "page_no": 2}).json()

    assert answer.keys() == {"page_no", "page_size", "record_count", key}
    assert (answer["page_no"], answer["page_size"], len(answer[key])) == (2, 7, 7)


def test_a_page_never_has_more_than_a_hundred_rows_whatever_is_asked(halo: Caller) -> None:
    pages = [halo.get_halo("/Client", {"pageinate": "true", "page_size": 500, "page_no": n}).json() for n in (1, 2, 3)]

    assert [len(page["clients"]) for page in pages] == [100, 20, 0]
    assert [page["record_count"] for page in pages] == [120, 120, 120]


def test_the_right_spelling_of_pageinate_is_ignored(halo: Caller) -> None:
    answer = halo.get_halo("/Client", {"paginate": "true", "page_size": 100, "page_no": 2}).json()

    assert [row["id"] for row in answer["clients"]] == [client.client_id for client in halo.sandbox.data.clients[:50]]


def test_without_paging_count_says_how_many_rows_come(halo: Caller) -> None:
    assert len(halo.get_halo("/Client", {"count": 110}).json()["clients"]) == 110


def test_idonly_works_without_paging_only(halo: Caller) -> None:
    unpaged = halo.get_halo("/Client", {"idonly": "true"}).json()["clients"]
    paged = halo.get_halo("/Client", {"idonly": "true", "pageinate": "true"}).json()["clients"]

    assert {key for row in unpaged for key in row} == {"id"}
    assert "name" in paged[0]


def test_clients_are_searched_and_ordered(halo: Caller) -> None:
    params = {"search": "AsSoCiAtEs", "order": "name", "orderdesc": "true"}
    names = [row["name"] for row in halo.all_halo("/Client", "clients", params)]
    named = [client.name for client in halo.sandbox.data.clients if "associates" in client.name.lower()]

    assert names == sorted(named, key=str.casefold, reverse=True)
    assert len(names) > 2


def test_paths_are_read_in_any_case(halo: Caller) -> None:
    client_id = halo.sandbox.data.clients[3].client_id

    assert halo.get_halo(f"/client/{client_id}").json() == halo.get_halo(f"/CLIENT/{client_id}").json()


@pytest.mark.parametrize("path", ["/Client/999999", "/Invoice/-1", "/RecurringInvoice/1", "/Item/1", "/Nothing"])
def test_what_does_not_exist_is_a_404_without_a_body(halo: Caller, path: str) -> None:
    answer = halo.get_halo(path)

    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/Client/probe", {"id": ["The value 'probe' is not valid."]}),
        ("/Client?pageinate=true&page_no=x", {"page_no": ["The value 'x' is not valid."]}),
    ],
)
def test_a_value_that_makes_no_sense_is_named(halo: Caller, path: str, body: Row) -> None:
    answer = halo.get_halo(path)

    assert (answer.status_code, answer.json()) == (400, body)


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


def test_every_item_has_the_documented_keys(halo: Caller) -> None:
    rows = halo.all_halo("/Item", "items")

    assert deviations(rows, ITEM, ALWAYS) == set()
    assert len(rows) > 20


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
