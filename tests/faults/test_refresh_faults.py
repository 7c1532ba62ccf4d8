"""Whatever goes wrong upstream, at whatever page: the refresh says so, and every table is as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from billingbot.connectors.halo import HaloAccount, HaloPsa
from billingbot.connectors.http import Transport, Wire
from billingbot.connectors.pax8 import Pax8, Pax8Account
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshState
from billingbot.errors import (
    ApprovalNeeded,
    BillingBotError,
    UpstreamAuthError,
    UpstreamListUnstable,
    UpstreamRateLimited,
    UpstreamSchemaError,
    UpstreamUnavailable,
)
from billingbot.jobs.refresh_clients import Sources, refresh_clients, start_refresh
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from billingbot.store.database_store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Engine
from billingbot.store.migrate import migrate, packaged_migrations
from tests.contract.patient import LOCAL, QUICK, WarpedTime
from tests.fakes import NOON

pytestmark = pytest.mark.fault(17)

CLIENTS, COMPANIES = "/halo/api/Client", "/pax8/v1/companies"
# 250 clients are three pages of HaloPSA, 450 companies three of Pax8; one more of each does not change that.
PAGES = (1, 2, 3)
KEPT = ["client", "company", "suggestion", "integration", "mapping", "rejected_pair", "client_settings", "audit"]

AT_A_PAGE = {
    FaultKind.RATE_LIMITED: UpstreamRateLimited,
    FaultKind.SERVER_ERROR: UpstreamUnavailable,
    FaultKind.UNAVAILABLE: UpstreamUnavailable,
    FaultKind.UNAUTHORIZED: UpstreamAuthError,
    FaultKind.WRONG_CLOCK: UpstreamAuthError,
    FaultKind.HTML: UpstreamSchemaError,
    FaultKind.RESET: UpstreamUnavailable,
    FaultKind.ANSWER_LOST: UpstreamUnavailable,
    FaultKind.TRUNCATED: UpstreamUnavailable,
    FaultKind.BROKEN_JSON: UpstreamSchemaError,
    FaultKind.LATENCY: UpstreamUnavailable,
    FaultKind.SHORT_PAGE: UpstreamListUnstable,
    FaultKind.DUPLICATE_ROWS: UpstreamListUnstable,
    FaultKind.MISSING_ID: UpstreamSchemaError,
    FaultKind.MISSING_NAME: UpstreamSchemaError,
    FaultKind.WRONG_TYPE: UpstreamSchemaError,
}
OF_THE_LIST = {
    FaultKind.EMPTY_LIST: ApprovalNeeded,
    FaultKind.HALF_LIST: ApprovalNeeded,
    FaultKind.LOOPING_PAGE: UpstreamListUnstable,
    FaultKind.ROW_REMOVED: UpstreamListUnstable,
    FaultKind.ROW_INSERTED: UpstreamListUnstable,
}
CASES = [
    pytest.param(Fault(kind, path, page, seconds=1), error, id=f"{kind.name} {path} page {page}")
    for path in (CLIENTS, COMPANIES)
    for kind, error in AT_A_PAGE.items()
    for page in PAGES
] + [
    pytest.param(Fault(kind, path), error, id=f"{kind.name} {path}")
    for path in (CLIENTS, COMPANIES)
    for kind, error in OF_THE_LIST.items()
]


@dataclass
class Office:
    """A store that has been refreshed once, and the sandbox that it is refreshed from."""

    sandbox: Sandbox
    engine: Engine
    store: DatabaseStore
    runs: int = 0

    def refresh(self) -> None:
        """Refresh with connectors that know nothing yet of what failed before; waits between tries pass at once."""
        timing, given = WarpedTime().timing(), self.sandbox.credentials
        halo = HaloPsa(
            HaloAccount(
                self.sandbox.halo_url, given.halo_client_id, given.halo_client_secret, given.halo_tenant, LOCAL
            ),
            Transport("HaloPSA", Wire(QUICK, LOCAL), QUICK, timing),
        )
        pax8_url, audience = self.sandbox.pax8_url, "https://api.pax8.com"
        pax8 = Pax8(
            Pax8Account(pax8_url, f"{pax8_url}/token", audience, given.pax8_client_id, given.pax8_client_secret),
            Transport("Pax8", Wire(QUICK, LOCAL), QUICK, timing),
        )
        self.runs += 1
        try:
            run = start_refresh(self.store, "pax8", "ann", f"run-{self.runs}", NOON)
            refresh_clients(self.store, run, Sources(halo, pax8, lambda: NOON, lambda: 0.0))
        finally:
            halo.close()
            pax8.close()

    @contextmanager
    def changed_upstream(self) -> Iterator[None]:
        """Rename an early row of each list and add a pair, by other names each time, so that any save shows.

        Afterwards the lists are as they were.
        """
        control, data, mark = self.sandbox.control, self.sandbox.data, f"No {self.runs}"
        client = min(data.clients, key=lambda row: row.client_id)
        company = min(data.companies, key=lambda row: row.name.casefold())
        control.rename_client(client.client_id, f"{client.name} {mark}")
        control.rename_company(company.company_id, f"{company.name} {mark}")
        client_id, company_id = control.add_client(f"Zyzzyva {mark}"), control.add_company(f"Zyzzyva {mark}")
        try:
            yield
        finally:
            control.remove_client(client_id)
            control.remove_company(company_id)
            control.rename_client(client.client_id, client.name)
            control.rename_company(company.company_id, company.name)

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of everything that a refresh may change but its own row."""
        return {table: self._rows(table) for table in KEPT}

    def _rows(self, table: str) -> list[tuple[object, ...]]:
        return self.engine.read(lambda tx: sorted(tx.rows(f"select * from {table}"), key=repr))  # noqa: S608 - ours


@contextmanager
def opened_office(path: Path) -> Iterator[Office]:
    engine = DuckDBEngine(path)
    migrate(engine, packaged_migrations())
    store = DatabaseStore(engine)
    store.add_integration(Integration("pax8", "Pax8"), actor="ann", now=NOON)
    with Sandbox(data=build(seed=3, clients=250, companies=450, today=date(2026, 11, 22)), rate_limit=None) as sandbox:
        office = Office(sandbox, engine, store)
        office.refresh()
        # What the first one linked is out of the way of the second one's suggestions; from then on nothing moves.
        office.refresh()
        yield office
    engine.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened_office(tmp_path_factory.mktemp("faults") / "billingbot.duckdb") as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_wrong_afterwards(office: Office) -> Iterator[None]:
    yield
    office.sandbox.control.clear_faults()


@pytest.mark.parametrize(("fault", "error"), CASES)
def test_a_fault_is_refused_with_a_clear_message_and_changes_nothing(
    office: Office, fault: Fault, error: type[BillingBotError]
) -> None:
    before = office.tables()
    office.sandbox.control.fault(fault)

    with office.changed_upstream(), pytest.raises(error) as raised:
        office.refresh()

    latest = office.store.latest_run("pax8")
    assert latest is not None
    assert latest.state is (RefreshState.NEEDS_APPROVAL if error is ApprovalNeeded else RefreshState.FAILED)
    assert latest.error == str(raised.value)
    assert ("HaloPSA" if fault.path == CLIENTS else "Pax8") in latest.error
    assert office.tables() == before


def test_without_a_fault_the_same_refresh_changes_every_table_of_lists_and_links(tmp_path: Path) -> None:
    with opened_office(tmp_path / "billingbot.duckdb") as office:
        before = office.tables()
        with office.changed_upstream():
            office.refresh()
        after = office.tables()

    assert {table for table in KEPT if after[table] != before[table]} >= {"client", "company", "mapping", "audit"}


@pytest.mark.parametrize("path", [CLIENTS, COMPANIES])
@pytest.mark.parametrize(
    "kind",
    [FaultKind.SERVER_ERROR, FaultKind.RATE_LIMITED, FaultKind.RESET, FaultKind.UNAUTHORIZED, FaultKind.SHORT_PAGE],
)
def test_a_fault_that_passes_is_not_even_noticed(office: Office, kind: FaultKind, path: str) -> None:
    before = office.tables()
    office.sandbox.control.fault(Fault(kind, path, page=2, times=1))

    office.refresh()

    assert office.tables() == before


def test_every_fault_of_the_sandbox_has_its_place_in_this_table() -> None:
    assert {*AT_A_PAGE, *OF_THE_LIST} == set(FaultKind)
