"""`backup` and `restore`."""

import os
from pathlib import Path

import click

from billingbot.bootstrap.upkeep import backup_database, restore_database
from billingbot.commands.said import actor, said, tell, tell_table

_TO = click.Path(path_type=Path)
_NOT_THE_KEY = "The key of the entered secrets is not in it: keep a copy of it elsewhere."


@click.command(epilog="Exit code: 0 made, 1 failed and no backup was left, 2 wrong usage.")
@click.option("--to", type=_TO, metavar="FOLDER_OR_FILE", help="Where.  [default: BILLINGBOT_BACKUPS]")
def backup(to: Path | None) -> None:
    """Make a backup of the database: one file, checked, with everything but the key of the secrets.

    While the app runs, the app makes it.
    """
    with said():
        made = backup_database(os.environ, to, tell_table, tell)
    click.echo(f"Backup: {made.path} ({made.rows:,} rows, {made.path.stat().st_size:,} bytes). {_NOT_THE_KEY}")


@click.command(epilog="Exit code: 0 restored, 1 failed, 2 wrong usage, 3 restored, and some secrets need another key.")
@click.argument("file", type=_TO)
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database, which is kept under another name. End the app first.

    A PostgreSQL database has to be empty.
    """
    with said():
        restored, unreadable = restore_database(os.environ, file, actor())
    known = restored.backup
    click.echo(f"Restored the backup of {known.made_at:%Y-%m-%d %H:%M} UTC: {known.rows:,} rows.")
    for name, (count, _) in sorted(known.tables.items()):
        if count:
            click.echo(f"  {name:<20} {count:>10,}")
    for kept in restored.kept:
        click.echo(f"The former database was kept: {kept}")
    if unreadable:
        click.echo(
            f"No key here opens the secrets of {', '.join(unreadable)}. Put back the key of that time, or enter them "
            "again on the Integrations page.",
            err=True,
        )
        raise SystemExit(3)
