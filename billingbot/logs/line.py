"""A record as a line of the log: one JSON object, or text for people. Nothing in it can look like another line."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from billingbot.logs.redaction import redacted
from billingbot.logs.request import About, current

# What is longer was logged by mistake, and nobody reads it.
_LONGEST = 20_000


class Line(logging.Formatter):
    """A record without secrets, and without the control characters that could end its line or move a cursor.

    Args:
        about: says what is known of the request of this thread, besides what `under` was told.
    """

    def __init__(self, about: Callable[[], About]) -> None:
        super().__init__()
        self._about = about

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        return self.written({name: _fit(value) for name, value in self._parts(record).items() if value})

    def written(self, parts: About) -> str:
        """Return the parts as a line. They come in the order in which people read them."""
        raise NotImplementedError

    def _parts(self, record: logging.LogRecord) -> dict[str, str]:
        return {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **self._about(),
            **current(),
            "exception": self._exception(record),
        }

    def _exception(self, record: logging.LogRecord) -> str:
        """Return traceback and stack, formatted anew: others may have left theirs in the record."""
        raised = self.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else ""
        return "\n".join(filter(None, [raised or record.exc_text or "", record.stack_info or ""]))


class JsonLine(Line):
    """One JSON object, for machines. JSON encodes all control characters, and everything beyond ASCII."""

    def written(self, parts: About) -> str:
        """Return the object."""
        return json.dumps(parts)


class TextLine(Line):
    r"""Text for people: of the lines that an event takes, only the first begins in the first column."""

    def written(self, parts: About) -> str:
        """Return time, level, message, whose request it is, and the traceback, set in."""
        rest = dict(parts)
        time, level, logger = rest.pop("time"), rest.pop("level"), rest.pop("logger")
        message, exception = rest.pop("message", ""), rest.pop("exception", "")
        about = " ".join(f"{name}={_printable(value)}" for name, value in rest.items())
        first = f"{time} {level:<8} {_printable(logger)}: {_printable(message)}" + (f"  [{about}]" if about else "")
        return "\n    ".join([first, *map(_printable, exception.splitlines())])


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError) as error:
        return f"{record.msg} (its arguments do not fit: {error})"


def _fit(text: str) -> str:
    """Return the text without secrets, and not longer than anybody reads: the end of a traceback says most."""
    clean = redacted(text)
    if len(clean) <= _LONGEST:
        return clean
    return f"{clean[: _LONGEST // 2]} … {len(clean) - _LONGEST} letters left out … {clean[-_LONGEST // 2 :]}"


def _printable(text: str) -> str:
    r"""Return text as part of one line: what ends lines, moves the cursor or turns the text is written as its escape.

    >>> _printable("Acme\n2026 error\x1b[2J\u202e")
    'Acme\\n2026 error\\x1b[2J\\u202e'
    """
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in text
    )
