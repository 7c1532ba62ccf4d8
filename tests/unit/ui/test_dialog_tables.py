"""The tables of the dialogs: what is shown of invoices, candidates, links and history."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from billingbot.domain.decision import Action, Change, Entity
from billingbot.domain.history import Batch, Recorded
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.link import Link
from billingbot.domain.match import Outcome
from billingbot.errors import Clash
from billingbot.ui.candidate_table import candidate_table
from billingbot.ui.dialogs.clash import clash_table
from billingbot.ui.history_table import history_table
from billingbot.ui.invoice_tables import invoice_table, recurring_table
from billingbot.ui.link_words import link_words
from billingbot.ui.table_search import matching_rows

NOON = datetime(2026, 11, 22, 12, 0, 59, tzinfo=UTC)


def test_an_invoice_keeps_its_money_exact_and_says_why_it_cannot_take_charges() -> None:
    money = Decimal("12345678901234.50")
    rows = [
        Invoice(1, 5, "INV-1", date(2026, 11, 1), "Acme", money, "PO 7", posted=False, voided=False, paid=False),
        Invoice(2, 5, "INV-2", None, "Acme", Decimal(0), "", posted=True, voided=False, paid=False),
    ]

    table = invoice_table(rows)

    assert table.columns.tolist() == ["ID", "Number", "Date", "Name", "Reference", "Total", "Why"]
    assert table["Total"].tolist() == [money, Decimal(0)]
    assert table["Date"].tolist() == [date(2026, 11, 1), None]
    assert table["Why"].tolist() == ["", "Posted: HaloPSA does not change it any more."]


def test_a_recurring_invoice_may_have_a_negative_id() -> None:
    table = recurring_table([RecurringInvoice(-3, 5, Decimal("9.99"), "ref", "C-1", date(2026, 12, 1), disabled=False)])

    assert table.columns.tolist() == ["ID", "Amount", "Reference", "Contract", "Next Period", "Why"]
    assert table["ID"].tolist() == [-3]


@pytest.mark.parametrize("table", [invoice_table([]), recurring_table([])])
def test_no_invoices_are_a_table_without_rows(table: pd.DataFrame) -> None:
    assert table.empty
    assert "Why" in table


def test_a_candidate_is_never_rounded_up_and_says_what_a_person_did() -> None:
    candidates = pd.DataFrame(
        {
            "company_id": ["c1", "c2", "c3"],
            "company": ["One", "Two", "Three"],
            "score": [99.9, 40.0, 0.0],
            "reason": ["Near.", "Far.", ""],
            "suggested": [True, False, False],
            "rejected": [False, True, False],
            "rejected_by": ["", "ann", ""],
        }
    )

    table = candidate_table(candidates)

    assert table["Score"].tolist() == [99, 40, 0]
    assert table["Why"].tolist() == ["Suggested. Near.", "Rejected before by ann. Far.", ""]


def link(score: float | None, actor: str, outcome: Outcome = Outcome.CONFIDENT, gone: bool = False) -> Link:
    return Link("c1", "Acme", 5, outcome, score, "Near.", actor, NOON, gone)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (link(99.9, "auto"), "99 of 100 · linked automatically, 2026-11-22 · Near."),
        (link(None, "ann"), "linked by ann, 2026-11-22"),
        (
            link(91.0, "auto", Outcome.REVIEW, gone=True),
            "91 of 100 · linked automatically, 2026-11-22 · waits for review · gone at the distributor · Near.",
        ),
    ],
    ids=["by the machine", "by hand", "under review and gone"],
)
def test_a_link_says_how_it_came_about(made: Link, words: str) -> None:
    assert link_words(made) == words


def recorded(number: int, batch: str, action: Action, company_id: str | None = "c1") -> Recorded:
    entity = {Action.REJECT: Entity.REJECTED_PAIR, Action.FORGET: Entity.REJECTED_PAIR}.get(action, Entity.MAPPING)
    change = Change(entity, action, 5, company_id, None, None)
    return Recorded(number, batch, "pax8", "ann", NOON, change, "Client", "Acme", "why")


def batch(name: str, clients: int = 1, undoes: str | None = None, undone_by: str = "") -> Batch:
    return Batch(name, "pax8", "ann", NOON, {}, clients, "Client", undoes, undone_by)


def test_what_goes_along_with_another_change_is_not_told_by_itself() -> None:
    history = [
        recorded(6, "b4", Action.REJECT),
        recorded(5, "b3", Action.FORGET),
        recorded(4, "b3", Action.LINK),
        recorded(3, "b2", Action.REJECT),
        recorded(2, "b2", Action.UNLINK),
        recorded(1, "b1", Action.LINK),
    ]

    table = history_table(history, {})

    assert table["What"].tolist() == ["Rejected Acme", "Linked Acme", "Unlinked Acme", "Linked Acme"]
    assert table["batch"].tolist() == ["b4", "b3", "b2", "b1"]
    assert table["number"].tolist() == [0, 1, 2, 3]
    assert set(table["When (UTC)"]) == {"2026-11-22 12:00"}


def test_the_state_says_what_is_undone_what_undoes_and_what_was_done_to_many() -> None:
    history = [recorded(number, f"b{number}", Action.LINK) for number in (4, 3, 2, 1)]
    batches = {"b3": batch("b3", undoes="b2"), "b2": batch("b2", clients=37, undone_by="bob"), "b1": batch("b1")}

    assert history_table(history, batches)["State"].tolist() == ["", "undo", "37 clients · undone by bob", ""]


def test_a_clash_has_a_row_for_each_setting_that_was_wanted() -> None:
    theirs = {"last_invoice_id": None, "assignment": "recurring", "excluded": False}
    mine = {"last_invoice_id": 7, "assignment": None, "excluded": True}

    table = clash_table(Clash(5, "Acme was changed by bob meanwhile.", 3, theirs, mine))

    assert table.to_numpy().tolist() == [
        ["Assignment", "Recurring", "default"],
        ["Exclude", "off", "on"],
        ["Last invoice", "none", "7"],
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("acme", [1, 2]),
        ("acme 2", [2]),
        ("ACME", [1, 2]),
        ("", [1, 2, 3]),
        (".*", []),
        ("straße", [3]),
        ("strasse", [3]),
    ],
)
def test_a_search_finds_every_word_anywhere_and_knows_no_patterns(text: str, found: list[int]) -> None:
    table = pd.DataFrame({"id": [1, 2, 3], "name": ["Acme", "Acme Two", "Straße"]})

    assert matching_rows(table, ["id", "name"], text)["id"].tolist() == found
