"""What tables of plans and of the ledger share: the charges behind lines, amounts, and columns of fixed types."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd

from billingbot.domain.ledger import LedgerLine
from billingbot.domain.plan import Member, PlannedLine


def charge_table(
    lines: Sequence[PlannedLine] | Sequence[LedgerLine], dropped: Sequence[Member], key: str | None = None
) -> pd.DataFrame:
    """Return a row a charge: those behind each line, then those that a rule dropped; with a line's key, only its own.

    Columns: Product · Company, str · Cost · Price, Decimal · Becomes · Charge, str.
    """
    rows = [(member, line.description) for line in lines for member in line.members if key in (None, line.key)]
    if key is None:
        rows += [(member, f"Dropped: {member.rule}") for member in dropped]
    values = [
        (member.product, member.company, member.cost, member.price, becomes, member.charge_id)
        for member, becomes in rows
    ]
    amounts = dict.fromkeys(("Cost", "Price"), "object")
    return typed(values, {"Product": "str", "Company": "str"} | amounts | {"Becomes": "str", "Charge": "str"})


def exact(amount: Decimal) -> str:
    """Write an amount with all its places, and none that say nothing.

    >>> exact(Decimal("3.000000")), exact(Decimal("1200")), exact(Decimal("0.012500"))
    ('3', '1,200', '0.0125')
    """
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def typed(rows: Sequence[tuple[object, ...]], types: Mapping[str, str]) -> pd.DataFrame:
    """Return rows with columns of these names and types; amounts are `Decimal` in columns of objects."""
    return pd.DataFrame(rows, columns=list(types), dtype="object").astype(dict(types))
