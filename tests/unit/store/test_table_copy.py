"""A database in another one: whatever it holds arrives exactly, whichever engines they are, or nothing does."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from billingbot.errors import BackupUnfit
from billingbot.store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Engine, Transaction
from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.postgres_engine import PostgresEngine
from billingbot.store.table_columns import tables
from billingbot.store.table_copy import copy_database, digests
from tests.postgres_server import databases
from tests.unit.store.decisions import select, stamp
from tests.unit.store.refreshes import NOON
from tests.unit.store.statements import charge, statement

pytestmark = pytest.mark.fault(25)

TEXTS = ["=cmd()", "🤦🏼‍♂️ Zoë", "شركة الأمل", "x" * 300, "", "a\tb\nc\\N \\. ; -- '\"", "-", "1:1"]
NUMBERS = ["0.0000000001", "-999999999999999.9999999999", "0", "123456.7", "1E+3"]

Make = Callable[[], Engine]


@pytest.fixture(params=["duckdb", "postgres"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Return what makes an empty database for the copy."""
    made: list[Engine] = []
    urls: list[str] = []

    def make() -> Engine:
        if request.param == "postgres":
            urls.append(databases().empty())
            made.append(PostgresEngine(urls[-1]))
        else:
            made.append(DuckDBEngine(tmp_path / f"copy{len(made)}.duckdb"))
        return made[-1]

    yield make
    for engine in made:
        engine.close()
    for url in urls:
        databases().drop(url)


@pytest.fixture
def full(listed: DatabaseStore) -> DatabaseStore:
    """Return a store with hostile texts, exact amounts, nulls and instants of microseconds."""
    charges = [
        charge(
            f"c{number}",
            description=TEXTS[number % len(TEXTS)],
            cost=Decimal(NUMBERS[number % len(NUMBERS)]),
            start=None if number % 3 else charge("x").start,
        )
        for number in range(40)
    ]
    listed.replace_charges("pax8", statement(*charges), "ann", NOON + timedelta(microseconds=123457))
    for number, score in enumerate([100.0, 1e-5, 200 / 3, 0.1]):
        listed.engine.write(partial(suggest, number, score))
    return listed


def suggest(number: int, score: float, tx: Transaction) -> None:
    tx.execute("insert into suggestion values ('pax8', $1, $2, $3, 'r', 1)", (number, f"d{number}", score))


def test_a_copy_has_exactly_what_was_copied(full: DatabaseStore, make: Make) -> None:
    target = make()

    copied = copy_database(full.engine, target)

    assert target.read(digests) == full.engine.read(digests) == copied
    for name, table in full.engine.read(tables).items():
        listed = ", ".join(table.columns)
        ordered = f"select {listed} from {name}"  # noqa: S608 - the catalogue's names
        assert Counter(select(target, ordered)) == Counter(select(full.engine, ordered))
    assert copied["charge"][0] == 40


def test_what_is_counted_goes_on_after_the_copy(full: DatabaseStore, make: Make) -> None:
    target = make()
    copy_database(full.engine, target)
    [(highest,)] = select(target, "select max(audit_id) from audit")

    DatabaseStore(target).save_setting("time_zone", "UTC", stamp())

    assert select(target, "select max(audit_id) from audit") == [(highest + 1,)]


def test_a_database_with_rows_is_refused_and_keeps_them(full: DatabaseStore, make: Make) -> None:
    target = make()
    migrate(target, packaged_migrations())
    target.write(lambda tx: tx.execute("insert into setting values ('time_zone', 'Asia/Tokyo')"))
    before = target.read(digests)

    with pytest.raises(BackupUnfit, match="not empty: there are rows in setting"):
        copy_database(full.engine, target)

    assert target.read(digests) == before


@pytest.mark.parametrize("kind", ["real data", "invented data"])
def test_a_database_in_which_an_app_of_the_same_kind_has_merely_started_counts_as_empty(
    full: DatabaseStore, make: Make, kind: str
) -> None:
    full.engine.write(lambda tx: tx.execute("insert into origin values ('real data')"))
    target = make()
    migrate(target, packaged_migrations())
    target.write(lambda tx: tx.execute("insert into origin values ($1)", (kind,)))

    if kind == "real data":
        assert copy_database(full.engine, target) == target.read(digests)
    else:
        with pytest.raises(BackupUnfit, match="rows in origin"):
            copy_database(full.engine, target)


def test_writers_go_on_and_the_copy_is_of_one_moment(full: DatabaseStore, make: Make) -> None:
    target = make()

    def write(_table: str, number: int, _total: int) -> None:
        def both(tx: Transaction) -> None:
            tx.execute("insert into outbox_ack values ($1, $2, $3)", (f"b{number}", number, NOON))
            tx.execute("insert into setting values ($1, 'x')", (f"n{number}",))

        full.engine.write(both)

    copy_database(full.engine, target, write)

    assert select(full.engine, "select count(*) from outbox_ack") > [(10,)]
    assert select(target, "select count(*) from outbox_ack") == [(0,)]
    assert select(target, "select count(*) from setting where name like 'n%'") == [(0,)]


def test_a_row_that_differs_is_noticed(full: DatabaseStore, make: Make) -> None:
    target = make()
    copy_database(full.engine, target)

    target.write(lambda tx: tx.execute("update charge set cost = cost + 0.0000000001 where charge_id = 'c7'"))

    before, after = full.engine.read(digests), target.read(digests)
    assert [name for name in before if before[name] != after[name]] == ["charge"]
