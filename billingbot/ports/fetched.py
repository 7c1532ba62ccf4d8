"""What one refresh read from both sides."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import Missing


@dataclass(frozen=True, slots=True)
class Fetched:
    """Both complete lists of one refresh, and what was known but is no longer in them."""

    clients: Sequence[Client]
    companies: Sequence[Company]
    missing: Missing

    def client_frame(self) -> pd.DataFrame:
        """Return client_id int64 · name · twilio_subaccount_sid; text is of dtype object, as vendors may send any."""
        return pd.DataFrame(
            {
                "client_id": pd.Series([client.client_id for client in self.clients], dtype="int64"),
                "name": pd.Series([client.name for client in self.clients], dtype="object"),
                "twilio_subaccount_sid": pd.Series(
                    [client.twilio_subaccount_sid for client in self.clients], dtype="object"
                ),
            }
        )

    def company_frame(self) -> pd.DataFrame:
        """Return company_id · name · external_id, all of dtype object."""
        return pd.DataFrame(
            {
                "company_id": pd.Series([company.company_id for company in self.companies], dtype="object"),
                "name": pd.Series([company.name for company in self.companies], dtype="object"),
                "external_id": pd.Series([company.external_id for company in self.companies], dtype="object"),
            }
        )
