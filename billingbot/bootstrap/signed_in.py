"""What stands behind the app of a signed-in person: stores that do more, or less, than the person's own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from billingbot.domain.access import SignIn
from billingbot.ports import Store
from billingbot.store import guarded


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores that an app works on.

    Args:
        own: what pages ask; what its person may not do is refused, each time anew.
        machine: may do everything: for what goes on in the background once its start was allowed.
        sending: reads like the machine and writes like the person. So sending stops before the next invoice when its
            sender may not send any more, and never between HaloPSA and the ledger.
    """

    own: Store
    machine: Store
    sending: Store


def stores_of(machine: Store, home: Store, sign_in: SignIn, now: Callable[[], datetime]) -> Stores:
    """Return them for a person. `home` is where users are: in a sandbox, the store of the real data."""
    own = guarded(machine, home, sign_in, now)
    return Stores(own, machine, guarded(machine, home, sign_in, now, reads=False))
