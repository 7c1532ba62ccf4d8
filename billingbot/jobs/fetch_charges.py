"""Fetch Charges: read what a distributor charges for a month, and keep it in place of what was kept, or not at all."""

from collections.abc import Callable
from datetime import datetime

from billingbot.domain.access import Permission
from billingbot.domain.charge import Statement
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.errors import ChargesKept, InvalidPeriod
from billingbot.ports import Distributor, PageSeen, Store


def fetch_charges(
    store: Store,
    distributor: Distributor,
    integration: str,
    period: Period,
    actor: str,
    now: Callable[[], datetime],
    seen: PageSeen,
    *,
    allow_empty: bool = False,
) -> ChargeSnapshot:
    """Read the month's charges, keep them, and return what is known of them.

    Args:
        store: the database.
        distributor: what the integration is connected to.
        integration: its key.
        period: the month.
        actor: who asked.
        now: the time, in UTC.
        seen: hears of every page, and may raise to stop the reading.
        allow_empty: let no charges at all take the place of charges; for a person who looked.

    Raises:
        AccessRefused: whoever asked may not do that.
        InvalidPeriod: the month has not begun.
        NotFound: no such integration.
        StoreFull: there is too little space for what is read.
        UpstreamError: not everything could be read.
        ChargesKept: there are none any more, and there were.
        DomainError: what was read cannot be kept exactly.

    Whatever is raised, what was kept for the month stays.
    """
    store.require(Permission.OPERATE)
    store.require_space()
    today = now().date()
    if period > Period.of(today):
        raise InvalidPeriod(f"{period} has not begun; nothing is charged for it yet.")
    configured = store.integration(integration)
    statement = distributor.charges(period, today, seen)
    known = store.charge_snapshot(integration, period)
    if known is not None and known.charges and not statement.charges and not allow_empty:
        raise ChargesKept(_kept(configured, known, statement))
    return store.replace_charges(integration, statement, actor, now())


def _kept(integration: Integration, known: ChargeSnapshot, statement: Statement) -> str:
    charges = "1 charge" if known.charges == 1 else f"{known.charges:,} charges"
    sentence = (
        f"{integration.name} charges nothing for {known.period} any more. The {charges} of"
        f" {known.fetched_at:%Y-%m-%d %H:%M} UTC were kept."
    )
    return " ".join([sentence, *statement.remarks])
