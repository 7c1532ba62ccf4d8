"""Small readings of answers: how long to wait, what the vendor says, which token came."""

from decimal import Decimal
from typing import Any

import pytest

from billingbot.connectors.http.message import Reply
from billingbot.connectors.http.retry_after import retry_after
from billingbot.connectors.http.tokens import Token, read_token
from billingbot.connectors.http.vendor_words import vendor_words
from billingbot.errors import UpstreamSchemaError

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "5"}, 5.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "Fri, 15 Jan 2027 08:00:30 GMT"}, 30.0),
        ({"retry-after": "Fri, 15 Jan 2027 07:00:00 GMT"}, 0.0),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Fri, 99 Jan 2027 08:00:30 GMT"}, None),
        ({"x-ratelimit-reset": "12"}, 12.0),
        ({"x-ratelimit-reset": "1800000012"}, 12.0),
        ({"x-ratelimit-reset": "1799999999"}, 0.0),
        ({"retry-after": "soon", "x-ratelimit-reset": "12"}, 12.0),
        ({"retry-after": "5", "x-ratelimit-reset": "12"}, 5.0),
    ],
)
def test_the_wait_that_is_asked_for_is_understood(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == seconds


def answer(body: bytes, media_type: str = "application/json; charset=utf-8") -> Reply:
    return Reply(400, {"content-type": media_type}, bytearray(body))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'"Parameter client_id must be included"', " (Parameter client_id must be included)"),
        (b'{"id":["The value \'probe\' is not valid."]}', " (The value 'probe' is not valid.)"),
        (b'{"ClassName":"System.Exception","Message":"No."}', " (No.)"),
        (b'{"error":"access_denied","error_description":"Unauthorized"}', " (Unauthorized)"),
        (b'{"type":"x","message":"Bad company","status":400,"details":[]}', " (Bad company)"),
        (b'{"fault":{"faultstring":"Invalid","detail":{"errorcode":"x"}}}', " (Invalid)"),
        (b'{"errors":[{"message":"Bad","fields":[{"field":"a","message":"b","value":"v"}, 7]}]}', " (Bad; a: b)"),
        (b'[{"errors":[{"fields":[{"field":"a","message":"b"}]}]}]', " (a: b)"),
        (b'{"errors":[]}', ""),
        (b'{"fault":{"fault":{"fault":{"fault":{"fault":{"message":"deep"}}}}}}', ""),
        (b'{"message":"two\\nlines\\u001b[31m"}', " (two lines [31m)"),
        (b'"' + b"x" * 500 + b'"', f" ({'x' * 160}…)"),
        (b'"' + b"x" * 70_000 + b'"', ""),
        (b"not JSON", ""),
        (b"[" * 100_000, ""),
        (b"[1]", ""),
        (b'{"message": 5}', ""),
        (b"", ""),
        (b'"   "', ""),
    ],
)
def test_the_vendors_explanation_is_found_and_made_safe(body: bytes, words: str) -> None:
    assert vendor_words(answer(body), ()) == words


def test_a_web_page_explains_nothing() -> None:
    assert vendor_words(answer(b'"<html>"', "text/html"), ()) == ""


def test_a_secret_that_the_vendor_echoes_is_not_quoted() -> None:
    echo = answer(b'{"message": "secret s3cret of token t0ken is wrong"}')

    assert vendor_words(echo, ("s3cret", "t0ken")) == " (secret … of token … is wrong)"


@pytest.mark.parametrize(
    ("answered", "seconds"),
    [(3600, 3600.0), ("86400", 86400.0), (2592000, 86400.0), (Decimal("59.5"), 59.5), (None, None)],
)
def test_a_token_lives_as_long_as_is_said_but_a_day_at_most(answered: Any, seconds: float | None) -> None:
    assert read_token({"access_token": "abc", "expires_in": answered}, "Vendor") == Token("abc", seconds)


@pytest.mark.parametrize(
    "answered",
    [
        {},
        [],
        None,
        "abc",
        {"access_token": ""},
        {"access_token": 5},
        {"access_token": "a b"},
        {"access_token": "a\r\nX: 1"},
        {"access_token": "tökèn"},
        {"access_token": "abc", "expires_in": "never"},
        {"access_token": "abc", "expires_in": -1},
        {"access_token": "abc", "expires_in": []},
        {"access_token": "abc", "expires_in": "9" * 400},
    ],
)
def test_an_answer_without_a_usable_token_is_an_error(answered: Any) -> None:
    with pytest.raises(UpstreamSchemaError, match="the sign-in answered with"):
        read_token(answered, "Vendor")


def test_a_token_does_not_show_itself() -> None:
    assert "abc" not in repr(Token("abc", 5))
