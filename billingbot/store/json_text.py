"""Rows from outside as JSON text and back, with every fraction exact: it never passes through a float."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from json.encoder import encode_basestring_ascii as quoted
from typing import Any


def json_text(value: Any) -> str:
    r"""Return the value as JSON in ASCII, in which no character is lost. Raises `TypeError` for what is no JSON value.

    The standard library's encoder has no way to write a `Decimal` as a number.

    >>> json_text({"cost": Decimal("0.10"), "name": "Zoë", "tags": [1, True, None]})
    '{"cost":0.10,"name":"Zo\\u00eb","tags":[1,true,null]}'
    """
    if write := _SCALARS.get(type(value)):
        return write(value)
    if isinstance(value, Mapping):
        # Most of the values are scalars: a call less for each of them.
        pairs = [f"{quoted(key)}:{_SCALARS.get(type(item), json_text)(item)}" for key, item in value.items()]
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([json_text(item) for item in value]) + "]"
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def json_value(text: str) -> Any:
    """Return what the text says, with fractions as `Decimal`."""
    return json.loads(text, parse_float=Decimal)


def _number(number: Decimal) -> str:
    if not number.is_finite():
        raise TypeError(f"{number} has no place in JSON")
    return str(number)


_SCALARS: Mapping[type, Callable[[Any], str]] = {
    str: quoted,
    int: str,
    Decimal: _number,
    bool: json.dumps,
    type(None): json.dumps,
}
