"""What a vendor's API asks for before it answers, as its console names it, and where each value came from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One value that an admin enters to connect a vendor.

    `name` is the key in code and environment, `label` the vendor's word for it, `help` where to find it.
    A `secret` is never shown again, logged or exported. An empty `default` on a required field means it must be given.
    An `address` is a URL that secrets are sent to: whoever changes it has to enter the secrets again.
    """

    name: str
    label: str
    help: str
    secret: bool = False
    required: bool = True
    default: str = ""
    address: bool = False


class Origin(StrEnum):
    """Where the value of a field is from, the first that has one."""

    ENVIRONMENT = "environment"
    SANDBOX = "sandbox"
    ENTERED = "entered"
    UNREADABLE = "unreadable"
    DEFAULT = "default"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class StoredCredential:
    """A value as the database holds it: that of a secret is sealed, and worthless without the key."""

    vendor: str
    name: str
    value: str
    sealed: bool
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class CredentialState:
    """What may be shown of a field's value: everything but a secret, of which `value` is always "".

    `editable` is False where the page cannot change it: it is from the environment or the sandbox, or it is an address
    that a secret of the environment would be sent to. `problem` says why there is no usable value, else "".
    """

    field: CredentialField
    origin: Origin
    value: str
    editable: bool
    problem: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
