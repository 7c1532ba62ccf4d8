"""The token rule: when every word that two names do not share is explained, they are the same name.

The rule and its numbers are measured on lists of real companies (docs/matching.md).
"""

import re

from billingbot.matching.names.legal_forms import spellings
from billingbot.matching.names.name import Name, name_key
from billingbot.matching.verdict.comparison import Comparison
from billingbot.matching.verdict.sentences import beside, in_a_sentence
from billingbot.matching.verdict.slips import differ_by_s, is_surely_slip
from billingbot.matching.verdict.telling_words import FILL_WORDS, Kind, is_numeral, kind_of
from billingbot.matching.verdict.vocabulary import Vocabulary

_PLURAL_LETTERS = 5
_ACRONYM_LETTERS = 3
# Freedom Holding and Freedom Holdings, Harrow Trustee and Harrow Trustees are companies beside each other.
_NO_PLURAL = frozenset({"holding", "partner", "trustee", "nominee", "venture", "investment"})
_APOSTROPHE = re.compile("['’`]s\\b", re.IGNORECASE)
_FORMS = dict(spellings())


def explanation(pair: Comparison, vocabulary: Vocabulary) -> str | None:
    """Return in words why the names are the same, or None when a word is left without explanation."""
    if pair.client.text == pair.company.text:
        return "The names are the same."
    if pair.client.key == pair.company.key:
        return _spelling(pair)
    for explain in (_spacing, _order, _legal_word, _plural, _acronym):
        if sentence := explain(pair):
            return sentence
    return _typing_error(pair, vocabulary)


def _spelling(pair: Comparison) -> str:
    if pair.client.forms == pair.company.forms:
        return "The names are the same but for spelling: case, accents, punctuation, “the” or “&”."
    side, forms = ("client", pair.client.forms) if pair.client.forms else ("company", pair.company.forms)
    return f"The names are the same; only the {side} has a legal form: {' '.join(sorted(forms))}."


def _spacing(pair: Comparison) -> str | None:
    """Accept other spaces unless they make another number: Unit 1.2 / Unit 12, Area X I / Area XI."""
    if "".join(pair.client_words) != "".join(pair.company_words):
        return None
    one, other = (list(filter(is_numeral, words)) for words in (pair.client_words, pair.company_words))
    return "The names are the same but for spaces." if one == other else None


def _order(pair: Comparison) -> str | None:
    """Accept another order when a comma in one of the names explains it: Whitlock, James DDS / James Whitlock DDS."""
    if pair.client_only or pair.company_only:
        return None
    if _is_turned(pair.client, pair.company_words) or _is_turned(pair.company, pair.client_words):
        return "The names have the same words, and a comma explains their order."
    return None


def _is_turned(name: Name, other: list[str]) -> bool:
    """Say whether the words before the comma stand together further behind in the other name, and all else as it was.

    In a list of names, Smith, Jones & Brown, a comma turns nothing round.
    """
    before, comma, _ = name.text.partition(",")
    words, first = name.key.split(), name_key(before).split()
    if not comma or "," in name.text[len(before) + 1 :] or "&" in name.text or "and" in words:
        return False
    rest = words[len(first) :]
    return any([*rest[:place], *first, *rest[place:]] == other for place in range(1, len(rest) + 1))


def _legal_word(pair: Comparison) -> str | None:
    """Accept a legal form that is spelled in two ways before the end: Limited Duration Fund / Ltd Duration Fund."""
    if pair.replaced_word is None:
        return None
    one, other = pair.replaced_word
    # One of them is the form itself: company and companies are two words.
    if _FORMS.get(one) is None or _FORMS.get(one) != _FORMS.get(other) or _FORMS[one] not in (one, other):
        return None
    return f"The names are the same; {one} and {other} are one legal form."


def _plural(pair: Comparison) -> str | None:
    """Accept a plural s, but not on the first word, which is who it is: William Dental / Williams Dental.

    There it must be written as a genitive: Venter's Land Surveying / Venter Land Surveying.
    """
    if pair.replaced_word is None or len(pair.client_words) < 2 or _tells(*pair.replaced_word):
        return None
    singular, plural = sorted(pair.replaced_word, key=len)
    if not differ_by_s(singular, plural) or len(singular) < _PLURAL_LETTERS or singular in _NO_PLURAL:
        return None
    is_first = pair.client_words[0] in pair.replaced_word and pair.company_words[0] in pair.replaced_word
    if is_first and not any(_APOSTROPHE.search(name.text) for name in (pair.client, pair.company)):
        return None
    return f"The names are the same but for a plural: {beside([singular], [plural])}."


def _acronym(pair: Comparison) -> str | None:
    extra = pair.client_only + pair.company_only
    if len(extra) != 1 or len(extra[0]) < _ACRONYM_LETTERS or _tells(extra[0]):
        return None
    others = pair.company_words if pair.client_only else pair.client_words
    initials = "".join(word[0] for word in others)
    short = "".join(word[0] for word in others if word not in FILL_WORDS)
    if extra[0] not in (initials, short):
        return None
    return f"The names are the same; {in_a_sentence(extra[0])} stands for the other words."


def _typing_error(pair: Comparison, vocabulary: Vocabulary) -> str | None:
    """Accept a typing error, unless other names use both words."""
    if pair.replaced_word is None or _tells(*pair.replaced_word) or not is_surely_slip(*pair.replaced_word):
        return None
    if vocabulary.knows_both(pair):
        return None
    one, other = pair.replaced_word
    return f"The names are the same but for a typing error: {beside([one], [other])}."


def _tells(*words: str) -> bool:
    return any(kind_of(word) is not Kind.WORD for word in words)
