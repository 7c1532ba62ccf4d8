"""Clients and companies to try things on: each is given out once, so that the tests of one app do not meet."""

from collections.abc import Sequence
from dataclasses import dataclass

from billingbot.domain.match import ClientStatus
from billingbot.domain.party import Company
from billingbot.ports import Store
from billingbot.sandbox.dataset import DataSet
from tests import billed_clients

# Tests find these by what HaloPSA has billed them.
_BILLED = (
    billed_clients.client_with_open_invoice,
    billed_clients.client_with_only_closed_invoices,
    billed_clients.client_without_invoices,
    billed_clients.client_with_recurring_invoice,
    billed_clients.client_with_disabled_recurring_invoice,
    billed_clients.client_without_recurring_invoice,
)


@dataclass(frozen=True)
class ListedClient:
    """A client as a refresh left it. `companies` names those that are linked, "" none."""

    client_id: int
    name: str
    companies: str
    status: ClientStatus


@dataclass(frozen=True)
class RefreshedLists:
    """What a refresh left: clients, but for those that are known by their invoices, and companies nobody waits for."""

    clients: Sequence[ListedClient]
    spare_companies: Sequence[Company]

    @classmethod
    def read(cls, store: Store, data: DataSet) -> "RefreshedLists":
        rows = store.client_rows("pax8")
        kept = {find(data).client_id for find in _BILLED}
        columns = (rows[name].tolist() for name in ("client_id", "client", "companies", "status"))
        clients = [
            ListedClient(client_id, name, companies, ClientStatus(status))
            for client_id, name, companies, status in zip(*columns, strict=True)
            if client_id not in kept
        ]
        suggested = set(store.candidates("pax8", rows["client_id"].tolist())["company_id"])
        return cls(clients, [found for found in store.free_companies("pax8") if found.company_id not in suggested])


class UnusedClients:
    """The clients that nobody has taken yet."""

    def __init__(self, clients: Sequence[ListedClient]) -> None:
        self._left = list(clients)

    def take(self, status: ClientStatus) -> ListedClient:
        """Return a client of that status, which is taken now."""
        found = next(client for client in self._left if client.status is status)
        self._left.remove(found)
        return found
