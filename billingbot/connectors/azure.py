"""How Azure is told from other products where a vendor has no field for it: by name, as a word."""

import re
from collections.abc import Iterable

_AZURE = re.compile(r"\bazure\b", re.IGNORECASE)


def azure_name(names: Iterable[str]) -> str:
    """Return the first name that holds the word, or "".

    >>> azure_name(["Plan", "Microsoft Azure"]), azure_name(["Azureus"])
    ('Microsoft Azure', '')
    """
    return next((name for name in names if _AZURE.search(name)), "")
