"""What a vendor's refusal means: which error it is, what is behind it, and which of the credentials to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from billingbot.connectors.http.clock import clock_fault
from billingbot.connectors.http.message import Reply, Request
from billingbot.connectors.http.transport import Transport
from billingbot.errors import Cause, UpstreamAuthError, UpstreamRejected


@dataclass(frozen=True, slots=True)
class Blame:
    """What is behind a refusal, and the names of the credentials that it is about.

    Of the causes, those that are about credentials: SIGN_IN, CLIENT, SECRET, TENANT, PERMISSION; and CLOCK.
    """

    cause: Cause
    fields: tuple[str, ...] = ()


Explain = Callable[[int, str], Blame | None]
"""Says what a refusal is about, by its status and the vendor's words, as far as the vendor tells it."""

_REFUSED = {
    Cause.SIGN_IN: "check the credentials",
    Cause.CLIENT: "who signs in is not known there",
    Cause.SECRET: "the secret is wrong",
    Cause.TENANT: "it is not known there",
    Cause.PERMISSION: "a permission is missing",
}
_NOWHERE = (404, 405, 410)
_LONGEST_HOST = 100


def unexplained(status: int, words: str) -> Blame | None:  # noqa: ARG001 - an `Explain`
    """Explain nothing: the vendor's words do not tell more than the status."""
    return None


def oauth_blame(status: int, words: str) -> Blame | None:  # noqa: ARG001 - an `Explain`
    """Explain what OAuth servers say of an unknown client, of a wrong secret and of a scope.

    The words are those of OpenIddict (ID2051, ID2052, ID2055, ID2064) and of Apigee; others say neither.
    """
    said = words.lower()
    if "scope" in said:
        return Blame(Cause.PERMISSION)
    if "client credentials are invalid" in said:
        return Blame(Cause.SECRET, ("client_secret",))
    if "grant type" in said or "grant_type" in said or "unauthorized_client" in said:
        return Blame(Cause.CLIENT, ("client_id",))
    is_client, is_secret = any(name in said for name in ("client_id", "clientid", "client id")), "secret" in said
    if is_client and not is_secret:
        return Blame(Cause.CLIENT, ("client_id",))
    return Blame(Cause.SECRET, ("client_secret",)) if is_secret and "identifier" not in said else None


def refusal(
    transport: Transport, request: Request, reply: Reply, explain: Explain = unexplained
) -> UpstreamAuthError | UpstreamRejected:
    """Return the error that an answer means which is neither a success nor worth a retry."""
    words, status, label = transport.words(request, reply), reply.status, request.label
    told = explain(status, words)
    fault = "" if told or status != 401 else clock_fault(reply.headers, transport.timing.now())
    blame = told or Blame(Cause.CLOCK if fault else _cause(status))
    lacking = "the account lacks the permission to read it" if blame.cause is Cause.PERMISSION else ""
    if status == 401:
        again = f"{label} answered 401 to a new token too{words}"
        sentence = f"{again}, and {_our_clock(fault)}." if fault else f"{again}: {lacking or _REFUSED[blame.cause]}."
    elif status == 403 and lacking:
        sentence = f"{label} answered 403{words}: {lacking}."
    elif status < 400:
        sentence = f"{label} answered with a redirect ({status}){_target(reply)}, which is not followed."
    else:
        sentence = f"{label} was refused with {status}{words}."
    kind = UpstreamAuthError if status in (401, 403) else UpstreamRejected
    return kind(sentence, source=transport.source, status=status, cause=blame.cause, fields=blame.fields)


def _cause(status: int) -> Cause:
    if status in (401, 403):
        return Cause.PERMISSION
    return Cause.NOT_THE_API if status < 400 or status in _NOWHERE else Cause.OTHER


def refused_sign_in(
    transport: Transport, request: Request, reply: Reply, explain: Explain = oauth_blame
) -> UpstreamAuthError:
    """Return the error that an answer means which is about the credentials."""
    words = transport.words(request, reply)
    told = explain(reply.status, words) or Blame(Cause.SIGN_IN)
    # A vendor that names the value knows better than a clock.
    fault = clock_fault(reply.headers, transport.timing.now()) if told.cause is Cause.SIGN_IN else ""
    blame = Blame(Cause.CLOCK) if fault else told
    why = f", and {_our_clock(fault)}." if fault else f": {_REFUSED[blame.cause]}."
    return UpstreamAuthError(
        f"the sign-in was refused with {reply.status}{words}{why}",
        source=transport.source,
        status=reply.status,
        cause=blame.cause,
        fields=blame.fields,
    )


def _our_clock(fault: str) -> str:
    return f"this computer's clock is {fault} the service's"


def _target(reply: Reply) -> str:
    """Return where a redirect leads, as far as it is safe to show: the host."""
    try:
        host = urlsplit(reply.headers.get("location", "")).hostname or ""
    except ValueError:
        return ""
    return f" to {host}" if host and len(host) <= _LONGEST_HOST and host.isascii() and host.isprintable() else ""
