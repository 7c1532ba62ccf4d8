"""Rows as `Store.client_rows` returns them."""

from collections.abc import Mapping

import pandas as pd

from billingbot.domain.match import ClientStatus

RUN = "run-2"


def client_rows(*overrides: Mapping[str, object]) -> pd.DataFrame:
    """Return a row for each dict, which says how it differs from an unmapped client that an earlier run added."""
    usual = {
        "client": "Brightwater Veterinary Ltd",
        "companies": "",
        "status": ClientStatus.UNMAPPED.value,
        "score": float("nan"),
        "reason": "",
        "open_company_id": "",
        "last_invoice_id": None,
        "recurring_invoice_id": None,
        "assignment": "new",
        "inherited": True,
        "missing_target": False,
        "excluded": False,
        "added_run": "run-1",
        "renamed_run": "",
        "gone_run": "",
        "linked_run": "",
        "version": 1,
    }
    rows = pd.DataFrame([{"client_id": number, **usual, **row} for number, row in enumerate(overrides, start=1)])
    return rows.astype({"last_invoice_id": "Int64", "recurring_invoice_id": "Int64"})


def candidates(*rows: tuple[int, str, int]) -> pd.DataFrame:
    """Return suggestions from (client_id, company, rank); rank 1 has score 94.9 and reason R1, rank 2 93.9 and R2."""
    frame = pd.DataFrame(rows, columns=["client_id", "company", "rank"])
    reasons = "R" + frame["rank"].astype("str")
    return frame.assign(company_id="c-1", score=95.9 - frame["rank"].astype("float64"), reason=reasons)
