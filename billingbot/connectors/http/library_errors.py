"""The one place where exceptions of the HTTP library become faults."""

import ssl
from dataclasses import replace

import httpx2

from billingbot.connectors.http.message import Fault
from billingbot.errors import Cause, UpstreamRejected, UpstreamSchemaError

_SLOW_CONNECTION = Fault("the service did not accept a connection in time", sent=False, cause=Cause.NO_CONNECTION)
_NO_CONNECTION = Fault("the service could not be reached", sent=False, cause=Cause.NO_CONNECTION)
_DISTRUSTED = Fault("the service's certificate is not trusted", sent=False, error=UpstreamRejected, cause=Cause.TLS)
_NO_TLS = Fault("the service does not speak TLS as it must", sent=False, cause=Cause.TLS)
SLOW = Fault("the service did not answer in time", sent=True, cause=Cause.NO_CONNECTION)
BROKEN = Fault("the connection broke before the answer was complete", sent=True, cause=Cause.NO_CONNECTION)
_UNASKABLE = Fault("the request could not be formed", sent=False, error=UpstreamRejected)
_REDIRECTED = Fault("the service redirected elsewhere", sent=True, error=UpstreamRejected, cause=Cause.NOT_THE_API)
DAMAGED = Fault("the answer's compression is damaged", sent=True, error=UpstreamSchemaError)

# First match wins, so that a class stands before its bases.
_FAULTS: tuple[tuple[type[Exception], Fault], ...] = (
    (httpx2.ConnectTimeout, _SLOW_CONNECTION),
    (httpx2.PoolTimeout, _SLOW_CONNECTION),
    (httpx2.TimeoutException, SLOW),
    (httpx2.ConnectError, _NO_CONNECTION),
    (httpx2.ProxyError, _NO_CONNECTION),
    (httpx2.LocalProtocolError, _UNASKABLE),
    (httpx2.UnsupportedProtocol, _UNASKABLE),
    (httpx2.TransportError, BROKEN),
    (httpx2.TooManyRedirects, _REDIRECTED),
    (httpx2.DecodingError, DAMAGED),
    (httpx2.HTTPError, BROKEN),
    (httpx2.StreamError, BROKEN),
    (httpx2.InvalidURL, _UNASKABLE),
    (httpx2.CookieConflict, _UNASKABLE),
)

LIBRARY_ERRORS = (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, httpx2.CookieConflict)


# OpenSSL's numbers of what is wrong with a certificate.
_DISTRUST = {
    9: "it is not valid yet",
    10: "it has expired",
    18: "it is signed by itself",
    19: "its chain ends with one that is signed by itself",
    20: "its issuer is not known",
    21: "its issuer is not known",
    62: "it is of another host",
    64: "it is of another address",
}


def fault_of(error: Exception) -> Fault:
    """Return what an exception of the library means. Its text is not used: it can quote headers and URLs."""
    tls = _tls_error(error)
    if isinstance(tls, ssl.SSLCertVerificationError):
        why = _DISTRUST.get(getattr(tls, "verify_code", 0))
        return replace(_DISTRUSTED, sentence=f"{_DISTRUSTED.sentence} ({why})") if why else _DISTRUSTED
    if tls is not None and isinstance(error, httpx2.ConnectError):
        return _NO_TLS
    return next(fault for kind, fault in _FAULTS if isinstance(error, kind))


def _tls_error(error: BaseException | None) -> ssl.SSLError | None:
    """Return what TLS said, if that was behind it; the library has no class of its own for that."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error
