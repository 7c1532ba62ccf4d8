"""The vendor's own explanation of a refusal, made safe to show: short, printable, without our secrets."""

import json
from collections.abc import Collection
from typing import Any

from billingbot.connectors.http.json_body import is_json
from billingbot.connectors.http.message import Reply

_LONGEST = 160
_LARGEST_BODY = 64 * 1024
# In order of what explains most. Seen at HaloPSA, Pax8 and OAuth servers.
_KEYS = ("error_description", "message", "Message", "errorMessage", "error", "detail")


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
    """Return the first text that explains: HaloPSA answers a bare string, an object, or lists of texts by field."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    named = [value[key] for key in _KEYS if isinstance(value.get(key), str)]
    listed = [texts[0] for texts in value.values() if isinstance(texts, list) and texts and isinstance(texts[0], str)]
    return next(iter([*named, *listed]), "")
