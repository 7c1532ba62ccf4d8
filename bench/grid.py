"""How fast Client Management is in a browser with 1,000 and 10,000 clients, beside plain pages with the same clients.

`python -m bench.grid [--sizes 1000 10000] [--rounds 5]`. Every page is a server process of its own, with the same rows
and columns, in a headless Chromium; the pages take turns. In a round each is visited with an empty cache, the Exclude
boxes of eight rows are ticked, two words are typed into the search, and it is visited again with a full cache. A first
visit, with which a server gets ready, does not count.

- first row: from the start of the navigation until the first client's name is on the screen, in the grid or drawn on
  the canvas of a data frame; again: with a full cache.
- saved: from the websocket frame with the click, as the browser sends it, until the log of the database grows on the
  disk. Our audit trail has to agree, or the bench fails.
- shown: from the click until the browser knows that it was saved.
- bytes: what the click sends and receives over the websocket, before compression. Clicks into a poll are left out.
- key: from a key in the search box until the screen shows the client that is now first.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bench.aligned import aligned
from bench.visits.databases import changes_in_audit, make_databases
from bench.visits.searches import search_words
from bench.visits.serving import chromium, served
from bench.visits.subjects import DATAFRAME, OURS, SUBJECTS, Subject
from bench.visits.visit import Click, Site, Visit, visit
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox

_SIZES, _ROUNDS = (1_000, 10_000), 5
_ROWS, _WORDS = 8, 2
# Milliseconds by which the browser's clock and the file system's may differ.
_CLOCKS = 5
_FIRST_ROW_OF, _FIRST_ROW_TIMES, _SAVED, _BYTES = 10_000, 1.5, 100, 5_000

Figures = Mapping[str, Sequence[float]]
"""What was measured of a page, by the names above: milliseconds and bytes. Empty is what a page cannot do."""


def main(sizes: Sequence[int], rounds: int) -> None:
    """Print the figures of each size, then the goals."""
    tables: dict[int, dict[Subject, Figures]] = {}
    for size in sizes:
        tables[size] = {subject: _figures(visits) for subject, visits in _visits(size, rounds).items()}
        print(f"\n{size:,} clients, {rounds} visits: median (worst) in ms or bytes; x is ours to theirs")
        header = [cell for subject in SUBJECTS for cell in (subject.name, "x")]
        print(aligned(["", *header], list(_rows(tables[size]))))
    print("\nGoals")
    for size, table in tables.items():
        for line in _goals(size, table):
            print(f"{size:,}: {line}")


def _visits(size: int, rounds: int) -> dict[Subject, list[Visit]]:
    """Visit all pages in turn, as often as there are rounds."""
    visits: dict[Subject, list[Visit]] = {subject: [] for subject in SUBJECTS}
    data = build(seed=1, clients=size, companies=size, today=datetime.now(UTC).date())
    with tempfile.TemporaryDirectory() as folder, Sandbox(data=data, rate_limit=None) as sandbox:
        ours, plain = Path(folder) / "ours.duckdb", Path(folder) / "plain.duckdb"
        clients = make_databases(sandbox.url, ours, plain)
        first, words = clients["halo_client"].iloc[0], search_words(clients, _WORDS)
        with ExitStack() as stack:
            sites = [
                Site(subject, stack.enter_context(served(subject.script, database, sandbox.url)), database)
                for number, subject in enumerate(SUBJECTS)
                for database in [ours if subject is OURS else _copy(plain, number)]
            ]
            browser = stack.enter_context(chromium())
            for site in sites:
                visit(browser, site, first, rows=0, words=())
            for site in sites * rounds:
                visits[site.subject].append(visit(browser, site, first, _ROWS, words))
        _check(_clicks(visits[OURS]), changes_in_audit(ours))
    return visits


def _copy(database: Path, number: int) -> Path:
    return Path(shutil.copy(database, database.with_stem(f"plain-{number}")))


def _check(clicks: Sequence[Click], recorded: Sequence[float]) -> None:
    """End the bench unless the audit trail has every click, at a time between its being sent and saved."""
    if len(clicks) != len(recorded):
        sys.exit(f"{len(clicks)} clicks were made, but the audit trail has {len(recorded)}.")
    for click, at in zip(clicks, recorded, strict=True):
        if not click.sent - _CLOCKS <= at <= click.saved + _CLOCKS:
            sys.exit(f"A click was sent at {click.sent:.0f}, saved at {click.saved:.0f}, but recorded at {at:.0f}.")


def _clicks(visits: Sequence[Visit]) -> list[Click]:
    return [click for each in visits for click in each.clicks]


def _figures(visits: Sequence[Visit]) -> Figures:
    clicks = _clicks(visits)
    return {
        "first row": [each.cold for each in visits],
        "first row again": [each.warm for each in visits],
        "click saved": [click.saved - click.sent for click in clicks],
        "click shown": [click.shown - click.made for click in clicks],
        "click bytes": [click.size for click in clicks if click.size is not None],
        "search key": [took for each in visits for took in each.keys],
    }


def _rows(table: Mapping[Subject, Figures]) -> Iterator[list[str]]:
    """Yield a row for each thing that was measured: of each page the figure, and the ratio of ours to it."""
    for name, ours in table[OURS].items():
        row = [name]
        for figures in table.values():
            theirs = figures[name]
            row.append(f"{statistics.median(theirs):,.0f} ({max(theirs):,.0f})" if theirs else "")
            row.append(f"{statistics.median(ours) / statistics.median(theirs):.2f}" if theirs else "")
        yield row


def _goals(size: int, table: Mapping[Subject, Figures]) -> Iterator[str]:
    """Yield a line for each goal of that size."""
    ours = table[OURS]
    if size == _FIRST_ROW_OF:
        times = statistics.median(ours["first row"]) / statistics.median(table[DATAFRAME]["first row"])
        yield f"first row at most {_FIRST_ROW_TIMES} x st.dataframe: {times:.2f}, {_met(times <= _FIRST_ROW_TIMES)}"
    saved, sent = statistics.median(ours["click saved"]), max(ours["click bytes"])
    yield f"click saved in less than {_SAVED} ms, median: {saved:.0f} ms, {_met(saved < _SAVED)}"
    yield f"every click less than {_BYTES:,} bytes: {sent:,.0f}, {_met(sent < _BYTES)}"


def _met(good: bool) -> str:
    return "met" if good else "NOT MET"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.grid", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, metavar="N", help="clients")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="visits of each page")
    given = parser.parse_args()
    main(given.sizes, given.rounds)
