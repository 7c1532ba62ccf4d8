"""What operators decide for pax8, in few words, and straight in the tables where a list has not named it yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import Decision, EditSettings, LinkCompany, Receipt, Stamp
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.refreshes import NOON

_requests = count(1)


def stamp(actor: str = "ann", reason: str = "", at: datetime = NOON) -> Stamp:
    """Return a stamp under a request of its own."""
    return Stamp(f"request {next(_requests)}", actor, at, reason)


def decide(store: DatabaseStore, *decisions: Decision, actor: str = "ann", reason: str = "") -> Receipt:
    return store.decide("pax8", decisions, stamp(actor, reason))


def edit(store: DatabaseStore, client_id: int, fields: Mapping[Setting, SettingValue], actor: str = "ann") -> Receipt:
    """Edit the settings as they stand now."""
    version = store.settings("pax8", client_id).version
    return decide(store, EditSettings(client_id, version, fields), actor=actor)


def by_hand(company_id: str, client_id: int, score: float | None = None) -> LinkCompany:
    return LinkCompany(company_id, client_id, score, "by hand")


def link(engine: Engine, company_id: str, client_id: int) -> None:
    engine.write(
        lambda tx: tx.execute(
            "insert into mapping"
            " (integration, company_id, client_id, outcome, reason, actor, created_at, version)"
            " values ('pax8', $1, $2, 'confident', 'by hand', 'ann', $3, 1)",
            (company_id, client_id, NOON),
        )
    )


def unlink(engine: Engine, company_id: str) -> None:
    engine.write(
        lambda tx: tx.execute("delete from mapping where integration = 'pax8' and company_id = $1", (company_id,))
    )


def reject(engine: Engine, company_id: str, client_id: int) -> None:
    engine.write(
        lambda tx: tx.execute(
            "insert into rejected_pair (integration, company_id, client_id, actor, created_at, reason)"
            " values ('pax8', $1, $2, 'ann', $3, 'not the same')",
            (company_id, client_id, NOON),
        )
    )


def configure_client(engine: Engine, client_id: int, assignment: str) -> None:
    engine.write(
        lambda tx: tx.execute(
            "insert into client_settings (integration, client_id, use_global, drop_azure, collapse_azure,"
            " drop_favorable_prorates, drop_zero_dollar, assignment, excluded, version)"
            " values ('pax8', $1, true, false, false, false, false, $2, false, 3)",
            (client_id, assignment),
        )
    )


def select(engine: Engine, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    return engine.read(lambda tx: tx.rows(sql, params))
