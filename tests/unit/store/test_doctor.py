"""A damaged database opens again, with all changes before the damage, and copies of what it was."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from billingbot.errors import StoreCorrupt, StoreError, StoreTailLost
from billingbot.store import DatabaseStore, open_duckdb
from billingbot.store.commit_mark import mark_of, read_mark
from billingbot.store.doctor import examine_engine, examine_file, repair_file
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.migrate import migrate, packaged_migrations
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import NOON
from tests.unit.store.statements import statement
from tests.unit.store.test_lost_tail import COMMITS, SCRIPT, contents, log_of


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """Return a database that its process left with everything in the log."""
    path = tmp_path / "billingbot.duckdb"
    subprocess.run([sys.executable, "-c", SCRIPT, str(path), str(COMMITS)], check=False, timeout=60)
    return path


def settings(path: Path) -> list[str]:
    engine = DuckDBEngine(path)
    try:
        return sorted((name for (name,) in select(engine, "select name from setting")), key=lambda name: int(name[1:]))
    finally:
        engine.close()


def problems(path: Path) -> list[str]:
    return [finding.problem for finding in examine_file(path) if finding.problem]


def test_a_whole_database_has_no_problem_and_needs_no_repair(left: Path) -> None:
    assert problems(left) == []
    assert repair_file(left, NOON, "ann").done == ""
    assert settings(left) == [f"s{number}" for number in range(COMMITS)]


@pytest.mark.fault(7)
def test_missing_changes_are_a_problem_and_are_accepted_by_a_repair(left: Path) -> None:
    before = contents(left)
    log_of(left).write_bytes(log_of(left).read_bytes()[:-300])
    [problem] = problems(left)

    repaired = repair_file(left, NOON, "ann")

    assert "The newest" in problem
    assert problems(left) == []
    assert settings(left) == [f"s{number}" for number in range(len(settings(left)))]
    assert len(settings(left)) < COMMITS
    kept = {file.name: file.read_bytes() for file in repaired.kept}
    assert kept["billingbot-quarantine-2026-11-22T120000Z.duckdb"] == before["billingbot.duckdb"]
    assert kept["billingbot-quarantine-2026-11-22T120000Z.duckdb.wal"] == before["billingbot.duckdb.wal"][:-300]
    engine = DuckDBEngine(left)
    [(action, actor, reason)] = select(engine, "select action, actor, reason from audit where entity = 'database'")
    engine.close()
    assert (action, actor) == ("repair", "ann")
    assert "The newest" in reason
    assert read_mark(mark_of(left))


@pytest.mark.fault(7)
@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_log_is_cut_before_the_damage(left: Path, seed: int) -> None:
    content = bytearray(log_of(left).read_bytes())
    place = random.Random(seed).randrange(len(content) // 2, len(content) - 40)  # noqa: S311 - not a secret
    content[place:] = bytes(len(content) - place)
    log_of(left).write_bytes(content)
    assert len(problems(left)) == 1

    repaired = repair_file(left, NOON, "ann")

    assert repaired.done
    assert problems(left) == []
    found = settings(left)
    assert len(found) < COMMITS
    assert found == [f"s{number}" for number in range(len(found))]
    assert content in [file.read_bytes() for file in repaired.kept]


@pytest.mark.fault(7)
def test_a_damaged_database_file_is_not_touched(left: Path) -> None:
    DuckDBEngine(left).close()
    content = bytearray(left.read_bytes())
    content[5000] ^= 1
    left.write_bytes(content)
    before = contents(left)

    with pytest.raises(StoreCorrupt, match="restore FILE"):
        repair_file(left, NOON, "ann")

    assert contents(left) == before
    assert "restore FILE" in problems(left)[0]


@pytest.mark.fault(7)
def test_a_database_that_is_gone_is_not_repaired_into_an_empty_one(left: Path) -> None:
    left.unlink()
    log_of(left).unlink()

    with pytest.raises(StoreError, match="missing"):
        repair_file(left, NOON, "ann")

    with pytest.raises(StoreTailLost):
        open_duckdb(left)


@pytest.mark.fault(7)
def test_a_repair_that_ends_before_its_entry_in_the_audit_trail_has_repaired_nothing(left: Path) -> None:
    log_of(left).write_bytes(log_of(left).read_bytes()[:-300])
    nobody: Any = object()  # which no database can keep

    with pytest.raises(StoreError):
        repair_file(left, NOON, nobody)

    with pytest.raises(StoreTailLost):
        DuckDBEngine(left)
    assert repair_file(left, NOON, "ann").done
    assert problems(left) == []


def test_an_older_database_is_said_to_be_older_and_stays_so(path: Path) -> None:
    engine = DuckDBEngine(path)
    migrate(engine, packaged_migrations()[:5])
    engine.close()

    [found] = [finding for finding in examine_file(path) if finding.check.startswith("The tables")]

    assert found.warning
    assert "An older BillingBot wrote it (5 of " in found.problem
    engine = DuckDBEngine(path)
    assert select(engine, "select count(*) from schema_migration") == [(5,)]
    engine.close()


BREAKS = {
    "Mappings belong": "update mapping set integration = 'nobody'",
    "Mappings have their company": "delete from company where company_id = 'c1'",
    "Mappings have their client": "delete from client where client_id = 1",
    "Client settings belong": "insert into client_settings values "
    "('no', 1, true, false, false, false, false, null, false, null, null, 0)",
    "Charges belong": "delete from charge_snapshot",
    "Months have": "delete from charge where charge_id = 'c1'",
    "Ledger lines": "insert into ledger_line values ('e', 1, 'k', 'd', 1, 1, 1, 1, 1, 1, '[]')",
    "Sign-ins": "insert into sign_in values ('s', 'nobody', current_timestamp, null)",
    "The revision": "insert into revision values (1, 1)",
}


@pytest.mark.parametrize("check", BREAKS)
def test_what_does_not_hold_is_found_by_its_check(listed: DatabaseStore, check: str) -> None:
    listed.replace_charges("pax8", statement("c1", "c2"), "ann", NOON)
    assert [finding for finding in examine_engine(listed.engine) if finding.problem] == []

    listed.engine.write(lambda tx: tx.execute(BREAKS[check]))

    assert any(finding.check.startswith(check) and finding.problem for finding in examine_engine(listed.engine))
