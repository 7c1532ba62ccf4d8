"""Taking secrets out of a text: those that are known, and whatever stands where secrets stand."""

import re
from typing import Final

from billingbot.logs.secrets import known

_INSTEAD: Final = "***"
# Of bounded length, and begun only where a name begins: else a long text of somebody unknown would take seconds.
_NAMES: Final = (
    r"(?<![\w-])[\w-]{0,64}(?:secret|passw(?:or)?d|pwd|token|api[_-]?key|subscription[_-]?key|secret[_-]?keys?|private[_-]?key"
    r"|code[_-]verifier|client[_-]assertion)[\w-]{0,64}"
)
# A value: in quotes, or up to what cannot be part of it.
_VALUE: Final = r"""(?:b?"(?:[^"\\]|\\.)*"|b?'(?:[^'\\]|\\.)*'|[^\s"'&,;)\]}]+)"""
_PATTERNS: Final = (
    # Headers, as they are and as parts of a dict: the whole value.
    (
        r"""(?i)((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s*[:=]\s*|["'],\s*b?)"""
        r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^\n"']+)""",
        rf"\1\2{_INSTEAD}",
    ),
    # name=value, "name": "value", ('name', b'value')
    (rf"""(?i)({_NAMES})(["']?\s*(?:=|:)\s*|["'],\s*)({_VALUE})""", rf"\1\2{_INSTEAD}"),
    (r"(?i)\b(bearer)\s+[\w.~+/=-]{6,}", rf"\1 {_INSTEAD}"),
    (r"(?i)\b(basic)\s+(?!auth)[A-Za-z0-9+/]{8,}={0,2}", rf"\1 {_INSTEAD}"),
    # The password of an address may hold what ought to be encoded: up to the last @.
    (r"""(?<![\w+.-])([A-Za-z][\w+.-]{0,30}://)[^\s"'<>]{0,1000}@""", rf"\1{_INSTEAD}@"),
    # A signed token: three parts, of which the first is JSON.
    (r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*", _INSTEAD),
    # Codes and states of a sign-in, in an address.
    (r"(?i)([?&](?:code|state|nonce|id_token|sig|signature)=)[^\s&\"'#]+", rf"\1{_INSTEAD}"),
)
_COMPILED: Final = [(re.compile(pattern), instead) for pattern, instead in _PATTERNS]


def redacted(text: str) -> str:
    """Return the text without the secrets that are known, and without what stands where secrets stand."""
    return _without_likely_ones(known().taken_out(text, _INSTEAD))


def _without_likely_ones(text: str) -> str:
    """Return the text without what stands where secrets stand.

    >>> _without_likely_ones("POST https://ann:pw@halo.example/auth with client_secret=abc&scope=all")
    'POST https://***@halo.example/auth with client_secret=***&scope=all'
    >>> _without_likely_ones("{'Authorization': 'Bearer abc.def', 'accept': '*/*'}")
    "{'Authorization': ***, 'accept': '*/*'}"
    >>> _without_likely_ones("The token endpoint answered 401, the password is too old")
    'The token endpoint answered 401, the password is too old'
    """
    for pattern, instead in _COMPILED:
        text = pattern.sub(instead, text)
    return text
