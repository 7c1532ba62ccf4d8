"""Fetching a month's charges as the command line shows it: a bar, then their sums by currency."""

from decimal import Decimal

import click

from billingbot.bootstrap import App
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.period import Period
from billingbot.errors import ChargesKept
from billingbot.tell.terminal import table

_LOOK_FIRST = 3


def fetch_and_tell(app: App, integration: str, period: Period, actor: str, *, allow_empty: bool) -> int:
    """Fetch the charges, say what they come to, and return the exit code.

    Raises what `App.fetch_charges` raises, but for `ChargesKept`.
    """
    try:
        snapshot = _fetch(app, integration, period, actor, allow_empty)
    except ChargesKept as error:
        click.echo(f"{error} If that is right, repeat with --allow-empty.", err=True)
        return _LOOK_FIRST
    for line in _snapshot_lines(snapshot):
        click.echo(line)
    return 0


def _fetch(app: App, integration: str, period: Period, actor: str, allow_empty: bool) -> ChargeSnapshot:
    """Fetch the charges and draw a bar, which grows when a further list is read."""
    with click.progressbar(length=1, label=f"{f'Charges of {period}':<28}", width=30) as bar:

        def seen(done: int, total: int) -> None:
            bar.length = max(total, done, 1)
            bar.update(done - bar.pos)

        snapshot = app.fetch_charges(integration, period, actor, seen, allow_empty=allow_empty)
        bar.update((bar.length or 1) - bar.pos)
    return snapshot


def _snapshot_lines(snapshot: ChargeSnapshot) -> list[str]:
    final = "final" if snapshot.final else "which may still change"
    heading = ("Currency", "Charges", "Cost", "Price", "Tax", "Fee")
    rows = [
        (sums.currency, f"{sums.charges:,}", *map(_exact, (sums.cost, sums.price, sums.tax, sums.fee)))
        for sums in snapshot.totals
    ]
    lines = [f"Charges of {snapshot.period}: {snapshot.charges:,}, {final}.", *snapshot.remarks]
    return [*lines, *table(heading, rows, ">" * len(heading))] if rows else lines


def _exact(amount: Decimal) -> str:
    """Return the amount with all its decimals, of which there are two at least.

    >>> _exact(Decimal("1234567.5000000000")), _exact(Decimal("-0.0001000000"))
    ('1,234,567.50', '-0.0001')
    """
    whole, _, decimals = f"{amount:,.10f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"
