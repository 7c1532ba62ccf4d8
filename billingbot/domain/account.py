"""Whose the charges of a company are: the mapping as billing needs it, with how its client is billed."""

from dataclasses import dataclass

from billingbot.domain.client_settings import ClientSettings


@dataclass(frozen=True, slots=True)
class BilledClient:
    """A HaloPSA client as billing sees it. `gone` says that HaloPSA does not list it any more."""

    client_id: int
    name: str
    settings: ClientSettings
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A company that is mapped. `review`: the machine linked it, and nobody has confirmed that yet.

    `gone` says that the distributor does not list the company any more.
    """

    company_id: str
    company: str
    client: BilledClient
    review: bool = False
    gone: bool = False
