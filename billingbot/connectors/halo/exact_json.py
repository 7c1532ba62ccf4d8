"""JSON in which amounts stand as they are: the library knows floats only."""

import json
from collections.abc import Mapping
from decimal import Decimal


def exact_json(value: object) -> str:
    """Return a value of JSON's kinds, or of `Decimal`, as JSON in ASCII. Raises `TypeError` for a float.

    >>> exact_json({"lines": [{"unit_price": Decimal("0.0079"), "isinactive": False}]})
    '{"lines": [{"unit_price": 0.0079, "isinactive": false}]}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {exact_json(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(exact_json, value)) + "]"
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    if value is None or isinstance(value, str | int):
        return json.dumps(value)
    raise TypeError(f"{value!r} is not written as JSON.")
