"""The token rule: when every word that two names do not share is explained, they are the same name.

The rule and its numbers (5 and 9 letters, one typing error) are measured: shorter words one letter apart are for the
most part two surnames, Anderson and Andersen, Matthews and Mathews.
"""

from rapidfuzz.distance import OSA

from billingbot.matching.names.legal_forms import spellings
from billingbot.matching.names.name import Name, name_key
from billingbot.matching.verdict.comparison import Comparison
from billingbot.matching.verdict.vocabulary import Vocabulary

_PLURAL_LETTERS = 5
_TYPO_LETTERS = 9
_ACRONYM_LETTERS = 3
# Freedom Holding and Freedom Holdings, Harrow Trustee and Harrow Trustees are companies beside each other.
_NO_PLURAL = frozenset({"holding", "partner", "trustee"})
_FORMS = dict(spellings())
_LEFT_OUT_OF_ACRONYMS = frozenset({"and", "of", "the", "for"})


def explanation(pair: Comparison, vocabulary: Vocabulary) -> str | None:
    """Return in words why the names are the same, or None when a word is left without explanation."""
    if pair.client.text == pair.company.text:
        return "The names are the same."
    if pair.client.key == pair.company.key:
        return "The names are the same but for case, punctuation or legal form."
    for explain in (_spacing, _order, _legal_word, _plural, _acronym):
        if sentence := explain(pair):
            return sentence
    return _typing_error(pair, vocabulary)


def is_script_with_case(word: str) -> bool:
    """Say whether the word is of a script in which one letter more or less may be a slip; 銀 for 鉄 is no slip."""
    return word.isalpha() and word.upper() != word


def _spacing(pair: Comparison) -> str | None:
    same = "".join(pair.client_words) == "".join(pair.company_words)
    return "The names are the same but for spaces." if same else None


def _order(pair: Comparison) -> str | None:
    """Accept another order only when a comma in one of the names explains it: Whitlock, James / James Whitlock."""
    if pair.client_only or pair.company_only or _is_turned(pair.client) == _is_turned(pair.company):
        return None
    return "The names have the same words, and a comma explains their order."


def _is_turned(name: Name) -> bool:
    """Say whether a comma stands inside the name; one before the legal form (Acme, Inc.) turns nothing round."""
    before, comma, _ = name.text.partition(",")
    return bool(comma) and name_key(before) != name.key


def _legal_word(pair: Comparison) -> str | None:
    """Accept a legal form that is spelled in two ways before the end: Limited Duration Fund / Ltd Duration Fund."""
    if pair.replaced_word is None:
        return None
    one, other = pair.replaced_word
    if _FORMS.get(one) is None or _FORMS.get(one) != _FORMS.get(other):
        return None
    return f"The names are the same; {one} and {other} are one legal form."


def _plural(pair: Comparison) -> str | None:
    if pair.replaced_word is None or len(pair.client_words) < 2:
        return None
    singular, plural = sorted(pair.replaced_word, key=len)
    if plural != singular + "s" or len(singular) < _PLURAL_LETTERS or singular in _NO_PLURAL:
        return None
    return f"The names are the same but for a plural: {singular} / {plural}."


def _acronym(pair: Comparison) -> str | None:
    extra = pair.client_only + pair.company_only
    if len(extra) != 1 or len(extra[0]) < _ACRONYM_LETTERS:
        return None
    others = pair.company_words if pair.client_only else pair.client_words
    initials = "".join(word[0] for word in others)
    short = "".join(word[0] for word in others if word not in _LEFT_OUT_OF_ACRONYMS)
    if extra[0] not in (initials, short):
        return None
    return f"The names are the same; {extra[0]} stands for the other words."


def _typing_error(pair: Comparison, vocabulary: Vocabulary) -> str | None:
    if pair.replaced_word is None:
        return None
    one, other = pair.replaced_word
    if min(len(one), len(other)) < _TYPO_LETTERS or one[0] != other[0] or not is_script_with_case(one + other):
        return None
    if OSA.distance(one, other) > 1 or (vocabulary.knows(one, pair) and vocabulary.knows(other, pair)):
        return None
    return f"The names are the same but for a typing error: {one} / {other}."
