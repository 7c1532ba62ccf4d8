"""The faults that the scoreboard counts, and what must never come of them."""

from dataclasses import dataclass

DUCKDB = "DuckDB"
POSTGRES = "PostgreSQL"
NO_ENGINE = "–"
"""Of what has no database in it, or where it does not matter which one."""

BOTH = (DUCKDB, POSTGRES)


@dataclass(frozen=True)
class Row:
    """A fault.

    Args:
        fault: what goes wrong.
        zero: what must not come of it, by the words that it is counted under.
        engines: on which it has to be tried.
        by_chance: whether each trial is a sample of many possible ones; else the trials are all there are.
    """

    fault: str
    zero: tuple[str, ...]
    engines: tuple[str, ...] = (NO_ENGINE,)
    by_chance: bool = False


ROWS = {
    1: Row("Process killed while it commits", ("lost", "torn"), BOTH, by_chance=True),
    2: Row("Process killed while it refreshes", ("lost", "mixed", "decisions changed"), BOTH, by_chance=True),
    3: Row("Process killed while it sends, answers of HaloPSA lost", ("duplicate or missing",), BOTH, by_chance=True),
    4: Row("Process killed between two steps of a sending", ("duplicate or missing",), BOTH),
    5: Row("Database server crashes under six writers", ("lost", "torn"), (POSTGRES,), by_chance=True),
    6: Row("Sessions ended by the server, connections used up, server away", ("unclear",), (POSTGRES,)),
    7: Row("Database file or its log damaged or cut", ("silent loss", "unclear"), (DUCKDB,), by_chance=True),
    8: Row("No space left, at commit, checkpoint and backup", ("lost", "unclear"), (DUCKDB,)),
    9: Row("File held by another process, read-only, or not to be made", ("unclear",), (DUCKDB,)),
    10: Row("Backup while others write, and restore", ("lost or mixed",), (DUCKDB,)),
    11: Row("16 operators on 5 rows", ("lost updates",), BOTH, by_chance=True),
    12: Row("Edit of what somebody else changed meanwhile", ("overwritten",), BOTH),
    13: Row("Any decisions, refreshes, sendings and undos, against a model", ("differences",), BOTH, by_chance=True),
    14: Row("Refreshes or sendings that start at once", ("overlaps",), BOTH, by_chance=True),
    15: Row("Owner of a job dies or sleeps longer than its lease, then writes", ("written",), BOTH),
    16: Row("Faults on the wire", ("wrong error or too late",)),
    17: Row("List that moves, loops, fails or is short at any page", ("changed",), (DUCKDB,)),
    18: Row("Sign-in expires under many threads", ("wrong sign-ins",)),
    19: Row("Secret as a canary", ("leaks",)),
    20: Row("Key rotated, interrupted, wrong or lost", ("lost secrets",)),
    21: Row("Action without the role for it", ("carried out",), BOTH),
    22: Row("Signed out, disabled, role removed, cookie replayed, second tab", ("carried out",)),
    23: Row("Hostile names, formulas, addresses and paths", ("executed",)),
    24: Row("Migration from any version, failing, or by several processes", ("partial or different",), BOTH),
    25: Row("Copy from DuckDB to PostgreSQL", ("different",), (POSTGRES,)),
    28: Row("Clock an hour wrong, summer time, leap day", ("wrong",), BOTH),
}
