"""What may speak against a link although two names are alike: each guard looks for one kind of difference.

A guard that finds its difference says so with a code and a few words for the operator.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from billingbot.matching.verdict.comparison import Comparison
from billingbot.matching.verdict.sentences import beside, in_a_sentence
from billingbot.matching.verdict.slips import differ_by_s, has_case, may_be_slip
from billingbot.matching.verdict.telling_words import Kind, kind_of, number_in
from billingbot.matching.verdict.vocabulary import Vocabulary

_ABBREVIATED_LETTERS = 4
_SIGNS = re.compile(r"\w[#*]|@\w")


class Doubt(StrEnum):
    """What was found. `UNEXPLAINED` lists those that leave something open; the others speak against a link."""

    NUMBER = "number"
    LETTER = "letter"
    DIRECTION = "direction"
    REGION = "region"
    LEGAL_FORM = "legal form"
    WORD_DIFFERS = "word differs"
    SAME_NUMBER = "same number"
    FULLER_FORM = "fuller form"
    SIGN = "sign"
    PLURAL = "plural"
    MISSPELLING = "misspelling"
    ABBREVIATION = "abbreviation"
    EXTRA_WORD = "extra word"
    ORDER = "order"


_AGAINST = {Doubt.NUMBER, Doubt.LETTER, Doubt.DIRECTION, Doubt.REGION, Doubt.LEGAL_FORM, Doubt.WORD_DIFFERS}
UNEXPLAINED = frozenset(set(Doubt) - _AGAINST)


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt and its words, to be read after "94 % alike, but": "the numbers differ: 1 / 2"."""

    doubt: Doubt
    words: str


def findings(pair: Comparison, vocabulary: Vocabulary) -> list[Finding]:
    """Return all that the guards find in the words and the legal forms."""
    replaced = pair.replaced_word
    if replaced is not None and kind_of(replaced[0]) is not kind_of(replaced[1]):
        # One word in the place of another kind of word: both are named in one breath, jordan / jorden.
        found = [_differ(Doubt.WORD_DIFFERS, "word", [replaced[0]], [replaced[1]]), find_legal_form(pair)]
    else:
        found = [find_number(pair), find_letter(pair), find_direction(pair), find_region(pair), find_legal_form(pair)]
        found += [find_word(pair, vocabulary), find_same_number(pair), find_extra_word(pair), find_order(pair)]
    return [finding for finding in [*found, find_fuller_form(pair), find_sign(pair)] if finding is not None]


def find_number(pair: Comparison) -> Finding | None:
    """Find numbers that one name has and the other has not, or has elsewhere: Clinic 1 / Clinic 2, Phase One / Two."""
    one, other = _of_kind(pair.client_only, Kind.NUMBER), _of_kind(pair.company_only, Kind.NUMBER)
    if sorted(map(str, map(number_in, one))) != sorted(map(str, map(number_in, other))):
        return _differ(Doubt.NUMBER, "number", one, other)
    one, other = _of_kind(pair.client_words, Kind.NUMBER), _of_kind(pair.company_words, Kind.NUMBER)
    if list(map(number_in, one)) != list(map(number_in, other)):
        return Finding(Doubt.NUMBER, f"the numbers stand in another order: {beside(one, other)}")
    return None


def find_letter(pair: Comparison) -> Finding | None:
    """Find initials and letters of sites that are not the same: Depot A / Depot B, JR Whitcombe / JP Whitcombe."""
    return _find_kind(pair, Doubt.LETTER, Kind.LETTER)


def find_direction(pair: Comparison) -> Finding | None:
    """Find a compass point or a position that is not the same: Acme North / Acme South."""
    return _find_kind(pair, Doubt.DIRECTION, Kind.DIRECTION)


def find_region(pair: Comparison) -> Finding | None:
    """Find a country or a part of the world that is not the same: Acme UK / Acme."""
    return _find_kind(pair, Doubt.REGION, Kind.REGION)


def find_legal_form(pair: Comparison) -> Finding | None:
    """Find legal forms that contradict each other: Ardent Ltd / Ardent PLC. One that is left out does not."""
    one, other = pair.client.forms, pair.company.forms
    if one <= other or other <= one:
        return None
    return _differ(Doubt.LEGAL_FORM, "legal form", sorted(one), sorted(other))


def find_fuller_form(pair: Comparison) -> Finding | None:
    """Find a legal form of which one name has only a part: Acme Co / Acme Co LLC, Weber GmbH / Weber GmbH & Co. KG."""
    one, other = pair.client.forms, pair.company.forms
    if not one or not other or one == other or not (one <= other or other <= one):
        return None
    words = beside(sorted(one), sorted(other))
    return Finding(Doubt.FULLER_FORM, f"one name has only a part of the other's legal form: {words}")


def find_sign(pair: Comparison) -> Finding | None:
    """Find a sign that may belong to the name and is not in the key: C# Consulting / C Consulting, @Home / Home."""
    one, other = (_SIGNS.findall(name.text.lower()) for name in (pair.client, pair.company))
    if one == other:
        return None
    return Finding(Doubt.SIGN, f"only one has a sign at a word: {in_a_sentence(' '.join(one or other))}")


def find_word(pair: Comparison, vocabulary: Vocabulary) -> Finding | None:
    """Find ordinary words in the place of others: a plural, a slip of the fingers, an abbreviation, or other words.

    Spaces aside. Words that other names use, each, are no slip however close they are: Miller / Mueller. An
    abbreviation is the beginning of the word or leaves letters out: Cogen / Cogeneration, Cnty / County.
    """
    one, other = _of_kind(pair.client_only, Kind.WORD), _of_kind(pair.company_only, Kind.WORD)
    if not one or not other:
        return None
    words = beside(one, other)
    is_one_each = len(one) == len(other) == 1
    if is_one_each and differ_by_s(one[0], other[0]):
        return Finding(Doubt.PLURAL, f"one of these may be a plural: {words}")
    if may_be_slip("".join(one), "".join(other)) and not vocabulary.knows_both(pair):
        return Finding(Doubt.MISSPELLING, f"one of these may be a typing error: {words}")
    if is_one_each and _is_short_for(one[0], other[0]):
        return Finding(Doubt.ABBREVIATION, f"one of these may be short for the other or misspelled: {words}")
    return _differ(Doubt.WORD_DIFFERS, "word", one, other)


def find_same_number(pair: Comparison) -> Finding | None:
    """Find a number that is written in two ways: Phase II / Phase 2."""
    one, other = _of_kind(pair.client_only, Kind.NUMBER), _of_kind(pair.company_only, Kind.NUMBER)
    if not one or find_number(pair) is not None:
        return None
    return Finding(Doubt.SAME_NUMBER, f"a number is written in two ways: {beside(one, other)}")


def find_extra_word(pair: Comparison) -> Finding | None:
    """Find ordinary words that only one of the names has, when the other has nothing in their place."""
    one, other = _of_kind(pair.client_only, Kind.WORD), _of_kind(pair.company_only, Kind.WORD)
    if bool(one) == bool(other):
        return None
    words = in_a_sentence(" ".join(one or other))
    return Finding(Doubt.EXTRA_WORD, f"only the {'client' if one else 'company'} has: {words}")


def find_order(pair: Comparison) -> Finding | None:
    """Find the same words in another order: Marshall James / James Marshall."""
    if pair.client_only or pair.company_only or pair.client_words == pair.company_words:
        return None
    return Finding(Doubt.ORDER, "the words stand in another order")


def _of_kind(words: Sequence[str], kind: Kind) -> list[str]:
    return [word for word in words if kind_of(word) is kind]


def _find_kind(pair: Comparison, doubt: Doubt, kind: Kind) -> Finding | None:
    one, other = _of_kind(pair.client_only, kind), _of_kind(pair.company_only, kind)
    return _differ(doubt, kind.value, one, other) if one or other else None


def _differ(doubt: Doubt, what: str, one: Sequence[str], other: Sequence[str]) -> Finding:
    if one and other:
        return Finding(doubt, f"the {what}s differ: {beside(one, other)}")
    words = in_a_sentence(" ".join(one or other))
    return Finding(doubt, f"only the {'client' if one else 'company'} has a {what}: {words}")


def _is_short_for(one: str, other: str) -> bool:
    """Say whether the shorter word is the beginning of the longer, or its letters with some left out: cnty, county."""
    short, long = sorted((one, other), key=len)
    if len(short) < _ABBREVIATED_LETTERS or short == long or not has_case(one + other):
        return False
    rest = iter(long)
    return long.startswith(short) or (short[0] == long[0] and short[-1] == long[-1] and all(c in rest for c in short))
