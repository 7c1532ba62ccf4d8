"""How many names of both lists use a word: a word that others use too is no typing error."""

from collections import Counter
from collections.abc import Iterable

from billingbot.matching.verdict.comparison import Comparison


class Vocabulary:
    """The words of all names of both lists, settled or not, so that it does not change as pairs are linked."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        """Count in how many keys each word occurs."""
        self._names_with: Counter[str] = Counter()
        for key in keys:
            self._names_with.update(set(key.split()))

    def knows(self, word: str, besides: Comparison) -> bool:
        """Say whether a name other than the two compared has the word."""
        own = (word in besides.client_words) + (word in besides.company_words)
        return self._names_with[word] > own

    def knows_both(self, pair: Comparison) -> bool:
        """Say whether all that differs is one word for another, and other names have the one and the other."""
        return pair.replaced_word is not None and all(self.knows(word, pair) for word in pair.replaced_word)
