"""When two words may be one word and a slip of the fingers, and when they are it for sure.

A word for a word that is nearly the same is for the most part another name: Anderson and Andersen, Kensington and
Kennington, Huntingdon and Huntington. What nobody calls himself is a long word with a letter left out, doubled or
swapped before its ending: Managment, Pediatircs.
"""

from rapidfuzz.distance import OSA, Postfix

_SURE_LETTERS = 9
_SURE_ENDING = 2
_LETTERS = 5
_LETTERS_FOR_TWO = 8


def has_case(word: str) -> bool:
    """Say whether the word is of a script in which one letter more or less may be a slip; 銀 for 鉄 is no slip."""
    return word.isalpha() and word.upper() != word


def differ_by_s(one: str, other: str) -> bool:
    """Say whether one word is the other with an s at its end."""
    return other in (one + "s", one.removesuffix("s")) and one != other


def is_surely_slip(one: str, other: str) -> bool:
    """Say whether long words differ by one letter left out or doubled, or two swapped, before the same ending."""
    if min(len(one), len(other)) < _SURE_LETTERS or one[0] != other[0] or not has_case(one + other):
        return False
    replaced = len(one) == len(other) and sorted(one) != sorted(other)
    return OSA.distance(one, other) == 1 and not replaced and Postfix.similarity(one, other) >= _SURE_ENDING


def may_be_slip(one: str, other: str) -> bool:
    """Say whether words are one letter apart, or two in eight letters and more."""
    length = min(len(one), len(other))
    if length < _LETTERS or not has_case(one + other):
        return False
    return OSA.distance(one, other) <= (2 if length >= _LETTERS_FOR_TWO else 1)
