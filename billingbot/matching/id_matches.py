"""What equal ids decide before names are looked at."""

from collections import Counter

import numpy as np
import pandas as pd

from billingbot.domain.match import Outcome
from billingbot.matching.ids import equal_ids


def id_matches(clients: pd.DataFrame, companies: pd.DataFrame, rejected: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of equal ids among the open rows, with what should be done with each.

    Args:
        clients: client_id int64 · name str · key str · is_open bool · optional twilio_subaccount_sid str.
        companies: company_id str · name str · key str · is_open bool · optional external_id str.
        rejected: company_id · client_id of pairs that are not to be found.

    Returns:
        company_id str · client_id int64 · outcome str · reason str, by client, then company. Confident when the ids
        stand for nobody else; suggested when they do; review when the names speak for somebody else, because an id
        may be a number that was copied from another system.
    """
    pairs = _without(equal_ids(clients[clients["is_open"]], companies[companies["is_open"]]), rejected)
    names = _Names(clients, companies)
    clients_times, companies_times = Counter(pairs["client_id"]), Counter(pairs["company_id"])
    outcomes, reasons = [], []
    for company_id, client_id, reason in zip(pairs["company_id"], pairs["client_id"], pairs["reason"], strict=True):
        contradiction = names.contradiction(client_id, company_id)
        if clients_times[client_id] > 1:
            outcomes.append(Outcome.SUGGESTED)
            reasons.append(f"{reason} Other companies go with this client by their ids, too.")
        elif companies_times[company_id] > 1:
            outcomes.append(Outcome.SUGGESTED)
            reasons.append(f"{reason} Other clients go with this company by their ids, too.")
        else:
            outcomes.append(Outcome.REVIEW if contradiction else Outcome.CONFIDENT)
            reasons.append(f"{reason} {contradiction}".rstrip())
    return pairs.assign(outcome=outcomes, reason=reasons)


def _without(pairs: pd.DataFrame, rejected: pd.DataFrame) -> pd.DataFrame:
    refused = set(zip(rejected["company_id"], rejected["client_id"], strict=True))
    found = zip(pairs["company_id"], pairs["client_id"], strict=True)
    return pairs[np.array([pair not in refused for pair in found], dtype=np.bool_)]


class _Names:
    """The keys of both lists, to see whether a name stands for somebody else."""

    def __init__(self, clients: pd.DataFrame, companies: pd.DataFrame) -> None:
        self._client_keys = dict(zip(clients["client_id"], clients["key"], strict=True))
        self._company_keys = dict(zip(companies["company_id"], companies["key"], strict=True))
        self._clients = set(clients["key"])
        self._companies = set(companies["key"])

    def contradiction(self, client_id: int, company_id: str) -> str:
        """Return a sentence when one of two different names is that of another row on the other side, or ""."""
        client_key, company_key = self._client_keys[client_id], self._company_keys[company_id]
        if client_key == company_key:
            return ""
        if company_key and company_key in self._clients:
            return "But another client has the company's name."
        if client_key and client_key in self._companies:
            return "But another company has the client's name."
        return ""
