"""What decisions rest on and change: the rows of one integration, in memory.

Decisions are carried out here, one after another, so that each sees the effect of those before it. What differs in the
end is written to the database at once.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from billingbot.domain.client_settings import ClientSettings, Setting, SettingValue
from billingbot.domain.decision import Action, Change, Entity
from billingbot.domain.integration import Assignment, Integration, Modifiers

Pair = tuple[str, int]
"""Company, client."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A client or a company, and whether it is Gone."""

    name: str
    gone: bool


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A row of `mapping`, without its key."""

    client_id: int
    outcome: str
    score: float | None
    reason: str
    actor: str
    created_at: datetime
    linked_run: str | None = None


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of `rejected_pair`, without its key."""

    actor: str
    created_at: datetime
    reason: str


@dataclass(slots=True)
class State:
    """The rows that some decisions are about. A client without settings and a pair without a rejection are not in it.

    `mapping` has every link of the companies and of the clients that the decisions link or unlink.

    The version of settings stays the one that was read: it counts transactions, not decisions.
    """

    integration: Integration
    clients: Mapping[int, Listed]
    companies: Mapping[str, Listed]
    settings: dict[int, ClientSettings]
    mapping: dict[str, MappingRow]
    rejected: dict[Pair, RejectedRow]

    def copy(self) -> "State":
        """Return a state that changes on its own."""
        return replace(self, settings=dict(self.settings), mapping=dict(self.mapping), rejected=dict(self.rejected))

    def client_name(self, client_id: int) -> str:
        """Return the client's name, or its id when nobody knows it."""
        return self.clients[client_id].name if client_id in self.clients else f"client {client_id}"

    def company_name(self, company_id: str) -> str:
        """Return the company's name, or its id when nobody knows it."""
        return self.companies[company_id].name if company_id in self.companies else f"company {company_id}"

    def client_settings(self, client_id: int) -> ClientSettings:
        """Return the client's settings; version 0 when nobody decided anything."""
        return self.settings.get(client_id, ClientSettings())

    def edit(self, client_id: int, fields: Mapping[Setting, SettingValue]) -> Change:
        """Set fields of the client's settings."""
        settings = self.client_settings(client_id)
        values = settings.values()
        self.settings[client_id] = settings_of({**values, **fields}, settings.version)
        before = {field.value: _plain(values[field]) for field in fields}
        after = {field.value: _plain(value) for field, value in fields.items()}
        return Change(Entity.CLIENT_SETTINGS, Action.EDIT, client_id, None, before, after)

    def link(self, company_id: str, row: MappingRow) -> Change:
        """Add the mapping of a free company."""
        self.mapping[company_id] = row
        return Change(Entity.MAPPING, Action.LINK, row.client_id, company_id, None, row_fields(row))

    def unlink(self, company_id: str) -> Change:
        """Remove the mapping of a linked company."""
        row = self.mapping.pop(company_id)
        return Change(Entity.MAPPING, Action.UNLINK, row.client_id, company_id, row_fields(row), None)

    def mark(self, company_id: str, outcome: str, action: Action) -> Change:
        """Give the mapping of a linked company the other outcome."""
        row = self.mapping[company_id]
        self.mapping[company_id] = replace(row, outcome=outcome)
        before, after = {"outcome": row.outcome}, {"outcome": outcome}
        return Change(Entity.MAPPING, action, row.client_id, company_id, before, after)

    def reject(self, pair: Pair, row: RejectedRow) -> Change:
        """Remember that a pair is wrong."""
        self.rejected[pair] = row
        return Change(Entity.REJECTED_PAIR, Action.REJECT, pair[1], pair[0], None, row_fields(row))

    def forget(self, pair: Pair) -> Change:
        """Forget that a pair is wrong."""
        row = self.rejected.pop(pair)
        return Change(Entity.REJECTED_PAIR, Action.FORGET, pair[1], pair[0], row_fields(row), None)


def row_fields(row: MappingRow | RejectedRow) -> dict[str, object]:
    """Return the row as the audit trail holds it: fields that JSON knows, the time in ISO and UTC."""
    return {**asdict(row), "created_at": row.created_at.astimezone(UTC).isoformat()}


def mapping_row(fields: Mapping[str, Any]) -> MappingRow:
    """Return the row that these fields were made of."""
    return MappingRow(**{**fields, "created_at": datetime.fromisoformat(fields["created_at"])})


def rejected_row(fields: Mapping[str, Any]) -> RejectedRow:
    """Return the row that these fields were made of."""
    return RejectedRow(**{**fields, "created_at": datetime.fromisoformat(fields["created_at"])})


def settings_of(values: Mapping[Setting, Any], version: int) -> ClientSettings:
    """Return the settings with these values of all fields; an assignment may be its text."""
    assignment = values[Setting.ASSIGNMENT]
    return ClientSettings(
        use_global=values[Setting.USE_GLOBAL],
        modifiers=Modifiers(
            values[Setting.DROP_AZURE],
            values[Setting.COLLAPSE_AZURE],
            values[Setting.DROP_FAVORABLE_PRORATES],
            values[Setting.DROP_ZERO_DOLLAR],
        ),
        assignment=None if assignment is None else Assignment(assignment),
        excluded=values[Setting.EXCLUDED],
        last_invoice_id=values[Setting.LAST_INVOICE_ID],
        recurring_invoice_id=values[Setting.RECURRING_INVOICE_ID],
        version=version,
    )


def _plain(value: object) -> object:
    return value.value if isinstance(value, Assignment) else value
