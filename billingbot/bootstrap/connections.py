"""The vendors that are connected, and why the others are not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from billingbot.connectors import Connection, HaloPsa


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
