"""What HaloPSA takes from the body of a POST: known keys of the right type; it ignores other keys, as .NET does."""

from decimal import Decimal
from typing import Any

from billingbot.sandbox.halo_query import bad_request
from billingbot.sandbox.wire import Row, decode

_NUMBER = (int, Decimal)
_Kinds = dict[str, tuple[type, ...]]

LINE_KEYS: _Kinds = {
    "id": (int,),
    "_itemid": (int,),
    "item_code": (str,),
    "item_shortdescription": (str,),
    "item_longdescription": (str,),
    "qty_order": _NUMBER,
    "unit_price": _NUMBER,
    "unit_cost": _NUMBER,
    "baseprice": _NUMBER,
    "tax_rate": _NUMBER,
    "tax_code": (str,),
    "nominal_code": (str,),
    "discount_perc": _NUMBER,
    "item_external_reference": (str,),
    "startdate": (str,),
    "enddate": (str,),
    "isinactive": (bool,),
    "onetimecharge": (bool,),
}
INVOICE_KEYS: _Kinds = {
    "id": (int,),
    "client_id": (int,),
    "invoice_date": (str,),
    "duedate": (str,),
    "reference": (str,),
    "thirdpartyinvoicenumber": (str,),
    "contract_id": (int,),
    "recurring_invoice_id": (int,),
    "period_start_date": (str,),
    "period_end_date": (str,),
    "nextcreationdate": (str,),
    "startdate": (str,),
    "enddate": (str,),
    "period": (int,),
    "disabled": (bool,),
    "lines": (list,),
}
ITEM_KEYS: _Kinds = {
    "id": (int,),
    "name": (str,),
    "description": (str,),
    "costprice": _NUMBER,
    "baseprice": _NUMBER,
    "recurringcost": _NUMBER,
    "recurringprice": _NUMBER,
    "isrecurringitem": (bool,),
    "supplier_part_code": (str,),
    "nominalcode": (str,),
}
_WANTED = {int: "integer", Decimal: "decimal", str: "string", bool: "boolean", list: "list"}


def posted_rows(body: bytes, keys: _Kinds) -> list[Row]:
    """Return the rows of a body, which is always an array. Raises the 400 that names what is wrong."""
    try:
        rows = decode(body)
    except ValueError:
        raise bad_request({"": ["A non-empty request body is required."]}) from None
    if not isinstance(rows, list):
        raise bad_request({"": ["Cannot deserialize the current JSON object: the type requires a JSON array."]})
    return [_checked(row, keys, f"[{place}]") for place, row in enumerate(rows)]


def _checked(row: Any, keys: _Kinds, where: str) -> Row:
    if not isinstance(row, dict):
        raise bad_request({where: ["Error converting value to an object."]})
    known = {key: value for key, value in row.items() if key in keys and value is not None}
    for key, value in known.items():
        _check_type(value, keys[key], f"{where}.{key}")
    if "lines" in known:
        lines = enumerate(known["lines"])
        known["lines"] = [_checked(line, LINE_KEYS, f"{where}.lines[{place}]") for place, line in lines]
    return {key: Decimal(value) if keys[key] is _NUMBER else value for key, value in known.items()}


def _check_type(value: Any, wanted: tuple[type, ...], where: str) -> None:
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise bad_request({where: [f"Could not convert to {_WANTED[wanted[-1]]}: {value}. Path '{where}'."]})
