"""One way to ask a vendor, whatever the network and the vendor do.

    SignedIn    token, 401, status → error, JSON     (BasicAuth: the same with a name and a password on each call)
      Transport   tries, waits, rate budget, circuit of a dead vendor
        Wire        one try within a deadline, on one private event loop: httpx2 and nothing else

The time of a call, its tries and its waits are bounded by `Policy`.
"""

from billingbot.connectors.http.basic_auth import BasicAuth
from billingbot.connectors.http.json_body import holds_json, parse_json
from billingbot.connectors.http.message import Reply, Request, reading
from billingbot.connectors.http.patience import Patience
from billingbot.connectors.http.policy import Policy, Timing
from billingbot.connectors.http.refusals import Blame, Explain, oauth_blame, refused_sign_in
from billingbot.connectors.http.signed_in import SignedIn, token_for, token_of
from billingbot.connectors.http.tokens import Token
from billingbot.connectors.http.transport import Transport
from billingbot.connectors.http.wire import Wire

__all__ = [
    "BasicAuth",
    "Blame",
    "Explain",
    "Patience",
    "Policy",
    "Reply",
    "Request",
    "SignedIn",
    "Timing",
    "Token",
    "Transport",
    "Wire",
    "holds_json",
    "oauth_blame",
    "parse_json",
    "reading",
    "refused_sign_in",
    "token_for",
    "token_of",
]
