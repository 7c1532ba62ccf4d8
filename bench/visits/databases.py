"""What the pages show: a database as a refresh of invented clients leaves it, and a plain table of the same rows."""

import time
from pathlib import Path

import duckdb
import pandas as pd

from billingbot.bootstrap import build_app
from billingbot.domain.match import ClientStatus
from billingbot.domain.refresh import RefreshState
from billingbot.ui.grid_rows import grid_rows

_INTEGRATION = "pax8"


def make_databases(sandbox_url: str, ours: Path, plain: Path) -> pd.DataFrame:
    """Refresh into the file `ours`, put what the grid shows into the file `plain`, and return that.

    Columns: place int64 · status · halo_id int64 · halo_client · distributor_client str · last_invoice,
    recurring_invoice Int64 · new, last, recurring, exclude bool. Raises `RuntimeError` when the refresh fails.
    """
    app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox_url, "BILLINGBOT_DATABASE": str(ours)})
    try:
        run_id = app.start_refresh(_INTEGRATION, "bench").run_id
        while (run := app.store.run(run_id)).state is RefreshState.RUNNING:
            time.sleep(0.05)
        if run.state is not RefreshState.SUCCEEDED:
            raise RuntimeError(f"{run.state}: {run.error}")
        rows = app.store.client_rows(_INTEGRATION)
        suggested = rows.loc[rows["status"] == ClientStatus.SUGGESTED.value, "client_id"].tolist()
        shown = _shown(grid_rows(rows, app.store.candidates(_INTEGRATION, suggested), run_id))
    finally:
        app.close()
    with duckdb.connect(plain) as connection:
        connection.register("shown", shown)
        connection.execute("create table client_list as select * from shown")
    return shown


def changes_in_audit(database: Path) -> list[float]:
    """Return when operators changed a client, in milliseconds since 1970, as the audit trail has it."""
    with duckdb.connect(database) as connection:
        found = connection.execute(
            "select epoch_ms(recorded_at) from audit where actor = 'operator' order by audit_id"
        ).fetchall()
    return [float(at) for (at,) in found]


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    companies = rows["companies"] + " " + rows["companies_note"] + " " + rows["companies_more"]
    return pd.DataFrame(
        {
            "place": range(len(rows)),
            "status": rows["status"],
            "halo_id": rows["client_id"],
            "halo_client": rows["client"],
            "distributor_client": companies.str.split().str.join(" "),
            "last_invoice": rows["last_invoice_id"],
            "recurring_invoice": rows["recurring_invoice_id"],
            "new": rows["assignment"] == "new",
            "last": rows["assignment"] == "last",
            "recurring": rows["assignment"] == "recurring",
            "exclude": rows["excluded"],
        }
    )
