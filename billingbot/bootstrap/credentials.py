"""The credentials of HaloPSA and the distributors: where each is from, and what was entered on the page."""

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

from billingbot.bootstrap.origins import Resolved, resolve
from billingbot.bootstrap.surroundings import Surroundings
from billingbot.bootstrap.vendor import Vendor
from billingbot.domain.credential import CredentialField, CredentialState, Origin, StoredCredential
from billingbot.domain.decision import Stamp
from billingbot.errors import ConfigError, NotFound
from billingbot.ports import CredentialStore


class Credentials:
    """Knows where every value is from, and keeps what is entered. Safe to use from many threads."""

    def __init__(self, store: CredentialStore, vendors: Sequence[Vendor], surroundings: Surroundings) -> None:
        self._store = store
        self._around = surroundings
        # An address and a secret that are saved at the same time must hear of each other.
        self._saving = Lock()
        self.all = tuple(vendors)

    def vendor(self, key: str) -> Vendor:
        """Return the vendor, or raise `NotFound`."""
        for vendor in self.all:
            if vendor.key == key:
                return vendor
        raise NotFound(f"BillingBot knows no vendor {key}.")

    def states(self, key: str) -> tuple[CredentialState, ...]:
        """Return what may be shown of the vendor's credentials, in the order of its fields. Raises `NotFound`."""
        return self._resolved(self.vendor(key), self._store.credentials()).states

    def is_begun(self, key: str) -> bool:
        """Say whether any value of the vendor is given: then somebody means to use it. Raises `NotFound`."""
        return any(state.origin not in (Origin.DEFAULT, Origin.MISSING) for state in self.states(key))

    def unreadable(self) -> list[tuple[Vendor, tuple[CredentialField, ...]]]:
        """Return the vendors with secrets that were sealed with a key which is not here, and which secrets."""
        stored = self._store.credentials()
        found = []
        for vendor in self.all:
            states = self._resolved(vendor, stored).states
            fields = tuple(state.field for state in states if state.origin is Origin.UNREADABLE)
            if fields:
                found.append((vendor, fields))
        return found

    def save(self, key: str, entered: Mapping[str, str], stamp: Stamp) -> None:
        """Keep what was entered, by field name. A field that is not in it stays as it is; "" forgets it.

        Secrets are sealed. When an address changes, secrets that were not entered with it are forgotten: they belong to
        the former address.

        Raises `ConfigError` when a value cannot be changed on the page, `NotFound`.
        """
        vendor = self.vendor(key)
        with self._saving:
            states = self.states(key)
            for state in states:
                if state.field.name in entered and not state.editable:
                    raise ConfigError(f"{vendor.name}: {state.field.label} cannot be changed here.")
            changed = {
                state.field.name: self._kept(key, state.field, entered[state.field.name].strip())
                for state in states
                if state.field.name in entered
            }
            if _moves(states, entered):
                for state in states:
                    if state.field.secret and state.editable:
                        changed.setdefault(state.field.name, None)
            self._store.save_credentials(key, changed, stamp)

    def moves(self, key: str, entered: Mapping[str, str]) -> bool:
        """Say whether what was entered changes an address, so that secrets have to be entered again.

        An address where there was none changes nothing: no secret belongs to another one. Raises `NotFound`.
        """
        return _moves(self.states(key), entered)

    def values_with(self, key: str, entered: Mapping[str, str]) -> dict[str, str]:
        """Return the vendor's values and, above them, what was entered; kept secrets never go to an address of it.

        Raises `NotFound`.
        """
        resolved = self._resolved(self.vendor(key), self._store.credentials())
        moves = _moves(resolved.states, entered)
        values = {}
        for state in resolved.states:
            name = state.field.name
            if state.editable and name in entered:
                values[name] = entered[name]
            elif name in resolved.values and not (moves and state.editable and state.field.secret):
                values[name] = resolved.values[name]
        return values

    def _kept(self, key: str, field: CredentialField, value: str) -> tuple[str, bool] | None:
        """Return what is stored of a value, and whether it is sealed; None for nothing."""
        if not value or (not field.secret and value == field.default):
            return None
        return (self._around.vault.seal(key, field.name, value), True) if field.secret else (value, False)

    def _resolved(self, vendor: Vendor, stored: Iterable[StoredCredential]) -> Resolved:
        return resolve(vendor.key, vendor.fields, stored, self._around)


def _moves(states: Sequence[CredentialState], entered: Mapping[str, str]) -> bool:
    for state in states:
        if state.field.address and state.editable and state.value and state.field.name in entered:
            wanted = entered[state.field.name].strip() or state.field.default
            if wanted.rstrip("/") != state.value.rstrip("/"):
                return True
    return False
