"""HaloPSA's REST API: clients, invoices, recurring invoices.

Source: the instance's own swagger (`/api/swagger`), and what integrators saw on tenants, read November 2026.
Auth:   client credentials; the authorisation server is named by `/api/authinfo`, the tenant goes into the query.
Pages:  `pageinate` (so spelled; the right spelling is ignored, and with it every row after the 50th), `page_no` from 1.
        A page has at most 100 rows, whatever `page_size` asks for. `record_count` counts all rows.
Money:  major units, as JSON numbers.
Limits: 300 calls in 5 minutes were seen; others report 500 and 700. `Policy.rate_calls`.
Scopes: `scopes` says which permissions are needed. An application that has single ones may not ask for `all`.
Quirks: a 401 is also the answer to a missing permission. Ids can be negative. Recurring invoices come under the key
        `invoices`. Rows of clients carry a logo and secrets (`api_access_clientsecret`, `twilio_subaccount_authtoken`);
        nothing but what `rows` and `target_rows` name leaves this package, but for lines, which are written back.
Writes: an array of one; with an id it changes, without one it creates. Nothing tells a repeated one from a new one: it
        is never sent twice. What becomes of lines that a change leaves out is not documented: all are written back.
"""

from collections.abc import Mapping

from billingbot.connectors.halo.account import HALO_FIELDS, SOURCE, HaloAccount, account_of
from billingbot.connectors.halo.halo_psa import HaloPsa
from billingbot.connectors.http import Policy, Timing, Transport, Wire

__all__ = ["HALO_FIELDS", "SOURCE", "HaloAccount", "HaloPsa", "connect_halo"]

POLICY = Policy(rate_calls=300, rate_window=300)


def connect_halo(
    credentials: Mapping[str, str],
    *,
    allowed_hosts: frozenset[str] = frozenset(),
    timing: Timing | None = None,
    hurried: bool = False,
) -> HaloPsa:
    """Return a connection to HaloPSA; nothing is asked of it yet. Raise `ConfigError` that names the faulty values.

    Args:
        credentials: values by the names of `HALO_FIELDS`.
        allowed_hosts: hosts that may be private, speak plain HTTP and use any port: on-premises, the sandbox.
        timing: time and chance; tests pass their own.
        hurried: whether a person waits for each call, so that it has to end soon.
    """
    account = account_of(credentials, allowed_hosts)
    policy = POLICY.hurried() if hurried else POLICY
    transport = Transport(SOURCE, Wire(policy, allowed_hosts), policy, timing, secrets=[account.client_secret])
    return HaloPsa(account, transport)
