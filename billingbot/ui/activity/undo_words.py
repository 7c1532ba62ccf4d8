"""What Activity says about undoing a batch: what that would do, what it did, and why it cannot be."""

from collections import Counter
from collections.abc import Mapping

from billingbot.domain.decision import SETUP, Action, Entity, Receipt
from billingbot.domain.history import Batch
from billingbot.jobs.undo import undone_sentence
from billingbot.ui.change_words import batch_words
from billingbot.ui.link_words import MACHINE
from billingbot.ui.setup_words import setup_batch_words
from billingbot.ui.wording import count


def things(batch: Batch) -> int:
    """Return how many things a batch changed: a rejection that goes along with unlinking is not one of its own."""
    match batch.setup:
        case None:
            return sum(_leading(batch.actions).values())
        case Entity.PRODUCT_MAPPING:
            return sum(batch.actions.values())
        case _:
            return 1


def asks_first(batch: Batch) -> bool:
    """Say whether undoing the batch needs a second click: it concerns several things, or takes something away."""
    if batch.setup is None:
        return batch.clients > 1
    return things(batch) > 1 or Action.RESTORE in batch.actions


def why_not(batch: Batch, name: str) -> str:
    """Say why the batch cannot be undone at all; "" when it can be. `name` is that of its integration."""
    if batch.setup is Entity.CREDENTIAL:
        return "Credentials are not kept when they change. To go back, enter the former ones on Integrations."
    if batch.setup is Entity.USER:
        return "To take this back, set the role again on Users. Who was signed out signs in again."
    if batch.setup is Entity.INTEGRATION and Action.ADD in batch.actions:
        return f"To take this back, delete {name} on Integrations."
    return ""


def undo_question(batch: Batch, name: str) -> str:
    """Say what undoing the batch would do, before it is done. `name` is that of its integration."""
    if batch.setup is Entity.PRODUCT_MAPPING:
        return f"This maps {count(things(batch), 'product')} as before."
    if batch.setup is not None:
        return f"This deletes {name} again and forgets its credentials. Assignments, rules and history are kept."
    effects = [_effect(action, number) for action, number in _leading(batch.actions).items() if number]
    sentence = f"This {' and '.join(filter(None, [', '.join(effects[:-1]), effects[-1]]))}."
    if batch.actor == MACHINE and batch.actions.get(Action.LINK):
        sentence += " The pairs are remembered, and no refresh brings them back."
    return sentence


def undone_words(receipt: Receipt, integrations: Mapping[str, str]) -> str:
    """Say what an undo did: "Undone, except for 1 that was changed since. Unlinked 173 companies."."""
    if not receipt.changes:
        return undone_sentence(receipt)
    actions = Counter(change.action.value for change in receipt.changes)
    first = next((change for change in receipt.changes if change.entity is Entity.INTEGRATION), receipt.changes[0])
    if first.entity not in SETUP:
        return undone_sentence(receipt, f"{batch_words(actions)}.")
    name = integrations.get(first.subject, first.subject)
    return undone_sentence(receipt, f"{setup_batch_words(first.entity, actions, name)}.")


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
