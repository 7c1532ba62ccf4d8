"""What these commands have in common: errors become sentences, and the terminal hears how far they are."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from billingbot.errors import BillingBotError


@contextmanager
def said() -> Iterator[None]:
    """Let what BillingBot raises on purpose be a sentence and exit code 1."""
    logging.getLogger("billingbot").setLevel(logging.CRITICAL)  # what it would say, the commands say
    try:
        yield
    except BillingBotError as error:
        raise click.ClickException(str(error)) from error


def tell_table(table: str, number: int, total: int) -> None:
    """Say which table is copied; a terminal shows the newest only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{number} of {total}: {table}", nl=number == total, err=True)


def tell(words: str) -> None:
    """Say how far the running app is."""
    click.echo(f"The running BillingBot: {words}", err=True)


def actor() -> str:
    """Return who is at the command line."""
    return os.environ.get("USER") or "command line"
