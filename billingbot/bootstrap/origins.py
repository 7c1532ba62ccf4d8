"""Where the value of each credential is from: the environment, the sandbox, what was entered, or the default."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from billingbot.bootstrap.surroundings import Surroundings
from billingbot.config import read_variable
from billingbot.domain.credential import CredentialField, CredentialState, Origin, StoredCredential
from billingbot.errors import ConfigError, SecretUnreadable
from billingbot.vault import Vault


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is known of a vendor's credentials: `values` by field name, where there is one, and what may be shown."""

    values: Mapping[str, str] = field(repr=False)
    states: tuple[CredentialState, ...]


def resolve(
    vendor: str, fields: Sequence[CredentialField], stored: Iterable[StoredCredential], around: Surroundings
) -> Resolved:
    """Find the value of each field.

    An address is not taken from the page when a secret is from the environment: whoever may only use the page would
    have it sent elsewhere. In a sandbox nothing is taken from the page.
    """
    entered = {row.name: row for row in stored if row.vendor == vendor}
    found = {each.name: _given(vendor, each, around) for each in fields}
    guarded = any(each.secret and found[each.name] is not None for each in fields)
    values: dict[str, str] = {}
    states = []
    for each in fields:
        given = found[each.name]
        if given is not None:
            state, value = given
        elif around.sandbox is not None or (guarded and each.address):
            state, value = _of_nobody(each)
            state = replace(state, editable=False)
        else:
            row = entered.get(each.name)
            state, value = _of_nobody(each) if row is None else _entered(each, row, around.vault)
        if value:
            values[each.name] = value
        states.append(state)
    return Resolved(values, tuple(states))


def _given(vendor: str, each: CredentialField, around: Surroundings) -> tuple[CredentialState, str] | None:
    """Return the state and value of what the page cannot change, if there is such a value."""
    try:
        value, origin = read_variable(around.environ, vendor, each), Origin.ENVIRONMENT
    except ConfigError as error:
        return CredentialState(each, Origin.ENVIRONMENT, "", editable=False, problem=str(error)), ""
    if not value:
        value, origin = (around.sandbox or {}).get(vendor, {}).get(each.name, ""), Origin.SANDBOX
    if not value:
        return None
    return CredentialState(each, origin, "" if each.secret else value, editable=False), value


def _of_nobody(each: CredentialField) -> tuple[CredentialState, str]:
    """Return the state and value of what nobody gave: the default."""
    if each.default:
        return CredentialState(each, Origin.DEFAULT, each.default, editable=True), each.default
    problem = f"{each.label} is missing." if each.required else ""
    return CredentialState(each, Origin.MISSING, "", editable=True, problem=problem), ""


def _entered(each: CredentialField, row: StoredCredential, vault: Vault) -> tuple[CredentialState, str]:
    """Return the state and value of what was entered on the page."""
    state = CredentialState(each, Origin.ENTERED, "", True, "", row.changed_at, row.changed_by)
    if not row.sealed:
        return replace(state, value="" if each.secret else row.value), row.value
    try:
        return state, vault.open(row.vendor, row.name, row.value)
    except SecretUnreadable:
        problem = f"{each.label} cannot be read: the key that it was sealed with is not here. Enter it again."
        return replace(state, origin=Origin.UNREADABLE, problem=problem), ""
