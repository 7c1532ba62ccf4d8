"""The command line: `python -m billingbot`."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import click

from billingbot.bootstrap import App, build_app, now, rotate_secrets
from billingbot.connectors import DISTRIBUTORS
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.period import Period
from billingbot.errors import BillingBotError, ChargesKept, InvalidPeriod, StoreBusy
from billingbot.launch import run_app
from billingbot.sandbox.credentials import SANDBOX_CREDENTIALS
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import serve
from billingbot.tell_refresh import refresh_and_tell

_LOOK_FIRST = 3
_BY_ITSELF = "BillingBot can also refresh by itself: give each integration a daily time on the Integrations page."


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Map distributor companies to HaloPSA clients and bill their charges.

    Settings come from the environment; README.md lists them.
    """


@main.command()
@click.option("--port", type=int, help="Port on 127.0.0.1.  [default: 8501, or a free one when it is taken]")
def run(port: int | None) -> None:
    """Open the app, which leads through its setup first.

    Ctrl-C ends it.
    """
    raise SystemExit(run_app(os.environ, port))


@main.command(
    epilog="Exit code: 0 refreshed, 1 failed and nothing changed, 2 wrong usage, "
    "3 too many rows are missing: look, then --approve, 4 cancelled. With --all, that of the worst: 1, then 3, then 4."
)
@click.argument("integration", type=click.Choice([kind.key for kind in DISTRIBUTORS]), required=False)
@click.option("--all", "every", is_flag=True, help="Refresh every integration, one after the other.")
@click.option("--approve", metavar="RUN", help="Accept the missing rows that this earlier run asked about.")
def refresh(integration: str | None, every: bool, approve: str | None) -> None:
    """Refresh Clients of INTEGRATION: read both lists, match names, save."""
    if (integration is None) is not every or (every and approve):
        raise click.UsageError("Name one integration, or say --all. --approve goes with the one it is about.")
    with _opened_app(_BY_ITSELF) as app:
        keys = [integration] if integration else [one.key for one in app.store.integrations()]
        if not keys:
            raise click.ClickException("No distributor is connected, so that there is nothing to refresh.")
        codes = [refresh_and_tell(app, key, approve, _actor(), named=every) for key in keys]
    raise SystemExit(min(filter(None, codes), default=0))


@main.command(
    epilog="Exit code: 0 fetched, 1 failed and nothing changed, 2 wrong usage, "
    "3 the month had charges and has none now: look, then --allow-empty."
)
@click.argument("integration", type=click.Choice([kind.key for kind in DISTRIBUTORS]))
@click.argument("month", callback=lambda _, __, text: _period(text))
@click.option("--allow-empty", is_flag=True, help="Accept that the month has no charges any more.")
def charges(integration: str, month: Period, allow_empty: bool) -> None:
    """Fetch what INTEGRATION charges for MONTH, written like 2026-11, and save it in place of what was saved."""
    with _opened_app() as app:
        try:
            snapshot = _fetch(app, integration, month, allow_empty)
        except ChargesKept as error:
            click.echo(f"{error} If that is right, repeat with --allow-empty.", err=True)
            raise SystemExit(_LOOK_FIRST) from error
    for line in _snapshot_lines(snapshot):
        click.echo(line)


@main.command()
@click.option("--port", default=8600, show_default=True, help="Port on 127.0.0.1.")
@click.option("--clients", default=240, show_default=True, help="HaloPSA clients in the invented data.")
@click.option("--companies", default=260, show_default=True, help="Pax8 companies in the invented data.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same data.")
@click.option("--control-key", help="Serve /control, which sets faults and changes data, to whoever sends this key.")
def sandbox(port: int, clients: int, companies: int, seed: int, control_key: str | None) -> None:
    """Serve the vendors' APIs with invented data, to try BillingBot without credentials.

    Point the app at it with BILLINGBOT_SANDBOX_URL. Ctrl-C ends it.
    """
    data = build(seed, clients, companies, now().date())
    click.echo(f"Sandbox: http://127.0.0.1:{port} ({clients} clients, {companies} companies). Ctrl-C ends it.")
    try:
        serve(port, data, SANDBOX_CREDENTIALS, control_key)
    except OSError as error:
        raise click.ClickException(f"Port {port} cannot be used: {error.strerror}.") from error


@main.group()
def secrets() -> None:
    """Look after the secrets that were entered on the Integrations page."""


@secrets.command(epilog="Exit code: 0 rotated, 1 some secrets could not be opened, or nothing was changed.")
def rotate() -> None:
    """Seal the secrets with a new key.

    The new key takes the place of the one in the key file. Keys of the environment: put a new one before the former,
    separated by a comma, then run this. Afterwards the former key opens nothing. End the app first.
    """
    try:
        rotated = rotate_secrets(os.environ)
    except BillingBotError as error:
        raise click.ClickException(str(error)) from error
    where = f"is in {rotated.key_file}" if rotated.key_file else "is the first one of BILLINGBOT_SECRET_KEYS"
    click.echo(f"Secrets sealed with the new key: {rotated.resealed}. It {where}; keep a copy of it.")
    if rotated.unreadable:
        names = ", ".join(rotated.unreadable)
        raise click.ClickException(f"No key here opens {names}: enter this again on the Integrations page.")
    click.echo("The former key is not needed any more.")


@contextmanager
def _opened_app(when_busy: str = "") -> Iterator[App]:
    """Yield the app, and close it. What BillingBot raises on purpose becomes a sentence and exit code 1.

    Args:
        when_busy: what to say besides when another process, such as the app, has the database.
    """
    logging.getLogger("billingbot").setLevel(logging.CRITICAL)  # what it would say, the commands say
    try:
        app = build_app(os.environ)
        try:
            yield app
        finally:
            app.close()
    except StoreBusy as error:
        raise click.ClickException(f"{error} {when_busy}".strip()) from error
    except BillingBotError as error:
        raise click.ClickException(str(error)) from error


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except InvalidPeriod as error:
        raise click.BadParameter(str(error)) from error


def _fetch(app: App, integration: str, period: Period, allow_empty: bool) -> ChargeSnapshot:
    """Fetch the charges and draw a bar, which grows when a further list is read."""
    with click.progressbar(length=1, label=f"{f'Charges of {period}':<28}", width=30) as bar:

        def seen(done: int, total: int) -> None:
            bar.length = max(total, done, 1)
            bar.update(done - bar.pos)

        snapshot = app.fetch_charges(integration, period, _actor(), seen, allow_empty=allow_empty)
        bar.update((bar.length or 1) - bar.pos)
    return snapshot


def _snapshot_lines(snapshot: ChargeSnapshot) -> list[str]:
    final = "final" if snapshot.final else "which may still change"
    rows: list[tuple[str, ...]] = [("Currency", "Charges", "Cost", "Price", "Tax", "Fee")]
    for sums in snapshot.totals:
        amounts = map(_exact, (sums.cost, sums.price, sums.tax, sums.fee))
        rows.append((sums.currency, f"{sums.charges:,}", *amounts))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    table = ["  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines = [f"Charges of {snapshot.period}: {snapshot.charges:,}, {final}.", *snapshot.remarks]
    return [*lines, *table] if snapshot.totals else lines


def _exact(amount: Decimal) -> str:
    """Return the amount with all its decimals, of which there are two at least.

    >>> _exact(Decimal("1234567.5000000000")), _exact(Decimal("-0.0001000000"))
    ('1,234,567.50', '-0.0001')
    """
    whole, _, decimals = f"{amount:,.10f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"


def _actor() -> str:
    return os.environ.get("USER") or "command line"


if __name__ == "__main__":
    main(prog_name="python -m billingbot")
