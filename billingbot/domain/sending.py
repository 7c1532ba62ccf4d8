"""What came of sending a plan, client by client."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class SendOutcome(StrEnum):
    """What came of a client, as the page says it."""

    SENT = "Sent"
    ALREADY_SENT = "Already sent"
    UNCHANGED = "Unchanged"
    REFUSED = "Refused"
    ASKS = "Waits for your agreement"
    OUTDATED = "Changed meanwhile"
    FAILED = "Failed"
    UNKNOWN = "Not known"
    NOT_TRIED = "Not tried"


@dataclass(frozen=True, slots=True)
class SendResult:
    """What came of one client. `sentence` says why, and what to do; `differences` are what HaloPSA made of it."""

    client_id: int
    client: str
    outcome: SendOutcome
    sentence: str = ""
    invoice_id: int | None = None
    invoice: str = ""
    total: Decimal = Decimal(0)
    currency: str = ""
    differences: tuple[str, ...] = ()
