"""The log of the process: a line an event on stderr, under whose request it happened, and without secrets.

start        puts the log in place of all others
  line         a record as a line: JSON, or text for a terminal
    redaction    takes secrets out of a text
      secrets      those that are known, because somebody holds them
request      what a line says of the request that it belongs to

Python's own logging and two small formatters: what matters here is redaction, and a library for JSON would not do it.
"""

from billingbot.logs.redaction import redacted
from billingbot.logs.request import About, new_request_id, under
from billingbot.logs.secrets import conceal
from billingbot.logs.start import start_log

__all__ = ["About", "conceal", "new_request_id", "redacted", "start_log", "under"]
