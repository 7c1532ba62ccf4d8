"""The composition root: from the environment to an app that pages and the command line can ask."""

import logging
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread

from billingbot.config import read_credentials, read_settings
from billingbot.connectors import DISTRIBUTORS, HALO_FIELDS, Connection, DistributorKind, HaloPsa, connect_halo
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.domain.refresh import Missing, RefreshRun
from billingbot.errors import BillingBotError, ConfigError, StoreError
from billingbot.jobs.fetch_charges import fetch_charges
from billingbot.jobs.refresh_clients import Sources, approved_loss, fail_run, refresh_clients, start_refresh
from billingbot.ports import PageSeen, Store
from billingbot.sandbox.connections import sandbox_connections
from billingbot.store import open_duckdb

log = logging.getLogger(__name__)

_SANDBOX_HOSTS = frozenset({"127.0.0.1", "localhost"})


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Connections:
    """The vendors that could be connected, by key, and why the others could not, a sentence each, by key."""

    halo: HaloPsa | None
    distributors: Mapping[str, Connection]
    problems: Mapping[str, str]

    def close(self) -> None:
        """Close all of them."""
        if self.halo is not None:
            self.halo.close()
        for distributor in self.distributors.values():
            distributor.close()


@dataclass(frozen=True)
class App:
    """What pages and the command line talk to. One a process; safe to use from many threads."""

    store: Store
    connections: Connections
    sandbox: bool

    @property
    def config_problems(self) -> tuple[str, ...]:
        """Return what is not connected and what to set, a sentence a vendor."""
        return tuple(self.connections.problems.values())

    def problems_of(self, integration: str) -> tuple[str, ...]:
        """Return what keeps the integration from being refreshed: nothing, when HaloPSA and it are connected."""
        problems = self.connections.problems
        return tuple(problems[key] for key in ("halo", integration) if key in problems)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return now()

    def stamp(self, actor: str, request_id: str = "", reason: str = "") -> Stamp:
        """Return who decides, now, under the request of that id, or under a new one."""
        return Stamp(request_id or uuid.uuid4().hex, actor, now(), reason)

    def start_refresh(self, integration: str, actor: str, approving: str | None = None) -> RefreshRun:
        """Start a refresh in the background and return its run, which every session can watch from now on.

        Args:
            integration: its key.
            actor: who asked.
            approving: the run whose missing rows the actor agrees to see marked Gone.

        Raises:
            RefreshRunning: one is under way.
            ConfigError: HaloPSA or the distributor is not connected.
            NotFound: no such integration, or `approving` is not its newest run.
        """
        sources = self._sources(integration)
        approved = approved_loss(self.store, integration, approving) if approving else None
        run = start_refresh(self.store, integration, actor, uuid.uuid4().hex, now())
        Thread(target=self._carry_out, args=(run, sources, approved), name=f"refresh {run.run_id}", daemon=True).start()
        return run

    def cancel_refresh(self, run_id: str, actor: str) -> bool:
        """End a running refresh at once; return False when it had ended before."""
        return self.store.cancel_run(run_id, actor, now())

    def fetch_charges(
        self, integration: str, period: Period, actor: str, seen: PageSeen, *, allow_empty: bool = False
    ) -> ChargeSnapshot:
        """Read the month's charges, keep them in place of what was kept, and return what is known of them.

        HaloPSA need not be connected. It takes as long as the distributor does.

        Args:
            integration: its key.
            period: the month.
            actor: who asked.
            seen: hears of every page, and may raise to stop the reading.
            allow_empty: let no charges at all take the place of charges; for a person who looked.

        Raises:
            ConfigError: the distributor is not connected.
            BillingBotError: everything that `jobs.fetch_charges` raises. What was kept for the month stays.
        """
        distributor = self.connections.distributors.get(integration)
        if distributor is None:
            raise ConfigError(self.connections.problems.get(integration, f"There is no integration {integration}."))
        return fetch_charges(self.store, distributor, integration, period, actor, now, seen, allow_empty=allow_empty)

    def close(self) -> None:
        """Give connections and database back; the app cannot be used afterwards."""
        self.connections.close()
        self.store.close()

    def _sources(self, integration: str) -> Sources:
        halo, distributor = self.connections.halo, self.connections.distributors.get(integration)
        if halo is None or distributor is None:
            raise ConfigError(" ".join(self.problems_of(integration)) or f"There is no integration {integration}.")
        return Sources(halo, distributor, now, time.monotonic)

    def _carry_out(self, run: RefreshRun, sources: Sources, approved: Missing | None) -> None:
        """Be the thread of a run: its outermost boundary, so that no run ends without saying so."""
        try:
            summary = refresh_clients(self.store, run, sources, approved)
            log.info("refresh %s of %s succeeded: %s", run.run_id, run.integration, summary)
        except BillingBotError as error:
            log.warning("refresh %s of %s ended: %s", run.run_id, run.integration, error)
        except Exception:
            log.exception("refresh %s of %s failed", run.run_id, run.integration)
            reason = f"Something went wrong inside BillingBot; the log has the details under {run.run_id}."
            fail_run(self.store, run, reason, now())


def build_app(environ: Mapping[str, str], kinds: Sequence[DistributorKind] = DISTRIBUTORS) -> App:
    """Open the database, connect what is configured, and register each connected distributor as an integration.

    Raises `StoreError` when the database cannot be opened, or holds sandbox data and is opened for real ones or the
    other way round; `ConfigError` when the sandbox's address is no address.
    """
    settings = read_settings(environ)
    connections = (
        _connect_sandbox(settings.sandbox_url, kinds)
        if settings.sandbox_url
        else _connect(environ, settings.allowed_hosts, kinds)
    )
    store = open_duckdb(settings.database)
    app = App(store, connections, sandbox=settings.sandbox_url is not None)
    try:
        store.claim("sandbox data" if app.sandbox else "real data")
        for key, distributor in connections.distributors.items():
            store.add_integration(Integration(key, distributor.name), actor="auto", now=now())
    except StoreError:
        app.close()
        raise
    return app


def _connect(
    environ: Mapping[str, str], allowed_hosts: frozenset[str], kinds: Sequence[DistributorKind]
) -> Connections:
    problems: dict[str, str] = {}
    halo: HaloPsa | None = None
    try:
        halo = connect_halo(read_credentials(environ, "halo", "HaloPSA", HALO_FIELDS), allowed_hosts=allowed_hosts)
    except ConfigError as error:
        problems["halo"] = str(error)
    distributors: dict[str, Connection] = {}
    for kind in kinds:
        try:
            credentials = read_credentials(environ, kind.key, kind.name, kind.fields)
            distributors[kind.key] = kind.connect(credentials, allowed_hosts=allowed_hosts)
        except ConfigError as error:
            problems[kind.key] = str(error)
    return Connections(halo, distributors, problems)


def _connect_sandbox(url: str, kinds: Sequence[DistributorKind]) -> Connections:
    credentials = sandbox_connections(url)
    return Connections(
        connect_halo(credentials["halo"], allowed_hosts=_SANDBOX_HOSTS),
        {
            kind.key: kind.connect(credentials[kind.key], allowed_hosts=_SANDBOX_HOSTS)
            for kind in kinds
            if kind.key in credentials
        },
        {},
    )
