"""HaloPSA or a distributor did not give what was asked."""

from collections.abc import Sequence

from billingbot.errors.root import BillingBotError, Cause


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
