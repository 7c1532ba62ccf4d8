"""The part of the store that products and their items are in."""

from collections.abc import Mapping

from billingbot.domain.decision import Stamp
from billingbot.domain.product import HaloItem, Product
from billingbot.store import products
from billingbot.store.engine import Engine


class ProductTables:
    """`ports.ProductStore` on a database whose tables are up to date; each method is one transaction."""

    _engine: Engine

    def products(self, integration: str) -> list[Product]:
        """Return what the charges of all periods name, by name; what is mapped stays, though no charge names it now."""
        return self._engine.read(lambda tx: products.products(tx, integration))

    def unmapped_products(self) -> dict[str, int]:
        """Return how many products of each integration nobody mapped, where there are any."""
        return self._engine.read(products.unmapped_products)

    def products_state(self) -> tuple[object, ...]:
        """Return what is another as soon as products, mappings or modes may be others."""
        return self._engine.read(products.products_state)

    def map_products(
        self, integration: str, wanted: Mapping[str, HaloItem | None], versions: Mapping[str, int], stamp: Stamp
    ) -> None:
        """Say which item products are, by product key, or that nobody says any more, all or none."""
        self._engine.write(lambda tx: products.map_products(tx, integration, wanted, versions, stamp))
