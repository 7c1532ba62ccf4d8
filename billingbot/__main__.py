"""The command line: `python -m billingbot`."""

import logging
import os
import time

import click

from billingbot.bootstrap import App, build_app, now
from billingbot.connectors import DISTRIBUTORS
from billingbot.domain.refresh import RefreshRun, RefreshState, Step, Summary
from billingbot.errors import BillingBotError, RefreshRunning
from billingbot.launch import run_app
from billingbot.sandbox.credentials import SANDBOX_CREDENTIALS
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import serve

_EXIT_CODES = {RefreshState.SUCCEEDED: 0, RefreshState.NEEDS_APPROVAL: 3, RefreshState.CANCELLED: 4}
_FAILED = 1
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
    logging.getLogger("billingbot").setLevel(logging.CRITICAL)  # what it would say is said below
    try:
        app = build_app(os.environ)
    except BillingBotError as error:
        raise click.ClickException(str(error)) from error
    try:
        ended = _refresh(app, integration, approve)
    except BillingBotError as error:
        raise click.ClickException(str(error)) from error
    finally:
        app.close()
    _say_how_it_ended(ended)
    raise SystemExit(_EXIT_CODES.get(ended.state, _FAILED))


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


def _actor() -> str:
    return os.environ.get("USER") or "command line"


if __name__ == "__main__":
    main(prog_name="python -m billingbot")
