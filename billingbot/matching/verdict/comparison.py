"""Two names side by side: the words that only one of them has."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from billingbot.matching.names.name import Name


@dataclass(frozen=True)
class Comparison:
    """A client's name and a company's. Words are those of the keys: folded, without legal form."""

    client: Name
    company: Name

    @cached_property
    def client_words(self) -> list[str]:
        """Return the words of the client's key, in order."""
        return self.client.key.split()

    @cached_property
    def company_words(self) -> list[str]:
        """Return the words of the company's key, in order."""
        return self.company.key.split()

    @cached_property
    def client_only(self) -> list[str]:
        """Return the words that the client has and the company has not, or not as often."""
        return list((Counter(self.client_words) - Counter(self.company_words)).elements())

    @cached_property
    def company_only(self) -> list[str]:
        """Return the words that the company has and the client has not, or not as often."""
        return list((Counter(self.company_words) - Counter(self.client_words)).elements())

    @property
    def replaced_word(self) -> tuple[str, str] | None:
        """Return the one word that stands in the place of one other word, when that is all that differs."""
        if len(self.client_only) == len(self.company_only) == 1:
            return self.client_only[0], self.company_only[0]
        return None
