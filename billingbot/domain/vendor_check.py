"""What is known of the connection to a vendor: whether it worked when it was last tried."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VendorCheck:
    """How the last try went: `error` is the sentence to show, "" when it worked. Times are UTC.

    `failing_since` is when it first failed after it last worked; None while it works.
    """

    vendor: str
    checked_at: datetime
    error: str
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class HaloScope:
    """A permission of an application in HaloPSA, what BillingBot needs it for, and whether the application has it.

    `granted` is None where HaloPSA does not say.
    """

    name: str
    needed_for: str
    granted: bool | None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What Test Credentials found: `error` is "" when they work, `advice` what to do when they do not.

    `found` is what was read, a sentence. `scopes` are HaloPSA's, empty for others.
    """

    error: str = ""
    advice: str = ""
    found: str = ""
    scopes: tuple[HaloScope, ...] = ()
