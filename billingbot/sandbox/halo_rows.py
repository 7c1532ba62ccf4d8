"""Rows of HaloPSA's clients and items, with the keys of its schemas Area and Item that matter to a reseller.

As on real tenants, rows of clients carry a picture and secrets that have no business outside HaloPSA.
"""

from base64 import b64encode
from random import Random

from billingbot.sandbox.catalog import EXTRAS, SEATS, Product
from billingbot.sandbox.dataset import HaloClient
from billingbot.sandbox.identifiers import uuid_for
from billingbot.sandbox.twilio_books import client_sid
from billingbot.sandbox.wire import Row

SECRET = "sandbox-halo-row-secret-"  # noqa: S105 - every secret in a row starts so, for tests that look for leaks
# Not listed unless they are asked for.
INACTIVE_ITEMS = {99: "Legacy Antivirus (retired)"}
_LOGO = "data:image/png;base64," + b64encode(b"\x89PNG\r\n\x1a\n" + bytes(300)).decode()
_COLOURS = ("#1f77b4", "#2ca02c", "#d62728", "#9467bd")


def client_row(seed: int, client: HaloClient) -> Row:
    """Return a client as list and detail show it."""
    random = Random(f"{seed}/client/{client.number}")  # noqa: S311 - lifelike, not secret
    return {
        "id": client.client_id,
        "name": client.name,
        "toplevel_id": 1,
        "toplevel_name": "Customers",
        "inactive": client.inactive,
        "colour": random.choice(_COLOURS),
        "ref": f"C{client.number:05d}",
        "accountsid": random.choice((f"ACC{client.number:05d}", "")),
        "xeroid": "",
        "client_to_invoice": 0,
        "client_to_invoice_recurring": 0,
        "clientcurrency": "USD",
        "default_currency_code": 1,
        "customertype": random.choice((0, 1)),
        "is_vip": random.random() < 0.05,
        "main_site_id": 5000 + client.number,
        "main_site_name": "Main",
        "stopped": 0,
        "dontinvoice": random.random() < 0.02,
        "trading_name": None,
        "ingram_micro_details_id": 0,
        **_twilio(seed, client, random),
        "azure_tenants": _azure_tenants(seed, client) if random.random() < 0.3 else [],
        "external_links": [],
        "api_access_clientsecret": f"{SECRET}{random.getrandbits(128):032x}",
        "logo": _LOGO if random.random() < 0.5 else "",
    }


def _twilio(seed: int, client: HaloClient, random: Random) -> Row:
    """Return the Twilio keys: for one of six clients a subaccount is noted, which some of them have no more."""
    if random.random() >= 1 / 6:
        keys = ("sid", "name", "status", "authtoken")
        return {f"twilio_subaccount_{key}": None for key in keys}
    return {
        "twilio_subaccount_sid": client_sid(seed, client.client_id),
        "twilio_subaccount_name": client.name[:64],
        "twilio_subaccount_status": "active",
        "twilio_subaccount_authtoken": f"{SECRET}{random.getrandbits(128):032x}",
    }


def _azure_tenants(seed: int, client: HaloClient) -> list[Row]:
    tenant = uuid_for(seed, "tenant", client.number)
    return [{"id": 1, "client_id": client.client_id, "azure_tenant_id": tenant, "azure_tenant_name": client.name}]


def item_rows() -> dict[int, Row]:
    """Return the items that HaloPSA starts with, by id: the products that the MSP resells, and its own services."""
    products = dict.fromkeys(product for product in (*SEATS, *EXTRAS))
    rows = {number: _item_row(number, product) for number, product in enumerate(products, 101)}
    retired = {number: rows[101] | {"id": number, "name": name} for number, name in INACTIVE_ITEMS.items()}
    return retired | rows


def _item_row(number: int, product: Product) -> Row:
    return {
        "id": number,
        "name": product.name,
        "description": f"{product.vendor} {product.name}, {product.unit}",
        "costprice": product.cost,
        "baseprice": product.price,
        "recurringcost": product.cost,
        "recurringprice": product.price,
        "isrecurringitem": product.item_type == "subscription",
        "supplier_id": 7,
        "supplier_name": "Pax8",
        "supplier_part_code": product.sku,
        "assetgroup_id": 1,
        "assetgroup_name": "Cloud",
        "nominalcode": "4000",
        "taxcode": 1,
        "accountsid": "",
        "status": 0,
        "type": 0,
    }
