"""The two sides of a mapping: a client in HaloPSA and a company at a distributor."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Client:
    """A customer in HaloPSA.

    `client_id` may be any int. `twilio_subaccount_sid` is Halo's own note of the Twilio subaccount, when it has one.
    """

    client_id: int
    name: str
    twilio_subaccount_sid: str | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A customer at a distributor: Pax8 company, Ingram customer or end user, Twilio subaccount.

    `external_id` is the id that the MSP gave it at the distributor; by convention a Halo client id.
    """

    company_id: str
    name: str
    external_id: str | None = None
