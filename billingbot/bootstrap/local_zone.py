"""The time zone of the machine, where it can be known."""

from collections.abc import Mapping
from pathlib import Path

from billingbot.domain.schedule import time_zone
from billingbot.errors import InvalidSchedule

_FOLDER = "zoneinfo/"


def local_zone(environ: Mapping[str, str], link: Path = Path("/etc/localtime")) -> str:
    """Return the name of the machine's time zone, such as `Europe/Berlin`; `UTC` when nobody says.

    Args:
        environ: the environment; its `TZ` comes first.
        link: what points at the file of the time zone.
    """
    named = environ.get("TZ", "").lstrip(":"), link.resolve().as_posix()
    for name in (text.rpartition(_FOLDER)[2] for text in named):
        try:
            return time_zone(name).key
        except InvalidSchedule:
            continue
    return "UTC"
