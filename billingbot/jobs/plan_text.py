"""A plan as the text that is kept and hashed, and back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from operator import attrgetter
from typing import Any

from billingbot.domain.integration import Assignment
from billingbot.domain.period import Period
from billingbot.domain.plan import KeptPlan, LineChange, Member, Plan, PlanAction, PlannedInvoice, PlannedLine
from billingbot.domain.target import TargetKind


def _names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


_FIELDS: Mapping[type, Callable[[Any], Any]] = {
    record: attrgetter(*_names(record)) for record in (PlannedInvoice, PlannedLine, Member)
}
_AMOUNTS = ("quantity", "unit_price", "unit_cost", "price", "cost")


def frozen(
    integration: str, period: Period, invoices: Sequence[PlannedInvoice], actor: str, made_at: datetime
) -> tuple[Plan, KeptPlan]:
    """Return the plan under its hash, and the text to keep. The same decisions have the same hash whoever plans."""
    text = json.dumps({"integration": integration, "period": str(period), "invoices": list(invoices)}, default=_plain)
    plan_hash = sha256(text.encode()).hexdigest()
    plan = Plan(plan_hash, integration, period, tuple(invoices), actor, made_at)
    return plan, KeptPlan(plan_hash, integration, period, text, actor, made_at)


def thawed(kept: KeptPlan) -> Plan:
    """Return the plan of a text that `frozen` made."""
    invoices = tuple(_invoice(row) for row in json.loads(kept.text)["invoices"])
    return Plan(kept.plan_hash, kept.integration, kept.period, invoices, kept.actor, kept.made_at)


def _plain(value: object) -> object:
    """Return as JSON has it what JSON does not know: an amount as text, a record as the list of its fields."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _FIELDS[type(value)](value)


def _invoice(row: Sequence[Any]) -> PlannedInvoice:
    known = dict(zip(_names(PlannedInvoice), row, strict=True))
    return PlannedInvoice(
        **{
            **known,
            "action": PlanAction(known["action"]),
            "assignment": Assignment(known["assignment"]),
            "kind": TargetKind(known["kind"]),
            "lines": tuple(map(_line, known["lines"])),
            "dropped": tuple(map(_member, known["dropped"])),
            "asks": tuple(known["asks"]),
            "notes": tuple(known["notes"]),
        }
    )


def _line(row: Sequence[Any]) -> PlannedLine:
    known = dict(zip(_names(PlannedLine), row, strict=True))
    amounts = {name: Decimal(known[name]) for name in _AMOUNTS}
    change, members = LineChange(known["change"]), tuple(map(_member, known["members"]))
    return PlannedLine(**{**known, **amounts, "change": change, "members": members})


def _member(row: Sequence[Any]) -> Member:
    charge_id, company, product, cost, price, rule = row
    return Member(charge_id, company, product, Decimal(cost), Decimal(price), rule)
