"""The permissions of an application in HaloPSA, its scopes, and the fewest that BillingBot does with.

Source: the scopes of HaloAPI, and what others found out on tenants: `edit` includes `read`, and what does not exist is
refused as `invalid_scope`. Recurring invoices have no scope of their own. Most applications have `all`, or
`all:standard`. What the agent may do whom the application logs in as counts besides.
"""

from dataclasses import dataclass

WHOLE = ("all", "all:standard")
"""Scopes that include every one that is needed."""


@dataclass(frozen=True, slots=True)
class Need:
    """A scope, what it is needed for, and the lists that can be read with it, none where it is for writing."""

    name: str
    needed_for: str
    paths: tuple[str, ...] = ()

    @property
    def wider(self) -> str:
        """Return the scope that includes this one: that of editing the same things."""
        return f"edit:{self.name.partition(':')[2]}"


NEEDED = (
    Need("read:customers", "Reading clients, which companies are matched to.", ("/Client",)),
    Need("read:invoices", "Reading invoices and recurring invoices.", ("/Invoice", "/RecurringInvoice")),
    Need("edit:invoices", "Putting charges on invoices and recurring invoices."),
    Need("read:items", "Reading items, which products are mapped to.", ("/Item",)),
    Need("edit:items", "Creating items for products that have none."),
)


def is_among(need: Need, scopes: frozenset[str]) -> bool:
    """Say whether scopes include one that is needed.

    >>> is_among(NEEDED[1], frozenset({"edit:invoices"})), is_among(NEEDED[2], frozenset({"read:invoices"}))
    (True, False)
    """
    return not scopes.isdisjoint({*WHOLE, need.name, need.wider})
