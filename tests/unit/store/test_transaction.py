"""What goes into a transaction comes out the same."""

import pandas as pd
import pytest

from billingbot.errors import StoreError
from billingbot.store.engine import Engine, Transaction

LARGE = 2**53 + 1


def test_a_frame_keeps_large_integers_beside_nulls(engine: Engine) -> None:
    query = "select cast(id as bigint) as id from (values ($1), (null), (-7)) as numbers (id)"

    frame = engine.read(lambda tx: tx.frame(query, (LARGE,)))

    assert frame["id"].dtype == "Int64"
    assert frame["id"].fillna(0).tolist() == [LARGE, 0, -7]


def test_a_frame_has_its_types_even_without_rows(engine: Engine) -> None:
    query = "select cast(1 as bigint) as i, 'x' as t, true as b, cast(1 as double precision) as d where 1 = 2"

    frame = engine.read(lambda tx: tx.frame(query))

    assert frame.dtypes.astype("str").to_dict() == {"i": "int64", "t": "str", "b": "bool", "d": "float64"}
    assert len(frame) == 0


def test_a_frame_shows_nulls_of_text_and_numbers_as_missing(engine: Engine) -> None:
    query = "select t, cast(d as double precision) as d from (values ('x', 1.5), (null, null)) as pairs (t, d)"

    frame = engine.read(lambda tx: tx.frame(query))

    assert frame["t"].dtype == "str"
    assert frame.isna().to_numpy().tolist() == [[False, False], [True, True]]


def test_staged_rows_arrive_with_their_nulls_and_types(engine: Engine) -> None:
    rows = pd.DataFrame(
        {
            "id": pd.array([LARGE, None], dtype="Int64"),
            "name": pd.array(["Zoë", None], dtype="str"),
            "unwanted": [1, 2],
        }
    )

    def work(tx: Transaction) -> list[tuple[object, ...]]:
        tx.stage("staged", {"name": "varchar", "id": "bigint"}, rows)
        return tx.rows("select * from staged order by id nulls last")

    assert engine.write(work) == [("Zoë", LARGE), (None, None)]


def test_a_staged_table_ends_with_its_transaction(engine: Engine) -> None:
    engine.write(lambda tx: tx.stage("staged", {"id": "bigint"}, pd.DataFrame({"id": [1]})))

    with pytest.raises(StoreError, match="staged"):
        engine.read(lambda tx: tx.rows("select * from staged"))


def test_text_that_an_engine_refuses_is_cleaned_on_every_way_in(engine: Engine) -> None:
    def work(tx: Transaction) -> list[tuple[object, ...]]:
        tx.stage("staged", {"name": "varchar"}, pd.DataFrame({"name": pd.array(["A\0cme"], dtype="str")}))
        tx.execute("insert into staged values ($1)", ("\ud800B\0",))
        return tx.rows("select name from staged order by name")

    assert engine.write(work) == [("?B",), ("Acme",)]


def test_a_statement_says_how_many_rows_it_touched(engine: Engine) -> None:
    def work(tx: Transaction) -> list[int]:
        tx.execute("create table t (id bigint)")
        return [
            tx.execute("insert into t values (1), (2), (3)"),
            tx.execute("update t set id = 9 where id > $1", (1,)),
            tx.execute("update t set id = 9 where id = 77"),
            tx.execute("delete from t"),
        ]

    assert engine.write(work) == [3, 2, 0, 3]


def test_moments_come_back_in_utc(engine: Engine) -> None:
    [(moment,)] = engine.read(lambda tx: tx.rows("select cast('2026-11-22 12:00:00+02' as timestamptz)"))

    assert moment.isoformat() == "2026-11-22T10:00:00+00:00"
