"""How Ingram Micro's refusals are told: in its own words, whatever their shape, and without secrets."""

import json

import pytest

from billingbot.errors import UpstreamError
from tests.contract.ingram_micro_stand_in import answering, ignore
from tests.contract.raw_server import reply

SAID = {
    "fields": (
        400,
        {
            "errors": [
                {
                    "id": "1",
                    "1ype": "/errors/validation-failed",
                    "message": "Validation failed",
                    "fields": [{"field": "IM-CountryCode", "value": "UU", "message": "IM-CountryCode is invalid"}],
                }
            ]
        },
        "/orders/search page 1 was refused with 400 (Validation failed; IM-CountryCode: IM-CountryCode is invalid).",
    ),
    "fields alone, in a list": (
        400,
        [{"errors": [{"traceid": "1", "fields": [{"field": "IM-CustomerNumber", "message": "Invalid"}]}]}],
        "/orders/search page 1 was refused with 400 (IM-CustomerNumber: Invalid).",
    ),
    "a fault of the gateway": (
        404,
        {"fault": {"faultstring": "Unable to identify proxy", "detail": {"errorcode": "messaging.adaptors.x"}}},
        "/orders/search page 1 was refused with 404 (Unable to identify proxy).",
    ),
    "a wrong customer number": (
        403,
        {"faultcode": "Server", "faultstring": "Invalid customer number."},
        "/orders/search page 1 was refused with 403 (Invalid customer number.).",
    ),
    "maintenance": (
        503,
        {
            "errors": [
                {"id": "7", "type": "/errors/server-error", "message": "ConnectivityIssue/ERP issue", "fields": []}
            ]
        },
        "the service answered 503 (ConnectivityIssue/ERP issue) on /orders/search page 1 (4 tries).",
    ),
    "a search that found nothing": (
        500,
        {"errors": [{"traceid": "1", "message": "The remote server returned an error: (404) Not Found."}]},
        "the service answered 500 (The remote server returned an error: (404) Not Found.) on /orders/search page 1 "
        "(4 tries).",
    ),
    "a token that is echoed": (
        401,
        {"fault": {"faultstring": "Invalid Access Token t0ken of my-secret"}},
        "/orders/search page 1 answered 401 to a new token too (Invalid Access Token … of …): the account lacks the "
        "permission to read it.",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_an_error_is_told_in_ingram_micros_words(name: str) -> None:
    status, body, sentence = SAID[name]

    with (
        answering({"/orders/search": reply(status, json.dumps(body).encode())}) as (ingram, _),
        pytest.raises(UpstreamError) as caught,
    ):
        ingram.companies(ignore)

    assert str(caught.value) == f"Ingram Micro: {sentence}"
