import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.party import Client
from billingbot.store import DatabaseStore, open_duckdb
from billingbot.ui.client_list import ClientList, ClientLists
from billingbot.ui.client_page import DialogKind, Notice, PageState
from billingbot.ui.grid_events import Outbox
from billingbot.ui.grid_mail import mail_text
from billingbot.ui.work_queue import Work
from tests.unit.store.refreshes import NOON, fetched, refresh

HOSTILE = "</title><img src=x onerror='alert(1)'> & Söhne 漢字 🙂"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseStore]:
    opened = open_duckdb(tmp_path / "test.duckdb")
    opened.add_integration(Integration("pax8", "Pax8"), "auto", NOON)
    refresh(opened, fetched([Client(1, HOSTILE), Client(2, "Plain")], ["c1"]))
    yield opened
    opened.close()


def outbox(applied: int, last: int = 3) -> Outbox:
    return Outbox("b1", "pax8", applied, {}, last)


class Lists:
    """The rows before and after ann excluded client 1."""

    def __init__(self, store: DatabaseStore) -> None:
        lists = ClientLists()
        self.before = lists.current(store, "pax8", "r1")
        edit = EditSettings(1, 0, {Setting.EXCLUDED: True})
        store.decide("pax8", [edit], Stamp("q", "ann", NOON))
        self.after = lists.current(store, "pax8", "r1")


def read(text: str) -> Any:
    return json.loads(text)


def clients_of(mail: Any, clients: ClientList) -> list[int]:
    place = list(clients.table.columns).index("client_id")
    return [row[place] for row in mail["rows"]]


def test_no_mail_holds_markup_and_names_come_out_as_they_are(store: DatabaseStore) -> None:
    text = mail_text(PageState(), Lists(store).after, None, None)

    assert not set("<>&'") & set(text)
    assert HOSTILE in read(text)["rows"][0]


def test_a_grid_that_is_up_to_date_gets_no_rows(store: DatabaseStore) -> None:
    lists = Lists(store)

    assert read(mail_text(PageState(), lists.after, None, outbox(lists.after.revision)))["rows"] == []


def test_a_grid_gets_the_rows_that_changed_since_it_spoke(store: DatabaseStore) -> None:
    lists = Lists(store)

    mail = read(mail_text(PageState(), lists.after, None, outbox(lists.before.revision)))

    assert clients_of(mail, lists.after) == [1]
    assert (mail["since"], mail["revision"]) == (lists.before.revision, lists.after.revision)
    assert (mail["boot"], mail["acknowledged"]) == ("b1", 3)


def test_a_grid_that_spoke_of_an_older_table_is_answered_from_the_present_one_on(store: DatabaseStore) -> None:
    lists = Lists(store)

    assert read(mail_text(PageState(), lists.after, None, outbox(0)))["since"] == lists.after.table_revision


def test_a_refused_row_is_sent_again_though_nothing_of_it_changed(store: DatabaseStore) -> None:
    lists = Lists(store)
    state = PageState(refused=(2,))

    mail = read(mail_text(state, lists.after, None, outbox(lists.after.revision)))

    assert clients_of(mail, lists.after) == [2]


def test_the_mail_names_chip_notice_and_where_the_focus_goes(store: DatabaseStore) -> None:
    state = PageState(notice=Notice("Saved", "b7"))
    state.open(DialogKind.EDIT_COMPANY, [2])
    state.close()

    mail = read(mail_text(state, Lists(store).after, Work.REVIEW, None))

    assert mail["queue"]["name"] == "review"
    assert mail["notice"] == {"text": "Saved", "batch": "b7"}
    assert mail["focus"] == {"number": 1, "client": 2}


def test_a_dialog_about_nobody_returns_no_focus(store: DatabaseStore) -> None:
    state = PageState()
    state.open(DialogKind.IMPORT, [])
    state.close()

    assert read(mail_text(state, Lists(store).after, None, None))["focus"] is None
