"""Pairs that need no names: one side writes down the other side's id."""

import pandas as pd


def equal_ids(clients: pd.DataFrame, companies: pd.DataFrame) -> pd.DataFrame:
    """Return every pair in which one side carries the other's id.

    Args:
        clients: client_id int64, unique · optional twilio_subaccount_sid str, HaloPSA's own note of a company's id.
        companies: company_id str, unique · optional external_id str, the id that the MSP gave the company at the
            distributor, by convention a HaloPSA client id.

    Returns:
        company_id str · client_id int64 · reason str (a sentence), a pair once, by client, then company. A client of
        two companies, or a company of two clients, is in two rows: what a tie means is not decided here.

    Blanks around an id do not count, and an absent column, a missing value or "" is no id. Apart from that it must be
    the same text: "0123", "12.0" and "A123" are numbers of somebody else's list, and Twilio's ids keep their case.
    """
    client_ids = clients[["client_id"]].assign(id=clients["client_id"].astype("str"))
    company_ids = companies[["company_id"]].assign(id=companies["company_id"].astype("str"))
    # Of the two columns that are compared one has an id in every row, so what is missing meets nothing.
    named = client_ids.merge(company_ids.assign(id=_ids(companies, "external_id")), on="id")
    named["reason"] = "The company carries this client's HaloPSA id, " + named["id"] + "."
    noted = client_ids.assign(id=_ids(clients, "twilio_subaccount_sid")).merge(company_ids, on="id")
    noted["reason"] = "HaloPSA names this Twilio subaccount at the client."
    pairs = pd.concat([named, noted]).drop_duplicates(["client_id", "company_id"])
    return pairs.sort_values(["client_id", "company_id"], ignore_index=True)[["company_id", "client_id", "reason"]]


def _ids(side: pd.DataFrame, column: str) -> "pd.Series[str]":
    """Return the ids of a column without the blanks around them; missing where there is none."""
    if column not in side:
        return pd.Series(index=side.index, dtype="str")
    ids = side[column].astype("str").str.strip()
    return ids.where(ids != "")
