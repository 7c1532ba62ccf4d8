"""The command line: `python -m billingbot`."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from billingbot.bootstrap import App, build_app, now, rotate_secrets
from billingbot.commands import backup, doctor, restore, store
from billingbot.commands.said import actor
from billingbot.connectors import DISTRIBUTORS
from billingbot.domain.period import Period
from billingbot.domain.plan import Plan
from billingbot.errors import BillingBotError, InvalidPeriod, NotFound, StoreBusy
from billingbot.launch import USUAL_ADDRESS, run_app
from billingbot.sandbox.credentials import SANDBOX_CREDENTIALS
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import serve
from billingbot.tell.charges import fetch_and_tell
from billingbot.tell.plan import plan_and_tell
from billingbot.tell.refresh import refresh_and_tell
from billingbot.tell.sending import send_and_tell
from billingbot.tell.terminal import shown
from billingbot.vault import new_key

_KEYS = click.Choice([kind.key for kind in DISTRIBUTORS])
_LARGEST_ID = 2**63 - 1
_ON_THE_PAGE = "Plan and send on the Ready to Invoice page instead, or end the app first."
_BY_ITSELF = "BillingBot can also refresh by itself: give each integration a daily time on the Integrations page."


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Map distributor companies to HaloPSA clients and bill their charges.

    Settings come from the environment; README.md lists them.
    """


@main.command()
@click.option("--port", type=int, help="Port to serve at.  [default: 8501, or a free one when it is taken]")
@click.option("--address", default=USUAL_ADDRESS, show_default=True, help="Others only with sign-in set up.")
def run(port: int | None, address: str) -> None:
    """Open the app, which leads through its setup first.

    Ctrl-C ends it.
    """
    raise SystemExit(run_app(os.environ, port, address))


@main.command(
    epilog="Exit code: 0 refreshed, 1 failed and nothing changed, 2 wrong usage, "
    "3 too many rows are missing: look, then --approve, 4 cancelled. With --all, that of the worst: 1, then 3, then 4."
)
@click.argument("integration", type=_KEYS, required=False)
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
        codes = [refresh_and_tell(app, key, approve, actor(), named=every) for key in keys]
    raise SystemExit(min(filter(None, codes), default=0))


@main.command(
    epilog="Exit code: 0 fetched, 1 failed and nothing changed, 2 wrong usage, "
    "3 the month had charges and has none now: look, then --allow-empty."
)
@click.argument("integration", type=_KEYS)
@click.argument("month", callback=lambda _, __, text: _period(text))
@click.option("--allow-empty", is_flag=True, help="Accept that the month has no charges any more.")
def charges(integration: str, month: Period, allow_empty: bool) -> None:
    """Fetch what INTEGRATION charges for MONTH, written like 2026-11, and save it in place of what was saved."""
    with _opened_app() as app:
        code = fetch_and_tell(app, integration, month, actor(), allow_empty=allow_empty)
    raise SystemExit(code)


@main.command(
    epilog="Exit code: 0 planned, 1 failed, 2 wrong usage, 3 planned, and something waits for a person: it is refused, "
    "or asks."
)
@click.argument("integration", type=_KEYS)
@click.argument("month", callback=lambda _, __, text: _period(text))
@click.option(
    "--client",
    "client_ids",
    type=int,
    multiple=True,
    metavar="ID",
    callback=lambda _, __, ids: _client_ids(ids),
    help="Only for this client; may be said several times.",
)
@click.option("--all", "every", is_flag=True, help="Also for clients of whom nothing is billed, to see why.")
def plan(integration: str, month: Period, client_ids: tuple[int, ...], every: bool) -> None:
    """Show what HaloPSA would get of what INTEGRATION charges for MONTH, and keep that as a plan. Nothing is sent."""
    if client_ids and every:
        raise click.UsageError("Name clients, or say --all.")
    with _opened_app(_ON_THE_PAGE) as app:
        code = plan_and_tell(app, integration, month, client_ids, actor(), every=every)
    raise SystemExit(code)


@main.command(
    epilog="Exit code: 0 all of it is in HaloPSA, 1 failed, 2 wrong usage, 3 something waits for a person: a question, "
    "a refusal, what changed since the plan, what is not known to have arrived, or differs in HaloPSA, 4 cancelled. "
    "Of several the first of 1, 4, 3."
)
@click.option("--plan", "plan_hash", required=True, metavar="HASH", help="The plan, or how its hash begins.")
@click.option("--agree", "agreed", type=int, multiple=True, metavar="ID", help="Agree to what this client asks.")
@click.option("--agree-all", is_flag=True, help="Agree to everything that is asked.")
def send(plan_hash: str, agreed: tuple[int, ...], agree_all: bool) -> None:
    """Send a plan to HaloPSA. Sent again, it does nothing twice.

    Ctrl-C stops after the invoice that is under way.
    """
    if agreed and agree_all:
        raise click.UsageError("Name the clients to agree to, or say --agree-all.")
    with _opened_app(_ON_THE_PAGE) as app:
        kept = _kept_plan(app, plan_hash)
        known = {invoice.client_id for invoice in kept.invoices}
        if strangers := set(agreed) - known:
            raise click.BadParameter(f"Client {min(strangers)} is not in the plan.", param_hint="--agree")
        code = send_and_tell(app, kept, known if agree_all else agreed, actor())
    raise SystemExit(code)


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


@secrets.command()
def key() -> None:
    """Print a new key, for BILLINGBOT_SECRET_KEYS."""
    click.echo(new_key())


for command in (backup, restore, doctor, store):
    main.add_command(command)


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


def _client_ids(ids: tuple[int, ...]) -> tuple[int, ...]:
    if any(abs(number) > _LARGEST_ID for number in ids):
        raise click.BadParameter("No client has such an id.")
    return ids


def _kept_plan(app: App, plan_hash: str) -> Plan:
    try:
        return app.kept_plan(plan_hash)
    except NotFound as error:
        raise click.BadParameter(shown(str(error)), param_hint="--plan") from error


if __name__ == "__main__":
    main(prog_name="python -m billingbot")
