"""The Ingram Micro Cloud Marketplace's API (CloudBlue SimpleAPI): customers, and what their orders charge.

Source: https://apidocs.cloud.im, SimpleAPI 1.15 as OpenAPI, and CloudBlue's manuals of orders, read November 2026.
Auth:   a name and a password once, as HTTP Basic, for a token of 25 minutes; the key of the API gateway on every call.
Pages:  `offset` and `limit`. `pagination.total` counts all rows. No largest limit is documented; 500 was seen to work.
Money:  texts in major units. `extendedPrice` is what the client pays for a detail of an order.
Limits: not documented. 60 calls in a burst were seen to pass, and some 200 to exhaust the gateway's window. 10,000
        customers with 30,000 orders a month are 90 calls: 60 a minute make that a minute.

Not documented, and decided here:
Cost    of an order: nowhere. Single subscriptions have a unit cost, but neither the list of subscriptions nor that of
        orders leads there: two calls an order, 60,000 for 10,000 customers. The catalogue is one list (`catalogue`).
        Where it tells a unit's cost, cost is that times quantity, else the price; a remark counts the latter.
Reports are not used. They do hold cost and price, but their columns are whatever the reseller chose in the console, the
        names of the amounts are not in the specification, and the file is at a signed URL elsewhere.
Month   of a charge: that in which its order was created, in UTC. CloudBlue makes an order of each monthly billing; the
        specification has no word for that type, so it is expected as `unknown`. A month without one gets a remark:
        were they not listed, most of the money would be missing. First and last day are not said of a detail.
Status  `completed` charges. `submitted` and `processing` do not yet, and hold the month open; `error` and `cancelled`
        never do. Another one is refused.
Prorate is what `change` orders charge or pay back of what recurs, and what is charged for a broken number of periods:
        CloudBlue prorates all orders but those of billing, renewal and cancellation.
Sign    of refunds and discounts: taken to be negative; a positive one is refused. Adjustments go either way.
Total   of an order: details that do not come to it are taken as they are, and a remark names the order.
Tax     is the client's, and HaloPSA's to charge. Amounts are those in the customer's currency, not those of `sales…`.
Id      of a detail: none; its order and its place there stand for it.
"""

from collections.abc import Mapping

from billingbot.connectors.http import Policy, Timing, Transport, Wire
from billingbot.connectors.ingram_cloud.account import FIELDS, SOURCE, IngramCloudAccount, account_of
from billingbot.connectors.ingram_cloud.api import Api
from billingbot.connectors.ingram_cloud.ingram_cloud import IngramCloud
from billingbot.connectors.kind import Connection, DistributorKind

__all__ = ["FIELDS", "KIND", "POLICY", "SOURCE", "Api", "IngramCloud", "IngramCloudAccount", "connect"]

POLICY = Policy(rate_calls=60, rate_window=60)


def connect(
    credentials: Mapping[str, str],
    *,
    allowed_hosts: frozenset[str] = frozenset(),
    timing: Timing | None = None,
    hurried: bool = False,
) -> Connection:
    """Return a connection to the marketplace, as `Connect` says."""
    account = account_of(credentials, allowed_hosts)
    policy = POLICY.hurried() if hurried else POLICY
    transport = Transport(SOURCE, Wire(policy, allowed_hosts), policy, timing, secrets=account.secrets)
    return IngramCloud(Api(account, transport))


_PUBLISHED = "Ingram Micro Cloud lists orders as they are completed: a month is complete when it has ended."
KIND = DistributorKind("ingram_cloud", SOURCE, FIELDS, connect, _PUBLISHED)
