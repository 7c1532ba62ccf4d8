"""What Activity says about batches and refresh runs, as plain text."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from billingbot.domain.decision import Action, Entity
from billingbot.domain.history import Batch
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.ui.change_words import batch_words
from billingbot.ui.link_words import MACHINE
from billingbot.ui.setup_words import setup_batch_words
from billingbot.ui.wording import age, count, elapsed

_WHO: Mapping[str, str] = {MACHINE: "BillingBot", "schedule": "the schedule"}
_MINUTE = timedelta(minutes=1)
_STATES: Mapping[RefreshState, str] = {
    RefreshState.RUNNING: "Running",
    RefreshState.SUCCEEDED: "Succeeded",
    RefreshState.FAILED: "Failed",
    RefreshState.CANCELLED: "Cancelled",
    RefreshState.NEEDS_APPROVAL: "Asked for approval",
    RefreshState.ABANDONED: "Interrupted",
}


def when_words(then: datetime, now: datetime) -> str:
    """Write a time to the minute, in UTC, and how long ago that was.

    >>> from datetime import UTC
    >>> when_words(datetime(2026, 11, 22, 9, 5, tzinfo=UTC), datetime(2026, 11, 22, 12, tzinfo=UTC))
    '2026-11-22 09:05 · 2 h ago'
    """
    return f"{then:%Y-%m-%d %H:%M} · {age(then, now)}"


def who_words(actor: str) -> str:
    """Name who did something; what the machine decides, BillingBot did.

    >>> who_words("auto"), who_words("schedule"), who_words("ann")
    ('BillingBot', 'the schedule', 'ann')
    """
    return _WHO.get(actor, actor)


def title_words(batch: Batch, integrations: Mapping[str, str]) -> str:
    """Say what a batch did. `integrations` are names by key, HaloPSA's too."""
    if batch.setup is None:
        return batch_words(batch.actions)
    return setup_batch_words(batch.setup, batch.actions, integrations.get(batch.subject, batch.subject))


def clients_words(batch: Batch) -> str:
    """Name the client or the product of a batch, or say how many there are; "" when it is about neither."""
    match batch.setup:
        case None:
            return batch.client if batch.clients == 1 else count(batch.clients, "client")
        case Entity.PRODUCT_MAPPING:
            products = sum(batch.actions.get(action, 0) for action in (Action.MAP, Action.UNMAP))
            return batch.subject if products == 1 else count(products, "product")
        case _:
            return ""


def state_words(batch: Batch, known: Mapping[str, Batch], integrations: Mapping[str, str]) -> str:
    """Say what is special: undone, or an undo; "" for most. `known` are batches by id, to name what was undone."""
    if batch.undone_by:
        return f"Undone by {who_words(batch.undone_by)}"
    if batch.undoes is None:
        return ""
    undone = known.get(batch.undoes)
    return f"Undo of “{title_words(undone, integrations)}”" if undone else "Undo of an earlier change"


def run_words(run: RefreshRun) -> str:
    """Say how a run ended, or that it goes on; a running run whose process died was interrupted."""
    return _STATES[RefreshState.ABANDONED if run.state is RefreshState.RUNNING and not run.alive else run.state]


def duration_words(run: RefreshRun, now: datetime) -> str:
    """Say how long a run took, or takes so far; "" when nobody saw its end.

    >>> from datetime import UTC
    >>> start = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> run = RefreshRun("r1", "pax8", "ann", RefreshState.RUNNING, start)
    >>> [duration_words(run, start + timedelta(seconds=seconds)) for seconds in (3.14, 67)]
    ['3.1 s', '1:07']
    """
    if run.finished_at is None and not run.alive:
        return ""
    took = (run.finished_at or now) - run.started_at
    return f"{took.total_seconds():.1f} s" if took < _MINUTE else elapsed(run.started_at, run.finished_at or now)
