"""A result is read to its end before its transaction ends: DuckDB would silently drop what nobody had read by then."""

from billingbot.store.engine import Engine

ROWS = 100_000
NUMBERS = "select number from generate_series(1, cast($1 as bigint)) as numbers(number) order by number"


def test_all_rows_outlive_their_transaction(engine: Engine) -> None:
    rows = engine.write(lambda tx: tx.rows(NUMBERS, (ROWS,)))
    assert [number for (number,) in rows] == list(range(1, ROWS + 1))


def test_a_whole_frame_outlives_its_transaction(engine: Engine) -> None:
    frame = engine.read(lambda tx: tx.frame(NUMBERS, (ROWS,)))
    assert frame["number"].tolist() == list(range(1, ROWS + 1))
