"""`store copy`."""

import os

import click

from billingbot.bootstrap.upkeep import copy_to
from billingbot.commands.said import said, tell_table


@click.group()
def store() -> None:
    """Move the database to another engine."""


@store.command(epilog="Exit code: 0 copied and equal, 1 failed and nothing was copied, 2 wrong usage.")
@click.option("--to", required=True, metavar="URL_OR_FILE", help="postgresql://… or a new file.duckdb; it is empty.")
def copy(to: str) -> None:
    """Copy the whole database, in one transaction, and compare both: counts and hashes. End the app first."""
    if "://" not in to and not to.endswith(".duckdb"):
        raise click.BadParameter("Write postgresql://… or name a file that ends in .duckdb.", param_hint="--to")
    with said():
        copied = copy_to(os.environ, to, tell_table)
    for name, (count, total) in sorted(copied.items()):
        click.echo(f"{name:<20} {count:>10,}  {total}")
    click.echo(f"Copied {sum(count for count, _ in copied.values()):,} rows; both databases are equal.")
