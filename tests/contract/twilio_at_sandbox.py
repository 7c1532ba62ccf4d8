"""Twilio's connector, connected to a running sandbox; waits between tries pass at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from billingbot.connectors.http import Policy, Transport, Wire
from billingbot.connectors.twilio import SOURCE, Twilio, TwilioAccount
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import LOCAL, WarpedTime


@contextmanager
def connected_to(sandbox: Sandbox, page_size: int = 1000) -> Iterator[Twilio]:
    """Yield Twilio, and close it."""
    given, policy = sandbox.credentials, Policy(tries=3)
    sid, token = given.twilio_account_sid, given.twilio_auth_token
    account = TwilioAccount(f"{sandbox.url}/twilio", sid, sid, token)
    transport = Transport(SOURCE, Wire(policy, LOCAL), policy, WarpedTime().timing(), secrets=[token])
    twilio = Twilio(account, transport, page_size)
    try:
        yield twilio
    finally:
        twilio.close()
