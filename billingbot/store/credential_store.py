"""The part of the store that credentials and the connections to vendors are in."""

from collections.abc import Mapping
from datetime import datetime

from billingbot.domain.credential import StoredCredential
from billingbot.domain.decision import Stamp
from billingbot.domain.vendor_check import VendorCheck
from billingbot.store import credentials
from billingbot.store.engine import Engine


class CredentialTables:
    """`ports.CredentialStore` on a database whose tables are up to date; each method is one transaction."""

    _engine: Engine

    def credentials(self) -> list[StoredCredential]:
        """Return all of them, by vendor and name."""
        return self._engine.read(credentials.credentials)

    def save_credentials(self, vendor: str, changed: Mapping[str, tuple[str, bool] | None], stamp: Stamp) -> None:
        """Store values (value, sealed) by name, and forget those that are None."""
        self._engine.write(lambda tx: credentials.save(tx, vendor, changed, stamp))

    def reseal(self, sealed: Mapping[str, str]) -> None:
        """Put newly sealed texts in place of those that are there, by these."""
        self._engine.write(lambda tx: credentials.reseal(tx, sealed))

    def checks(self) -> dict[str, VendorCheck]:
        """Return how the last try to reach each vendor went."""
        return self._engine.read(credentials.checks)

    def record_check(self, vendor: str, error: str, now: datetime) -> None:
        """Remember how a try went: a sentence, or "" when it worked."""
        self._engine.write(lambda tx: credentials.record_check(tx, vendor, error, now))

    def forget_check(self, vendor: str) -> None:
        """Forget how tries went, when there is nothing to try any more."""
        self._engine.write(lambda tx: credentials.forget_check(tx, vendor))
