"""The rule of an integration: from which score a pair is linked, and whether anything else is asked."""

from collections.abc import Set
from dataclasses import dataclass

from billingbot.domain.match import Outcome
from billingbot.matching.names.name import Name
from billingbot.matching.verdict.comparison import Comparison
from billingbot.matching.verdict.judge import Verdict, judge
from billingbot.matching.verdict.sentences import alike
from billingbot.matching.verdict.vocabulary import Vocabulary

# A rival this close (in points) makes a pair a question. Where nothing else guards, that takes a third of the wrong
# links and no right one; the guards find those too, but which of two near names is meant is for a person to say.
_MARGIN = 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """The lowest score, 0..100, inclusive; guards or the bare rule; and what is known of all names, settled or not.

    `shared` are the keys that two clients or two companies have.
    """

    threshold: float
    guards: bool
    vocabulary: Vocabulary
    shared: Set[str]

    @property
    def margin(self) -> float:
        """Return by how many points a pair has to be better than its rivals."""
        return _MARGIN if self.guards else 0.0

    def verdict(self, client: Name, company: Name, score: float) -> Verdict:
        """Judge two names, alike enough, for themselves."""
        if not self.guards:
            return Verdict(Outcome.CONFIDENT, f"{alike(score)}.")
        verdict = judge(Comparison(client, company), score, self.vocabulary)
        if verdict.outcome is Outcome.CONFIDENT and not self.shared.isdisjoint((client.key, company.key)):
            # Its namesake is settled, so it is no rival; but the name alone never said which of them is meant.
            return Verdict(Outcome.REVIEW, f"{verdict.reason} Another client or company has that name, too.")
        return verdict
