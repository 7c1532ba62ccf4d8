"""Plans, entries and results as tables: every charge is in them, and no amount goes through a float."""

from dataclasses import replace
from decimal import Decimal

from billingbot.domain.ledger import SentState
from billingbot.domain.plan import LineChange, PlanAction
from billingbot.domain.sending import SendOutcome
from billingbot.ui.sending.charge_table import charge_table
from billingbot.ui.sending.ledger_tables import invoice_words, ledger_table, result_table, sent_lines
from billingbot.ui.sending.plan_tables import invoice_table, planned_lines
from tests.unit.ui.sending.plans import entry, invoice, ledger_line, line, member, refused, result


def test_a_client_is_a_row_with_its_lines_counted_by_change() -> None:
    update = invoice(
        5,
        line("a", "0.1"),
        line("b", "0.2", LineChange.KEEP),
        action=PlanAction.UPDATE,
        target="INV-0012",
        asks=("Changed in HaloPSA.",),
    )

    table = invoice_table([update, invoice(6, line("c")), refused(7, "Voided.")])

    assert table.iloc[0].to_dict() == {
        "client_id": 5,
        "Client": "Client 5",
        "Action": "Update",
        "Target": "INV-0012",
        "Add": 1,
        "Change": 0,
        "Remove": 0,
        "Keep": 1,
        "Cost": Decimal("0.15"),
        "Price": Decimal("0.3"),
        "Currency": "USD",
        "Against": "Changed in HaloPSA.",
    }
    assert table["Target"].tolist() == ["INV-0012", "New invoice", ""]
    assert table["Against"].tolist() == ["Changed in HaloPSA.", "", "Voided."]


def test_a_planned_line_says_what_is_there_now_and_when_its_item_is_created() -> None:
    table = planned_lines(
        invoice(
            1,
            line("a", "20", LineChange.CHANGE, was="1 x 5.00"),
            line("b", item_id=None, item=""),
            line("c", "0", LineChange.REMOVE, item_id=None, item="", members=()),
        )
    )

    assert table["In HaloPSA now"].tolist() == ["1 x 5.00", "", ""]
    assert table["Item"].tolist() == ["Office", "created when it is sent", ""]
    assert table["Quantity"].tolist() == ["2", "2", "2"]
    assert table["Unit price"].tolist() == ["10", "5", "0"]
    assert table["Charges"].tolist() == [1, 1, 0]
    assert table["Price"].tolist() == [Decimal(20), Decimal(10), Decimal(0)]


def test_every_charge_is_behind_a_line_or_dropped_by_a_named_rule() -> None:
    lines = [ledger_line("a", "3", member("1", "1"), member("2", "2")), ledger_line("b", "0")]
    dropped = [member("3", "0", "Drop Zero Dollar Lines")]

    everything = charge_table(lines, dropped)
    of_line = charge_table(lines, dropped, "a")

    assert everything["Charge"].tolist() == ["1", "2", "3"]
    assert everything["Becomes"].tolist() == ["Office E3 a", "Office E3 a", "Dropped: Drop Zero Dollar Lines"]
    assert everything["Price"].tolist() == [Decimal(1), Decimal(2), Decimal(0)]
    assert of_line["Charge"].tolist() == ["1", "2"]
    assert charge_table(lines, dropped, "b").empty


def test_an_entry_is_a_row_with_what_is_worth_knowing() -> None:
    sent = entry("e1", ledger_line("a", "12.5"), differences=("The tax is another one.",))
    unknown = replace(entry("e2"), state=SentState.UNKNOWN, invoice="", invoice_id=None, error="The answer was lost.")

    table = ledger_table([sent, unknown])

    assert table["State"].tolist() == ["Sent", "Not known"]
    assert table["Worth knowing"].tolist() == ["The tax is another one.", "The answer was lost."]
    assert table["Invoice"].tolist() == ["INV-0012", ""]
    assert table.iloc[0][["When (UTC)", "Who", "Month", "Lines", "Total"]].tolist() == [
        "2026-11-22 12:00",
        "ann",
        "2026-11",
        1,
        Decimal("12.5"),
    ]


def test_an_invoice_without_a_number_is_called_by_its_id() -> None:
    assert invoice_words(replace(entry("e"), invoice="")) == "invoice 12"
    assert invoice_words(replace(entry("e"), invoice="", invoice_id=None)) == ""


def test_the_lines_of_an_entry_are_as_they_were_sent() -> None:
    table = sent_lines(entry("e", ledger_line("a", "12.5", member("1")), ledger_line("b", "0")))

    assert table["Unit price"].tolist() == ["12.5", "0"]
    assert table["Charges"].tolist() == [1, 0]
    assert table["key"].tolist() == ["a", "b"]


def test_a_result_says_what_halopsa_made_of_it() -> None:
    rows = [
        result(1, SendOutcome.SENT, "12", invoice="INV-1", differences=("Other tax.",)),
        result(2, SendOutcome.FAILED, sentence="HaloPSA: no."),
    ]

    table = result_table(rows)

    assert table["Worth knowing"].tolist() == ["Other tax.", "HaloPSA: no."]
    assert table["Total"].tolist() == ["USD 12.00", "USD 0.00"]


def test_tables_of_nothing_have_their_columns() -> None:
    for table in (invoice_table([]), planned_lines(invoice(1)), charge_table([], []), ledger_table([])):
        assert table.empty
        assert len(table.columns) > 3
