"""Months are sent while answers are lost and the process is killed at any moment: each arrives exactly once.

With `BILLINGBOT_FAULTS=full` it is 100 clients instead of 10, which takes minutes.
"""

import random

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.target import TargetKind
from billingbot.sandbox.faults import Fault, FaultKind
from tests.faults.billed_months import MONTHS, assign, due
from tests.faults.books import open_books, wrong_with_target
from tests.faults.sending_office import Office, opened
from tests.scoreboard.size import FULL, seed
from tests.scoreboard.tally import Tally

CLIENTS, KILLS, LONGEST = (100, 120, 200) if FULL else (10, 16, 60)
"""`LONGEST` is how many steps a process does that is killed, half of them on average; a client takes six."""
SEED = seed()
INVOICES = "/halo/api/Invoice*"
LOST = Fault(FaultKind.ANSWER_LOST, INVOICES, share=0.15, seed=SEED)
NOT_DONE = Fault(FaultKind.RESET, INVOICES, share=0.05, seed=SEED, method="POST")
"""To whoever sends, this is a lost answer, too."""


@pytest.mark.timeout(1800 if FULL else 300)
@pytest.mark.fault(3)
def test_every_month_arrives_exactly_once(where: str, tally: Tally) -> None:
    with opened(where, CLIENTS, MONTHS) as office:
        lose_answers(office)

        office.send(MONTHS, KILLS, LONGEST, random.Random(SEED))  # noqa: S311 - not a secret

        control = office.sandbox.control
        lost, not_done = control.faults_applied(LOST), control.faults_applied(NOT_DONE)
        tally.trials(CLIENTS * len(MONTHS))
        tally.seen(processes_killed=office.kills, while_they_sent=office.interrupted, answers_lost=lost + not_done)
        wrong = office.wrong(MONTHS)
        tally.none(duplicate_or_missing=len(wrong))
        assert wrong == []
        assert office.interrupted >= KILLS // 8
        assert lost >= CLIENTS * len(MONTHS) // 10
        assert not_done


@pytest.mark.fault(3)
def test_months_that_are_sent_to_the_same_invoices_arrive_exactly_once(where: str, tally: Tally) -> None:
    """The lines of all months are on an invoice that they are appended to, those of the last on a recurring one."""
    months = MONTHS[:3]
    tally.trials(4 * len(months))
    with opened(where, 4, months) as office:
        control, ids = office.sandbox.control, list(office.books)
        last = {one: control.add_invoice(one) for one in ids[:2]}
        recurring = {one: control.add_recurring_invoice(one) for one in ids[2:]}
        for one in ids:
            assignment = Assignment.LAST if one in last else Assignment.RECURRING
            assign(office.database, one, assignment, last.get(one) or recurring[one])
        begun = {one: open_books(office.sandbox, one) for one in ids}
        control.fault(LOST)

        office.send(months, 8, 24, random.Random(SEED))  # noqa: S311 - not a secret

        for one, before in begun.items():
            now = open_books(office.sandbox, one, before)
            kind, place = (TargetKind.INVOICE, last[one]) if one in last else (TargetKind.RECURRING, recurring[one])
            billed = months if one in last else months[-1:]
            lines = {name: said for month in billed for name, said in due(one, month).items()}
            assert wrong_with_target(before.now[kind, place], now.now[kind, place], lines) == []
            assert (now.touched(but=(kind, place)), now.strangers(())) == ([], [])


@pytest.mark.fault(3)
def test_what_was_sent_is_not_sent_again(where: str, tally: Tally) -> None:
    tally.trials(3 * 2)
    with opened(where, 3, MONTHS[:2]) as office:
        plans = office.start(MONTHS[:2]).months("planned")
        sent = {client_id: books.now for client_id, books in office.books_now().items()}

        for again in (plans, {}):
            assert list(office.start(MONTHS[:2], again).months("done")) == list(plans)

        assert office.wrong(MONTHS[:2]) == []
        assert {client_id: books.now for client_id, books in office.books_now().items()} == sent


def test_without_its_ledger_it_sends_twice(where: str) -> None:
    """The guard of the tests above: what they look for does happen where nothing is written down."""
    with opened(where, 10, MONTHS[:3]) as office:
        lose_answers(office)

        office.send(MONTHS[:3], 6, LONGEST, random.Random(SEED), forgetful=True)  # noqa: S311 - not a secret

        assert any("duplicate" in sentence for sentence in office.wrong(MONTHS[:3]))


def lose_answers(office: Office) -> None:
    """Let answers get lost from now on."""
    for fault in (LOST, NOT_DONE):
        office.sandbox.control.fault(fault)
