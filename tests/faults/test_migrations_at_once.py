"""Six processes that open a database at the same moment, fresh or old: it is migrated once, and wholly."""

import subprocess
import sys

import pytest

from billingbot.store.migrate import migrate, packaged_migrations
from tests.faults.migration_race import PROCESSES
from tests.faults.places import open_engine
from tests.faults.starter import ROOT
from tests.scoreboard.rows import POSTGRES
from tests.scoreboard.size import sized
from tests.scoreboard.tally import Tally
from tests.unit.store.schema import schema

ALL = packaged_migrations()


@pytest.mark.fault(24, engine=POSTGRES)
@pytest.mark.parametrize("applied", [0, len(ALL) - 1], ids=["fresh", "of the version before"])
def test_of_many_processes_that_open_a_database_one_migrates_it(url: str, tally: Tally, applied: int) -> None:
    for _ in range(sized(1, 10)):
        engine = open_engine(url)
        engine.write(lambda tx: tx.execute("drop schema public cascade; create schema public"))
        engine.close()
        if applied:
            old = open_engine(url)
            migrate(old, ALL[:applied])
            old.close()

        command = [sys.executable, "-m", "tests.faults.migration_race", url]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)

        assert ran.stdout.split() == ["0"] * PROCESSES, ran.stderr
        engine = open_engine(url)
        assert [row for row in schema(engine) if row[0] == "journal"] == [("journal", one.name) for one in ALL]
        engine.close()
        tally.trials()
