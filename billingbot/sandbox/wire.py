"""JSON on the wire. Money is `Decimal` on both sides; a JSON number is written and read without float noise."""

import json
from decimal import Decimal
from typing import Any

from starlette.responses import Response

Row = dict[str, Any]

_EXACT_DIGITS = 15


def encode(value: Any) -> bytes:
    """Return JSON as UTF-8. Raises `ValueError` for an amount that a JSON number cannot carry exactly.

    >>> encode({"total": Decimal("1234.10"), "name": "Möller"}).decode()
    '{"total":1234.1,"name":"Möller"}'
    """
    return json.dumps(value, default=_number, ensure_ascii=False, separators=(",", ":")).encode()


def decode(body: bytes) -> Any:
    """Return what a JSON body says, with fractions as `Decimal`. Raises `ValueError`."""
    return json.loads(body, parse_float=Decimal)


def _number(value: Any) -> int | float:
    """Return the number whose shortest text is the amount: an IEEE double keeps 15 decimal digits."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no place in JSON")
    if value == value.to_integral_value():
        return int(value)
    if len(value.normalize().as_tuple().digits) > _EXACT_DIGITS:
        raise ValueError(f"{value} has more than {_EXACT_DIGITS} digits")
    return float(value)


class JsonResponse(Response):
    """A JSON answer."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the body."""
        return encode(content)
