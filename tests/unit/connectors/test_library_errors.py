"""Every exception of the HTTP library means something here; a new release with a new one fails this test."""

import ssl

import httpx2
import pytest

from billingbot.connectors.http.library_errors import LIBRARY_ERRORS, fault_of
from billingbot.errors import Cause, UpstreamError, UpstreamRejected, UpstreamSchemaError, UpstreamUnavailable

# Class name → the error that it becomes, and whether the request may have arrived.
MEANINGS: dict[str, tuple[type[UpstreamError], bool]] = {
    "HTTPError": (UpstreamUnavailable, True),
    "RequestError": (UpstreamUnavailable, True),
    "HTTPStatusError": (UpstreamUnavailable, True),
    "TransportError": (UpstreamUnavailable, True),
    "TimeoutException": (UpstreamUnavailable, True),
    "ConnectTimeout": (UpstreamUnavailable, False),
    "PoolTimeout": (UpstreamUnavailable, False),
    "ReadTimeout": (UpstreamUnavailable, True),
    "WriteTimeout": (UpstreamUnavailable, True),
    "NetworkError": (UpstreamUnavailable, True),
    "ConnectError": (UpstreamUnavailable, False),
    "ReadError": (UpstreamUnavailable, True),
    "WriteError": (UpstreamUnavailable, True),
    "CloseError": (UpstreamUnavailable, True),
    "ProxyError": (UpstreamUnavailable, False),
    "ProtocolError": (UpstreamUnavailable, True),
    "LocalProtocolError": (UpstreamRejected, False),
    "RemoteProtocolError": (UpstreamUnavailable, True),
    "UnsupportedProtocol": (UpstreamRejected, False),
    "DecodingError": (UpstreamSchemaError, True),
    "TooManyRedirects": (UpstreamRejected, True),
    "SSEError": (UpstreamUnavailable, True),
    "StreamError": (UpstreamUnavailable, True),
    "StreamConsumed": (UpstreamUnavailable, True),
    "StreamClosed": (UpstreamUnavailable, True),
    "RequestNotRead": (UpstreamUnavailable, True),
    "ResponseNotRead": (UpstreamUnavailable, True),
    "InvalidURL": (UpstreamRejected, False),
    "CookieConflict": (UpstreamRejected, False),
}
KINDS = {
    name: kind
    for name, kind in ((name, getattr(httpx2, name)) for name in httpx2.__all__)
    if isinstance(kind, type) and issubclass(kind, Exception)
}


def made(kind: type[Exception]) -> Exception:
    """Return an instance without asking its constructor, whose arguments differ from class to class."""
    return kind.__new__(kind)


def test_the_library_has_the_exceptions_that_we_know() -> None:
    assert set(KINDS) == set(MEANINGS)


@pytest.mark.parametrize("name", MEANINGS)
def test_an_exception_of_the_library_has_one_meaning(name: str) -> None:
    fault = fault_of(made(KINDS[name]))

    assert (fault.error, fault.sent) == MEANINGS[name]
    assert issubclass(KINDS[name], LIBRARY_ERRORS)


def test_a_certificate_that_is_not_trusted_is_said_to_be_the_reason() -> None:
    error = made(httpx2.ConnectError)
    error.__cause__ = OSError("between the library and its reason")
    error.__cause__.__context__ = ssl.SSLCertVerificationError("self-signed certificate")

    fault = fault_of(error)

    assert (fault.error, fault.sent, fault.worth_a_retry) == (UpstreamRejected, False, False)
    assert (fault.sentence, fault.cause) == ("the service's certificate is not trusted", Cause.TLS)


@pytest.mark.parametrize(
    ("number", "why"), [(10, "it has expired"), (18, "it is signed by itself"), (62, "it is of another host")]
)
def test_what_is_wrong_with_a_certificate_is_said_where_it_is_known(number: int, why: str) -> None:
    error = made(httpx2.ConnectError)
    error.__cause__ = ssl.SSLCertVerificationError("any text")
    error.__cause__.verify_code = number

    assert fault_of(error).sentence == f"the service's certificate is not trusted ({why})"


def test_a_server_that_speaks_no_tls_is_told_from_one_that_is_not_there() -> None:
    error = made(httpx2.ConnectError)
    error.__cause__ = ssl.SSLError("wrong version number")

    fault = fault_of(error)

    assert (fault.sentence, fault.cause) == ("the service does not speak TLS as it must", Cause.TLS)
