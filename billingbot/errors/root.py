"""The root of the tree, and errors that belong to no other branch."""

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
