"""What the grid hands over: its outbox, read with suspicion, since it comes from a browser.

An event that is not of a known form is dropped; so is one that names another integration than the page shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.integration import Assignment
from billingbot.ui.client_page import DialogKind

_ANSWERS = ("accept", "reject", "confirm", "unlink")
_OF_ONE = (
    DialogKind.EDIT_COMPANY,
    DialogKind.ASSIGN_INVOICE,
    DialogKind.ASSIGN_COMPANY,
    DialogKind.DELETE_ASSIGNMENT,
    DialogKind.HISTORY,
)
_OF_MANY = (
    DialogKind.BULK_EDIT,
    DialogKind.ACCEPT_SUGGESTIONS,
    DialogKind.REJECT_SUGGESTIONS,
    DialogKind.CONFIRM_LINKS,
    DialogKind.EXPORT,
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick was set or taken away; the row had that version."""

    client_id: int
    setting: Setting
    value: SettingValue
    version: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A suggestion or a link under review was answered in its cell: accept, reject, confirm or unlink."""

    kind: str
    client_id: int
    company_id: str


@dataclass(frozen=True, slots=True)
class Open:
    """A dialog was asked for, about one client, or about many in the order in which they are shown."""

    kind: DialogKind
    client_ids: tuple[int, ...]
    filters: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """The Undo beside the last notice was pressed."""

    batch: str


@dataclass(frozen=True, slots=True)
class ShowAll:
    """The work queue's filter was given up."""


Event = Tick | Answer | Open | Undo | ShowAll


@dataclass(frozen=True, slots=True)
class Outbox:
    """The log of one mount of the grid. `events` are those that can be carried out, by their numbers, rising.

    `last` is the greatest number in it, whether or not that can be carried out; `applied` the revision of the rows that
    the grid shows.
    """

    boot: str
    integration: str
    applied: int
    events: Mapping[int, Event]
    last: int


def read_outbox(value: Any) -> Outbox | None:
    """Return what the grid handed over, or None when that is nothing, or no outbox."""
    match value:
        case {"boot": str(boot), "integration": str(integration), "log": list(log)} if boot:
            numbers = [entry["number"] for entry in log if _is_numbered(entry)]
            events = {entry["number"]: event for entry in log if _is_numbered(entry) and (event := _event(entry))}
            applied = value.get("applied")
            return Outbox(
                boot, integration, applied if type(applied) is int else 0, events, last=max(numbers, default=0)
            )
        case _:
            return None


def _is_numbered(entry: Any) -> bool:
    return isinstance(entry, dict) and type(entry.get("number")) is int


def _event(entry: Mapping[str, Any]) -> Event | None:
    match entry:
        case {"kind": "tick", "client": int(client), "column": str(column), "on": bool(on), "version": int(version)}:
            return _tick(client, column, on, version)
        case {"kind": str(kind), "client": int(client), "company": str(company)} if kind in _ANSWERS:
            return Answer(kind, client, company)
        case {"kind": "undo", "batch": str(batch)} if batch:
            return Undo(batch)
        case {"kind": "all"}:
            return ShowAll()
        case _:
            return _open(entry)


def _tick(client: int, column: str, on: bool, version: int) -> Tick | None:
    if column == "excluded":
        return Tick(client, Setting.EXCLUDED, on, version)
    if column in list(Assignment):
        return Tick(client, Setting.ASSIGNMENT, Assignment(column) if on else None, version)
    return None


def _open(entry: Mapping[str, Any]) -> Open | None:
    match entry:
        case {"kind": "act", "client": int(client), "action": str(action)} if action in _OF_ONE:
            return Open(DialogKind(action), (client,))
        case {"kind": "many", "action": str(action), "clients": list(clients), "filters": str(filters)}:
            numbers = tuple(client for client in clients if type(client) is int)
            return Open(DialogKind(action), numbers, filters) if action in _OF_MANY else None
        case {"kind": "import"}:
            return Open(DialogKind.IMPORT, ())
        case _:
            return None
