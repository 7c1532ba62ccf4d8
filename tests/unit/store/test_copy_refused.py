"""A copy that is not equal to what it was copied from is refused, and leaves nothing: a database that loses rows."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pytest

from billingbot.errors import BackupUnfit
from billingbot.store.database_store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.duckdb_transaction import DuckDBTransaction
from billingbot.store.engine import Engine, Transaction
from billingbot.store.table_copy import copy_database

T = TypeVar("T")


class LosingTransaction(DuckDBTransaction):
    """Loads all rows but the last one."""

    def load(self, table: str, columns: Mapping[str, str], batches: Iterator[pa.RecordBatch]) -> None:
        super().load(table, columns, (batch.slice(0, batch.num_rows - 1) for batch in batches))


class LosingEngine(DuckDBEngine):
    def write(self, work: Callable[[Transaction], T]) -> T:
        return super().write(lambda tx: work(LosingTransaction(tx._cursor)))  # type: ignore[attr-defined]


@pytest.mark.fault(25)
def test_a_copy_that_lost_a_row_is_refused_and_leaves_nothing(
    listed: DatabaseStore, engine: Engine, tmp_path: Path
) -> None:
    assert listed.integrations()
    losing = LosingEngine(tmp_path / "losing.duckdb")
    with pytest.raises(BackupUnfit, match="is not equal"):
        copy_database(engine, losing)
    assert losing.read(lambda tx: tx.rows("select count(*) from integration")) == [(0,)]
    losing.close()
