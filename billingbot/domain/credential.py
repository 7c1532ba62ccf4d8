"""What a vendor's API asks for before it answers, as its console names it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One value that an admin enters to connect a vendor.

    `name` is the key in code and environment, `label` the vendor's word for it, `help` where to find it.
    A `secret` is never shown again, logged or exported. An empty `default` on a required field means it must be given.
    """

    name: str
    label: str
    help: str
    secret: bool = False
    required: bool = True
    default: str = ""
