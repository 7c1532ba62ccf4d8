"""The audit trail by itself: it takes a request once, also where nobody asked before whether it was carried out."""

import pytest

from billingbot.errors import StoreConflict
from billingbot.store import audit
from billingbot.store.database_store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.refreshes import NOON

ENTRY = audit.Entry("r1", "b1", "ann", NOON, "setting", "time_zone", "edit", {"value": ""}, {"value": "UTC"})


def test_a_request_is_recorded_once(store: DatabaseStore, engine: Engine) -> None:
    engine.write(lambda tx: audit.record(tx, ENTRY))
    with pytest.raises(StoreConflict):
        engine.write(lambda tx: audit.record(tx, ENTRY))
    recorded = engine.read(lambda tx: tx.rows("select batch from audit where request_id = $1", ("r1",)))
    assert recorded == [("b1",)]
    assert store.integrations()
