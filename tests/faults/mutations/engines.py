"""Guards of the databases themselves."""

from tests.faults.mutations.mutation import Mutation

_DUCKDB = "billingbot/store/duckdb_engine.py"
_OF_DUCKDB = "tests/unit/store/test_duckdb_engine.py"
_POSTGRES = "billingbot/store/postgres_engine.py"
_OF_POSTGRES = "tests/unit/store/test_postgres_engine.py"

ENGINES = (
    Mutation(
        "write-lock",
        "11",
        "Writers of a process go one after another",
        _DUCKDB,
        (("        with self._writing:\n            result", "        with threading.Lock():\n            result"),),
        (f"{_OF_DUCKDB}::test_many_threads_lose_no_update_and_never_conflict",),
    ),
    Mutation(
        "retry-conflict",
        "11",
        "A transaction that met another writer is run again",
        "billingbot/store/retry.py",
        (("            if not is_conflict(raised):\n                raise\n", "            raise\n"),),
        (f"{_OF_DUCKDB}::test_a_conflict_is_tried_again_on_a_new_snapshot_after_a_scattered_wait",),
    ),
    Mutation(
        "reopened",
        "8",
        "After a fatal error the database is opened again",
        _DUCKDB,
        (("            self._drop(connection)\n", ""),),
        ("tests/faults/test_store_full.py",),
    ),
    Mutation(
        "drained",
        "whole results",
        "Results are read to their end",
        "billingbot/store/duckdb_transaction.py",
        (("storable_params(params)).fetchall()\n", "storable_params(params)).fetchmany(2048)\n"),),
        ("tests/unit/store/test_whole_results.py",),
    ),
    Mutation(
        "own-cursor",
        "whole results",
        "Each operation has a cursor of its own",
        _DUCKDB,
        (("closing(connection.cursor()) as cursor", "closing(connection) as cursor"),),
        ("tests/unit/store/test_engine.py::test_threads_get_the_rows_that_they_asked_for",),
    ),
    Mutation(
        "migration-checksum",
        "24",
        "A database whose tables were made by other texts is refused",
        "billingbot/store/migrate.py",
        (("        if known[position : position + 1] != [row]:\n", "        if position >= len(known):\n"),),
        ("tests/unit/store/test_migrate.py",),
    ),
    Mutation(
        "migration-lock",
        "24",
        "Of processes that start at once on a new database, one makes what the others find",
        _POSTGRES,
        (('b"select pg_advisory_lock(%d)" % _MAKING', 'b"select %d" % _MAKING'),),
        ("tests/unit/store/test_postgres_start.py",),
    ),
    Mutation(
        "postgres-turn",
        "11",
        "Writers of all processes go one after another",
        _POSTGRES,
        (("repeatable read; lock table write_turn in share row exclusive mode", "repeatable read"),),
        (f"{_OF_POSTGRES}::test_writers_of_many_engines_lose_no_update_and_never_conflict",),
    ),
    Mutation(
        "postgres-snapshot",
        "11",
        "A transaction sees one snapshot: REPEATABLE READ",
        _POSTGRES,
        (
            ('_READ = b"begin isolation level repeatable read', '_READ = b"begin isolation level read committed'),
            ('_WRITE = b"begin isolation level repeatable read', '_WRITE = b"begin isolation level read committed'),
        ),
        ("tests/unit/store/test_engine.py::test_a_read_sees_one_snapshot",),
    ),
    Mutation(
        "postgres-pool",
        "6",
        "A connection that ended is not handed out",
        "billingbot/store/postgres_connections.py",
        (("        check=ConnectionPool.check_connection,\n", ""),),
        ("tests/unit/store/test_postgres_start.py::test_a_connection_that_the_server_has_ended_is_not_handed_out",),
    ),
    Mutation(
        "postgres-again",
        "6",
        "What lost its connection before it was saved is done again",
        _POSTGRES,
        (("    return is_conflict(error) or is_lost(error)\n", "    return is_conflict(error)\n"),),
        (f"{_OF_POSTGRES}::test_a_write_that_loses_its_session_before_it_commits_is_done_again",),
    ),
)
