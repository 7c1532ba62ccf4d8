"""What Activity says about batches and refresh runs, as plain text."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from billingbot.domain.decision import Action, Receipt
from billingbot.domain.history import Batch
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.jobs.undo import undone_sentence
from billingbot.ui.change_words import batch_words
from billingbot.ui.link_words import MACHINE
from billingbot.ui.wording import age, count, elapsed

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
    """Name who did something; what the machine decides, BillingBot did."""
    return "BillingBot" if actor == MACHINE else actor


def clients_words(batch: Batch) -> str:
    """Name the client of a batch, or say how many there are."""
    return batch.client if batch.clients == 1 else count(batch.clients, "client")


def state_words(batch: Batch, known: Mapping[str, Batch]) -> str:
    """Say what is special: undone, or an undo; "" for most. `known` are batches by id, to name what was undone."""
    if batch.undone_by:
        return f"Undone by {who_words(batch.undone_by)}"
    if batch.undoes is None:
        return ""
    undone = known.get(batch.undoes)
    return f"Undo of “{batch_words(undone.actions)}”" if undone else "Undo of an earlier change"


def things(actions: Mapping[str, int]) -> int:
    """Return how many things a batch changed: a rejection that goes along with unlinking is not one of its own.

    >>> things({"unlink": 2, "reject": 3}), things({"link": 1, "forget": 1, "edit": 4})
    (3, 5)
    """
    return sum(_leading(actions).values())


def undo_question(batch: Batch) -> str:
    """Say what undoing the batch would do, before it is done."""
    effects = [_effect(action, number) for action, number in _leading(batch.actions).items() if number]
    sentence = f"This {' and '.join(filter(None, [', '.join(effects[:-1]), effects[-1]]))}."
    if batch.actor == MACHINE and batch.actions.get(Action.LINK):
        sentence += " The pairs are remembered, and no refresh brings them back."
    return sentence


def undone_words(receipt: Receipt) -> str:
    """Say what an undo did: "Undone, except for 1 that was changed since. Unlinked 173 companies."."""
    if not receipt.changes:
        return undone_sentence(receipt)
    done = batch_words(Counter(change.action.value for change in receipt.changes))
    return f"{undone_sentence(receipt)} {done}."


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


def _leading(actions: Mapping[str, int]) -> dict[Action, int]:
    """Count without the rejection that each unlinking leaves, and the forgotten one of each link, in order."""
    counts = {action: actions.get(action, 0) for action in Action}
    counts[Action.REJECT] = max(0, counts[Action.REJECT] - counts[Action.UNLINK])
    counts[Action.FORGET] = max(0, counts[Action.FORGET] - counts[Action.LINK])
    return counts


def _effect(action: Action, number: int) -> str:
    companies, links = count(number, "company", "companies"), count(number, "link")
    return {
        Action.LINK: f"unlinks {companies}",
        Action.UNLINK: f"links {companies} again",
        Action.CONFIRM: f"puts {links} back under review",
        Action.REVIEW: f"confirms {links} again",
        Action.REJECT: f"forgets {count(number, 'rejection')}",
        Action.FORGET: f"rejects {count(number, 'pair')} again",
        Action.EDIT: f"gives {count(number, 'client')} the former settings back",
    }[action]
