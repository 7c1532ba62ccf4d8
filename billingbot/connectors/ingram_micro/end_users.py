"""End users: Ingram Micro names them and gives them no id, so the name is the id."""

import re
import unicodedata
from collections.abc import Iterable

from billingbot.domain.party import Company

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def company_key(name: str) -> str:
    """Return the id of the company with that name: its words, whatever the case and what stands between them.

    Words stay as they are: `Acme Inc` and `Acme` are two companies, and so are `Muller` and `Müller`. A name without a
    letter or digit is kept as it is written.

    >>> company_key("ACME,  Inc."), company_key("Acme Inc"), company_key("§§ ")
    ('acme inc', 'acme inc', '§§')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _BETWEEN_WORDS.sub(" ", folded).strip() or folded.strip()


def companies_of(names: Iterable[str | None]) -> list[Company]:
    """Return the companies with these names by id, spelled as the last name that has the id; None is nobody."""
    spelled = {company_key(name): " ".join(name.split()) for name in names if name}
    return [Company(key, spelled[key]) for key in sorted(spelled) if key]


def places_of(postal_codes: Iterable[str]) -> list[str]:
    """Return the codes that are different places; 53223 and 53223-2451 are one.

    >>> places_of(["53223-2451", "53223", "10115", ""])
    ['10115', '53223']
    """
    codes = {re.sub(r"\W", "", code).upper() for code in postal_codes} - {""}
    return sorted(code for code in codes if not any(code != other and code.startswith(other) for other in codes))
