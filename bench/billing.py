"""How long the rules take for 200,000 charges of 10,000 clients, beside a plain group-by of the same charges.

Ours and the group-bys take turns over the same charges in memory; the ratio of the medians is the figure. The group-by
adds up cost and price by client and currency, and nothing else: rules, lines, keys and descriptions are what we add to
it; the sums of both are compared to the last decimal. The one with floats, which is not exact, is there for reference.
Then the whole way once: into a DuckDB file, out of it, and billed. `python -m bench.billing [clients] [charges]`.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import cast

import pandas as pd

from bench.aligned import aligned
from bench.speed.lifelike_charges import PERIOD, accounts, amounts, client_ids, statement
from billingbot.billing.apply import apply
from billingbot.billing.waterfall import waterfall
from billingbot.domain.account import Account
from billingbot.domain.billing import Billing
from billingbot.domain.charge import Statement
from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Integration, Modifiers
from billingbot.domain.party import Client, Company
from billingbot.domain.product import ProductMode
from billingbot.domain.refresh import Missing, RefreshRun, RefreshState
from billingbot.jobs.outside import Outside
from billingbot.jobs.plan_charges import Month, plan_charges
from billingbot.ports import Fetched, Halo, Store
from billingbot.store import open_duckdb

_ROUNDS = 5
_PAX8 = Integration(
    "pax8", "Pax8", modifiers=Modifiers(collapse_azure=True, drop_favorable_prorates=True, drop_zero_dollar=True)
)
_ITEM = {"product_mode": ProductMode.DEFAULT_ITEM, "default_item_id": 1, "default_item": "Cloud services"}


def main(clients: int, charges: int) -> None:
    """Print the times, their ratio, and the seconds of each step of the whole way."""
    owned, listed = accounts(clients), statement(clients, charges)
    print(f"{charges:,} charges of {clients:,} clients, {_ROUNDS} rounds, medians")
    print(aligned(["", "time", "ratio"], _compared(listed, owned)))
    print("\nThe whole way, once")
    with tempfile.TemporaryDirectory() as folder:
        print(aligned(["", "time"], _whole_way(Path(folder) / "bench.duckdb", listed, owned)))


def _compared(listed: Statement, owned: Mapping[str, Account]) -> list[list[str]]:
    """Return a row for each way, from taking turns. Exits when ours and the group-by come to different sums."""
    ways: dict[str, Callable[[], object]] = {
        "rules and lines": lambda: apply(_PAX8, listed, owned),
        "pandas, Decimal": lambda: _grouped(_frame(listed, owned)),
        "pandas, float": lambda: _grouped(_frame(listed, owned).astype({"cost": "float64", "price": "float64"})),
    }
    _compare_sums(apply(_PAX8, listed, owned), _grouped(_frame(listed, owned)))
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ROUNDS):
        for name, work in ways.items():
            times[name].append(_timed(work))
    base = statistics.median(times["pandas, Decimal"])
    medians = {name: statistics.median(measured) for name, measured in times.items()}
    return [[name, f"{median:.2f} s", f"{median / base:.2f}"] for name, median in medians.items()]


def _frame(listed: Statement, owned: Mapping[str, Account]) -> pd.DataFrame:
    frame = pd.DataFrame(amounts(listed), columns=["company_id", "currency", "cost", "price"])
    return frame.assign(client_id=frame["company_id"].map(client_ids(owned)).fillna(-1))


def _grouped(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby(["client_id", "currency"])[["cost", "price"]].sum()


def _compare_sums(billing: Billing, grouped: pd.DataFrame) -> None:
    """Exit unless what came in is the same to the last decimal."""
    first = waterfall(billing.clients, billing.unassigned)[0]
    ours = {currency: (amount.cost, amount.price) for currency, amount in first.amounts.items()}
    theirs: dict[str, tuple[Decimal, Decimal]] = {
        str(currency): (sum(rows["cost"], Decimal(0)), sum(rows["price"], Decimal(0)))
        for currency, rows in grouped.groupby("currency")
    }
    if ours != theirs:
        sys.exit(f"The sums differ: {ours} and {theirs}.")


def _whole_way(file: Path, listed: Statement, owned: Mapping[str, Account]) -> list[list[str]]:
    """Return the seconds of each step with a real database."""
    now = datetime.now(UTC)
    store = open_duckdb(file)
    try:
        store.add_integration(_PAX8, "bench", now)
        version = store.integration("pax8").version
        store.edit_integration("pax8", version, _ITEM, Stamp("bench", "bench", now))
        _map_all(store, owned, now)
        steps: dict[str, Callable[[], object]] = {
            "keep the charges": lambda: store.replace_charges("pax8", listed, "bench", now),
            "read the charges": lambda: store.charges("pax8", PERIOD, with_raw=False),
            "read the mapping": lambda: store.accounts("pax8"),
        }
        rows = [[name, f"{_timed(work):.2f} s"] for name, work in steps.items()]
        kept, mapped = store.charges("pax8", PERIOD, with_raw=False), store.accounts("pax8")
        if kept is None or len(kept.charges) != len(listed.charges):
            sys.exit("The database lost charges.")
        rows += [["rules and lines", f"{_timed(lambda: apply(_PAX8, kept, mapped)):.2f} s"]]
        month, clients = Month("pax8", PERIOD), client_ids(owned).values()
        # Invoices that are created rest on nothing in HaloPSA: it is not asked.
        halo = cast("Halo", None)
        plan = lambda: plan_charges(store, halo, month, set(clients), "bench", Outside(lambda: now, time.sleep))  # noqa: E731
        return [*rows, [f"plan of {len(set(clients)):,} invoices", f"{_timed(plan):.2f} s"]]
    finally:
        store.close()


def _map_all(store: Store, owned: Mapping[str, Account], now: datetime) -> None:
    """Refresh the database with every client and company, each linked as the accounts say."""
    columns = {
        "company_id": "str",
        "client_id": "int64",
        "outcome": "str",
        "score": "float64",
        "reason": "str",
        "rank": "int64",
    }
    found = [
        (company_id, account.client.client_id, "review" if account.review else "confident", 97.0, "Same name", 1)
        for company_id, account in owned.items()
    ]
    lists = Fetched(
        [Client(account.client.client_id, account.client.name) for account in owned.values()],
        [Company(company_id, account.company) for company_id, account in owned.items()],
        Missing(frozenset(), frozenset()),
    )
    asked = RefreshRun("bench", "pax8", "bench", RefreshState.RUNNING, started_at=now)
    run = store.start_run(asked, timedelta(minutes=10))
    store.apply_refresh(run, lists, pd.DataFrame(found, columns=list(columns)).astype(columns), now)


def _timed(work: Callable[[], object]) -> float:
    """Return the seconds that it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*(given if len(given) == 2 else (10_000, 200_000)))
