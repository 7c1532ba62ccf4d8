"""What pages and the command line talk to."""

import os
import time
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from billingbot.bootstrap.charge_fetches import ChargeFetch, ChargeFetches
from billingbot.bootstrap.clock import now, outside_of
from billingbot.bootstrap.connections import Connected, distributor_of, halo_of, lists_of, problems_of
from billingbot.bootstrap.local_zone import local_zone
from billingbot.bootstrap.refresh_thread import start_refresh_thread
from billingbot.bootstrap.sendings import Sending, Sendings
from billingbot.bootstrap.signed_in import Stores, stores_of
from billingbot.bootstrap.vendors import Vendors
from billingbot.domain.access import Permission, Role, SignIn
from billingbot.domain.billing import Billing
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.credential import Origin
from billingbot.domain.decision import Receipt, Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.domain.plan import Plan
from billingbot.domain.refresh import RefreshRun
from billingbot.domain.sending import SendResult
from billingbot.domain.vendor_check import CheckResult
from billingbot.errors import ConfigError
from billingbot.jobs.bill_charges import bill_charges
from billingbot.jobs.fetch_charges import fetch_charges
from billingbot.jobs.plan_charges import Month, plan_charges
from billingbot.jobs.plan_text import thawed
from billingbot.jobs.preview_defaults import DefaultsPreview, preview_defaults
from billingbot.jobs.refresh_clients import Sources, approved_loss, start_refresh
from billingbot.jobs.send_charges import send_charges
from billingbot.ports import PageSeen, Store


@dataclass(frozen=True)
class App:
    """What pages and the command line talk to. One a process; safe to use from many threads.

    `actor` is under whose name the page's changes are recorded, and `role` what it may show: without sign-in there is
    one user, who may do everything. What somebody may do is decided by `store` alone, each time anew.
    """

    store: Store
    connections: Connected
    sandbox: bool
    vendors: Vendors
    actor: str = "operator"
    role: Role = Role.ADMIN
    signed_in: Stores | None = None
    charge_fetches: ChargeFetches = field(default_factory=ChargeFetches)
    sendings: Sendings = field(default_factory=Sendings)

    @property
    def config_problems(self) -> tuple[str, ...]:
        """Return what is not connected and what to set, a sentence a vendor."""
        return tuple(self.connections.problems.values())

    def problems_of(self, integration: str) -> tuple[str, ...]:
        """Return what keeps the integration from being refreshed: nothing, when HaloPSA and it are connected."""
        return problems_of(self.connections, integration)

    def for_sign_in(self, sign_in: SignIn, users: "App") -> "App":
        """Return the app as that person may use it; `users` is the app whose store has the users, often this one.

        It shares everything with this one, and is not closed. Raises `AccessRefused` when the sign-in does not hold.
        """
        stores = stores_of(self.store, users.store, sign_in, now)
        role = users.store.arrive(sign_in, "", now()).role
        vendors = self.vendors.through(stores.own)
        return replace(self, store=stores.own, vendors=vendors, actor=sign_in.actor, role=role, signed_in=stores)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return now()

    def time_zone(self) -> str:
        """Return the MSP's time zone, which is the machine's while nobody said."""
        return self.store.setting("time_zone") or local_zone(os.environ)

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
        sources = Sources(*lists_of(self.connections, integration), now, time.monotonic)
        approved = approved_loss(self.store, integration, approving) if approving else None
        run = start_refresh(self.store, integration, actor, uuid.uuid4().hex, now())
        start_refresh_thread(self.signed_in.machine if self.signed_in else self.store, run, sources, approved)
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
        distributor = distributor_of(self.connections, integration)
        return fetch_charges(self.store, distributor, integration, period, actor, now, seen, allow_empty=allow_empty)

    def save_credentials(self, vendor: str, entered: Mapping[str, str], stamp: Stamp) -> None:
        """Keep what was entered, as `Vendors.save` says; a distributor that is connected then becomes an integration.

        Raises `ConfigError`, `NotFound`, `StoreError`.
        """
        self.vendors.save(vendor, entered, stamp)
        self.add_connected_integrations(stamp.actor)

    def check_credentials(self, vendor: str, entered: Mapping[str, str]) -> CheckResult:
        """Try the vendor with what was entered above what is kept; when nothing was entered, remember how it went."""
        self.store.require(Permission.ADMINISTER)
        result = self.vendors.check(vendor, entered)
        if not entered:
            self.store.record_check(vendor, result.error, now())
        return result

    def add_connected_integrations(self, actor: str) -> None:
        """Make each connected distributor an integration; those that are stay as they are."""
        self.store.require(Permission.ADMINISTER)
        known = {integration.key for integration in self.store.integrations()}
        for key, distributor in self.connections.distributors.items():
            if key not in known:
                self.store.add_integration(Integration(key, distributor.name), actor=actor, now=now())

    def preview_defaults(self, key: str, wanted: Integration) -> DefaultsPreview:
        """Return what it would change if the integration had the defaults of `wanted`. Raises `NotFound`."""
        return preview_defaults(self.store, key, wanted)

    def remove_integration(self, key: str, actor: str) -> None:
        """Take the integration out of use and forget its credentials; what was decided for it is kept.

        Raises `ConfigError` when it would be connected again at the next start, `NotFound`.
        """
        if any(state.origin in (Origin.ENVIRONMENT, Origin.SANDBOX) for state in self.vendors.states(key)):
            name = self.vendors.vendor(key).name
            raise ConfigError(
                f"{name} is set up outside of BillingBot, by the environment, and has to be removed there."
            )
        self.store.remove_integration(key, self.stamp(actor))

    def purge_integration(self, key: str, actor: str) -> Receipt:
        """Delete everything that was decided for a removed integration, as one batch that can be undone.

        Raises `NotFound`, also when it is in use.
        """
        reason = "Its assignments were deleted with the integration."
        return self.store.purge_integration(key, self.stamp(actor, reason=reason))

    def start_charge_fetch(
        self, integration: str, period: Period, actor: str, *, allow_empty: bool = False
    ) -> ChargeFetch:
        """Fetch the month's charges in the background, as `fetch_charges` does; return what can be watched.

        While another month of the integration is fetched, that one is returned.
        """
        self.store.require(Permission.OPERATE)
        wanted = ChargeFetch(uuid.uuid4().hex, integration, period, actor, now())
        return self.charge_fetches.start(
            wanted, lambda seen: self.fetch_charges(integration, period, actor, seen, allow_empty=allow_empty)
        )

    def cancel_charge_fetch(self, integration: str) -> None:
        """Ask the fetch of the integration that is under way to stop at its next page."""
        self.store.require(Permission.OPERATE)
        self.charge_fetches.cancel(integration)

    def billing(self, integration: str, period: Period) -> Billing:
        """Return what becomes of the month's charges under the rules. Raises `NotFound` when none were fetched."""
        return bill_charges(self.store, integration, period)

    def plan_charges(self, integration: str, period: Period, client_ids: Collection[int], actor: str) -> Plan:
        """Plan what HaloPSA gets for these clients, and keep the plan. HaloPSA is read, nothing is sent.

        Raises `ConfigError` when HaloPSA is not connected, `NotFound`, `UpstreamError`.
        """
        month, outside = Month(integration, period), outside_of(self.time_zone())
        return plan_charges(self.store, halo_of(self.connections), month, client_ids, actor, outside)

    def kept_plan(self, plan_hash: str) -> Plan:
        """Return the plan whose hash begins so. Raises `NotFound`."""
        return thawed(self.store.plan(plan_hash))

    def send_charges(
        self,
        plan_hash: str,
        confirmed: Collection[int],
        actor: str,
        seen: PageSeen,
        stopping: Callable[[], bool] = lambda: False,
    ) -> list[SendResult]:
        """Send a plan, as `jobs.send_charges` says. Raises `ConfigError`, and what that raises."""
        store, outside = self.signed_in.sending if self.signed_in else self.store, outside_of(self.time_zone())
        return send_charges(store, halo_of(self.connections), plan_hash, confirmed, actor, outside, seen, stopping)

    def start_sending(self, plan_hash: str, confirmed: Collection[int], actor: str) -> Sending:
        """Send a plan in the background; return what can be watched. While another one runs, that one is returned.

        Raises `NotFound` when there is no such plan.
        """
        self.store.require(Permission.OPERATE)
        plan = self.kept_plan(plan_hash)
        wanted = Sending(uuid.uuid4().hex, plan.integration, plan.period, plan.plan_hash, actor, now())
        return self.sendings.start(
            wanted, lambda seen, stopping: self.send_charges(plan.plan_hash, confirmed, actor, seen, stopping)
        )

    def cancel_sending(self, integration: str) -> None:
        """Ask the sending of the integration that is under way to stop before its next client."""
        self.store.require(Permission.OPERATE)
        self.sendings.cancel(integration)

    def close(self) -> None:
        """Give connections and database back; the app cannot be used afterwards. They are not a person's to give."""
        if self.signed_in is None:
            self.connections.close()
            self.store.close()
