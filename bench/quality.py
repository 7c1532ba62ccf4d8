"""How right matching is on labelled names, beside the rules that one would write in an afternoon.

`python -m bench.quality FOLDER [--with string_grouper,nomenklatura]`; `bench.accuracy.labelled` says what the folder
holds.
Every list set is matched as it is (closed world) and three times without a random half of the true partners (open).
A link is right when it is gold or joins two identical full names (`bench.accuracy.same_name`). Recall is over the links
that a one-to-one answer can hold. Rules beside `match` choose greedily, one to one.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.accuracy.figures import Hits, Tally
from bench.accuracy.goals import GOAL_COLUMNS, goal_rows
from bench.accuracy.labelled import ListSet, PairSet, list_sets, pair_sets
from bench.accuracy.ready_made import NotInstalledError, ready_made
from bench.accuracy.simple_rules import Rules, simple_rules
from bench.accuracy.trials import Trial, try_lists, try_pairs
from bench.accuracy.worlds import OPEN_SEEDS, closed_world, open_world
from bench.aligned import aligned


def main(folder: Path, rules: Sequence[Rules]) -> None:
    """Print the figures of every set in the folder, list sets first, then what they say about the goals."""
    closed: dict[str, Trial] = {}
    opened: dict[str, Trial] = {}
    for labelled in list_sets(folder):
        candidates = {label: pairs for some in rules for label, pairs in some(labelled).items()}
        closed[labelled.name] = try_lists([closed_world(labelled)], candidates)
        _print_trial(labelled, "closed", closed[labelled.name])
        opened[labelled.name] = try_lists([open_world(labelled, seed) for seed in OPEN_SEEDS], candidates)
        _print_trial(labelled, f"open, sum of {len(OPEN_SEEDS)} seeds", opened[labelled.name])
    if closed:
        print("\nGolds left by right confident links, and by right links of either kind; clients without a partner")
        print(aligned(_CANDIDATE_COLUMNS, [*_candidate_rows("closed", closed), *_candidate_rows("open", opened)]))
    singles = list(pair_sets(folder))
    for single in singles:
        _print_pairs(single)
    if closed:
        print("\n" + aligned(GOAL_COLUMNS, list(goal_rows(closed, opened)), words=2))
    elif not singles:
        sys.exit(f"There is no labelled set in {folder}.")


def _print_trial(labelled: ListSet, kind: str, trial: Trial) -> None:
    size = f"{len(labelled.clients)} clients x {len(labelled.companies)} companies"
    print(f"\n{labelled.name}, {size}, {kind}: {trial.reachable} links to find")
    print(_tallies(trial.tallies), flush=True)


def _print_pairs(single: PairSet) -> None:
    print(f"\n{single.name}, {len(single.pairs)} pairs, each alone: {int(single.pairs['same'].sum())} to find")
    print(_tallies(try_pairs(single)), flush=True)


def _tallies(tallies: Mapping[str, Tally]) -> str:
    rows = [
        [label, str(t.found), str(t.right), str(t.wrong), f"{1 - t.wrong_share:.4f}", f"{t.recall:.4f}"]
        for label, t in tallies.items()
    ]
    return aligned(["", "found", "right", "wrong", "precision", "recall"], rows)


_CANDIDATE_COLUMNS = ["", "not confident", "hit@1", "hit@5", "not linked", "hit@1", "hit@5", "no partner", "get some"]


def _candidate_rows(kind: str, trials: Mapping[str, Trial]) -> Iterator[list[str]]:
    """Yield where the true partner stands among a client's candidates, and how many are shown some in vain."""
    for name, trial in trials.items():
        alone = [str(trial.strays.clients), str(trial.strays.suggested)]
        yield [f"{name}, {kind}", *_hits(trial.not_confident), *_hits(trial.not_linked), *alone]


def _hits(hits: Hits) -> list[str]:
    return [str(hits.golds), f"{hits.at_one:.3f}", f"{hits.at_five:.3f}"]


def _arguments() -> tuple[Path, list[Rules]]:
    """Return the folder, and the rules to stand beside `match`."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("folder", type=Path, help="labelled sets, at any depth")
    parser.add_argument("--with", dest="libraries", default="", help="string_grouper, nomenklatura, or both by a comma")
    given = parser.parse_args()
    try:
        return given.folder, [simple_rules, *(ready_made(name) for name in given.libraries.split(",") if name)]
    except NotInstalledError as error:
        parser.error(str(error))


if __name__ == "__main__":
    try:
        main(*_arguments())
    except (FileNotFoundError, ValueError) as error:
        sys.exit(f"This is no folder of labelled sets: {error}")
