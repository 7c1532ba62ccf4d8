"""Whether our clock is wrong: tokens are good for a time, and a vendor that refuses us may only live in another one."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

# What vendors let pass: 5 minutes are common.
_TOLERATED = 300


def clock_fault(headers: Mapping[str, str], now: float) -> str:
    """Return by how much our clock is ahead or behind, when it is by more than 5 minutes; else an empty string.

    Args:
        headers: of the vendor's answer, names in lower case.
        now: seconds since 1970 by our clock.

    >>> clock_fault({"date": "Fri, 20 Nov 2026 12:00:00 GMT"}, 1795176000 + 1000)
    '17 minutes ahead of'
    """
    try:
        theirs = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, OverflowError):
        return ""
    ahead = now - theirs
    if abs(ahead) <= _TOLERATED:
        return ""
    return f"{_length(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'}"


def _length(seconds: float) -> str:
    minutes = seconds / 60
    if minutes < 120:
        return f"{minutes:.0f} minutes"
    return f"{minutes / 60:.0f} hours" if minutes < 48 * 60 else f"{minutes / 60 / 24:.0f} days"
