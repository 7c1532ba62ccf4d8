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
│ ├ StoreConflict           the row changed since it was read
│ │ └ DecisionRefused       what a decision rests on changed meanwhile; says what, theirs and mine
│ ├ StoreTooNew             the database was written by a newer BillingBot
│ ├ WrongDatabase           the database holds other data: the sandbox's, or real ones
│ ├ StoreFull               no space left; nothing was saved
│ └ StoreCorrupt            the database file is damaged or not a database
├ RefreshError
│ ├ RefreshRunning          a refresh of this integration is under way
│ ├ RefreshStopped          this run was cancelled, or lost its lease to another process
│ └ ApprovalNeeded          the refresh would lose too many rows; a person has to look
├ ChargesKept               a month that had charges has none now; a person has to look
├ InvalidPeriod             text that names no month, or a month that has not begun
├ InvalidSchedule           text that is no time of day, or names no time zone
├ NotFound                  no such integration, run, client …
└ DomainError               an invariant would break
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class BillingBotError(Exception):
    """Root of the tree."""


class Cause(StrEnum):
    """What is behind a connection that fails, as far as it is known: it decides what somebody can do about it."""

    UNKNOWN_HOST = "the host name is not known"
    BLOCKED_HOST = "the address is not a public one"
    NO_CONNECTION = "nobody answers there, or not in time"
    TLS = "the certificate is not trusted, or there is no TLS"
    SIGN_IN = "the credentials are refused, and it is not said which"
    CLIENT = "the client, user or account is not known"
    SECRET = "the secret, password or key is wrong"  # noqa: S105 - a sentence
    TENANT = "the tenant or marketplace is another one"
    CLOCK = "our clock is wrong"
    PERMISSION = "the account may not do this"
    NOT_THE_API = "something else than the API is there"
    OTHER = "another one"


class ConfigError(BillingBotError):
    """A setting is missing or malformed; the message names all of them.

    Args:
        message: what is wrong.
        cause: what is behind it.
    """

    def __init__(self, message: str, *, cause: Cause = Cause.OTHER) -> None:
        super().__init__(message)
        self.cause = cause


class SecretUnreadable(BillingBotError):
    """A stored secret does not open: it has to be entered again, or its key brought back."""


class UpstreamError(BillingBotError):
    """HaloPSA or a distributor did not give what was asked.

    Args:
        message: one sentence for the user, without the source's name.
        source: the system that failed, as the user knows it ("HaloPSA", "Pax8").
        status: HTTP status, when there was an answer.
        cause: what is behind it.
        fields: names of the credentials to look at, where it is known which.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str,
        status: int | None = None,
        cause: Cause = Cause.OTHER,
        fields: Sequence[str] = (),
    ) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.status = status
        self.cause = cause
        self.fields = tuple(fields)


class UpstreamUnavailable(UpstreamError):
    """No usable answer after all tries: timeout, refused connection, broken transfer, 5xx."""


class UpstreamOutcomeUnknown(UpstreamError):
    """A request that must not arrive twice was sent, and its answer was lost: look before it is sent again."""


class UpstreamRateLimited(UpstreamError):
    """Still 429 after all tries, or the wait that was asked for is longer than we wait."""


class UpstreamAuthError(UpstreamError):
    """The credentials, the token or the permissions were refused."""


class UpstreamRejected(UpstreamError):
    """The request was refused (4xx other than 401, 403, 429), or answered by a redirect."""


class UpstreamSchemaError(UpstreamError):
    """A success whose body is not what the contract says; nothing of it is used."""


class UpstreamListUnstable(UpstreamError):
    """Pages of a list contradicted each other on two complete walks; nothing of it is used."""


class StoreError(BillingBotError):
    """The database could not do what was asked; nothing was changed."""


class StoreBusy(StoreError):
    """Another process holds the database file.

    Args:
        message: what is locked, and what to do.
        holder: process id of the holder, when the engine says it.
    """

    def __init__(self, message: str, *, holder: int | None = None) -> None:
        super().__init__(message)
        self.holder = holder


class StoreConflict(StoreError):
    """The row is not the one that was read: somebody else changed it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Why one decision was refused: a sentence, and for settings the fields as they stand and as they were wanted.

    `version` is the one that stands now. `theirs` and `mine` have the same keys. What is set up is about no client:
    `client_id` is 0.
    """

    client_id: int
    sentence: str
    version: int = 0
    theirs: Mapping[str, object] = field(default_factory=dict)
    mine: Mapping[str, object] = field(default_factory=dict)


class DecisionRefused(StoreConflict):
    """What a decision rests on has changed; none of the decisions asked for with it was carried out.

    Args:
        clashes: one or more, in the order in which the decisions were asked for.
    """

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(" ".join(clash.sentence for clash in clashes))
        self.clashes = tuple(clashes)


class StoreTooNew(StoreError):
    """The database has migrations that this code does not know, or knows differently."""


class WrongDatabase(StoreError):
    """The database holds other data than it was opened for: invented and real clients must not mix."""


class StoreFull(StoreError):
    """No space left on the device; nothing was saved."""


class StoreCorrupt(StoreError):
    """The database file is damaged or is not a database; it was not touched."""


class RefreshError(BillingBotError):
    """A refresh could not start or go on; the last good lists are kept."""


class RefreshRunning(RefreshError):
    """A refresh of this integration is under way; watch that one.

    Args:
        run_id: the run that is under way.
    """

    def __init__(self, run_id: str) -> None:
        super().__init__("A refresh of this integration is already running.")
        self.run_id = run_id


class RefreshStopped(RefreshError):
    """This run may not write any more: cancelled, or its lease went to another process."""


class ApprovalNeeded(RefreshError):
    """The new lists lack so many rows that a person has to say that this is right."""


class ChargesKept(BillingBotError):
    """A distributor charges nothing for a month that had charges: they were kept, a person has to say what is right."""


class InvalidPeriod(BillingBotError):
    """A period that is none, or has not begun."""


class InvalidSchedule(BillingBotError):
    """A time of day that is none, or a time zone that nobody knows."""


class NotFound(BillingBotError):
    """The thing that was named does not exist."""


class DomainError(BillingBotError):
    """An invariant of the domain would break."""
