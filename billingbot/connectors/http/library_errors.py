"""The one place where exceptions of the HTTP library become faults."""

import httpx2

from billingbot.connectors.http.message import Fault
from billingbot.errors import UpstreamRejected, UpstreamSchemaError

_SLOW_CONNECTION = Fault("the service did not accept a connection in time", sent=False)
_NO_CONNECTION = Fault("the service could not be reached", sent=False)
SLOW = Fault("the service did not answer in time", sent=True)
_BROKEN = Fault("the connection broke before the answer was complete", sent=True)
_UNASKABLE = Fault("the request could not be formed", sent=False, error=UpstreamRejected)
_REDIRECTED = Fault("the service redirected elsewhere", sent=True, error=UpstreamRejected)
_UNREADABLE = Fault("the answer's compression is damaged", sent=True, error=UpstreamSchemaError)

# First match wins, so that a class stands before its bases.
_FAULTS: tuple[tuple[type[Exception], Fault], ...] = (
    (httpx2.ConnectTimeout, _SLOW_CONNECTION),
    (httpx2.PoolTimeout, _SLOW_CONNECTION),
    (httpx2.TimeoutException, SLOW),
    (httpx2.ConnectError, _NO_CONNECTION),
    (httpx2.ProxyError, _NO_CONNECTION),
    (httpx2.LocalProtocolError, _UNASKABLE),
    (httpx2.UnsupportedProtocol, _UNASKABLE),
    (httpx2.TransportError, _BROKEN),
    (httpx2.TooManyRedirects, _REDIRECTED),
    (httpx2.DecodingError, _UNREADABLE),
    (httpx2.HTTPError, _BROKEN),
    (httpx2.StreamError, _BROKEN),
    (httpx2.InvalidURL, _UNASKABLE),
    (httpx2.CookieConflict, _UNASKABLE),
)

LIBRARY_ERRORS = (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, httpx2.CookieConflict)


def fault_of(error: Exception) -> Fault:
    """Return what an exception of the library means. Its text is not used: it can quote headers and URLs."""
    return next(fault for kind, fault in _FAULTS if isinstance(error, kind))
