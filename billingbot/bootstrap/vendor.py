"""Whom BillingBot connects to, as far as it is known before."""

from collections.abc import Sequence
from dataclasses import dataclass

from billingbot.connectors import DISTRIBUTORS, HALO_FIELDS, DistributorKind
from billingbot.domain.credential import CredentialField

HALO = "halo"


@dataclass(frozen=True, slots=True)
class Vendor:
    """HaloPSA (its key is `halo`) or a kind of distributor; `published` says when it lists a month's charges, or ""."""

    key: str
    name: str
    fields: tuple[CredentialField, ...]
    published: str = ""


def all_vendors(kinds: Sequence[DistributorKind] = DISTRIBUTORS) -> tuple[Vendor, ...]:
    """Return HaloPSA and the distributors of these kinds."""
    halo = Vendor(HALO, "HaloPSA", HALO_FIELDS)
    return (halo, *(Vendor(kind.key, kind.name, kind.fields, kind.published) for kind in kinds))
