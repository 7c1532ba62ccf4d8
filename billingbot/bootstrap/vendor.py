"""Whom BillingBot connects to, as far as it is known before."""

from collections.abc import Sequence
from dataclasses import dataclass

from billingbot.connectors import DISTRIBUTORS, HALO_FIELDS, DistributorKind
from billingbot.domain.credential import CredentialField

HALO = "halo"


@dataclass(frozen=True, slots=True)
class Vendor:
    """HaloPSA (its key is `halo`) or a kind of distributor."""

    key: str
    name: str
    fields: tuple[CredentialField, ...]


def all_vendors(kinds: Sequence[DistributorKind] = DISTRIBUTORS) -> tuple[Vendor, ...]:
    """Return HaloPSA and the distributors of these kinds."""
    return (Vendor(HALO, "HaloPSA", HALO_FIELDS), *(Vendor(kind.key, kind.name, kind.fields) for kind in kinds))
