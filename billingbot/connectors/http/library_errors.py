"""The one place where exceptions of the HTTP library become faults."""

import ssl

import httpx2

from billingbot.connectors.http.message import Fault
from billingbot.errors import UpstreamRejected, UpstreamSchemaError

_SLOW_CONNECTION = Fault("the service did not accept a connection in time", sent=False)
_NO_CONNECTION = Fault("the service could not be reached", sent=False)
_DISTRUSTED = Fault("the service's certificate is not trusted", sent=False, error=UpstreamRejected)
SLOW = Fault("the service did not answer in time", sent=True)
BROKEN = Fault("the connection broke before the answer was complete", sent=True)
_UNASKABLE = Fault("the request could not be formed", sent=False, error=UpstreamRejected)
_REDIRECTED = Fault("the service redirected elsewhere", sent=True, error=UpstreamRejected)
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


def fault_of(error: Exception) -> Fault:
    """Return what an exception of the library means. Its text is not used: it can quote headers and URLs."""
    if _is_distrust(error):
        return _DISTRUSTED
    return next(fault for kind, fault in _FAULTS if isinstance(error, kind))


def _is_distrust(error: BaseException | None) -> bool:
    """Say whether a certificate was behind it; the library has no class of its own for that."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None
