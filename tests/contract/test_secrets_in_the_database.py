"""What a distributor says in confidence, and what it is asked with, is not in the database, in no form."""

from pathlib import Path

import pytest

from billingbot.connectors import DISTRIBUTORS, DistributorKind
from billingbot.domain.refresh import RefreshState
from tests.contract.recorded.connected_app import connected_app, refreshed
from tests.contract.recorded.conversation import CANARY, ignore
from tests.contract.recorded.registry import RECORDED
from tests.contract.whereabouts import everything_in

pytestmark = pytest.mark.fault(19)

CLIENT = f"A client named {CANARY}"


@pytest.mark.parametrize("kind", DISTRIBUTORS, ids=lambda kind: kind.key)
def test_no_secret_is_in_the_database_after_a_refresh_and_charges(kind: DistributorKind, tmp_path: Path) -> None:
    recorded = RECORDED[kind.key]
    with connected_app(tmp_path / "t.duckdb", DISTRIBUTORS, recorded, CLIENT) as app:
        assert refreshed(app, kind.key) is RefreshState.SUCCEEDED
        assert app.fetch_charges(kind.key, recorded.period, "ann", ignore).charges == len(recorded.charges)

    found = everything_in(tmp_path / "t.duckdb")

    assert CLIENT in found
    assert CANARY not in found.replace(CLIENT, "")
