"""How much of an integration is mapped, in numbers: what its card shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class IntegrationFigures:
    """Companies that the distributor lists, how many of them are mapped, and how many of those wait for a click."""

    companies: int = 0
    mapped: int = 0
    review: int = 0


@dataclass(frozen=True, slots=True)
class SetupFigures:
    """Clients that HaloPSA lists, and the figures of each integration that has companies, by key."""

    clients: int = 0
    integrations: Mapping[str, IntegrationFigures] = field(default_factory=dict)

    def of(self, key: str) -> IntegrationFigures:
        """Return the figures of an integration."""
        return self.integrations.get(key, IntegrationFigures())
