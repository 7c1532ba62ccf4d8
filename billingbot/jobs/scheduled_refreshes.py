"""Which integration has to be refreshed now because its daily time has come."""

from datetime import datetime
from zoneinfo import ZoneInfo

from billingbot.domain.integration import Integration
from billingbot.domain.schedule import last_due
from billingbot.ports import SetupStore

SCHEDULE = "schedule"
"""The actor of a scheduled refresh."""


def claim_due_refresh(store: SetupStore, integration: Integration, zone: ZoneInfo, now: datetime) -> bool:
    """Say whether the caller has to refresh the integration now; of all who ask at once, only one is told so.

    The last time that passed while nobody was there to ask is made up for, and so is a refresh whose process ended
    before it did. What was due before the time was set is not.

    Raises `InvalidSchedule` when the stored time is none.
    """
    if not integration.refresh_at:
        return False
    due = last_due(integration.refresh_at, zone, now)
    set_at = store.refresh_set_at(integration.key)
    if set_at is not None and due.instant <= set_at:
        return False
    return store.claim_scheduled_refresh(integration.key, due.day, now)
