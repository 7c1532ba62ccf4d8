"""Operators at once on one process of the app: no error, and nothing on a page that is another session's.

Small and without a clock; `python -m bench.load` is the same with 20 sessions, and measures.
"""

from datetime import date
from pathlib import Path

from bench.crowd.at_once import at_once
from bench.crowd.people import make_people
from bench.crowd.serving import OURS, served
from bench.crowd.sessions import at_grid, at_pages
from bench.visits.databases import changes_in_audit
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox

PEOPLE, AT_PAGES, AT_GRID = 3, 11, 8


def test_sessions_at_once_see_and_save_what_is_theirs(tmp_path: Path) -> None:
    data = build(seed=1, clients=60, companies=60, today=date(2026, 11, 2))
    database = tmp_path / "load.duckdb"
    with Sandbox(data=data, rate_limit=None) as sandbox:
        people = make_people(sandbox.url, database, 2 * PEOPLE)
        names = {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)}
        with served(OURS, tmp_path / "app.log", **names) as url:
            works = {person: at_pages(url, people, AT_PAGES) for person in people[:PEOPLE]}
            works |= {person: at_grid(url, people, AT_GRID) for person in people[PEOPLE:]}
            seen = at_once(people, lambda person, outcome: works[person](person, outcome))
    assert seen.errors == []
    assert seen.foreign == []
    assert len(seen.times) == PEOPLE * (AT_PAGES + AT_GRID)
    assert len(changes_in_audit(database)) == PEOPLE + PEOPLE * (AT_GRID - 1)
    assert "Traceback" not in (tmp_path / "app.log").read_text()
