"""HaloPSA and the distributors: the connections that are made of their credentials, as they change."""

import copy
from collections.abc import Mapping, Sequence
from functools import partial
from threading import Lock
from typing import Self

from billingbot.bootstrap.credentials import Credentials
from billingbot.bootstrap.slot import Slot
from billingbot.bootstrap.surroundings import Surroundings
from billingbot.bootstrap.vendor import HALO, Vendor, all_vendors
from billingbot.config import variable_name
from billingbot.connectors import Connection, DistributorKind, HaloPsa, connect_halo
from billingbot.domain.credential import CredentialState, Origin
from billingbot.domain.vendor_check import CheckResult
from billingbot.errors import ConfigError
from billingbot.jobs.check_vendor import check_distributor, check_halo, unusable
from billingbot.ports import CredentialStore


class Vendors(Credentials):
    """Knows the credentials, and connects to what can be connected. Safe to use from many threads.

    A vendor is connected anew when its credentials are others than before, whoever changed them. A former connection is
    closed with the app: a refresh may still be using it.

    Implements `Connected`.
    """

    def __init__(self, store: CredentialStore, kinds: Sequence[DistributorKind], surroundings: Surroundings) -> None:
        super().__init__(store, all_vendors(kinds), surroundings)
        self._kinds = {kind.key: kind for kind in kinds}
        self._lock = Lock()
        hosts = surroundings.allowed_hosts
        self._halo = Slot(partial(connect_halo, allowed_hosts=hosts))
        self._slots = {kind.key: Slot(partial(kind.connect, allowed_hosts=hosts)) for kind in kinds}

    def through(self, store: CredentialStore) -> Self:
        """Return these vendors, with the same connections, to whoever has that store: it says what may be changed."""
        through = copy.copy(self)
        through._store = store
        return through

    @property
    def halo(self) -> HaloPsa | None:
        """Return HaloPSA, if it is connected."""
        with self._lock:
            self._update()
            return self._halo.connection

    @property
    def distributors(self) -> Mapping[str, Connection]:
        """Return the connected distributors by key."""
        with self._lock:
            self._update()
            return {key: slot.connection for key, slot in self._slots.items() if slot.connection is not None}

    @property
    def problems(self) -> Mapping[str, str]:
        """Return why the others are not connected, a sentence each, by key."""
        with self._lock:
            self._update()
            problems = {key: slot.problem for key, slot in self._slots.items() if slot.connection is None}
            return problems if self._halo.connection else {HALO: self._halo.problem, **problems}

    def check(self, key: str, entered: Mapping[str, str]) -> CheckResult:
        """Try the vendor with its values and, above them, what was entered but not kept. Keeps nothing.

        Raises `NotFound`.
        """
        vendor, values = self.vendor(key), self.values_with(key, entered)
        try:
            if key == HALO:
                halo = connect_halo(values, allowed_hosts=self._around.allowed_hosts, hurried=True)
                try:
                    return check_halo(halo, vendor.fields)
                finally:
                    halo.close()
            distributor = self._kinds[key].connect(values, allowed_hosts=self._around.allowed_hosts, hurried=True)
        except ConfigError as error:
            return unusable(error, vendor.fields)
        try:
            return check_distributor(distributor, vendor.fields)
        finally:
            distributor.close()

    def fault(self, key: str, entered: Mapping[str, str]) -> str:
        """Return what is wrong with the form of what was entered, above what is kept: a sentence, or "". Asks nobody.

        Raises `NotFound`.
        """
        values, hosts = self.values_with(key, entered), self._around.allowed_hosts
        try:
            (connect_halo if key == HALO else self._kinds[key].connect)(values, allowed_hosts=hosts).close()
        except ConfigError as error:
            return str(error)
        return ""

    def close(self) -> None:
        """Close all connections, former ones too."""
        with self._lock:
            self._halo.close()
            for slot in self._slots.values():
                slot.close()

    def _update(self) -> None:
        """Connect anew what has other credentials than before; under the lock, so that no former ones come back."""
        stored = self._store.credentials()
        for vendor in self.all:
            resolved = self._resolved(vendor, stored)
            faulty = [state for state in resolved.states if state.problem]
            update = self._halo.update if vendor.key == HALO else self._slots[vendor.key].update
            update(resolved.values, _problem(vendor, faulty) if faulty else "")


def _problem(vendor: Vendor, faulty: Sequence[CredentialState]) -> str:
    """Return what keeps the vendor from being connected, and what to do."""
    told = [state.problem for state in faulty if state.origin is not Origin.MISSING]
    missing = [state for state in faulty if state.origin is Origin.MISSING]
    if missing:
        variables = ", ".join(variable_name(vendor.key, state.field) for state in missing)
        on_page = all(state.editable for state in missing)
        told.append(f"{'Enter its credentials on the Integrations page, or set' if on_page else 'Set'} {variables}.")
    return f"{vendor.name} is not connected. {' '.join(told)}"
