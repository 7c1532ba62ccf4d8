"""The rule of an integration: from which score a pair is linked, and whether anything else is asked."""

from dataclasses import dataclass

from billingbot.domain.match import Outcome
from billingbot.matching.names.name import Name
from billingbot.matching.verdict.comparison import Comparison
from billingbot.matching.verdict.judge import Verdict, alike, judge
from billingbot.matching.verdict.vocabulary import Vocabulary

# A rival this close (in points) makes a pair a question. Measured: a third of the wrong links go, and no right one.
_MARGIN = 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """The lowest score, 0..100, inclusive; guards or the bare rule; and the words of both lists."""

    threshold: float
    guards: bool
    vocabulary: Vocabulary

    @property
    def margin(self) -> float:
        """Return by how many points a pair has to be better than its rivals."""
        return _MARGIN if self.guards else 0.0

    def verdict(self, client: Name, company: Name, score: float) -> Verdict:
        """Judge two names, alike enough, for themselves."""
        if not self.guards:
            return Verdict(Outcome.CONFIDENT, f"{alike(score)}.")
        return judge(Comparison(client, company), score, self.vocabulary)
