"""Words that tell two sites, series or subsidiaries of one name apart, and never are a typing error of each other.

Lower case, as they stand in a key. The tables are wide rather than exact: a word too many asks a person once more.
"""

import re
from enum import StrEnum


class Kind(StrEnum):
    """What a word may tell."""

    NUMBER = "number"
    DIRECTION = "direction"
    REGION = "region"
    LETTER = "letter"
    WORD = "word"


_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_NUMBER_WORDS = {word: str(value) for words in (_COUNTED, _ORDINALS) for value, word in enumerate(words)}
_ORDINAL = re.compile(r"0*(\d+)(?:st|nd|rd|th)?")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"x": 10, "ix": 9, "iv": 4, "v": 5, "i": 1}

DIRECTIONS = frozenset(
    """
    north south east west northern southern eastern western northeast northwest southeast southwest n s e w ne nw se sw
    upper lower inner outer central mid midland midlands coastal
    nord sud sued ost ouest est oeste este norte sur sul norr soder sodra norra vast
    """.split()
)
# Countries and parts of the world, the United States and the provinces that name a branch; one word each.
REGIONS = frozenset(
    """
    international global worldwide world europe european eu emea africa african asia asian pacific apac oceania
    america american americas latin latam nordic nordics scandinavia baltic benelux iberia dach mena gulf caribbean
    uk gb britain british england english scotland scottish wales welsh ireland irish ulster ie
    us usa canada canadian mexico mexican brazil argentina chile colombia peru ecuador uruguay panama
    france french germany german deutschland austria osterreich oesterreich switzerland swiss suisse schweiz
    italy italia italian spain espana spanish portugal belgium belgique netherlands holland dutch
    luxembourg denmark danish danmark
    sweden swedish sverige norway norwegian norge finland finnish suomi iceland poland polska polish czech slovakia
    hungary romania bulgaria greece greek turkey turkish cyprus malta croatia serbia slovenia estonia latvia lithuania
    ukraine russia russian georgia israel jordan egypt morocco tunisia algeria nigeria ghana kenya tanzania uganda
    ethiopia zambia zimbabwe namibia botswana mozambique uae dubai qatar kuwait bahrain oman saudi arabia lebanon iraq
    iran india indian pakistan bangladesh china chinese japan japanese korea korean taiwan singapore malaysia indonesia
    thailand vietnam philippines australia australian queensland victoria tasmania
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa
    kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
    nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
    carolina dakota ontario quebec alberta manitoba saskatchewan
    """.split()
)

# Words that say nothing about who it is.
FILL_WORDS = frozenset({"and", "of", "the", "for"})
# Little words and titles that are no initials.
_PARTICLES = frozenset("an at by da de di do dr du el ft in la le mr ms mt my no of on st to".split())


def number_in(word: str) -> str | None:
    """Return what number a word is, so that 07, 7 and seven are one; None when it is no number.

    A word with a digit in it counts as a number: A1 is not A2. Single letters are letters: V is not five.

    >>> [number_in(word) for word in ("007", "2nd", "two", "iv", "a1", "v", "mix")]
    ['7', '2', '2', '4', 'a1', None, None]
    """
    if word in _NUMBER_WORDS:
        return _NUMBER_WORDS[word]
    if ordinal := _ORDINAL.fullmatch(word):
        return ordinal[1]
    if any(character.isdigit() for character in word):
        return word
    if len(word) > 1 and (roman := _ROMAN.fullmatch(word)):
        tens, rest = roman[1], roman[2]
        ones = _ROMAN_VALUES.get(rest) or sum(_ROMAN_VALUES[character] for character in rest)
        return str(10 * len(tens) + ones)
    return None


def is_numeral(word: str) -> bool:
    """Say whether a word is a number that is written with digits or in Roman numerals."""
    return number_in(word) is not None and word not in _NUMBER_WORDS


def kind_of(word: str) -> Kind:
    """Return what a word tells. Initials and letters of sites are words of one or two letters that are nothing else.

    >>> [kind_of(word).value for word in ("ii", "ne", "uk", "a", "jr", "of", "acme")]
    ['number', 'direction', 'region', 'letter', 'letter', 'word', 'word']
    """
    if number_in(word) is not None:
        return Kind.NUMBER
    if word in DIRECTIONS:
        return Kind.DIRECTION
    if word in REGIONS:
        return Kind.REGION
    is_letter = len(word) <= 2 and word.isalpha() and word != word.upper() and word not in _PARTICLES
    return Kind.LETTER if is_letter else Kind.WORD
