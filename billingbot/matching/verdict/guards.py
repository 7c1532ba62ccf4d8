"""What may speak against a link although two names are alike: each guard looks for one kind of difference.

A guard that finds its difference says so with a code and a few words for the operator.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from billingbot.matching.verdict.comparison import Comparison
from billingbot.matching.verdict.explanations import is_script_with_case
from billingbot.matching.verdict.telling_words import DIRECTIONS, REGIONS, is_letters, number_in
from billingbot.matching.verdict.vocabulary import Vocabulary

_SLIP_LETTERS = 5
_ABBREVIATED_LETTERS = 4
_TWO_SLIPS_LETTERS = 8


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
    MISSPELLING = "misspelling"
    ABBREVIATION = "abbreviation"
    EXTRA_WORD = "extra word"
    ORDER = "order"


UNEXPLAINED = frozenset(
    {Doubt.SAME_NUMBER, Doubt.FULLER_FORM, Doubt.MISSPELLING, Doubt.ABBREVIATION, Doubt.EXTRA_WORD, Doubt.ORDER}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt and its words, to be read after "94 % alike, but": "the numbers differ: 1 / 2"."""

    doubt: Doubt
    words: str


def findings(pair: Comparison, vocabulary: Vocabulary) -> list[Finding]:
    """Return all that the guards find."""
    found = [guard(pair) for guard in (number, letter, direction, region, legal_form)]
    found += [word(pair, vocabulary), same_number(pair), fuller_form(pair), extra_word(pair), order(pair)]
    return [finding for finding in found if finding is not None]


def number(pair: Comparison) -> Finding | None:
    """Find numbers that one name has and the other has not: Clinic 1 / Clinic 2, Phase One / Phase Two."""
    one, other = _numbers(pair.client_only), _numbers(pair.company_only)
    if sorted(value for _, value in one) == sorted(value for _, value in other):
        return None
    return _differ(Doubt.NUMBER, "numbers", [word for word, _ in one], [word for word, _ in other])


def letter(pair: Comparison) -> Finding | None:
    """Find initials and letters of sites that are not the same: Depot A / Depot B, JR Whitcombe / JP Whitcombe."""
    return _of_kind(pair, Doubt.LETTER, "letters", is_letters)


def direction(pair: Comparison) -> Finding | None:
    """Find a compass point or a position that is not the same: Acme North / Acme South."""
    return _of_kind(pair, Doubt.DIRECTION, "directions", DIRECTIONS.__contains__)


def region(pair: Comparison) -> Finding | None:
    """Find a country or a part of the world that is not the same: Acme UK / Acme."""
    return _of_kind(pair, Doubt.REGION, "regions", lambda word: word in REGIONS and word not in DIRECTIONS)


def legal_form(pair: Comparison) -> Finding | None:
    """Find legal forms that contradict each other: Ardent Ltd / Ardent PLC. One that is left out does not."""
    one, other = pair.client.forms, pair.company.forms
    if one <= other or other <= one:
        return None
    return _differ(Doubt.LEGAL_FORM, "legal forms", sorted(one), sorted(other))


def fuller_form(pair: Comparison) -> Finding | None:
    """Find a legal form of which one name has only a part: Acme Co / Acme Co LLC, Weber GmbH / Weber GmbH & Co. KG."""
    one, other = pair.client.forms, pair.company.forms
    if not one or not other or one == other or not (one <= other or other <= one):
        return None
    words = f"{_listed(sorted(one))} / {_listed(sorted(other))}"
    return Finding(Doubt.FULLER_FORM, f"one name has only a part of the other's legal form: {words}")


def word(pair: Comparison, vocabulary: Vocabulary) -> Finding | None:
    """Find ordinary words in the place of others: a slip of the fingers, an abbreviation, or other words.

    A slip is one letter, or two in eight letters and more, spaces aside: Horizen / Horizon. Words that other names
    use, each, are two words however close they are: Miller / Mueller. An abbreviation is the beginning of the word or
    leaves letters out, Cogen / Cogeneration, Cnty / County.
    """
    one, other = _ordinary(pair.client_only), _ordinary(pair.company_only)
    if not one or not other:
        return None
    if _is_slip("".join(one), "".join(other)) and not _both_known(pair, vocabulary):
        return Finding(Doubt.MISSPELLING, f"one of these may be a typing error: {_listed(one)} / {_listed(other)}")
    if len(one) == len(other) == 1 and _is_short_for(one[0], other[0]):
        return Finding(Doubt.ABBREVIATION, f"one of these may be short for the other: {one[0]} / {other[0]}")
    return _differ(Doubt.WORD_DIFFERS, "words", one, other)


def same_number(pair: Comparison) -> Finding | None:
    """Find a number that is written in two ways: Phase II / Phase 2."""
    one, other = _numbers(pair.client_only), _numbers(pair.company_only)
    if not one or number(pair) is not None:
        return None
    written = f"{_listed([word for word, _ in one])} / {_listed([word for word, _ in other])}"
    return Finding(Doubt.SAME_NUMBER, f"a number is written in two ways: {written}")


def extra_word(pair: Comparison) -> Finding | None:
    """Find ordinary words that only one of the names has, when the other has nothing in their place."""
    one, other = _ordinary(pair.client_only), _ordinary(pair.company_only)
    if bool(one) == bool(other):
        return None
    return Finding(Doubt.EXTRA_WORD, f"only the {'client' if one else 'company'} has: {_listed(one or other)}")


def order(pair: Comparison) -> Finding | None:
    """Find the same words in another order: Marshall James / James Marshall."""
    if pair.client_only or pair.company_only or pair.client_words == pair.company_words:
        return None
    return Finding(Doubt.ORDER, "the words stand in another order")


def _of_kind(pair: Comparison, doubt: Doubt, plural: str, is_kind: Callable[[str], bool]) -> Finding | None:
    one = [word for word in pair.client_only if is_kind(word) and number_in(word) is None]
    other = [word for word in pair.company_only if is_kind(word) and number_in(word) is None]
    return _differ(doubt, plural, one, other) if one or other else None


def _differ(doubt: Doubt, plural: str, one: Sequence[str], other: Sequence[str]) -> Finding:
    return Finding(doubt, f"the {plural} differ: {_listed(one)} / {_listed(other)}")


def _listed(words: Sequence[str]) -> str:
    return " ".join(words) or "none"


def _numbers(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words that are numbers, each with its number."""
    return [(word, value) for word in words if (value := number_in(word)) is not None]


def _ordinary(words: Sequence[str]) -> list[str]:
    return [
        word
        for word in words
        if number_in(word) is None and word not in DIRECTIONS and word not in REGIONS and not is_letters(word)
    ]


def _is_slip(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    if length < _SLIP_LETTERS or not is_script_with_case(one + other):
        return False
    return OSA.distance(one, other) <= (2 if length >= _TWO_SLIPS_LETTERS else 1)


def _is_short_for(one: str, other: str) -> bool:
    """Say whether the shorter word is the beginning of the longer, or its letters with some left out: cnty, county."""
    short, long = sorted((one, other), key=len)
    if len(short) < _ABBREVIATED_LETTERS or short == long or not is_script_with_case(one + other):
        return False
    rest = iter(long)
    return long.startswith(short) or (short[0] == long[0] and short[-1] == long[-1] and all(c in rest for c in short))


def _both_known(pair: Comparison, vocabulary: Vocabulary) -> bool:
    return pair.replaced_word is not None and all(vocabulary.knows(word, pair) for word in pair.replaced_word)
