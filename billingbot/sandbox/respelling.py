"""How the same customer is spelled in another system: legal form, case, punctuation, accents, typos, abbreviations."""

import unicodedata
from collections.abc import Callable
from random import Random

_LEGAL_FORMS: tuple[tuple[str, ...], ...] = (
    ("Ltd", "Limited", "Ltd.", "LTD"),
    ("Inc", "Incorporated", "Inc.", ", Inc."),
    ("LLC", "L.L.C.", ", LLC", "Llc"),
    ("Corp", "Corporation", "Corp."),
    ("Co.", "Company", "Co"),
    ("Pty Ltd", "Pty. Ltd.", "Pty Limited", "Proprietary Limited"),
    ("GmbH", "Gesellschaft mbH", "Gmbh"),
    ("GmbH & Co. KG", "GmbH & Co KG", "GmbH und Co. KG"),
    ("SARL", "S.A.R.L.", "Sarl"),
    ("S.L.", "SL", "S. L."),
    ("AB", "Aktiebolag"),
    ("B.V.", "BV"),
    ("PLC", "plc", "P.L.C."),
)
_ABBREVIATIONS = (
    ("International", "Intl"),
    ("Manufacturing", "Mfg"),
    ("Associates", "Assoc."),
    ("Management", "Mgmt"),
    ("Construction", "Constr."),
    ("Engineering", "Eng."),
    ("Services", "Svcs"),
    ("Brothers", "Bros."),
    ("Company", "Co."),
    ("Community", "Comm."),
    ("Medical", "Med"),
    ("Saint", "St."),
    ("Street", "St"),
    ("Department", "Dept"),
)
_LETTERS_WITHOUT_ACCENT = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "œ": "oe", "ł": "l"})


def split_legal_form(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the name without its legal form, and all spellings of that form (none: an empty tuple).

    >>> split_legal_form("Amber Bay Dental, Inc.")
    ('Amber Bay Dental', ('Inc', 'Incorporated', 'Inc.', ', Inc.'))
    """
    for spellings in _LEGAL_FORMS:
        for spelling in sorted(spellings, key=len, reverse=True):
            ending = spelling if spelling.startswith(",") else f" {spelling}"
            if name.endswith(ending):
                return name.removesuffix(ending), spellings
    return name, ()


def other_legal_form(name: str, random: Random) -> str:
    """Spell the legal form in another way, or leave it away, or add one where there is none."""
    stem, spellings = split_legal_form(name)
    if not spellings:
        return f"{name} {random.choice(('Ltd', 'Inc', 'LLC'))}"
    spelling = random.choice(("", *spellings))
    return f"{stem}{spelling}" if spelling.startswith(",") else f"{stem} {spelling}".rstrip()


def other_case(name: str, random: Random) -> str:
    """Write it all in capitals, all small, or as a title."""
    return random.choice((str.upper, str.lower, str.title))(name)


def other_punctuation(name: str, random: Random) -> str:
    """Lose or change commas, dots, hyphens and apostrophes."""
    old, new = random.choice(((",", ""), (".", ""), (" - ", " – "), ("'", "’"), ("'", ""), ("-", " "), ("/", " ")))
    return name.replace(old, new)


def other_ampersand(name: str, random: Random) -> str:
    """Swap the signs and words for "and"."""
    return name.replace(" & ", random.choice((" and ", " + ", "&"))) if " & " in name else name.replace(" and ", " & ")


def without_accents(name: str, _random: Random) -> str:
    """Return the letters without their accents.

    >>> without_accents("Größmann Ångström", Random(1))
    'Grossmann Angstrom'
    """
    decomposed = unicodedata.normalize("NFD", name.translate(_LETTERS_WITHOUT_ACCENT))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def typo(name: str, random: Random) -> str:
    """Swap, lose or double one letter inside a word of five letters or more."""
    places = [i for i in range(2, len(name) - 2) if name[i - 2 : i + 3].isalpha()]
    if not places:
        return name
    at = random.choice(places)
    kind = random.randrange(3)
    middle = (name[at + 1] + name[at], name[at + 1], name[at] * 2 + name[at + 1])[kind]
    return name[:at] + middle + name[at + 2 :]


def abbreviated(name: str, _random: Random) -> str:
    """Abbreviate the first word that has a usual abbreviation."""
    for word, short in _ABBREVIATIONS:
        if word in name:
            return name.replace(word, short, 1)
    return name


def with_number_prefix(name: str, random: Random) -> str:
    """Put the customer number in front, as many MSPs do."""
    return f"{random.randrange(1, 2000):04d}{random.choice((' - ', ' '))}{name}"


def other_spaces(name: str, random: Random) -> str:
    """Join two words, double a space, or leave one at the end."""
    return random.choice(
        (name.replace(" ", "", 1), name.replace(" ", "  ", 1), f"{name} ", name.replace(" ", "\u00a0", 1))
    )


def other_article(name: str, _random: Random) -> str:
    """Lose "The" in front, or gain it."""
    return name.removeprefix("The ") if name.startswith("The ") else f"The {name}"


_RESPELLINGS: tuple[tuple[int, Callable[[str, Random], str]], ...] = (
    (30, other_legal_form),
    (10, other_case),
    (12, other_punctuation),
    (10, other_ampersand),
    (8, without_accents),
    (8, typo),
    (9, abbreviated),
    (6, with_number_prefix),
    (3, other_spaces),
    (3, other_article),
)
_UNCHANGED = 0.4
_TWICE = 0.2


def respell(name: str, random: Random) -> str:
    """Return the name as another person typed it: often the same, sometimes one change, seldom two."""
    if random.random() < _UNCHANGED:
        return name
    weights, ways = zip(*_RESPELLINGS, strict=True)
    for way in random.choices(ways, weights, k=2 if random.random() < _TWICE else 1):
        name = way(name, random)
    return name
