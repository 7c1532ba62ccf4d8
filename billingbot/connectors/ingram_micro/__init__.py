"""Ingram Micro's Xvantage Reseller API: end users as companies, and what distribution invoices.

Source: https://developer.ingrammicro.com (OpenAPI of the reseller endpoints), read November 2026.
Auth:   client credentials as a form; `expires_in` is a text, documented as 24 hours and shown as 30 days.
Pages:  `pageNumber` (renewals: `page`) from 1, up to 100 rows. `recordsFound` counts all, often as a text. `nextPage`
        is relative and sometimes malformed; it is not used. 204 with an empty body means that nothing was found.
Limits: 60 calls a minute for each endpoint. 10,000 orders are 100 pages, read in 1 minute; 30,000 in 4. An invoice
        needs a call of its own: 1,000 invoices of a month take 16 minutes, 10,000 take 2 hours and 48 minutes.
Quirks: there are no customers and no ids of end users. The lists of orders and renewals name the end user and nothing
        else of it; its address stands in the answer about one order, and one call for each would take hours. So a
        company is its name (`end_users.company_key`), and a statement says where invoices show one name at several
        postal codes. Orders of the last 20 days only are listed unless a range is asked for.
        An invoice may name an end user that no order and no renewal names: its charges belong to a company that
        `companies` does not know. `endUserInfo` is not in the specification of invoices; its name stands in `contact`
        where there is no `companyName`. The list writes 40DPJ1711 where the invoice writes 40-DPJ17-11.
        A 500 is also the answer to a search that finds nothing; it is not believed, as it is the answer to faults too.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from billingbot.connectors.http import Policy, Timing, Transport, Wire
from billingbot.connectors.ingram_micro.account import FIELDS, SOURCE, IngramMicroAccount, account_of
from billingbot.connectors.ingram_micro.api import Api
from billingbot.connectors.ingram_micro.ingram_micro import IngramMicro
from billingbot.connectors.kind import Connection, DistributorKind

__all__ = ["FIELDS", "KIND", "POLICY", "SOURCE", "Api", "IngramMicro", "IngramMicroAccount", "account_of", "connect"]

# A second more than a minute: the first of 61 calls may take longer to arrive than the last.
POLICY = Policy(rate_calls=60, rate_window=61)


def connect(
    credentials: Mapping[str, str],
    *,
    allowed_hosts: frozenset[str] = frozenset(),
    timing: Timing | None = None,
    hurried: bool = False,
) -> Connection:
    """Return a connection to Ingram Micro, as `Connect` says."""
    account = account_of(credentials, allowed_hosts)
    policy = POLICY.hurried() if hurried else POLICY
    transport = Transport(SOURCE, Wire(policy, allowed_hosts), policy, timing, secrets=[account.client_secret])
    # 32 characters, the longest that Ingram Micro takes.
    api = Api(account, transport, new_id=lambda: uuid4().hex)
    return IngramMicro(api, today=lambda: datetime.now(UTC).date())


_PUBLISHED = "Ingram Micro lists invoices as it issues them: a month is complete when it has ended."
KIND = DistributorKind("ingram_micro", SOURCE, FIELDS, connect, _PUBLISHED)
