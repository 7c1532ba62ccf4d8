"""Whatever refreshes and operators do in whatever order, the tables say what the model says."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.domain.decision import Decision, LinkCompany, RejectPair, UnlinkCompany
from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import Summary
from billingbot.errors import DecisionRefused
from billingbot.ports import Fetched
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.scoreboard.size import examples
from tests.scoreboard.tally import Tally
from tests.unit.store.decisions import decide, select
from tests.unit.store.model import Event, Link, Model, Refresh, Reject, Row, Unlink
from tests.unit.store.refreshes import MINUTE, NOON, Match, match_frame, new_run

pytestmark = pytest.mark.fault(13)

client_ids = st.integers(-1, 4)
company_ids = st.sampled_from(["c0", "c1", "c2", "c3", "c4"])
names = st.sampled_from(["Acme", "acme", "Zoë's"])
pairs = st.tuples(company_ids, client_ids)
links = st.dictionaries(pairs, st.sampled_from(["confident", "review"]), max_size=4).filter(
    lambda found: len({company for company, _ in found}) == len({client for _, client in found}) == len(found)
)
refreshes = st.builds(
    Refresh,
    st.dictionaries(client_ids, names),
    st.dictionaries(company_ids, names),
    links,
    st.frozensets(pairs, max_size=5),
)
events = st.one_of(refreshes, refreshes, st.builds(Link, pairs), st.builds(Unlink, pairs), st.builds(Reject, pairs))
LINKS_WITHOUT_AUDIT = """
select company_id from mapping
where actor = 'auto'
and not exists (
    select 1 from audit
    where audit.request_id = mapping.linked_run || ':' || mapping.company_id
    and audit.batch = mapping.linked_run
)
"""
TABLES = ("client", "company", "mapping", "rejected_pair", "suggestion", "refresh_run", "lease", "audit")


@examples(30, 2000)
@given(st.lists(events, max_size=8))
def test_the_tables_agree_with_the_model(
    store: DatabaseStore, engine: Engine, tally: Tally, happened: list[Event]
) -> None:
    tally.trials()
    engine.write(lambda tx: [tx.execute(f"delete from {table}") for table in TABLES])  # noqa: S608 - our own names
    model = Model()

    for number, event in enumerate(happened):
        run_id = f"r{number}"
        summary = carry_out(store, event, run_id, model)
        assert summary == model.apply(event, run_id)
        assert read_model(engine) == model
        assert select(engine, LINKS_WITHOUT_AUDIT) == []


def carry_out(store: DatabaseStore, event: Event, run_id: str, model: Model) -> Summary | None:
    match event:
        case Refresh():
            return refresh(store, event, run_id, model)
        case Link(pair):
            decision: Decision = LinkCompany(*pair)
        case Unlink(pair):
            decision = UnlinkCompany(*pair)
        case Reject(pair):
            decision = RejectPair(*pair)
    with suppress(DecisionRefused):
        decide(store, decision)
    return None


def refresh(store: DatabaseStore, event: Refresh, run_id: str, model: Model) -> Summary:
    lists = Fetched(
        [Client(client_id, name) for client_id, name in event.clients.items()],
        [Company(company_id, name) for company_id, name in event.companies.items()],
        model.missing(event),
    )
    found: list[Match] = [(*pair, outcome, 95.0, "alike", 1) for pair, outcome in event.links.items()]
    found += [(*pair, "suggested", 80.0, "alike", 1) for pair in event.suggestions]
    run = store.start_run(new_run(run_id), MINUTE)
    return store.apply_refresh(run, lists, match_frame(*found), NOON)


def read_model(engine: Engine) -> Model:
    columns = "name, added_run, previous_name, renamed_run, gone_run"
    clients = select(engine, f"select client_id, {columns} from client")  # noqa: S608 - our own names
    companies = select(engine, f"select company_id, {columns} from company")  # noqa: S608 - our own names
    mapping = select(engine, "select company_id, client_id, outcome, linked_run from mapping")
    return Model(
        {client_id: Row(*row) for client_id, *row in clients},
        {company_id: Row(*row) for company_id, *row in companies},
        {company_id: (client_id, outcome, run_id) for company_id, client_id, outcome, run_id in mapping},
        set(select(engine, "select company_id, client_id from rejected_pair")),
        set(select(engine, "select company_id, client_id from suggestion")),
    )
