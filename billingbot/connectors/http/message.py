"""What goes over the wire and what comes back: a request, and a reply or a fault."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.errors import Cause, UpstreamError, UpstreamUnavailable


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a vendor. Only method and label are ever shown; the rest may hold secrets.

    `label` names it in sentences: `/companies page 3`. A `repeatable` request does no harm when it arrives twice.
    `endpoint` is what the vendor counts it by, where each endpoint has a rate limit of its own. `scheme` says what
    `token` is.
    """

    method: str
    url: str = field(repr=False)
    label: str
    repeatable: bool
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes = field(default=b"", repr=False)
    token: str | None = field(default=None, repr=False)
    scheme: str = "Bearer"
    endpoint: str = ""


def reading(url: str, label: str, params: Mapping[str, str] | None = None) -> Request:
    """Return a GET request."""
    return Request("GET", url, label, repeatable=True, params=params or {})


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer of any status. Header names are lower case; the body is decompressed."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytearray = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """A try without a usable answer: what to say, which error it is when no further try helps, and what is behind it.

    `sent` says that the request, or part of it, may have reached the vendor.
    """

    sentence: str
    sent: bool
    error: type[UpstreamError] = UpstreamUnavailable
    status: int | None = None
    retry_after: float | None = None
    cause: Cause = Cause.OTHER

    @property
    def worth_a_retry(self) -> bool:
        """Say whether another try may do better."""
        return self.error is UpstreamUnavailable
