"""The key of a name: what is left when spelling habits are taken away."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from billingbot.matching.names.legal_forms import take_form

_LETTER = r"[^\W\d_]"
_DOTTED_INITIALS = re.compile(rf"\b(?:{_LETTER}\.){{2,}}(?!\w)|\b(?:{_LETTER}\.)+{_LETTER}\b")
_APOSTROPHES = dict.fromkeys(map(ord, "'`’‘‛ʼʻ′׳"))
# NFKC would make a space and a mark of this one.
_ACUTE = "´"
_SIGNS_BEHIND_A_LETTER = re.compile(r"(\w?)([^\w\x00-\x7f]+)")
_WRITTEN: Mapping[int, str | None] = (
    {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
    | _APOSTROPHES
    | dict.fromkeys(map(ord, "&+"), " and ")
    | str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is given, its key, and the legal forms that were taken off its end, as `legal_forms` calls them."""

    text: str
    key: str
    forms: frozenset[str]


def read_name(text: str) -> Name:
    """Read a name: small letters without accents, punctuation, article, and the legal forms at the end apart.

    Two names of one key and one set of forms are the same name. A name without a letter or digit has the empty key,
    which matches nothing.

    >>> read_name("The Brightwater Vétérinary Group & Sons, Ltd.").key
    'brightwater veterinary group and sons'
    >>> sorted(read_name("Weber Metallbau GmbH & Co. KG").forms)
    ['co', 'gmbh', 'kg']
    """
    words = _words(text)
    if words and words[0] == "and" and not any(map(str.isalnum, text)):
        words = []  # it is a lone "&"
    if len(words) > 1 and words[0] == "the":
        del words[0]
    forms = _take_forms(words) if words else frozenset()
    return Name(text, " ".join(words), forms)


def name_key(text: str) -> str:
    """Return the key of a name.

    >>> name_key("A.B.C. Limited"), name_key("???")
    ('abc', '')
    """
    return read_name(text).key


def _words(text: str) -> list[str]:
    """Return the words of a name, folded; an ASCII name, by far the most frequent, needs little for it."""
    if not text.isascii():
        text = _folded(text)
    if "." in text:
        text = _DOTTED_INITIALS.sub(lambda initials: initials.group().replace(".", ""), text.translate(_APOSTROPHES))
    return text.translate(_WRITTEN).split()


def _folded(text: str) -> str:
    """Return the text in small letters, without accents on Latin and Greek letters; signs beyond ASCII are spaces."""
    text = unicodedata.normalize("NFKC", text.replace(_ACUTE, "'")).casefold().translate(_APOSTROPHES)
    text = _SIGNS_BEHIND_A_LETTER.sub(_letter_with_marks, unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", text)


def _letter_with_marks(found: re.Match[str]) -> str:
    """Return the letter with the marks that make another letter of it; other signs behind it become spaces.

    In Latin and Greek a mark is an accent. Elsewhere は, ば and ぱ, й and и, consonants with Thai vowels are different.
    """
    letter, signs = found.groups()
    keeps_marks = letter.isalpha() and not unicodedata.name(letter, "").startswith(("LATIN ", "GREEK "))
    kept = [letter]
    for sign in signs:
        if not unicodedata.category(sign).startswith("M"):
            kept.append(" ")
            keeps_marks = False
        elif keeps_marks and not _only_draws(sign):
            kept.append(sign)
    return "".join(kept)


def _only_draws(mark: str) -> bool:
    """Say whether a mark only says how its letter is drawn: in a frame, or as which variant."""
    return unicodedata.category(mark) == "Me" or unicodedata.name(mark, "").startswith("VARIATION SELECTOR")


def _take_forms(words: list[str]) -> frozenset[str]:
    """Take off the end of the words what says nothing about whose name it is; return the forms among it."""
    forms: set[str] = set()
    while True:
        if len(words) > 1 and words[-1] == "the":
            words.pop()
        elif form := take_form(words):
            forms.add(form)
            if len(words) > 1 and words[-1] == "and":
                words.pop()
        else:
            return frozenset(forms)
