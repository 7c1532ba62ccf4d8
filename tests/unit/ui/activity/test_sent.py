"""What was sent to HaloPSA, on Activity: over all integrations, filtered, and an entry in full."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from billingbot.domain.history import ActivityFilter
from billingbot.domain.integration import Integration
from billingbot.domain.ledger import LedgerEntry, SentState
from billingbot.ui.activity.sent import is_wanted
from tests.unit.ui.activity.activity_tab import Office
from tests.unit.ui.activity.conftest import HOSTILE
from tests.unit.ui.sending.plans import NOON, entry, ledger_line, member

Send = Callable[[LedgerEntry], None]
MINUTE = timedelta(minutes=1)
ONE = entry("e1")


@pytest.fixture
def send(office: Office) -> Send:
    """Write an entry into the ledger, as sending does."""

    def write(sent: LedgerEntry) -> None:
        store = office.app.store
        lease = store.take_send_lease(sent.integration, sent.entry_id, MINUTE)
        store.begin_entry(replace(sent, state=SentState.SENDING, ended_at=None), lease)
        store.end_entry(sent.entry_id, lease, sent.state, NOON, invoice_id=sent.invoice_id, invoice=sent.invoice)
        store.release_send_lease(lease)

    return write


@pytest.mark.parametrize(
    ("wanted", "shows"),
    [
        (ActivityFilter(), True),
        (ActivityFilter(actor="ann"), True),
        (ActivityFilter(actor="bob"), False),
        (ActivityFilter(text="client 7"), True),
        (ActivityFilter(text="inv-0012"), True),
        (ActivityFilter(text="0123456789"), True),
        (ActivityFilter(text="client 8"), False),
        (ActivityFilter(since=NOON), True),
        (ActivityFilter(since=NOON + MINUTE), False),
    ],
)
def test_the_filters_say_which_entries_are_shown(wanted: ActivityFilter, shows: bool) -> None:
    assert is_wanted(ONE, wanted) is shows


def test_nothing_was_sent_yet(office: Office) -> None:
    assert "Nothing was sent yet" in [heading.value for heading in office.open(view="sent").at.subheader]


def test_entries_of_all_integrations_are_in_one_list_newest_first(office: Office, send: Send) -> None:
    office.app.store.add_integration(Integration("twilio", "Twilio"), "ann", NOON)
    send(entry("e1", started_at=NOON))
    send(entry("e2", client_id=8, integration="twilio", client=HOSTILE, started_at=NOON + MINUTE))

    tab = office.open(view="sent")
    assert tab.column("Client") == [HOSTILE, "Client 7"]
    assert tab.column("Integration") == ["Twilio", "Pax8"]

    assert office.open(view="sent", integration="pax8").column("Client") == ["Client 7"]
    assert office.open(view="sent", client="inv-00").column("Client") == [HOSTILE, "Client 7"]


def test_the_open_entry_shows_its_lines_and_the_charges_behind_them(office: Office, send: Send) -> None:
    send(
        entry("e1", ledger_line("BB-1", "12.5", member("charge-1", "12.5")), dropped=(member("charge-2", "0", "Why"),))
    )

    tab = office.open(view="sent", entry="e1")

    tables = {tuple(table.value.columns): table.value for table in tab.at.dataframe}
    [charges] = [table for columns, table in tables.items() if "Charge" in columns]
    [lines] = [table for columns, table in tables.items() if "Unit price" in columns]
    assert lines["Price"].tolist() == [Decimal("12.5")]
    assert charges["Charge"].tolist() == ["charge-1", "charge-2"]
    assert charges["Becomes"].tolist() == ["Office E3 BB-1", "Dropped: Why"]


def test_an_entry_that_is_not_there_is_said(office: Office) -> None:
    [info] = office.open(view="sent", entry="nothing").at.info

    assert "not among the newest" in info.value
