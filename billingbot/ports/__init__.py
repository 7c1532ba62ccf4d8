"""What the jobs need from the outside world. Connectors and the store implement it; tests may stand in for it."""

from billingbot.ports.charge_store import ChargeStore
from billingbot.ports.credential_store import CredentialStore
from billingbot.ports.decision_store import DecisionStore
from billingbot.ports.fetched import Fetched
from billingbot.ports.ledger_store import LedgerStore
from billingbot.ports.product_store import ProductStore
from billingbot.ports.refresh_store import LeaseStore, RefreshStore
from billingbot.ports.setup_store import SetupStore
from billingbot.ports.store import Store
from billingbot.ports.upstream import Distributor, Halo, PageSeen
from billingbot.ports.user_store import UserStore

__all__ = [
    "ChargeStore",
    "CredentialStore",
    "DecisionStore",
    "Distributor",
    "Fetched",
    "Halo",
    "LeaseStore",
    "LedgerStore",
    "PageSeen",
    "ProductStore",
    "RefreshStore",
    "SetupStore",
    "Store",
    "UserStore",
]
