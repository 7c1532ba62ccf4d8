"""How long a vendor asks us to wait: Retry-After (RFC 9110, 10.2.3), or X-RateLimit-Reset as it is used in the wild."""

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

# X-RateLimit-Reset holds seconds to wait, or a time since 1970; no vendor asks for a wait of 30 years.
_LONGEST_WAIT = 10**9


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds to wait, 0 or more, or None when the vendor does not say it in a way we understand.

    Args:
        headers: names in lower case.
        now: seconds since 1970.
    """
    waits = (_seconds(headers.get("retry-after")), _date(headers.get("retry-after"), now))
    reset = _seconds(headers.get("x-ratelimit-reset"))
    if reset is not None and reset > _LONGEST_WAIT:
        reset -= now
    wait = next((wait for wait in (*waits, reset) if wait is not None), None)
    return None if wait is None else max(0.0, wait)


def _seconds(text: str | None) -> float | None:
    try:
        seconds = float(text or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _date(text: str | None, now: float) -> float | None:
    try:
        return parsedate_to_datetime(text or "").timestamp() - now
    except (ValueError, OverflowError):
        return None
