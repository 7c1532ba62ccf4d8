"""Plans as they are stored. None is ever changed."""

from datetime import UTC

from billingbot.domain.period import Period
from billingbot.domain.plan import KeptPlan
from billingbot.errors import NotFound
from billingbot.store.engine import Transaction

_INSERT = """
insert into plan (plan_hash, integration, period, text, actor, made_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (plan_hash) do nothing
"""
_SELECT = """
select plan_hash, integration, period, text, actor, made_at
from plan
where starts_with(plan_hash, cast($1 as varchar))
limit 2
"""


def keep(tx: Transaction, plan: KeptPlan) -> None:
    """Keep the plan; one of the same hash stays as it is."""
    tx.execute(_INSERT, (plan.plan_hash, plan.integration, str(plan.period), plan.text, plan.actor, plan.made_at))


def plan(tx: Transaction, plan_hash: str) -> KeptPlan:
    """Return the plan whose hash begins so, or raise `NotFound`: there is none, or more than one.

    No hash begins with nothing: who asks for nothing means no plan, not the only one.
    """
    found = tx.rows(_SELECT, (plan_hash,)) if plan_hash else []
    if not found:
        raise NotFound(f"There is no plan {plan_hash}.")
    if len(found) > 1:
        raise NotFound(f"There is more than one plan whose hash begins with {plan_hash}. Say more of it.")
    [(full_hash, integration, period, text, actor, made_at)] = found
    return KeptPlan(full_hash, integration, Period.parse(period), text, actor, made_at.astimezone(UTC))
