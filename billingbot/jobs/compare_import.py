"""Compare what a file says of clients with what stands: which rows an operator edited, and which cannot be meant. Pure.

Law: of a file that nobody edited no row is edited, whatever has been decided since it was exported.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from billingbot.domain.client_settings import Setting
from billingbot.domain.integration import Assignment, Integration
from billingbot.errors import DomainError
from billingbot.jobs.client_file import row_check
from billingbot.jobs.client_values import MODIFIERS, Standing
from billingbot.jobs.read_import import ImportedRow, ImportedRows, Refused

Target = tuple[Assignment, int, int]
"""Last or recurring, the id of that kind of invoice, and the client whose charges it is to take."""

_TARGETS = {Setting.LAST_INVOICE_ID: Assignment.LAST, Setting.RECURRING_INVOICE_ID: Assignment.RECURRING}


@dataclass(frozen=True, slots=True)
class Present:
    """What stands now.

    `listed` are the companies that the distributor lists, `gone` the clients that HaloPSA does not list any more.
    `companies` names companies by id, `holders` says whose a company is.
    """

    integration: Integration
    clients: Mapping[int, Standing]
    gone: frozenset[int]
    listed: frozenset[str]
    companies: Mapping[str, str]
    holders: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Edited:
    """A row that differs from what stands, and what stands."""

    row: ImportedRow
    now: Standing

    @property
    def linking(self) -> tuple[str, ...]:
        """Return the companies that the client is to get."""
        return tuple(company_id for company_id in self.row.company_ids if company_id not in self.now.company_ids)

    @property
    def unlinking(self) -> tuple[str, ...]:
        """Return the companies that the client is to lose."""
        return tuple(company_id for company_id in self.now.company_ids if company_id not in self.row.company_ids)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return the invoices that the client is to get."""
        wanted = {
            assignment: self.row.settings[setting]
            for setting, assignment in _TARGETS.items()
            if self.row.settings[setting] != self.now.settings[setting]
        }
        return tuple(
            (kind, invoice, self.row.client_id) for kind, invoice in wanted.items() if isinstance(invoice, int)
        )

    def refuse(self, why: str) -> Refused:
        """Return the row as one that is not carried out."""
        return Refused(self.row.number, self.now.client, why)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of a file, each in one place, in their order. The clients of `stale` ones have changed since the export.

    `unchanged` counts those that ask for nothing.
    """

    edited: tuple[Edited, ...]
    stale: tuple[Edited, ...]
    refused: tuple[Refused, ...]
    unchanged: int


def compare(imported: ImportedRows, present: Present) -> Comparison:
    """Return which rows differ from what stands, and may.

    Raises `DomainError` when the file is that of another integration.
    """
    _refuse_strangers(imported, present.integration)
    edited: list[Edited] = []
    stale: list[Edited] = []
    refused = list(imported.unreadable)
    unchanged = 0
    for row in imported.rows:
        now = present.clients.get(row.client_id)
        if now is None:
            refused.append(Refused(row.number, row.client, f"HaloPSA has no client {row.client_id}."))
        elif why := _slipped(row, now, present.integration):
            refused.append(Refused(row.number, row.client, why))
        elif _asks_for_nothing(row, now):
            unchanged += 1
        elif row.check != row_check(row.client_id, now.company_ids, now.settings):
            stale.append(Edited(row, now))
        elif why := _modifiers_bound(row, now, present.integration):
            refused.append(Refused(row.number, row.client, why))
        else:
            edited.append(Edited(row, now))
    return Comparison(tuple(edited), tuple(stale), tuple(refused), unchanged)


def _refuse_strangers(imported: ImportedRows, integration: Integration) -> None:
    names = {row.integration for row in imported.rows}
    if names and integration.name not in names:
        raise DomainError(
            f"The file is of {min(names) or 'no integration'}, not of {integration.name}. "
            "Select that integration, or another file."
        )


def _asks_for_nothing(row: ImportedRow, now: Standing) -> bool:
    """Say whether the row is as it was exported, even if the client has changed since, or as the client stands."""
    untouched = row.check == row_check(row.client_id, row.company_ids, row.settings)
    return untouched or (row.company_ids == now.company_ids and row.settings == now.settings)


def _slipped(row: ImportedRow, now: Standing, integration: Integration) -> str:
    """Say why the row is not about this client: somebody may have sorted one column without the others."""
    if row.integration != integration.name:
        return f"The row is of {row.integration or 'no integration'}, not of {integration.name}."
    if _same_text(row.client) != _same_text(now.client):
        return f"Client {row.client_id} is “{now.client}” here. The row may have slipped; names are changed in HaloPSA."
    return ""


def _modifiers_bound(row: ImportedRow, now: Standing, integration: Integration) -> str:
    changed = any(row.settings[setting] != now.settings[setting] for setting in MODIFIERS)
    if not (changed and row.settings[Setting.USE_GLOBAL]):
        return ""
    return (
        f"With Global Setting on, the modifiers are those of {integration.name}. Set Global Setting to FALSE as well."
    )


def _same_text(name: str) -> str:
    """Return the name without what spreadsheets change by themselves: spaces, line ends, accents, the case of TRUE."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
