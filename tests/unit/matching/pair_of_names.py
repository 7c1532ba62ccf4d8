"""Builds what the tests of matching compare."""

import pandas as pd

from billingbot.matching.names.name import read_name
from billingbot.matching.verdict.comparison import Comparison


def pair(client: str, company: str) -> Comparison:
    """Return two names side by side."""
    return Comparison(read_name(client), read_name(company))


def clients(*names: str) -> pd.DataFrame:
    """Return clients 1, 2, … of these names."""
    return pd.DataFrame({"client_id": pd.Series(range(1, len(names) + 1), dtype="int64"), "name": list(names)})


def companies(*names: str) -> pd.DataFrame:
    """Return companies c1, c2, … of these names."""
    return pd.DataFrame({"company_id": pd.Series([f"c{i}" for i in range(1, len(names) + 1)]), "name": list(names)})


def pairs(*of: tuple[str, int]) -> pd.DataFrame:
    """Return pairs of a company's and a client's id."""
    return pd.DataFrame(
        {
            "company_id": pd.Series([company_id for company_id, _ in of], dtype="str"),
            "client_id": pd.Series([client_id for _, client_id in of], dtype="int64"),
        }
    )


def outcomes(found: pd.DataFrame) -> dict[tuple[int, str], str]:
    """Return the outcome of each pair of client and company."""
    of = zip(found["client_id"].tolist(), found["company_id"].tolist(), strict=True)
    return dict(zip(of, found["outcome"].tolist(), strict=True))


def links(found: pd.DataFrame) -> dict[tuple[int, str], str]:
    """Return the outcome of each linked pair of client and company."""
    return outcomes(found[found["outcome"] != "suggested"])
