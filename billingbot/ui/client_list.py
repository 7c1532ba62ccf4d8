"""The client rows of each integration, kept between runs of the page and brought up to date by what changed.

A click changes one row of thousands: only rows of changed clients are read again. The whole table is read, and fetched
by browsers, when any row may have changed (a refresh, new defaults) and when so many have that pieces cost more.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

import pandas as pd
import streamlit as st

from billingbot.domain.match import ClientStatus
from billingbot.ports import Store
from billingbot.ui.grid_rows import grid_rows
from billingbot.ui.grid_table import table_body

_MOST_PIECES = 300
_TOKEN_BYTES = 16

Record = Mapping[str, Any]
"""A row of the grid, by column."""


@dataclass(frozen=True, slots=True)
class ClientList:
    """The rows of one integration as of a revision of the store.

    `rows` are `Store.client_rows`, in any order, up to date. `table` is what grids fetch as a whole (columns of
    `grid_rows`), of revision `table_revision`, as `table_body`, by whoever knows the `token`; `pieces` are the rows of
    clients that changed since, by client, each with the revision that it is of.
    """

    integration: str
    run_id: str
    revision: int
    rows: pd.DataFrame
    table: pd.DataFrame
    table_revision: int
    table_body: bytes = field(repr=False)
    token: str = field(repr=False)
    pieces: Mapping[int, Record]

    def changed_since(self, revision: int) -> list[Record]:
        """Return the rows that a grid which has those of `revision` lacks."""
        return [row for row in self.pieces.values() if row["revision"] > revision]

    def shown(self, client_ids: Collection[int]) -> list[Record]:
        """Return the rows of these clients as the grid should show them."""
        wanted = [client_id for client_id in client_ids if client_id not in self.pieces]
        rows = [self.pieces[client_id] for client_id in client_ids if client_id in self.pieces]
        return rows + records(self.table[self.table["client_id"].isin(wanted)]) if wanted else rows


class ClientLists:
    """The lists of one process. Any thread may ask."""

    def __init__(self) -> None:
        self._lists: dict[str, ClientList] = {}
        self._lock = Lock()

    def current(self, store: Store, integration: str, run_id: str) -> ClientList:
        """Return the rows as they are now; `run_id` is the last refresh that succeeded. Raises `StoreError`."""
        with self._lock:
            known = self._lists.get(integration)
            revision = store.revision()
            if known is None or known.run_id != run_id or revision.all_rows > known.table_revision:
                known = _read(store, integration, run_id, revision.latest)
            elif revision.latest > known.revision:
                changed = store.changed_clients(integration, known.revision)
                if len(known.pieces) + len(changed) > _MOST_PIECES:
                    known = _read(store, integration, run_id, revision.latest)
                else:
                    known = _updated(store, known, changed, revision.latest)
            self._lists[integration] = known
            return known

    def table_body(self, token: str) -> bytes | None:
        """Return the body of the present table that has this token, or None when there is none any more."""
        return next((known.table_body for known in list(self._lists.values()) if known.token == token), None)

    def name_of(self, integration: str, client_id: int) -> str:
        """Return the client's name as it was last read, or its id."""
        known = self._lists.get(integration)
        names = [] if known is None else known.rows.loc[known.rows["client_id"] == client_id, "client"].tolist()
        return str(names[0]) if names else str(client_id)


@st.cache_resource(show_spinner=False)
def client_lists(*, sandbox: bool) -> ClientLists:  # noqa: ARG001 (tells the caches apart)
    """Return the lists that all sessions share, of the sandbox's data or of real ones."""
    return ClientLists()


def _read(store: Store, integration: str, run_id: str, revision: int) -> ClientList:
    rows = store.client_rows(integration)
    table = _for_grid(store, integration, run_id, rows)
    body, token = table_body(table, revision), secrets.token_urlsafe(_TOKEN_BYTES)
    return ClientList(integration, run_id, revision, rows, table, revision, body, token, {})


def _updated(store: Store, known: ClientList, changed: Collection[int], revision: int) -> ClientList:
    if not changed:
        return replace(known, revision=revision)
    fresh = store.client_rows(known.integration, changed)
    kept = known.rows[~known.rows["client_id"].isin(list(changed))]
    shown = records(_for_grid(store, known.integration, known.run_id, fresh))
    pieces = dict(known.pieces) | {int(row["client_id"]): {**row, "revision": revision} for row in shown}
    return replace(known, revision=revision, rows=pd.concat([kept, fresh], ignore_index=True), pieces=pieces)


def _for_grid(store: Store, integration: str, run_id: str, rows: pd.DataFrame) -> pd.DataFrame:
    suggested = rows.loc[rows["status"] == ClientStatus.SUGGESTED.value, "client_id"].tolist()
    return grid_rows(rows, store.candidates(integration, suggested), run_id)


def records(frame: pd.DataFrame) -> list[Record]:
    """Return the rows as JSON can hold them: a missing number is None."""
    plain = frame.astype("object").where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
