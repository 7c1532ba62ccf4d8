"""Clients of the vendors' APIs. The only package that speaks HTTP.

A new distributor is one module here that declares its `KIND`, and one entry in `DISTRIBUTORS`.
"""

from billingbot.connectors import ingram_cloud, ingram_micro, pax8, twilio
from billingbot.connectors.halo import HALO_FIELDS, HaloPsa, connect_halo
from billingbot.connectors.kind import Connection, DistributorKind

DISTRIBUTORS: tuple[DistributorKind, ...] = (pax8.KIND, ingram_micro.KIND, ingram_cloud.KIND, twilio.KIND)

__all__ = ["DISTRIBUTORS", "HALO_FIELDS", "Connection", "DistributorKind", "HaloPsa", "connect_halo"]
