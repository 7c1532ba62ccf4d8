"""Refreshes in few words: lists by ids, matches by tuples, a run from start to end."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pandas as pd

from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import Missing, RefreshRun, RefreshState, Summary
from billingbot.ports import Fetched
from billingbot.store import DatabaseStore

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NO_TIME = timedelta(0)

Match = tuple[str, int, str, float, str, int]
"""Company, client, outcome, score, reason, rank."""


def new_run(run_id: str = "r1", integration: str = "pax8", actor: str = "ann", now: datetime = NOON) -> RefreshRun:
    return RefreshRun(run_id, integration, actor, RefreshState.RUNNING, started_at=now)


def match_frame(*rows: Match) -> pd.DataFrame:
    columns = ["company_id", "client_id", "outcome", "score", "reason", "rank"]
    types = ["str", "int64", "str", "float64", "str", "int64"]
    return pd.DataFrame(rows, columns=columns).astype(dict(zip(columns, types, strict=True)))


def fetched(
    clients: Iterable[int | Client] = (),
    companies: Iterable[str | Company] = (),
    gone_clients: Iterable[int] = (),
    gone_companies: Iterable[str] = (),
) -> Fetched:
    """Return lists in which an id alone stands for a row called `Client 1` or `Company c1`."""
    return Fetched(
        [row if isinstance(row, Client) else Client(row, f"Client {row}") for row in clients],
        [row if isinstance(row, Company) else Company(row, f"Company {row}") for row in companies],
        Missing(frozenset(gone_clients), frozenset(gone_companies)),
    )


def refresh(
    store: DatabaseStore,
    lists: Fetched,
    matches: Sequence[Match] = (),
    run_id: str = "r1",
    integration: str = "pax8",
    now: datetime = NOON,
) -> Summary:
    """Start a run and apply it."""
    run = store.start_run(new_run(run_id, integration, now=now), MINUTE)
    return store.apply_refresh(run, lists, match_frame(*matches), now)
