"""What tests may do to a running sandbox: break it, change its data, look behind it. In process, and over HTTP."""

from collections.abc import Iterable, Mapping

from billingbot.sandbox.dataset import HaloClient, Pax8Company
from billingbot.sandbox.faults import Fault
from billingbot.sandbox.identifiers import uuid_for
from billingbot.sandbox.invoice_control import InvoiceControl


class Control(InvoiceControl):
    """The in-process control. Any thread may use it; the next request sees the change.

    Unknown ids raise `NotFound`.
    """

    @property
    def truth(self) -> Mapping[str, int]:
        """Return which company is which client, as the data set began."""
        return self._world.data.truth

    def fault(self, fault: Fault) -> None:
        """Set a fault, beside those that are set."""
        self._world.faults.add(fault)

    def faults_applied(self, fault: Fault) -> int:
        """Return how many requests a fault has hit since it was set."""
        return self._world.faults.applied(fault)

    def clear_faults(self) -> None:
        """Let everything go right again."""
        self._world.faults.clear()

    def requests(self, path: str) -> int:
        """Return how many requests came for a path, in any case; all of them for ""."""
        counted = self._world.requests
        return counted[path.lower()] if path else counted.total()

    def all_requests(self) -> dict[str, int]:
        """Return the requests by path, in small letters."""
        return dict(self._world.requests)

    def tokens_issued(self) -> dict[str, int]:
        """Return how many tokens each vendor issued."""
        return {vendor: guard.tokens.issued for vendor, guard in self._world.guards.items()}

    def expire_tokens(self) -> None:
        """Make all issued tokens worthless; new ones are issued as ever."""
        for guard in self._world.guards.values():
            guard.tokens.revoke_all()

    def grant(self, scopes: Iterable[str]) -> None:
        """Let the application at HaloPSA have these scopes and no others; at first it has `all`."""
        self._world.halo_grants.grant(scopes)

    def rename_client(self, client_id: int, name: str) -> None:
        """Give a HaloPSA client another name."""
        self._world.clients.rename(client_id, name)

    def remove_client(self, client_id: int) -> None:
        """Take a HaloPSA client away."""
        self._world.clients.remove(client_id)

    def restore_client(self, client_id: int) -> None:
        """Bring a removed HaloPSA client back."""
        self._world.clients.restore(client_id)

    def add_client(self, name: str) -> int:
        """Add a HaloPSA client and return its id."""
        data, rows = self._world.data, self._world.clients.rows
        number = max([len(data.clients) + len(data.former_clients) - 1, *(client.number for client in rows)]) + 1
        client = HaloClient(number, 1_000_000 + number, name)
        self._world.clients.add(client)
        return client.client_id

    def rename_company(self, company_id: str, name: str) -> None:
        """Give a Pax8 company another name; what was billed keeps the old one."""
        self._world.companies.rename(company_id, name)

    def remove_company(self, company_id: str) -> None:
        """Take a Pax8 company away."""
        self._world.companies.remove(company_id)

    def restore_company(self, company_id: str) -> None:
        """Bring a removed Pax8 company back."""
        self._world.companies.restore(company_id)

    def add_company(self, name: str) -> str:
        """Add a Pax8 company, which has nothing billed yet, and return its id."""
        data, rows = self._world.data, self._world.companies.rows
        number = max([len(data.companies) + len(data.former_companies) - 1, *(company.number for company in rows)]) + 1
        company = Pax8Company(number, uuid_for(data.seed, "company", number), name)
        self._world.companies.add(company)
        return company.company_id
