"""Every error that BillingBot raises on purpose. `str(error)` is safe to show to a user.

BillingBotError
├ ConfigError               a setting is missing or malformed
├ SecretUnreadable          a stored secret that the present key does not open
├ UpstreamError             HaloPSA or a distributor; knows its `source`, HTTP `status` and `cause`
│ ├ UpstreamUnavailable     timeout, refused connection, 5xx after all tries
│ ├ UpstreamOutcomeUnknown  a write whose answer was lost: it may have been done
│ ├ UpstreamRateLimited     429 after all tries, or a wait that is too long
│ ├ UpstreamAuthError       token refused, 401, 403
│ ├ UpstreamRejected        any other 4xx, a redirect
│ ├ UpstreamSchemaError     a success whose body breaks the contract: HTML, bad JSON, missing key, too large
│ └ UpstreamListUnstable    a list that changed while it was read, twice in a row
├ StoreError
│ ├ StoreBusy               another process holds the database file
│ ├ StoreUnavailable        the database server is away, or does not answer in time
│ ├ StoreConflict           the row changed since it was read
│ │ └ DecisionRefused       what a decision rests on changed meanwhile; says what, theirs and mine
│ ├ StoreTooNew             the database was written by a newer BillingBot
│ ├ WrongDatabase           the database holds other data: the sandbox's, or real ones
│ ├ StoreFull               no space left; nothing was saved
│ ├ StoreCorrupt            the database file is damaged or not a database
│ │ └ StoreTailLost         it can be read, but its newest changes are missing
│ └ BackupUnfit             a backup that is not whole, or does not fit where it is to go
├ RefreshError
│ ├ RefreshRunning          a refresh of this integration is under way
│ ├ RefreshStopped          this run was cancelled, or lost its lease to another process
│ └ ApprovalNeeded          the refresh would lose too many rows; a person has to look
├ SendError
│ ├ SendingRunning          charges of this integration are being sent
│ ├ SendingStopped          this sending lost its lease to another process
│ ├ LedgerChanged           another sending of the client and period came first
│ └ PlanOutdated            what the plan rests on has changed since it was made
├ ChargesKept               a month that had charges has none now; a person has to look
├ InvalidPeriod             text that names no month, or a month that has not begun
├ InvalidSchedule           text that is no time of day, or names no time zone
├ AccessRefused             the signed-in person may not do that, or is not signed in any more
├ NotFound                  no such integration, run, client …
└ DomainError               an invariant would break
"""

from billingbot.errors.access import AccessRefused, Refusal
from billingbot.errors.root import (
    BillingBotError,
    Cause,
    ChargesKept,
    ConfigError,
    DomainError,
    InvalidPeriod,
    InvalidSchedule,
    NotFound,
    SecretUnreadable,
)
from billingbot.errors.running import (
    ApprovalNeeded,
    LedgerChanged,
    PlanOutdated,
    RefreshError,
    RefreshRunning,
    RefreshStopped,
    SendError,
    SendingRunning,
    SendingStopped,
)
from billingbot.errors.store import (
    BackupUnfit,
    Clash,
    DecisionRefused,
    StoreBusy,
    StoreConflict,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreTailLost,
    StoreTooNew,
    StoreUnavailable,
    WrongDatabase,
)
from billingbot.errors.upstream import (
    UpstreamAuthError,
    UpstreamError,
    UpstreamListUnstable,
    UpstreamOutcomeUnknown,
    UpstreamRateLimited,
    UpstreamRejected,
    UpstreamSchemaError,
    UpstreamUnavailable,
)

__all__ = [
    "AccessRefused",
    "ApprovalNeeded",
    "BackupUnfit",
    "BillingBotError",
    "Cause",
    "ChargesKept",
    "Clash",
    "ConfigError",
    "DecisionRefused",
    "DomainError",
    "InvalidPeriod",
    "InvalidSchedule",
    "LedgerChanged",
    "NotFound",
    "PlanOutdated",
    "RefreshError",
    "RefreshRunning",
    "RefreshStopped",
    "Refusal",
    "SecretUnreadable",
    "SendError",
    "SendingRunning",
    "SendingStopped",
    "StoreBusy",
    "StoreConflict",
    "StoreCorrupt",
    "StoreError",
    "StoreFull",
    "StoreTailLost",
    "StoreTooNew",
    "StoreUnavailable",
    "UpstreamAuthError",
    "UpstreamError",
    "UpstreamListUnstable",
    "UpstreamOutcomeUnknown",
    "UpstreamRateLimited",
    "UpstreamRejected",
    "UpstreamSchemaError",
    "UpstreamUnavailable",
    "WrongDatabase",
]
