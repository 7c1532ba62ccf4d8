"""Whatever is decided, found by refreshes and undone in whatever order, the tables say what the model says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import (
    ConfirmLink,
    Decision,
    EditSettings,
    LinkCompany,
    RejectPair,
    Stamp,
    UnlinkCompany,
)
from billingbot.domain.history import ActivityFilter
from billingbot.domain.integration import Assignment
from billingbot.errors import DecisionRefused
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.scoreboard.size import examples
from tests.scoreboard.tally import Tally
from tests.unit.store.decision_model import NOTHING_DECIDED, Cells, Link, Model, Refused
from tests.unit.store.refreshes import MINUTE, NOON, Match, fetched, refresh
from tests.unit.store.tables import decided

pytestmark = pytest.mark.fault(13)

# Few, so that decisions meet each other.
CLIENTS = [1, -2]
COMPANIES = ["c1", "c/2"]


@dataclass(frozen=True)
class Decide:
    """Decisions, each with whether it saw the present version."""

    decisions: list[tuple[Decision, bool]]


@dataclass(frozen=True)
class Refresh:
    """A refresh that finds these links."""

    pairs: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Undo:
    """Undo one of the batches, counted from the newest."""

    back: int
    partly: bool


clients, companies = st.sampled_from(CLIENTS), st.sampled_from(COMPANIES)
fields = st.fixed_dictionaries(
    {},
    optional={
        Setting.EXCLUDED: st.booleans(),
        Setting.DROP_AZURE: st.booleans(),
        Setting.ASSIGNMENT: st.sampled_from([None, Assignment.LAST, Assignment.NEW]),
        Setting.LAST_INVOICE_ID: st.sampled_from([None, 7, 2**60 + 1]),
    },
)
edits = st.builds(EditSettings, clients, st.just(0), fields)
about_pairs = st.one_of(
    st.builds(LinkCompany, companies, clients, st.sampled_from([None, 88.5])),
    *(st.builds(kind, companies, clients) for kind in (UnlinkCompany, ConfirmLink, RejectPair)),
)
mostly = st.sampled_from([True] * 7 + [False])
decides = st.builds(Decide, st.lists(st.tuples(st.one_of(edits, about_pairs), mostly), min_size=1, max_size=3))
singles = st.builds(lambda decision: Decide([(decision, True)]), st.one_of(edits, about_pairs))
refreshes = st.builds(
    lambda ids, outcomes: Refresh(dict(zip(COMPANIES, zip(ids, outcomes, strict=True), strict=True))),
    st.permutations(CLIENTS),
    st.lists(st.sampled_from(["confident", "review"]), min_size=2, max_size=2),
)
undos = st.builds(Undo, st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4]), st.booleans())
histories = st.lists(st.one_of(decides, singles, singles, refreshes, undos, undos, undos), min_size=6, max_size=14)
real_database = examples(25, 500)


@real_database
@given(histories)
def test_the_tables_agree_with_the_model(
    store: DatabaseStore, engine: Engine, tally: Tally, history: list[Decide | Refresh | Undo]
) -> None:
    tally.trials()
    model = empty(store, engine)

    for number, event in enumerate(history):
        carry_out(store, model, event, f"b{number}", NOON + number * MINUTE)
        assert read_cells(engine) == model.cells

    undone = {batch.batch: batch.undone_by for batch in store.batches(ActivityFilter(), 100)}
    assert undone == {batch: model.undone_by(batch) for batch in model.batches}


@real_database
@given(histories, decides)
def test_to_decide_and_to_undo_it_is_to_do_nothing(
    store: DatabaseStore, engine: Engine, tally: Tally, history: list[Decide | Refresh | Undo], decide: Decide
) -> None:
    tally.trials()
    model = empty(store, engine)
    for number, event in enumerate(history):
        carry_out(store, model, event, f"b{number}", NOON + number * MINUTE)
    before = decided(engine)

    carry_out(store, model, decide, "last", NOON + 100 * MINUTE)
    if "last" in model.batches:
        store.undo("last", Stamp("undo", "bob", NOON + 101 * MINUTE))

    assert decided(engine) == before


def empty(store: DatabaseStore, engine: Engine) -> Model:
    """Forget everything, and list the clients and companies, of which nothing is decided."""
    tables = ("client", "company", "mapping", "rejected_pair", "client_settings", "suggestion", "audit", "refresh_run")
    engine.write(lambda tx: [tx.execute(f"delete from {table}") for table in tables])  # noqa: S608 - our own names
    refresh(store, fetched(CLIENTS, COMPANIES), run_id="first")
    return Model()


def carry_out(store: DatabaseStore, model: Model, event: Decide | Refresh | Undo, batch: str, at: datetime) -> None:
    match event:
        case Decide():
            decide(store, model, event, batch, at)
        case Refresh(pairs):
            found: list[Match] = [(company, *pair, 95.0, "alike", 1) for company, pair in pairs.items()]
            refresh(store, fetched(CLIENTS, COMPANIES), found, run_id=batch, now=at)
            model.link_by_machine(batch, pairs, at)
        case Undo(back, partly) if back < len(model.batches):
            undo(store, model, list(model.batches)[-1 - back], Stamp(batch, "bob", at), partly)


def decide(store: DatabaseStore, model: Model, event: Decide, batch: str, at: datetime) -> None:
    decisions = [
        EditSettings(row.client_id, store.settings("pax8", row.client_id).version - (not current), row.fields)
        if isinstance(row, EditSettings)
        else row
        for row, current in event.decisions
    ]
    try:
        changed = model.decide(batch, event.decisions, "ann", at)
    except Refused:
        with pytest.raises(DecisionRefused):
            store.decide("pax8", decisions, Stamp(batch, "ann", at))
        return
    receipt = store.decide("pax8", decisions, Stamp(batch, "ann", at))
    assert bool(receipt.changes) is changed
    assert store.decide("pax8", decisions, Stamp(batch, "ann", at)) == receipt


def undo(store: DatabaseStore, model: Model, batch: str, stamp: Stamp, partly: bool) -> None:
    try:
        kept = model.undo(batch, stamp.request_id, stamp.actor, stamp.at, partly)
    except Refused:
        with pytest.raises(DecisionRefused):
            store.undo(batch, stamp, partly=partly)
        return
    receipt = store.undo(batch, stamp, partly=partly)
    assert len(receipt.kept) == kept
    assert store.undo(batch, stamp, partly=partly) == receipt


def read_cells(engine: Engine) -> Cells:
    tables = decided(engine)
    cells: Cells = {}
    for client_id, *values in tables["settings"]:
        shown = dict(zip(NOTHING_DECIDED, values, strict=True))
        cells |= {("field", client_id, name): value for name, value in shown.items() if value != NOTHING_DECIDED[name]}
    for company_id, client_id, outcome, score, _, actor, at, run in tables["mapping"]:
        cells["link", company_id] = Link(client_id, outcome, score, actor, at.astimezone(UTC), run)
    for company_id, client_id, actor, at, _ in tables["rejected"]:
        cells["rejected", company_id, client_id] = (actor, at.astimezone(UTC))
    return cells
