"""Calls that sign in at /token first."""

from billingbot.connectors.http import Request, SignedIn, Transport, token_for


def signed_in(asking: Transport, url: str) -> SignedIn:
    request = Request("POST", f"{url}/token", "the sign-in", repeatable=True)
    return SignedIn(asking, lambda patience: token_for(asking, request, patience))
