"""Invented customer names, all different, and families of names that differ by one telling thing."""

from collections.abc import Iterator
from random import Random

from billingbot.sandbox.words import TONGUES

_SHARES = tuple(tongue.share for tongue in TONGUES)
_DIRECTIONS = ("North", "South", "East", "West")
_COUNTRIES = ("UK", "Ireland", "USA", "Canada", "Australia", "Deutschland")
_PUBLIC = 0.04
_WITHOUT_LEGAL_FORM = 0.35


def invent(random: Random) -> tuple[str, str]:
    """Return a name without its legal form, and the legal form or ""."""
    tongue = random.choices(TONGUES, _SHARES)[0]
    public = bool(tongue.public) and random.random() < _PUBLIC
    stem = random.choice(tongue.public if public else tongue.patterns).format(
        surname=random.choice(tongue.surnames),
        partner=random.choice(tongue.surnames),
        place=random.choice(tongue.places),
        trade=random.choice(tongue.trades),
        word=random.choice(tongue.words),
        noun=random.choice(tongue.nouns),
    )
    return stem, "" if public or random.random() < _WITHOUT_LEGAL_FORM else random.choice(tongue.legal)


def distinct_names(random: Random) -> Iterator[str]:
    """Yield names without end; none repeats, also not with another legal form."""
    seen: set[str] = set()
    while True:
        stem, legal = invent(random)
        if stem.casefold() not in seen:
            seen.add(stem.casefold())
            yield joined(stem, legal)


def joined(stem: str, legal: str) -> str:
    """Return the full name.

    >>> joined("Amber Bay Dental", "Ltd"), joined("City of Salem", "")
    ('Amber Bay Dental Ltd', 'City of Salem')
    """
    return f"{stem} {legal}".rstrip()


def family(random: Random) -> list[str]:
    """Return two to four names of different customers that differ by a number, place, direction, letter or country."""
    stem, legal = invent(random)
    size = random.randint(2, 4)
    kind = random.choice(("number", "place", "direction", "letter", "country", "legal form"))
    if kind == "number":
        first, sign = random.randint(1, 40), random.choice(("", "No. ", "#"))
        return [joined(f"{stem} {sign}{first + step}", legal) for step in range(size)]
    if kind == "direction":
        return [joined(f"{stem} {direction}", legal) for direction in _DIRECTIONS[:size]]
    if kind == "letter":
        return [joined(f"{stem} {letter}", legal) for letter in "ABCD"[:size]]
    if kind == "country":
        return [joined(f"{stem} ({country})", legal) for country in random.sample(_COUNTRIES, size)]
    if kind == "place":
        return [joined(f"{stem} - {place}", legal) for place in random.sample(TONGUES[0].places, size)]
    return [joined(stem, form) for form in random.sample(TONGUES[0].legal[2:8], size)]
