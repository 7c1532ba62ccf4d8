"""Everything that the running sandbox knows, in one record that all vendors and the control share."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from billingbot.sandbox.credentials import SandboxCredentials
from billingbot.sandbox.dataset import DataSet, HaloClient, Pax8Company
from billingbot.sandbox.faults import FaultBook
from billingbot.sandbox.guard import Guard
from billingbot.sandbox.halo_grants import Grants
from billingbot.sandbox.invoice_book import INVOICES, RECURRING_INVOICES, InvoiceBook
from billingbot.sandbox.roster import Roster
from billingbot.sandbox.tokens import RollingWindow, TokenBook


@dataclass(frozen=True, slots=True)
class World:
    """`data` never changes; rosters and books do. `requests` counts by path in small letters. `clock` is in seconds."""

    data: DataSet
    credentials: SandboxCredentials
    clients: Roster[int, HaloClient]
    companies: Roster[str, Pax8Company]
    invoices: InvoiceBook
    recurring_invoices: InvoiceBook
    halo: Guard
    halo_grants: Grants
    pax8: Guard
    ingram_micro: Guard
    ingram_cloud: Guard
    twilio: Guard
    faults: FaultBook
    requests: Counter[str]
    clock: Callable[[], float]

    @property
    def guards(self) -> dict[str, Guard]:
        """Return the guard of each vendor that issues tokens."""
        return {
            "halo": self.halo,
            "pax8": self.pax8,
            "ingram_micro": self.ingram_micro,
            "ingram_cloud": self.ingram_cloud,
        }


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a token lives, in seconds, and how many requests each vendor takes in `window` seconds (None: any)."""

    token_lifetime: int
    rate_limit: int | None
    window: float


def new_world(
    data: DataSet,
    credentials: SandboxCredentials,
    terms: Terms,
    clock: Callable[[], float],
    new_token: Callable[[], str],
) -> World:
    """Return a world in which nothing has happened yet."""

    def guard() -> Guard:
        tokens = TokenBook(terms.token_lifetime, clock, new_token)
        return Guard(tokens, RollingWindow(terms.rate_limit, terms.window, clock))

    clients = Roster((*data.clients, *data.former_clients), lambda client: client.client_id)
    return World(
        data=data,
        credentials=credentials,
        clients=clients,
        companies=Roster((*data.companies, *data.former_companies), lambda company: company.company_id),
        invoices=InvoiceBook(INVOICES, data.seed, data.today, clients),
        recurring_invoices=InvoiceBook(RECURRING_INVOICES, data.seed, data.today, clients),
        halo=guard(),
        halo_grants=Grants(),
        pax8=guard(),
        ingram_micro=guard(),
        ingram_cloud=guard(),
        twilio=guard(),
        faults=FaultBook(),
        requests=Counter(),
        clock=clock,
    )
