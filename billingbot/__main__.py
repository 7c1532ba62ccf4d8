"""The command line: `python -m billingbot`."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import click

from billingbot.bootstrap import App, build_app, now
from billingbot.connectors import DISTRIBUTORS
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.period import Period
from billingbot.domain.refresh import RefreshRun, RefreshState, Step, Summary
from billingbot.errors import BillingBotError, ChargesKept, InvalidPeriod, RefreshRunning
from billingbot.launch import run_app
from billingbot.sandbox.credentials import SANDBOX_CREDENTIALS
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import serve

_EXIT_CODES = {RefreshState.SUCCEEDED: 0, RefreshState.NEEDS_APPROVAL: 3, RefreshState.CANCELLED: 4}
_FAILED = 1
_LOOK_FIRST = 3
_WATCH_SECONDS = 0.2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Map distributor companies to HaloPSA clients and bill their charges.

    Settings come from the environment; README.md lists them.
    """


@main.command()
@click.option("--port", type=int, help="Port on 127.0.0.1.  [default: 8501, or a free one when it is taken]")
def run(port: int | None) -> None:
    """Open the app; on invented sandbox data while no credentials are configured.

    Ctrl-C ends it, and the sandbox with it.
    """
    raise SystemExit(run_app(os.environ, port))


@main.command(
    epilog="Exit code: 0 refreshed, 1 failed and nothing changed, 2 wrong usage, "
    "3 too many rows are missing: look, then --approve, 4 cancelled."
)
@click.argument("integration", type=click.Choice([kind.key for kind in DISTRIBUTORS]))
@click.option("--approve", metavar="RUN", help="Accept the missing rows that this earlier run asked about.")
def refresh(integration: str, approve: str | None) -> None:
    """Refresh Clients of INTEGRATION: read both lists, match names, save."""
    with _opened_app() as app:
        ended = _refresh(app, integration, approve)
    _say_how_it_ended(ended)
    raise SystemExit(_EXIT_CODES.get(ended.state, _FAILED))


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


@contextmanager
def _opened_app() -> Iterator[App]:
    """Yield the app, and close it. What BillingBot raises on purpose becomes a sentence and exit code 1."""
    logging.getLogger("billingbot").setLevel(logging.CRITICAL)  # what it would say, the commands say
    try:
        app = build_app(os.environ)
        try:
            yield app
        finally:
            app.close()
    except BillingBotError as error:
        raise click.ClickException(str(error)) from error


def _refresh(app: App, integration: str, approve: str | None) -> RefreshRun:
    """Start a run, or join the one that is under way, and follow it to its end. Ctrl-C cancels it."""
    try:
        run_id = app.start_refresh(integration, _actor(), approve).run_id
    except RefreshRunning as running:
        click.echo(f"{running} Watching it.")
        run_id = running.run_id
    try:
        return _watch(app, run_id)
    except KeyboardInterrupt:
        app.cancel_refresh(run_id, _actor())
        return app.store.run(run_id)


def _watch(app: App, run_id: str) -> RefreshRun:
    """Draw a bar a step until the run has ended."""
    current = app.store.run(run_id)
    for step in Step:
        with click.progressbar(length=1, label=f"{step:<28}", width=30) as bar:
            while current.step is step and current.state is RefreshState.RUNNING and current.alive:
                bar.length = max(current.total, 1)
                bar.update(min(current.done, bar.length) - bar.pos)
                time.sleep(_WATCH_SECONDS)
                current = app.store.run(run_id)
            if current.step is not step or current.state is RefreshState.SUCCEEDED:
                bar.update((bar.length or 1) - bar.pos)
        if current.step is step and current.state is not RefreshState.SUCCEEDED:
            break
    return current


def _say_how_it_ended(ended: RefreshRun) -> None:
    if ended.summary:
        for line in _summary_lines(ended.summary):
            click.echo(line)
    elif ended.state is RefreshState.FAILED:
        click.echo(f"{ended.error} Nothing was changed.", err=True)
    elif ended.state is RefreshState.NEEDS_APPROVAL:
        click.echo(
            f"{ended.error} Nothing was changed. If that is right, repeat with --approve {ended.run_id}", err=True
        )
    else:
        click.echo(ended.error or "The process that ran it stopped; nothing was changed.", err=True)


def _summary_lines(summary: Summary) -> list[str]:
    return [
        f"Clients    {summary.clients:>7}   new {summary.clients_new}, renamed {summary.clients_renamed}, "
        f"gone {summary.clients_gone}",
        f"Companies  {summary.companies:>7}   new {summary.companies_new}, renamed {summary.companies_renamed}, "
        f"gone {summary.companies_gone}",
        f"Matched    {summary.linked + summary.review:>7}   confident {summary.linked}, to review {summary.review}",
        f"Suggested  {summary.suggested:>7}",
        f"Unmatched  {summary.unmatched:>7}   clients, and {summary.companies_unmatched} companies",
    ]


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
