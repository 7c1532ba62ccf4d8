"""What docs/matching.md says of reasons is what matching says."""

from pathlib import Path

import pytest

from billingbot.matching import match
from billingbot.matching.verdict.guards import Doubt, findings
from billingbot.matching.verdict.vocabulary import Vocabulary
from tests.unit.matching.pair_of_names import clients, companies, pair

DOCUMENT = Path(__file__).parents[2] / "docs" / "matching.md"


def examples() -> list[list[str]]:
    """Return clients, companies, outcome and reason of every row of the table of reasons."""
    _, table = DOCUMENT.read_text(encoding="utf-8").split("|---|---|---|---|\n", 1)
    rows = table.split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in row.strip("| ").split("|")] for row in rows]


@pytest.mark.parametrize("example", examples(), ids=lambda example: " / ".join(example[:2]))
def test_an_example_gives_its_reason(example: list[str]) -> None:
    left, right, outcome, reason = example
    best = match(clients(*left.split(" · ")), companies(*right.split(" · "))).to_dict("records")[0]

    assert (best["outcome"], best["reason"]) == (outcome, reason)


def test_every_doubt_has_an_example() -> None:
    found = {
        finding.doubt
        for left, right, *_ in examples()
        for finding in findings(pair(left.split(" · ")[0], right.split(" · ")[0]), Vocabulary())
    }

    assert found == set(Doubt)
