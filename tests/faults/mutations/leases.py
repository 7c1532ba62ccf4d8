"""Guards of jobs that only one may do at a time."""

from tests.faults.mutations.mutation import Mutation

_RACES = "tests/unit/store/test_refresh_races.py"
_RUNS = "tests/unit/store/test_refresh_runs.py"
_SEND = "tests/unit/store/test_send_leases.py"

LEASES = (
    Mutation(
        "lease-exclusive",
        "14",
        "A lease that somebody holds is not given to another one",
        "billingbot/store/leases.py",
        (("and (owner is null or expires_at <= $4)\n", ""),),
        (f"{_RACES}::test_of_many_starts_exactly_one_runs_and_the_others_are_told_which",),
    ),
    Mutation(
        "lease-token",
        "15",
        "Each new owner of a lease gets a greater token",
        "billingbot/store/leases.py",
        (("token = token + 1, expires_at", "expires_at"),),
        (f"{_RUNS}::test_each_run_has_a_greater_token", f"{_SEND}::test_a_sending_that_was_replaced_cannot_write"),
    ),
    Mutation(
        "fence-refresh",
        "15",
        "A refresh that lost its lease writes nothing",
        "billingbot/store/run_leases.py",
        (("    if not tx.rows(_HELD, (run_id, token)):\n", "    if run_id == token:\n"),),
        (f"{_RUNS}::test_a_run_that_was_replaced_cannot_write", f"{_RUNS}::test_a_cancelled_run_cannot_write"),
    ),
    Mutation(
        "fence-sending",
        "15",
        "A sending that lost its lease writes nothing into the ledger",
        "billingbot/store/send_leases.py",
        (
            (
                "    if not leases.held(tx, _NAME, lease.owner, lease.token):\n        raise SendingStopped",
                "    if lease.owner == lease.token:\n        raise SendingStopped",
            ),
        ),
        (f"{_SEND}::test_a_sending_that_was_replaced_cannot_write",),
    ),
    Mutation(
        "refresh-whole",
        "2",
        "Lists, links and the run's end are saved in one transaction",
        "billingbot/store/apply_refresh.py",
        (
            (
                "    machine_links.insert_links(",
                '    tx.execute("commit")\n    tx.execute("begin transaction")\n    machine_links.insert_links(',
            ),
        ),
        ("tests/faults/test_kill_refresh.py",),
    ),
)
