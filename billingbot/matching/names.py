"""The key of a name: what is left when spelling habits are taken away."""

import re
import unicodedata

# Spelled the way they are left after folding; only at the end of a name, where they say nothing about who it is.
LEGAL_FORMS = frozenset(
    "ab ag aps as bv bvba co company corp corporation gmbh inc incorporated kg kk limited llc llp lp ltd ltda "
    "nv oy oyj plc pllc private proprietary pte pty pvt sa sarl sas sl spa srl".split()
)
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_DOTTED_INITIALS = re.compile(r"\b(?:\w\.){2,}(?=\s|$|\W)|\b(?:\w\.)+\w\b(?!\w)")
_AND = re.compile("[&+＋＆]")


def name_key(name: str) -> str:
    """Return the name folded to lower case without accents, punctuation, legal form and article.

    Two names of one key are the same name. A name without a letter or digit has the empty key, which matches nothing.

    >>> name_key("The Brightwater Vétérinary Group & Sons, Ltd."), name_key("A.B.C. Limited"), name_key("???")
    ('brightwater veterinary group and sons', 'abc', '')
    """
    text = name.lower() if name.isascii() else _folded(name)
    text = _APOSTROPHES.sub("", text)
    text = _DOTTED_INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    text = _AND.sub(" and ", text)
    words = "".join(c if _in_a_word(c) else " " for c in text).split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
        if len(words) > 1 and words[-1] == "and":
            words.pop()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def numbers(key: str) -> list[str]:
    """Return the numbers of a key in ascending order, as text without leading zeros.

    >>> numbers("clinic 07 of 12")
    ['12', '7']
    """
    return sorted(number.lstrip("0") for number in re.findall(r"\d+", key))


def _folded(name: str) -> str:
    """Return the name in lower case, with the accents of Latin and Greek letters taken off.

    In other scripts a mark is not an accent: は, ば and ぱ, Thai vowels, й and и are letters of their own.
    """
    kept: list[str] = []
    bare = False
    for character in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()):
        if not unicodedata.combining(character):
            bare = unicodedata.name(character, "").startswith(("LATIN ", "GREEK "))
            kept.append(character)
        elif not bare:
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _in_a_word(character: str) -> bool:
    """Say whether a character is a letter or a digit, or a mark that belongs to one."""
    return character.isalnum() or unicodedata.category(character).startswith("M")
