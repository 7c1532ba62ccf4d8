"""How long a refresh of 10,000 clients x 10,000 companies takes, beside a bare loop over the same pages.

Both run in this process against one sandbox, one after the other, three times; the ratio of the medians is the figure.
The bare loop reads the pages and parses their JSON, and does nothing else: the rest of a refresh is what we add to it.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from billingbot.bootstrap import App, build_app
from billingbot.domain.refresh import RefreshState
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox

ROUNDS = 3


def main(size: int) -> None:
    """Print the times and their ratio for `size` clients and as many companies."""
    data = build(seed=1, clients=size, companies=size, today=datetime.now(UTC).date())
    with Sandbox(data=data, rate_limit=None) as sandbox:
        bare = [_timed(lambda: _bare_loop(sandbox)) for _ in range(ROUNDS)]
        first, again = zip(*(_refresh_twice(sandbox) for _ in range(ROUNDS)), strict=True)
    base = statistics.median(bare)
    print(f"{size} clients x {size} companies, {ROUNDS} rounds, medians")
    for label, times in (("bare httpx2 loop", bare), ("first refresh", first), ("second refresh", again)):
        print(f"{label:<18}{statistics.median(times):7.2f} s   x {statistics.median(times) / base:.2f}")


def _refresh_twice(sandbox: Sandbox) -> tuple[float, float]:
    """Return the seconds of a refresh into an empty database, and of one that finds nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "bench.duckdb")
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": database})
        try:
            return _timed(lambda: _refresh(app)), _timed(lambda: _refresh(app))
        finally:
            app.close()


def _refresh(app: App) -> None:
    """Refresh as the page does, and wait for the end."""
    run_id = app.start_refresh("pax8", "bench").run_id
    while (run := app.store.run(run_id)).state is RefreshState.RUNNING:
        time.sleep(0.02)
    if run.state is not RefreshState.SUCCEEDED:
        sys.exit(f"{run.state}: {run.error}")


def _bare_loop(sandbox: Sandbox) -> None:
    """Read all pages of both lists, as simply as it can be written."""
    given = sandbox.credentials
    with httpx2.Client() as http:
        form = {
            "grant_type": "client_credentials",
            "client_id": given.halo_client_id,
            "client_secret": given.halo_client_secret,
            "scope": "all",
        }
        token = http.post(f"{sandbox.halo_url}/auth/token?tenant={given.halo_tenant}", data=form).json()
        http.headers["Authorization"] = f"Bearer {token['access_token']}"
        seen, page = 0, 0
        while True:
            page += 1
            query = f"pageinate=true&page_size=100&page_no={page}"
            answer = http.get(f"{sandbox.halo_url}/api/Client?{query}").json()
            seen += len(answer["clients"])
            if seen >= answer["record_count"]:
                break
        body = {
            "grant_type": "client_credentials",
            "client_id": given.pax8_client_id,
            "client_secret": given.pax8_client_secret,
            "audience": "https://api.pax8.com",
        }
        token = http.post(f"{sandbox.pax8_url}/token", json=body).json()
        http.headers["Authorization"] = f"Bearer {token['access_token']}"
        page = 0
        while True:
            answer = http.get(f"{sandbox.pax8_url}/companies", params={"page": page, "size": 200}).json()
            page += 1
            if page >= answer["page"]["totalPages"]:
                break


def _timed(work: Callable[[], None]) -> float:
    """Return the seconds that it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
