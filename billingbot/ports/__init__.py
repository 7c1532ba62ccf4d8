"""What the jobs need from the outside world. Connectors and the store implement it; tests may stand in for it."""

from billingbot.ports.charge_store import ChargeStore
from billingbot.ports.decision_store import DecisionStore
from billingbot.ports.fetched import Fetched
from billingbot.ports.refresh_store import LeaseStore, RefreshStore
from billingbot.ports.store import Store
from billingbot.ports.upstream import Distributor, Halo, PageSeen

__all__ = [
    "ChargeStore",
    "DecisionStore",
    "Distributor",
    "Fetched",
    "Halo",
    "LeaseStore",
    "PageSeen",
    "RefreshStore",
    "Store",
]
