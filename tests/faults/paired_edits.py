"""Requests that each change two clients alike, so that half of one can be seen."""

from collections import Counter
from collections.abc import Collection, Sequence

from billingbot.domain.integration import Integration
from billingbot.store.engine import Engine
from tests.faults.places import open_store
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import NOON, fetched, refresh

Pair = tuple[int, int]
_EDITS = "select batch, client_id from audit where entity = 'client_settings'"
_SETTINGS = "select client_id, last_invoice_id, version from client_settings"


def prepare(where: str, pairs: Sequence[Pair]) -> None:
    """Make the database, with the clients that are decided about."""
    store = open_store(where)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    refresh(store, fetched([client for pair in pairs for client in pair]))
    store.close()


def saved_requests(engine: Engine) -> set[str]:
    """Return the requests of which anything is in the audit trail."""
    return {batch for batch, _ in select(engine, _EDITS)}


def torn_rows(engine: Engine, saved: Collection[str], pairs: Sequence[Pair]) -> int:
    """Return how many requests are there by half or twice, and how many clients are not as the audit trail says."""
    changes = select(engine, _EDITS)
    settings = {client: (invoice, version) for client, invoice, version in select(engine, _SETTINGS)}
    of_request, of_client = (Counter(row[place] for row in changes) for place in (0, 1))
    torn: int = (
        sum(of_request[batch] != 2 for batch in saved)
        + sum(settings.get(one, (None,))[0] != settings.get(other, (None,))[0] for one, other in pairs)
        + sum(version != of_client[one] for one, (_, version) in settings.items())
    )
    return torn
