"""What one process of the app does with 20 operators at once, beside a plain Streamlit page in the same run.

Each operator has a client of their own. At the pages, over Streamlit's agent API, they edit it, look it up in Activity
and at its charges, and press chips; in the grid, over the websocket as a browser has it, they tick Exclude. Each answer
is searched for the names of the others' clients, and has to show what this session chose and saved; in the end the
audit trail has to have every save once. The plain page has one text box. Nobody pauses between interactions.

`python -m bench.load [people] [interactions]`. Ends with an error when anything failed or was somebody else's.
"""

import math
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bench.aligned import aligned
from bench.crowd.agent import AgentSession
from bench.crowd.at_once import Outcome, at_once, names
from bench.crowd.people import Person, make_people
from bench.crowd.serving import OURS, PLAIN, served
from bench.crowd.sessions import Crowd, at_grid, at_pages, strangers_over_api, strangers_over_socket
from bench.visits.databases import changes_in_audit
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox

_PEOPLE, _INTERACTIONS, _CLIENTS = 20, 20, 1_000


def main(people: int, interactions: int) -> None:
    """Print the figures of each crowd, and what went wrong."""
    data = build(seed=1, clients=_CLIENTS, companies=_CLIENTS, today=datetime.now(UTC).date())
    with tempfile.TemporaryDirectory() as folder, Sandbox(data=data, rate_limit=None) as sandbox:
        database, log = Path(folder) / "ours.duckdb", Path(folder) / "ours.log"
        everybody = make_people(sandbox.url, database, 2 * people)
        editors, tickers = everybody[:people], everybody[people:]
        with ExitStack() as stack:
            names_of_data = {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)}
            ours = stack.enter_context(served(OURS, log, **names_of_data))
            plain = stack.enter_context(served(PLAIN, log.with_name("plain.log")))
            crowds: dict[str, tuple[Sequence[Person], Crowd]] = {
                "plain page, agent API": (editors, strangers_over_api(plain, interactions)),
                "our pages, agent API": (editors, at_pages(ours, everybody, interactions)),
                "plain page, websocket": (tickers, strangers_over_socket(plain, interactions)),
                "our grid, websocket": (tickers, at_grid(ours, everybody, interactions)),
            }
            for address in (plain, ours):
                AgentSession(address).interact()
            outcomes = {name: at_once(crowd, work) for name, (crowd, work) in crowds.items()}
        recorded, said = len(changes_in_audit(database)), log.read_text()
    _print(outcomes, people, interactions)
    _end(outcomes, recorded, said, len(editors) + len(tickers) * (interactions - 1))


def _print(outcomes: Mapping[str, Outcome], people: int, interactions: int) -> None:
    """Print a row for each crowd, with the ratio to the one before where that is the plain page's, and each step."""
    print(f"{people} sessions x {interactions} interactions at once, in ms; x is ours to the plain page's")
    header = ["", "errors", "of others", "p50", "x", "p95", "x", "worst", "x", "a second"]
    print(aligned(header, list(_rows(outcomes))))
    for name, outcome in outcomes.items():
        if name.startswith("our"):
            print(f"\n{name}, by step")
            print(aligned(["", "times", "p50", "p95", "worst"], [_step_row(outcome, step) for step in names(outcome)]))


def _rows(outcomes: Mapping[str, Outcome]) -> Iterator[list[str]]:
    plain = Outcome()
    for name, outcome in outcomes.items():
        row = [name, f"{len(outcome.errors)}", f"{len(outcome.foreign)}"]
        for percent in (50, 95, 100):
            figure = _percentile(outcome, percent)
            ratio = f"{figure / _percentile(plain, percent):.1f}" if name.startswith("our") else ""
            row += [f"{figure * 1000:,.0f}", ratio]
        if not name.startswith("our"):
            plain = outcome
        yield [*row, f"{len(outcome.times) / outcome.seconds:.1f}"]


def _step_row(outcome: Outcome, step: str) -> list[str]:
    of_step = Outcome([(name, took) for name, took in outcome.times if name == step])
    return [
        step,
        f"{len(of_step.times)}",
        *(f"{_percentile(of_step, percent) * 1000:,.0f}" for percent in (50, 95, 100)),
    ]


def _percentile(outcome: Outcome, percent: int) -> float:
    """Return the seconds that so many percent of the interactions took at most; 100 is the worst."""
    times = sorted(took for _, took in outcome.times)
    return times[max(0, math.ceil(len(times) * percent / 100) - 1)]


def _end(outcomes: Mapping[str, Outcome], recorded: int, log: str, expected: int) -> None:
    """Say what went wrong, and end with an error if anything did."""
    wrong = [said for outcome in outcomes.values() for said in (*outcome.errors, *outcome.foreign)]
    if recorded != expected:
        wrong.append(f"{expected:,} changes were saved, but the audit trail has {recorded:,}.")
    if "Traceback" in log:
        wrong.append(f"The app's log has a traceback: {log[log.index('Traceback') :][:2000]}")
    if wrong:
        sys.exit("\n".join(["", f"{len(wrong)} went wrong:", *wrong[:20]]))
    print(f"\n0 errors, 0 rows of another session; the audit trail has each of the {recorded:,} changes once.")


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*(given if len(given) == 2 else (_PEOPLE, _INTERACTIONS)))
