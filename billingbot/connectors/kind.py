"""What a kind of distributor offers before it is connected: its key, its name, its credentials, how to connect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from billingbot.connectors.http import Timing
from billingbot.domain.credential import CredentialField
from billingbot.ports import Distributor


class Connection(Distributor, Protocol):
    """A connected distributor, which holds sockets and a thread until it is closed."""

    def close(self) -> None:
        """Give sockets and thread back; the connection cannot be used afterwards."""


class Connect(Protocol):
    """How a kind is connected."""

    def __call__(
        self,
        credentials: Mapping[str, str],
        *,
        allowed_hosts: frozenset[str] = frozenset(),
        timing: Timing | None = None,
        hurried: bool = False,
    ) -> Connection:
        """Return a connection; nothing is asked of the vendor yet. Raise `ConfigError` that names every faulty value.

        Args:
            credentials: a value for each field's name; empty or missing means the field's default.
            allowed_hosts: hosts that may be private, speak plain HTTP and use any port: on-premises, the sandbox.
            timing: time and chance; tests pass their own.
            hurried: whether a person waits for each call, so that it has to end soon.
        """


@dataclass(frozen=True, slots=True)
class DistributorKind:
    """A distributor that BillingBot can connect to. `key` is stored, `name` is shown.

    `published` says in a sentence when the charges of a month can be read.
    """

    key: str
    name: str
    fields: tuple[CredentialField, ...]
    connect: Connect
    published: str
