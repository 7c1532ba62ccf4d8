"""Times and counts as people say them."""

import re
from datetime import datetime

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+!|~:$&]")
_SPACE = re.compile(r"[ \t\r\n]+")
# At the start of a block: a list or a rule.
_BLOCK = re.compile(r"^( ?\d*)([-.])")
# What Streamlit looks for again when the escapes are undone: icons, addresses, and arrows and dashes between spaces.
_FOUND = re.compile(
    r":(?=material[/_]|streamlit:)|www(?=\.)|https?://(?=[-.\w])|(?<=[-.\w+])@(?=[-\w]+\.)"
    r"|(?:^|(?<= ))<(?=-> |->$)|(?:^|(?<= ))[-<>~](?=[->=](?: |$))",
    re.IGNORECASE,
)
_NO_WIDTH = "\u200b"


def age(then: datetime, now: datetime) -> str:
    """Say how long ago something was, in its largest whole unit.

    >>> from datetime import UTC, timedelta
    >>> now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    >>> [age(now - timedelta(seconds=s), now) for s in (20, 240, 3 * 3600, 86400, 200000)]
    ['just now', '4 min ago', '3 h ago', '1 day ago', '2 days ago']
    """
    seconds = int((now - then).total_seconds())
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min ago"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h ago"
    return f"{count(seconds // _DAY, 'day')} ago"


def elapsed(since: datetime, now: datetime) -> str:
    """Say a running time in minutes and seconds.

    >>> from datetime import UTC, timedelta
    >>> now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    >>> elapsed(now - timedelta(seconds=67), now), elapsed(now + timedelta(seconds=1), now)
    ('1:07', '0:00')
    """
    minutes, seconds = divmod(max(0, int((now - since).total_seconds())), _MINUTE)
    return f"{minutes}:{seconds:02d}"


def iso(moment: datetime) -> str:
    """Write a UTC time in full.

    >>> from datetime import UTC
    >>> iso(datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC))
    '2026-11-22 12:00:05 UTC'
    """
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun.

    >>> count(1, "client"), count(1234, "client"), count(2, "company", "companies")
    ('1 client', '1,234 clients', '2 companies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def plain(text: str) -> str:
    r"""Escape what Markdown and Streamlit would read as markup, so that foreign text shows as it is, on one line.

    Space is made one, as browsers show it. Where escaping does not help, a space of no width parts what would be found.

    >>> print(plain("![x](//a) *b* :red[c] $1 &amp;"))
    \!\[x\]\(//a\) \*b\* \:red\[c\] \$1 \&amp;
    >>> print(plain("1. FC  Acme\n- Berlin"), plain("-20 Cold"))
    1\. FC Acme - Berlin \-20 Cold
    >>> [plain(text).count("\u200b") for text in ("www.a.b", "https://a", "a@b.c", "a -- b", ":streamlit:")]
    [1, 1, 1, 1, 1]
    >>> [plain(text).count("\u200b") for text in ("awww", "a--b", "@a", "https")]
    [0, 0, 0, 0]
    """
    parted = _FOUND.sub(rf"\g<0>{_NO_WIDTH}", _SPACE.sub(" ", text))
    return _BLOCK.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", parted))


def bold(text: str) -> str:
    r"""Return foreign text in bold, without the space at its ends, beside which Markdown sees no stars.

    >>> print(bold(" Acme * "))
    **Acme \***
    """
    return f"**{plain(text.strip())}**"
