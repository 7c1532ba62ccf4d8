"""The store as the rest of BillingBot sees it: each method is one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import pandas as pd

from billingbot.domain.charge import Charge, Statement
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.decision import Decision, Receipt, Stamp
from billingbot.domain.history import ActivityFilter, Batch, Recorded, Revision
from billingbot.domain.integration import Integration
from billingbot.domain.link import Link
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from billingbot.domain.refresh import Missing, RefreshRun, RefreshState, Step, Summary
from billingbot.ports import Fetched
from billingbot.store import (
    changes,
    charges,
    client_rows,
    decision_reads,
    history,
    integrations,
    known,
    links,
    outbox,
    revision,
    run_leases,
    run_reads,
    run_writes,
    space,
)
from billingbot.store.apply_refresh import apply_refresh
from billingbot.store.credential_store import CredentialTables
from billingbot.store.decide import decide
from billingbot.store.engine import Engine, Transaction
from billingbot.store.ledger_store import LedgerTables
from billingbot.store.origin import claim
from billingbot.store.product_store import ProductTables
from billingbot.store.setup_store import SetupTables
from billingbot.store.undo import undo
from billingbot.store.user_store import UserTables


class DatabaseStore(CredentialTables, SetupTables, ProductTables, LedgerTables, UserTables):
    """`ports.Store` on a database whose tables are up to date."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """Return the database that it is on: where rights are asked about, see `guarded_store`."""
        return self._engine

    def require_space(self) -> None:
        """Raise `StoreFull` when there is too little space for what a vendor lists."""
        space.require(self._engine)

    def claim(self, data: str) -> None:
        """Say what data the database is for, or raise `WrongDatabase` when it is for other data already."""
        self._engine.write(lambda tx: claim(tx, data))

    def integration(self, key: str) -> Integration:
        """Return the configured integration, or raise `NotFound`."""
        return self._engine.read(lambda tx: integrations.integration(tx, key))

    def integrations(self) -> list[Integration]:
        """Return the configured integrations by name, without those that were removed."""
        return self._engine.read(integrations.integrations)

    def add_integration(self, integration: Integration, actor: str, now: datetime) -> None:
        """Configure an integration with its defaults; one that was removed is in use again, as it was."""
        self._engine.write(lambda tx: integrations.add(tx, integration, actor, now))

    def start_run(self, run: RefreshRun, lease: timedelta) -> RefreshRun:
        """Take the integration's lease, store the run, return it with its token; a dead run becomes `abandoned`."""
        return self._engine.write(lambda tx: run_writes.start(tx, run, lease))

    def report(self, run_id: str, token: int, step: Step, done: int, total: int) -> None:
        """Store how far the run is."""
        self._engine.write(lambda tx: run_writes.report(tx, run_id, token, step, done, total))

    def extend_lease(self, run_id: str, token: int, lease: timedelta) -> None:
        """Keep the lease for `lease` from now, by the database's clock."""

        def work(tx: Transaction) -> None:
            run_leases.fence(tx, run_id, token)
            run_leases.extend(tx, run_id, lease)

        self._engine.write(work)

    def run(self, run_id: str) -> RefreshRun:
        """Return the run, or raise `NotFound`."""
        return self._engine.read(lambda tx: run_reads.run(tx, run_id))

    def latest_run(self, integration: str) -> RefreshRun | None:
        """Return the newest run of the integration, if there is one."""
        return self._engine.read(lambda tx: run_reads.newest(tx, integration, tuple(RefreshState)))

    def latest_success(self, integration: str) -> RefreshRun | None:
        """Return the newest run of the integration that succeeded, if there is one: the lists are from then."""
        return self._engine.read(lambda tx: run_reads.newest(tx, integration, (RefreshState.SUCCEEDED,)))

    def company_names(self, integration: str, company_ids: Collection[str]) -> list[str]:
        """Return the names of those companies of the integration, in the order of the names."""
        return self._engine.read(lambda tx: known.company_names(tx, integration, company_ids))

    def present_client_ids(self) -> frozenset[int]:
        """Return the ids of the clients that are not Gone."""
        return self._engine.read(known.present_client_ids)

    def present_company_ids(self, integration: str) -> frozenset[str]:
        """Return the ids of the integration's companies that are not Gone."""
        return self._engine.read(lambda tx: known.present_company_ids(tx, integration))

    def decided_pairs(self, integration: str) -> pd.DataFrame:
        """Return every mapping. Columns: company_id str · client_id int64."""
        return self._engine.read(lambda tx: known.decided_pairs(tx, integration))

    def rejected_pairs(self, integration: str) -> pd.DataFrame:
        """Return the pairs that are never to come back. Columns: company_id str · client_id int64."""
        return self._engine.read(lambda tx: known.rejected_pairs(tx, integration))

    def apply_refresh(self, run: RefreshRun, fetched: Fetched, matches: pd.DataFrame, now: datetime) -> Summary:
        """Write lists, links, suggestions, audit rows and the run's end in one transaction, under the run's token."""
        return self._engine.write(lambda tx: apply_refresh(tx, run, fetched, matches, now))

    def end_run(self, run: RefreshRun, now: datetime, error: str | None = None, missing: Missing | None = None) -> None:
        """Store how the run ended when it did not succeed, under its token, and give the lease back."""
        self._engine.write(lambda tx: run_writes.end(tx, run, now, error, missing))

    def cancel_run(self, run_id: str, actor: str, now: datetime) -> bool:
        """End a running run at once, whoever asks; return False when it had ended before."""
        return self._engine.write(lambda tx: run_writes.cancel(tx, run_id, actor, now))

    def abandon_expired(self) -> None:
        """End the runs whose lease has ended as `abandoned`; where there are none, this is a read only."""
        if self._engine.read(run_writes.expired):
            self._engine.write(run_writes.abandon_expired)

    def client_rows(self, integration: str, client_ids: Collection[int] | None = None) -> pd.DataFrame:
        """Return the grid's rows, all or the named ones, by name and id. The columns are in `ports.Store`."""
        return self._engine.read(lambda tx: client_rows.client_rows(tx, integration, client_ids))

    def candidates(self, integration: str, client_ids: Collection[int]) -> pd.DataFrame:
        """Return the suggestions for clients, best first. The columns are documented in `ports.Store`."""
        return self._engine.read(lambda tx: client_rows.candidates(tx, integration, client_ids))

    def decide(self, integration: str, decisions: Sequence[Decision], stamp: Stamp) -> Receipt:
        """Carry out all decisions in one transaction, or none, each change with an audit row."""
        return self._engine.write(lambda tx: decide(tx, integration, decisions, stamp))

    def undo(self, batch: str, stamp: Stamp, *, partly: bool = False) -> Receipt:
        """Take back a batch: each change is reversed, if what it changed still is as it left it."""
        return self._engine.write(lambda tx: undo(tx, batch, stamp, partly))

    def settings(self, integration: str, client_id: int) -> ClientSettings:
        """Return what is decided for the client; version 0 when nothing is."""
        return self._engine.read(lambda tx: decision_reads.settings(tx, integration, client_id))

    def links(self, integration: str, client_id: int) -> list[Link]:
        """Return the client's companies by name."""
        return self._engine.read(lambda tx: links.links(tx, integration, client_id))

    def free_companies(self, integration: str) -> list[Company]:
        """Return the companies that are not gone and that no client holds, by name."""
        return self._engine.read(lambda tx: links.free_companies(tx, integration))

    def history(self, integration: str, client_id: int, limit: int) -> list[Recorded]:
        """Return what was decided about the client, newest first."""
        return self._engine.read(lambda tx: changes.of_client(tx, integration, client_id, limit))

    def batches(self, wanted: ActivityFilter, limit: int) -> list[Batch]:
        """Return the batches of changes, newest first; a refresh that linked companies is one."""
        return self._engine.read(lambda tx: history.batches(tx, wanted, limit))

    def batch_changes(self, batch: str, limit: int) -> list[Recorded]:
        """Return what was changed in the batch, in the order in which it was."""
        return self._engine.read(lambda tx: changes.of_batch(tx, batch, limit))

    def runs(self, wanted: ActivityFilter, limit: int) -> list[RefreshRun]:
        """Return refresh runs, newest first; `text` is looked for in their errors."""
        return self._engine.read(lambda tx: run_reads.runs(tx, wanted, limit))

    def actors(self) -> list[str]:
        """Return everybody who has changed anything, by name."""
        return self._engine.read(history.actors)

    def changed_integrations(self) -> list[str]:
        """Return the keys of the integrations that anything is recorded of, and "halo" for HaloPSA."""
        return self._engine.read(history.changed_integrations)

    def revision(self) -> Revision:
        """Return how often anything has changed."""
        return self._engine.read(revision.revision)

    def changed_clients(self, integration: str, since: int) -> frozenset[int]:
        """Return the clients whose row may differ from that of revision `since`, where that is not all of them."""
        return self._engine.read(lambda tx: revision.changed_clients(tx, integration, since))

    def acknowledged(self, boot: str) -> int:
        """Return the number of the last event of a grid's outbox that was carried out or refused; 0 for none."""
        return self._engine.read(lambda tx: outbox.acknowledged(tx, boot))

    def acknowledge(self, boot: str, number: int, now: datetime) -> None:
        """Remember that the events of the outbox up to this one are done; a smaller number changes nothing."""
        self._engine.write(lambda tx: outbox.acknowledge(tx, boot, number, now))

    def replace_charges(self, integration: str, statement: Statement, actor: str, now: datetime) -> ChargeSnapshot:
        """Keep the statement in place of what is kept for its period; return what is known of it."""
        frame = charges.frame_of(statement)
        return self._engine.write(lambda tx: charges.replace(tx, integration, statement, frame, actor, now))

    def charges(self, integration: str, period: Period, *, with_raw: bool = True) -> Statement | None:
        """Return what is kept for the period, in the order of the charges' ids; None when it was never read."""
        return self._engine.read(lambda tx: charges.charges(tx, integration, period, with_raw=with_raw))

    def charges_of(self, integration: str, period: Period, company_ids: Collection[str]) -> list[Charge]:
        """Return the period's charges of those companies, in the order of the charges' ids."""
        return self._engine.read(lambda tx: charges.charges_of(tx, integration, period, company_ids))

    def charge_snapshot(self, integration: str, period: Period) -> ChargeSnapshot | None:
        """Return what is known of the period; None when it was never read."""
        found = self._engine.read(lambda tx: charges.snapshots(tx, integration, period))
        return found[0] if found else None

    def charge_periods(self, integration: str) -> list[ChargeSnapshot]:
        """Return what is known of each period that was read, newest period first."""
        return self._engine.read(lambda tx: charges.snapshots(tx, integration))

    def close(self) -> None:
        """Release the database."""
        self._engine.close()
