"""`doctor`."""

import os

import click

from billingbot.bootstrap.upkeep import examine_database, repair_database
from billingbot.commands.said import actor, said, tell


@click.command(
    epilog="Exit code: 0 all is well, 1 something is wrong or could not be examined, 2 wrong usage, "
    "3 nothing is wrong, and something needs a look."
)
@click.option("--repair", is_flag=True, help="Let a database open again that is damaged or lacks its newest changes.")
def doctor(repair: bool) -> None:
    """Examine the database: whether it opens, nothing is missing, and everything in it fits together.

    While the app runs, the app examines it. --repair copies the files first and deletes nothing; end the app before.
    """
    with said():
        if repair:
            repaired = repair_database(os.environ, actor())
            click.echo(repaired.done or "There was nothing to repair.")
            for kept in repaired.kept:
                click.echo(f"Kept as it was: {kept}")
        examined = examine_database(os.environ, tell)
    for finding in examined.findings:
        mark = "ok   " if not finding.problem else "look " if finding.warning else "WRONG"
        click.echo(f"{mark}  {finding.check}{f': {finding.problem}' if finding.problem else ''}")
    problems = [finding for finding in examined.findings if finding.problem]
    if any(not finding.warning for finding in problems):
        raise SystemExit(1)
    raise SystemExit(3 if problems else 0)
