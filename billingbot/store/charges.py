"""Charges as they are stored: a snapshot for each integration and period."""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from billingbot.domain.charge import Charge, Statement
from billingbot.domain.charge_snapshot import ChargeSnapshot, CurrencyTotals
from billingbot.domain.period import Period
from billingbot.errors import DomainError
from billingbot.store.charge_rows import COLUMNS, charge_frame, charge_of
from billingbot.store.engine import Transaction
from billingbot.store.statements import statement

_NAMES = ", ".join(COLUMNS)
_DELETE = "delete from charge where integration = $1 and period = $2"
_DELETE_SNAPSHOT = "delete from charge_snapshot where integration = $1 and period = $2"
_INSERT_SNAPSHOT = """
insert into charge_snapshot (integration, period, fetched_at, fetched_by, final, remarks, charges)
values ($1, $2, $3, $4, $5, $6, $7)
"""
_INSERT = f"""
insert into charge (integration, period, {_NAMES})
select cast($1 as varchar), cast($2 as varchar), {_NAMES} from staged_charge
"""  # noqa: S608 - the code's own names
_SELECT = f"""
select {_NAMES} from charge where integration = $1 and period = $2 order by charge_id collate "C"
"""  # noqa: S608 - the code's own names
# In place of the vendor's rows, which are most of a charge: whoever bills does not look at them.
_SELECT_WITHOUT_RAW = _SELECT.replace(", raw from", ", '' from")
_SELECT_OF = f"""
select {_NAMES} from charge
where integration = $1
and period = $2
and company_id = any(cast($3 as varchar[]))
order by charge_id collate "C"
"""  # noqa: S608 - the code's own names
_SELECT_SNAPSHOT = "select final, remarks from charge_snapshot where integration = $1 and period = $2"
_SNAPSHOTS = statement("charge_snapshots")


def frame_of(kept: Statement) -> pd.DataFrame:
    """Return what `replace` stages. Raises `DomainError` for a charge that is listed twice or cannot be kept exactly.

    It takes seconds for many charges, in which nobody should wait for a transaction.
    """
    _refuse_repeats(kept.charges)
    return charge_frame(kept.charges)


def replace(
    tx: Transaction, integration: str, kept: Statement, frame: pd.DataFrame, actor: str, now: datetime
) -> ChargeSnapshot:
    """Keep the statement, with the frame of its charges, in place of what is kept for its period."""
    key = (integration, str(kept.period))
    tx.execute(_DELETE, key)
    tx.execute(_DELETE_SNAPSHOT, key)
    remarks = json.dumps(kept.remarks, ensure_ascii=False)
    tx.execute(_INSERT_SNAPSHOT, (*key, now, actor, kept.final, remarks, len(kept.charges)))
    tx.stage("staged_charge", COLUMNS, frame)
    tx.execute(_INSERT, key)
    return snapshots(tx, integration, kept.period)[0]


def charges(tx: Transaction, integration: str, period: Period, *, with_raw: bool) -> Statement | None:
    """Return what is kept for the period, in the order of ids; None when it was never read."""
    key = (integration, str(period))
    found = tx.rows(_SELECT_SNAPSHOT, key)
    if not found:
        return None
    [(final, remarks)] = found
    rows = tx.rows(_SELECT if with_raw else _SELECT_WITHOUT_RAW, key)
    return Statement(period, [charge_of(row) for row in rows], final, tuple(json.loads(remarks)))


def charges_of(tx: Transaction, integration: str, period: Period, company_ids: Collection[str]) -> list[Charge]:
    """Return what is kept of those companies, in the order of ids."""
    rows = tx.rows(_SELECT_OF, (integration, str(period), sorted(company_ids)))
    return [charge_of(row) for row in rows]


def snapshots(tx: Transaction, integration: str, period: Period | None = None) -> list[ChargeSnapshot]:
    """Return what is known of the period, or of each that was read, newest period first."""
    rows = tx.rows(_SNAPSHOTS, (integration, None if period is None else str(period)))
    return [_snapshot(list(of_period)) for _, of_period in groupby(rows, key=itemgetter(0))]


def _snapshot(rows: Sequence[tuple[Any, ...]]) -> ChargeSnapshot:
    period, fetched_at, fetched_by, final, remarks, count, *_ = rows[0]
    totals = tuple(CurrencyTotals(*row[6:]) for row in rows if row[6] is not None)
    at = fetched_at.astimezone(UTC)
    return ChargeSnapshot(Period.parse(period), at, fetched_by, final, tuple(json.loads(remarks)), count, totals)


def _refuse_repeats(listed: Sequence[Charge]) -> None:
    ids: set[str] = set()
    for charge in listed:
        if charge.charge_id in ids:
            raise DomainError(f"The charge {charge.charge_id} is listed twice.")
        ids.add(charge.charge_id)
