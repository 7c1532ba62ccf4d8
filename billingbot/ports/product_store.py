"""What products and their items ask of the database."""

from collections.abc import Mapping
from typing import Protocol

from billingbot.domain.decision import Stamp
from billingbot.domain.product import HaloItem, Product


class ProductStore(Protocol):
    """Where products are mapped to HaloPSA items. Everything by the integration's key."""

    def products(self, integration: str) -> list[Product]:
        """Return what the charges of all periods name, by name; what is mapped stays, though no charge names it now."""

    def unmapped_products(self) -> dict[str, int]:
        """Return how many products of each integration nobody mapped, where there are any."""

    def products_state(self) -> tuple[object, ...]:
        """Return what is another as soon as products, mappings or modes of any integration may be others; cheap."""

    def map_products(
        self, integration: str, wanted: Mapping[str, HaloItem | None], versions: Mapping[str, int], stamp: Stamp
    ) -> None:
        """Say which item products are, by product key, or that nobody says any more, all or none, with audit rows.

        Raises `DecisionRefused` when a product's mapping has another version than the one that was seen (0: none).
        """
