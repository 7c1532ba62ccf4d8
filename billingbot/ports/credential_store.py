"""What credentials and the connections to vendors ask of the database. A vendor is `halo`, or an integration's key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from billingbot.domain.credential import StoredCredential
from billingbot.domain.decision import Stamp
from billingbot.domain.vendor_check import VendorCheck


class CredentialStore(Protocol):
    """Where entered credentials are, and how the last try to use them went."""

    def credentials(self) -> list[StoredCredential]:
        """Return all of them, by vendor and name."""

    def save_credentials(self, vendor: str, changed: Mapping[str, tuple[str, bool] | None], stamp: Stamp) -> None:
        """Store values (value, sealed) by name, and forget those that are None, in one transaction with an audit row.

        The audit row says of a secret only that it was set. A request that was carried out before does nothing.
        How former tries to reach the vendor went is forgotten.
        """

    def reseal(self, sealed: Mapping[str, str]) -> None:
        """Put newly sealed texts in place of those that are there, by these, all or none.

        One that was changed or forgotten meanwhile stays so.
        """

    def checks(self) -> dict[str, VendorCheck]:
        """Return how the last try to reach each vendor went, of those that were ever tried."""

    def record_check(self, vendor: str, error: str, now: datetime) -> None:
        """Remember how a try went: a sentence, or "" when it worked."""

    def forget_check(self, vendor: str) -> None:
        """Forget how tries went, when there is nothing to try any more."""
