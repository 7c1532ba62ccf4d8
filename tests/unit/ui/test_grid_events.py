from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.domain.client_settings import Setting
from billingbot.domain.integration import Assignment
from billingbot.ui.client_page import DialogKind
from billingbot.ui.grid_events import Answer, Event, Open, ShowAll, Tick, Undo, read_outbox


def outbox(*entries: Any, **fields: Any) -> dict[str, Any]:
    return {"boot": "b1", "integration": "pax8", "applied": 7, "log": list(entries), **fields}


def tick(**fields: Any) -> dict[str, Any]:
    return {"number": 1, "kind": "tick", "client": 5, "column": "last", "on": True, "version": 3} | fields


def event_of(entry: dict[str, Any]) -> Event | None:
    read = read_outbox(outbox(entry))
    assert read is not None
    return read.events.get(1)


@pytest.mark.parametrize(
    ("entry", "event"),
    [
        (tick(), Tick(5, Setting.ASSIGNMENT, Assignment.LAST, 3)),
        (tick(on=False), Tick(5, Setting.ASSIGNMENT, None, 3)),
        (tick(column="excluded"), Tick(5, Setting.EXCLUDED, True, 3)),
        ({"number": 1, "kind": "accept", "client": -5, "company": "c1"}, Answer("accept", -5, "c1")),
        ({"number": 1, "kind": "act", "client": 5, "action": "history"}, Open(DialogKind.HISTORY, (5,))),
        (
            {"number": 1, "kind": "many", "action": "export", "clients": [3, 1], "filters": "Review"},
            Open(DialogKind.EXPORT, (3, 1), "Review"),
        ),
        ({"number": 1, "kind": "import"}, Open(DialogKind.IMPORT, ())),
        ({"number": 1, "kind": "undo", "batch": "b"}, Undo("b")),
        ({"number": 1, "kind": "all"}, ShowAll()),
    ],
)
def test_what_an_operator_can_do_is_understood(entry: dict[str, Any], event: Event) -> None:
    assert event_of(entry) == event


@pytest.mark.parametrize(
    "entry",
    [
        tick(column="drop_azure"),
        tick(client="5"),
        tick(version=None),
        tick(on="yes"),
        {"number": 1, "kind": "act", "client": 5, "action": "import"},
        {"number": 1, "kind": "act", "client": 5, "action": "__class__"},
        {"number": 1, "kind": "many", "action": "edit_company", "clients": [1], "filters": ""},
        {"number": 1, "kind": "many", "action": "export", "clients": "all", "filters": ""},
        {"number": 1, "kind": "undo", "batch": ""},
        {"number": 1, "kind": "resync"},
        {"number": 1},
    ],
)
def test_what_no_operator_can_do_is_left_out_and_counts_as_done(entry: dict[str, Any]) -> None:
    read = read_outbox(outbox(entry))

    assert read is not None
    assert read.events == {}
    assert read.last == 1


def test_events_keep_their_numbers_and_order() -> None:
    read = read_outbox(outbox(tick(number=4), {"number": 5, "kind": "nonsense"}, tick(number=6, on=False)))

    assert read is not None
    assert list(read.events) == [4, 6]
    assert (read.boot, read.integration, read.applied, read.last) == ("b1", "pax8", 7, 6)


@pytest.mark.parametrize(
    "value", [None, "", [], {}, {"boot": "b"}, outbox(boot=""), outbox(integration=3), outbox(log={})]
)
def test_what_is_no_outbox_is_nothing(value: Any) -> None:
    assert read_outbox(value) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@given(st.lists(JSON, max_size=4), JSON)
def test_no_json_breaks_the_reading(log: list[Any], applied: Any) -> None:
    read = read_outbox(outbox(*log, applied=applied))

    assert read is not None
    assert read.events == {}
