"""Guards of what operators decide, and of what a refresh may do to it."""

from tests.faults.mutations.mutation import Mutation

DECISIONS = (
    Mutation(
        "version",
        "12",
        "An edit of settings that somebody else has changed meanwhile is refused",
        "billingbot/store/decision_rules.py",
        (("    if edit.version == current.version:\n", "    if edit.version <= current.version:\n"),),
        ("tests/unit/store/test_decide_at_once.py", "tests/unit/store/test_decision_rules.py"),
    ),
    Mutation(
        "request-once",
        "double click",
        "A request that was carried out before does nothing again",
        "billingbot/store/decide.py",
        (("    if former := former_receipt(tx, stamp.request_id):\n        return former\n", ""),),
        ("tests/unit/store/test_decide.py",),
    ),
    Mutation(
        "audit-unique",
        "double click",
        "The audit trail takes each request once",
        "billingbot/store/migrations/0001_refresh_clients.sql",
        (("request_id varchar not null unique,", "request_id varchar not null,"),),
        ("tests/unit/store/test_audit.py",),
    ),
    Mutation(
        "accidental-loss",
        "17",
        "A refresh that would lose more than 10 % of the rows asks a person",
        "billingbot/domain/refresh.py",
        (("    return fetched == 0 or 10 * len(missing) > max(50, len(known))\n", "    return False\n"),),
        ("tests/faults/test_refresh_faults.py",),
    ),
    Mutation(
        "origin",
        "sandbox",
        "Sandbox data do not go into a database of real ones, nor the other way",
        "billingbot/store/origin.py",
        (("    elif found != [(data,)]:\n", "    elif not found:\n"),),
        ("tests/unit/test_bootstrap.py::test_sandbox_data_and_real_data_never_meet_in_one_database",),
    ),
)
