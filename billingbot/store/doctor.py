"""Looking at a database that may be ill, and getting one that was damaged to open again."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from billingbot.errors import StoreBusy, StoreCorrupt, StoreError, StoreTailLost
from billingbot.store import commit_number
from billingbot.store.checks import Finding, examine
from billingbot.store.commit_mark import mark_of, write_mark
from billingbot.store.duckdb_engine import DuckDBEngine, log_of
from billingbot.store.engine import Engine, Transaction
from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.restore import record
from billingbot.store.set_aside import copy_aside
from billingbot.store.table_copy import digests

LITTLE_SPACE = 200 * 2**20
"""Bytes. With less, the storage may soon be full."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done: a sentence, and the copies of the files as they were before. Nothing was needed: ""."""

    done: str
    kept: tuple[Path, ...] = ()


def examine_engine(engine: Engine) -> list[Finding]:
    """Return how each check of an open database went. Raises `StoreError` when it cannot be read."""
    return engine.read(lambda tx: list(examine(tx)))


def examine_file(path: Path) -> list[Finding]:
    """Return how each check of a database file went; one that cannot be opened is one finding, and is not touched.

    Raises `StoreBusy` when a process has it.
    """
    if not path.exists() and not mark_of(path).exists():
        return [Finding("There is a database", f"{path} does not exist; the app makes it when it starts.")]
    findings = [space_left(path.parent)]
    try:
        engine = DuckDBEngine(path)
        try:
            findings += _examined(engine)
        finally:
            engine.close()
    except StoreBusy:
        raise
    except StoreTailLost as error:
        return [*findings, Finding("Every saved change is there", str(error))]
    except StoreError as error:
        return [*findings, Finding("The database can be opened", str(error))]
    return [*findings, Finding("Every saved change is there")]


def _examined(engine: Engine) -> list[Finding]:
    """Examine a database as it is: one of an older BillingBot has not all that the checks are about."""
    known = len(packaged_migrations())
    applied = engine.read(_applied)
    if applied < known:
        older = (
            f"An older BillingBot wrote it ({applied} of {known} steps). The app brings it up to date when it starts."
        )
        rows = sum(count for count, _ in engine.read(digests).values())
        return [
            Finding(f"All tables can be read ({rows:,} rows)"),
            Finding("The tables are those of this version", f"{older} Then examine it again.", warning=True),
        ]
    migrate(engine, packaged_migrations())  # which changes nothing, and refuses a database that is newer
    return examine_engine(engine)


def _applied(tx: Transaction) -> int:
    if not tx.rows("select 1 from information_schema.tables where table_name = 'schema_migration'"):
        return 0
    return len(tx.rows("select name from schema_migration"))


def space_left(folder: Path) -> Finding:
    """Return whether there is space for what comes."""
    free = shutil.disk_usage(folder).free
    check = f"There is space on the disk ({free // 2**20:,} MB)"
    if free >= LITTLE_SPACE:
        return Finding(check)
    return Finding(check, f"Less than {LITTLE_SPACE // 2**20} MB are left.", warning=True)


def repair_file(path: Path, now: datetime, actor: str) -> Repair:
    """Let a database open again that lost its newest changes, or whose log is damaged; say what that cost.

    The files are copied first, and nothing is deleted. Where the database file itself is damaged, only a backup helps:
    that raises `StoreCorrupt`, and nothing is touched. Raises `StoreBusy`, `StoreError`.
    """
    try:
        DuckDBEngine(path).close()
    except StoreTailLost as error:
        lost = str(error).partition(" Nothing was touched.")[0]
        return _accept(path, now, actor, f"Went on without what is missing. {lost}", None)
    except StoreCorrupt as error:
        if error.log_position is None:
            raise
        done = f"Cut the damaged log {path.name}.wal at byte {error.log_position:,}."
        return _accept(path, now, actor, done, error.log_position)
    return Repair("")


def _accept(path: Path, now: datetime, actor: str, done: str, position: int | None) -> Repair:
    if not path.exists():
        raise StoreCorrupt(
            f"{path} is missing, so that there is nothing to repair. Put it back, or restore a backup; to begin with "
            f"an empty database, move {mark_of(path).name} away."
        )
    try:
        kept = copy_aside(path, "quarantine", now)
        if position is not None:
            _cut(log_of(path), position)
        write_mark(mark_of(path), _recorded(path, now, actor, done))
    except OSError as error:
        raise StoreError(f"{path} could not be repaired: {error.strerror}. Repeat this when it can be.") from error
    return Repair(done, tuple(kept))


def _recorded(path: Path, now: datetime, actor: str, done: str) -> int:
    """Say in the audit trail what is done, and return up to which commit the database goes.

    The mark stays as it is until then: whoever is interrupted in between has repaired nothing yet.
    """
    engine = DuckDBEngine(path, marked=False)
    try:
        # Only where commits are not counted yet: else those of the migrations would make up for the ones that are lost.
        if not engine.read(commit_number.is_counted):
            migrate(engine, packaged_migrations())
        engine.write(lambda tx: record(tx, "repair", now, actor, done))
        return engine.read(commit_number.newest)
    finally:
        engine.close()


def _cut(log: Path, position: int) -> None:
    with log.open("r+b") as file:
        file.truncate(position)
        os.fsync(file.fileno())
