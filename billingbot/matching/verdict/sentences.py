"""Pieces of the sentences that operators read."""

from collections.abc import Iterable

_LONGEST = 60


def alike(score: float) -> str:
    """Return the beginning of a reason. A score is never rounded up: 100 % means the same words."""
    return f"The names are {int(score)} % alike"


def in_a_sentence(text: str) -> str:
    """Return a name or a word on one line, cut where a sentence would become unreadable."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def beside(one: Iterable[str], other: Iterable[str]) -> str:
    """Return the words of the client and of the company beside each other.

    >>> beside(["north"], ["upper", "south"])
    'north / upper south'
    """
    return f"{in_a_sentence(' '.join(one))} / {in_a_sentence(' '.join(other))}"
