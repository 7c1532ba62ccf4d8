"""The vendors that are connected, and why the others are not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from billingbot.bootstrap.vendor import HALO
from billingbot.connectors import Connection, HaloPsa
from billingbot.errors import ConfigError


class Connected(Protocol):
    """What is connected now. `problems` are sentences by key: `halo`, or a distributor's."""

    @property
    def halo(self) -> HaloPsa | None:
        """Return HaloPSA, if it is connected."""

    @property
    def distributors(self) -> Mapping[str, Connection]:
        """Return the connected distributors by key."""

    @property
    def problems(self) -> Mapping[str, str]:
        """Return why the others are not connected, a sentence each, by key."""

    def close(self) -> None:
        """Close all of them."""


@dataclass(frozen=True, slots=True)
class Connections:
    """Vendors that stay connected as they are."""

    halo: HaloPsa | None
    distributors: Mapping[str, Connection]
    problems: Mapping[str, str]

    def close(self) -> None:
        """Close all of them."""
        if self.halo is not None:
            self.halo.close()
        for distributor in self.distributors.values():
            distributor.close()


def problems_of(connections: Connected, integration: str) -> tuple[str, ...]:
    """Return what keeps the integration from being refreshed: nothing, when HaloPSA and it are connected."""
    problems = connections.problems
    return tuple(problems[key] for key in (HALO, integration) if key in problems)


def halo_of(connections: Connected) -> HaloPsa:
    """Return HaloPSA, or raise `ConfigError`, which says what to do."""
    halo = connections.halo
    if halo is None:
        raise ConfigError(connections.problems.get(HALO, "HaloPSA is not connected."))
    return halo


def distributor_of(connections: Connected, integration: str) -> Connection:
    """Return the distributor, or raise `ConfigError`, which says what to do."""
    distributor = connections.distributors.get(integration)
    if distributor is None:
        raise ConfigError(connections.problems.get(integration, f"There is no integration {integration}."))
    return distributor


def lists_of(connections: Connected, integration: str) -> tuple[HaloPsa, Connection]:
    """Return where both lists of a refresh come from, or raise `ConfigError`, which names all that is missing."""
    halo, distributor = connections.halo, connections.distributors.get(integration)
    if halo is None or distributor is None:
        problems = problems_of(connections, integration)
        raise ConfigError(" ".join(problems) or f"There is no integration {integration}.")
    return halo, distributor
