"""From a body to JSON values. Numbers with a fraction become `Decimal`: money never passes through a float."""

import json
from decimal import Decimal
from typing import Any

from billingbot.connectors.http.message import Reply
from billingbot.errors import Cause, UpstreamSchemaError


def parse_json(reply: Reply, source: str, label: str) -> Any:
    """Return the JSON value of a success.

    Raises `UpstreamSchemaError` for everything else: a web page, broken or endlessly nested JSON, NaN, a number of
    thousands of digits.
    """
    media_type = _media_type(reply) or "nothing"
    if not is_json(media_type):
        shown = media_type if len(media_type) <= 40 and media_type.isprintable() else "something else"
        raise UpstreamSchemaError(
            f"{label} answered with {shown} instead of JSON.",
            source=source,
            status=reply.status,
            cause=Cause.NOT_THE_API,
        )
    try:
        return json.loads(reply.body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        # Not chained: the parser's exception holds the whole document.
        broken = UpstreamSchemaError(
            f"{label} answered with JSON that cannot be read.", source=source, status=reply.status
        )
    raise broken


def holds_json(reply: Reply) -> bool:
    """Say whether an answer of any status promises JSON."""
    return is_json(_media_type(reply))


def is_json(media_type: str) -> bool:
    """Say whether a media type promises JSON.

    >>> is_json("application/json"), is_json("application/problem+json"), is_json("text/html")
    (True, True, False)
    """
    return media_type.endswith(("/json", "+json"))


def _media_type(reply: Reply) -> str:
    return reply.headers.get("content-type", "").partition(";")[0].strip().lower()


def _no_number(constant: str) -> None:
    raise ValueError(constant)
