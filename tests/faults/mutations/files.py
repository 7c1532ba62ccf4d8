"""Guards of the database file, its backups and its copies."""

from tests.faults.mutations.mutation import Mutation

FILES = (
    Mutation(
        "lost-tail",
        "7",
        "A database whose newest changes are missing is not opened without a word",
        "billingbot/store/commit_number.py",
        (("    if known is None or known <= number:\n        return\n", "    return\n"),),
        ("tests/unit/store/test_lost_tail.py",),
    ),
    Mutation(
        "quarantine",
        "7",
        "A repair keeps the damaged files",
        "billingbot/store/doctor.py",
        (('        kept = copy_aside(path, "quarantine", now)\n', "        kept: list[Path] = []\n"),),
        ("tests/unit/store/test_doctor.py",),
    ),
    Mutation(
        "backup-whole",
        "10",
        "What has the name of a backup is a whole one",
        "billingbot/store/backup.py",
        (
            (
                '    part = path.with_name(f".{path.name}.part")\n    try:\n        path.parent.mkdir(',
                "    part = path\n    try:\n        path.parent.mkdir(",
            ),
            (
                'None was made.") from error\n    finally:\n'
                "        with suppress(OSError):  # it is only a remainder then\n"
                "            remove_file(part)\n    return backup\n",
                'None was made.") from error\n    return backup\n',
            ),
        ),
        ("tests/faults/test_kill_backup.py",),
    ),
    Mutation(
        "copy-equal",
        "25",
        "A copy that is not equal is refused",
        "billingbot/store/table_copy.py",
        (("        if copied[table.name] != digest(source, found[table.name]):\n", "        if not copied:\n"),),
        ("tests/unit/store/test_copy_refused.py",),
    ),
)
