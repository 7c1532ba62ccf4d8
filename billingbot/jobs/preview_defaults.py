"""What changed defaults of an integration would change, before they are saved. Nothing is written."""

from dataclasses import dataclass, replace

import pandas as pd

from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.match import Outcome
from billingbot.matching import match
from billingbot.ports import Store


@dataclass(frozen=True, slots=True)
class DefaultsPreview:
    """How many clients the new defaults change. Clients that HaloPSA no longer lists do not count.

    Attributes:
        rules: clients whose billing rules change: all with Global Setting on, when any modifier is another one.
        rules_mapped: those of them that have a company.
        assignment: clients whose charges go elsewhere: all that inherit, when the assignment is another one.
        lacking_target: those of them that have a company and will need an invoice that nobody has picked yet.
        links_now: companies that the next refresh would link as things are.
        links_then: those that it would link with the new threshold and guards. Links that exist stay.
        review_now: those of `links_now` that would wait for a click.
        review_then: those of `links_then` that would.
    """

    rules: int = 0
    rules_mapped: int = 0
    assignment: int = 0
    lacking_target: int = 0
    links_now: int = 0
    links_then: int = 0
    review_now: int = 0
    review_then: int = 0


def preview_defaults(store: Store, key: str, wanted: Integration) -> DefaultsPreview:
    """Return what it would change if the integration's defaults were those of `wanted`.

    Names are matched only when threshold or guards are others: that takes seconds for ten thousand clients.

    Raises `NotFound`.
    """
    current = store.integration(key)
    preview = DefaultsPreview()
    if wanted.modifiers != current.modifiers or wanted.assignment != current.assignment:
        rows = store.client_rows(key)
        preview = _of_rows(rows[rows["client_id"].isin(store.present_client_ids())], current, wanted)
    if (wanted.threshold, wanted.guards) == (current.threshold, current.guards):
        return preview
    now, then = _links(store, current), _links(store, wanted)
    return replace(preview, links_now=now[0], review_now=now[1], links_then=then[0], review_then=then[1])


def _of_rows(rows: pd.DataFrame, current: Integration, wanted: Integration) -> DefaultsPreview:
    mapped = rows["companies"].ne("")
    ruled = rows["use_global"] if wanted.modifiers != current.modifiers else mapped & False
    moved = rows["inherited"] if wanted.assignment != current.assignment else mapped & False
    target = {Assignment.LAST: "last_invoice_id", Assignment.RECURRING: "recurring_invoice_id"}.get(wanted.assignment)
    lacking = moved & mapped & ~rows["excluded"] & rows[target].isna() if target else mapped & False
    return DefaultsPreview(int(ruled.sum()), int((ruled & mapped).sum()), int(moved.sum()), int(lacking.sum()))


def _links(store: Store, integration: Integration) -> tuple[int, int]:
    """Return how many companies the next refresh would link if the lists stayed as they are, and how many to review."""
    found = match(
        store.present_clients(),
        store.present_companies(integration.key),
        decided=store.decided_pairs(integration.key),
        rejected=store.rejected_pairs(integration.key),
        threshold=integration.threshold,
        guards=integration.guards,
    )["outcome"]
    return int(found.ne(Outcome.SUGGESTED).sum()), int(found.eq(Outcome.REVIEW).sum())
