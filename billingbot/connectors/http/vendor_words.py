"""The vendor's own explanation of a refusal, made safe to show: short, printable, without our secrets."""

import json
from collections.abc import Collection
from typing import Any

from billingbot.connectors.http.json_body import is_json
from billingbot.connectors.http.message import Reply

_LONGEST = 160
_LARGEST_BODY = 64 * 1024
# In order of what explains most. Seen at HaloPSA, Pax8, Ingram Micro and OAuth servers.
_KEYS = ("error_description", "message", "Message", "errorMessage", "error", "detail", "faultstring")
# Where Ingram Micro and its gateway wrap the explanation; at renewals in a list on top.
_INSIDE = ("errors", "fault")
_DEEPEST = 5


def vendor_words(reply: Reply, secrets: Collection[str]) -> str:
    """Return the explanation in parentheses with a space before it, or an empty string when there is none to show."""
    words = _explanation(_json(reply))
    for secret in secrets:
        words = words.replace(secret, "…")
    words = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    if not words:
        return ""
    return f" ({words})" if len(words) <= _LONGEST else f" ({words[:_LONGEST]}…)"


def _json(reply: Reply) -> Any:
    media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not is_json(media_type) or len(reply.body) > _LARGEST_BODY:
        return None
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return None


def _explanation(value: Any) -> str:
    """Return what explains most, and at which fields; HaloPSA answers a bare string, an object, or texts by field."""
    for _ in range(_DEEPEST):
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            words = [*_texts(value)[:1], *_fields(value)]
            if words:
                return "; ".join(words)
            value = next((value[key] for key in _INSIDE if key in value), None)
    return ""


def _texts(value: dict[str, Any]) -> list[str]:
    named = [value[key] for key in _KEYS if isinstance(value.get(key), str)]
    listed = [texts[0] for texts in value.values() if isinstance(texts, list) and texts and isinstance(texts[0], str)]
    return named + listed


def _fields(value: dict[str, Any]) -> list[str]:
    """Return Ingram Micro's words about each field that it refuses; the value that was sent is not repeated."""
    fields = value.get("fields")
    rows = [row for row in fields if isinstance(row, dict)] if isinstance(fields, list) else []
    return [f"{row['field']}: {row['message']}" for row in rows if {"field", "message"} <= row.keys()]
