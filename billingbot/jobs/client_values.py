"""What an operator may decide of a client, as values side by side: how it stands, how it is wanted, what differs.

Modifiers are the effective ones: with Global Setting on, those of the integration. A client that leaves Global Setting
therefore keeps what was in force, unless something else is wanted; what it once remembered is not asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.integration import Assignment, Integration

MODIFIERS = (
    Setting.DROP_AZURE,
    Setting.COLLAPSE_AZURE,
    Setting.DROP_FAVORABLE_PRORATES,
    Setting.DROP_ZERO_DOLLAR,
)

Settings = Mapping[Setting, SettingValue]


@dataclass(frozen=True, slots=True)
class Standing:
    """A client as it stands. `company_ids` are sorted; `companies` names them. `version` is that of the settings."""

    client_id: int
    client: str
    companies: str
    company_ids: tuple[str, ...]
    settings: Settings
    version: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing of one client that is about to change: a setting, or, when that is None, the names of its companies."""

    client_id: int
    client: str
    setting: Setting | None
    before: SettingValue | str
    after: SettingValue | str


def standings(rows: pd.DataFrame) -> Iterator[Standing]:
    """Return the clients of `Store.client_rows`, in their order."""
    settings = zip(*(_values(rows, setting) for setting in Setting), strict=True)
    named = ("client_id", "client", "companies", "company_ids", "version")
    for (client_id, client, companies, company_ids, version), values in zip(
        zip(*(rows[name].tolist() for name in named), strict=True), settings, strict=True
    ):
        ids = tuple(sorted(company_ids.split()))
        yield Standing(client_id, client, companies, ids, dict(zip(Setting, values, strict=True)), version)


def in_force(settings: Settings, integration: Integration) -> dict[Setting, SettingValue]:
    """Return settings with the modifiers that hold: while Global Setting is on, those of the integration."""
    if not settings[Setting.USE_GLOBAL]:
        return dict(settings)
    return {**settings, **{setting: getattr(integration.modifiers, setting.value) for setting in MODIFIERS}}


def fields_to_store(now: Settings, wanted: Settings) -> dict[Setting, SettingValue]:
    """Return the fields to set so that a client that stands like `now` is as wanted; nothing when it is already."""
    changed = {setting: wanted[setting] for setting in Setting if wanted[setting] != now[setting]}
    fields = {setting: value for setting, value in changed.items() if setting not in MODIFIERS}
    if wanted[Setting.USE_GLOBAL]:
        return fields
    own = {setting: wanted[setting] for setting in MODIFIERS} if now[Setting.USE_GLOBAL] else changed
    return fields | own


def _values(rows: pd.DataFrame, setting: Setting) -> list[SettingValue]:
    column = rows[setting.value]
    values: list[SettingValue] = column.astype("object").where(column.notna(), None).tolist()
    if setting is Setting.ASSIGNMENT:
        inherited = rows["inherited"].tolist()
        return [None if default else Assignment(str(value)) for value, default in zip(values, inherited, strict=True)]
    return values
