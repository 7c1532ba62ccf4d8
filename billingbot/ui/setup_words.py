"""Changes of what is set up in words, as plain text: integrations, credentials, users, and which items products are."""

from collections.abc import Iterator, Mapping, Sequence

from billingbot.bootstrap import Vendor
from billingbot.domain.credential import CredentialField
from billingbot.domain.decision import Action, Change, Entity
from billingbot.domain.product import ProductMode
from billingbot.ui.integrations.defaults_words import NAMES, value_words
from billingbot.ui.wording import count

# How the audit trail says that there is a secret.
_SECRET_KEPT = "set"  # noqa: S105 - no secret
_NAMES: Mapping[str, str] = {**NAMES, "product_mode": "Products that nobody mapped", "default_item": "Default item"}
_MODES: Mapping[str, str] = {
    ProductMode.ASK: "ask",
    ProductMode.DEFAULT_ITEM: "default item",
    ProductMode.CREATE: "create in HaloPSA",
}
# To delete an integration is also to edit its credentials.
_OF_AN_INTEGRATION: Mapping[Action, str] = {
    Action.ADD: "Connected",
    Action.REMOVE: "Deleted",
    Action.RESTORE: "Restored",
    Action.EDIT: "Changed the defaults of",
}
_TOLD: Mapping[Action, str] = {
    Action.ADD: "Connected",
    Action.REMOVE: "Taken out of use; assignments, rules and history are kept",
    Action.RESTORE: "In use again, with its assignments and rules",
}


def setup_batch_words(entity: Entity, actions: Mapping[str, int], subject: str) -> str:
    """Return what a batch did, in a few words.

    >>> setup_batch_words(Entity.INTEGRATION, {"edit": 1}, "Pax8")
    'Changed the defaults of Pax8'
    >>> setup_batch_words(Entity.CREDENTIAL, {"edit": 1}, "HaloPSA")
    'Changed the credentials of HaloPSA'
    >>> setup_batch_words(Entity.PRODUCT_MAPPING, {"map": 12, "unmap": 1}, "")
    'Mapped 12 products, removed the mapping of 1 product'
    >>> setup_batch_words(Entity.USER, {"edit": 1}, "ann@msp.example")
    'Changed the access of ann@msp.example'

    Args:
        entity: what was changed.
        actions: how often what was done.
        subject: the name of the integration, vendor or user. Not used for products.
    """
    if entity is Entity.USER:
        return f"Changed the access of {subject}"
    if entity is Entity.CREDENTIAL:
        return f"Changed the credentials of {subject}"
    if entity is Entity.INTEGRATION:
        return next(f"{words} {subject}" for action, words in _OF_AN_INTEGRATION.items() if action in actions)
    products = {action: count(actions.get(action, 0), "product") for action in (Action.MAP, Action.UNMAP)}
    phrases = {
        Action.MAP: f"mapped {products[Action.MAP]}",
        Action.UNMAP: f"removed the mapping of {products[Action.UNMAP]}",
    }
    words = ", ".join(phrase for action, phrase in phrases.items() if actions.get(action))
    return words[:1].upper() + words[1:]


def setup_change_words(change: Change, vendors: Sequence[Vendor]) -> str:
    """Return a change with before and after, such as "Similarity: 90 → 92" or "Client Secret: set → set again".

    Args:
        change: what was recorded.
        vendors: those that there are, for the names of their credentials.
    """
    before, after = change.before or {}, change.after or {}
    match change.entity:
        case Entity.CREDENTIAL:
            fields = next((vendor.fields for vendor in vendors if vendor.key == change.subject), ())
            edits = list(_credential_edits(fields, before, after))
        case Entity.USER:
            edits = list(_user_edits(before, after))
        case Entity.PRODUCT_MAPPING:
            edits = [f"HaloPSA item: {_item(change.before)} → {_item(change.after)}"]
        case _ if change.action is Action.EDIT:
            edits = list(_default_edits(before, after))
        case _:
            edits = [_TOLD[change.action]]
    return "; ".join(edits) or "Nothing changed"


def name_then(change: Change) -> str:
    """Return the name that the product or the user of a change had then, or its key."""
    return str((change.after or change.before or {}).get("name") or change.subject)


def _default_edits(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    for name, label in _NAMES.items():
        if name in after:
            yield f"{label}: {_default(name, before.get(name))} → {_default(name, after[name])}"
    if "default_item_id" in after and "default_item" not in after:
        yield f"Default item: {before.get('default_item_id')} → {after['default_item_id']}"


def _default(name: str, value: object) -> str:
    match name:
        case "product_mode":
            return _MODES.get(str(value), str(value))
        case "default_item":
            return str(value or "none")
        case _:
            return value_words(name, value)


def _credential_edits(
    fields: Sequence[CredentialField], before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[str]:
    known = {field.name: field for field in fields}
    for name in sorted(after, key=lambda name: list(known).index(name) if name in known else len(known)):
        label, secret = (known[name].label, known[name].secret) if name in known else (name, False)
        old, new = before.get(name), after[name]
        again = " again" if secret and old == new == _SECRET_KEPT else ""
        yield f"{label}: {old or 'not set'} → {new or 'not set'}{again}"


def _user_edits(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    if "role" in after:
        yield f"Role: {before['role']} → {after['role']}"
    if "disabled" in after:
        yield "Disabled" if after["disabled"] else "Enabled again"
    if "signed_in" in after:
        yield "Signed out everywhere"


def _item(fields: Mapping[str, object] | None) -> str:
    return "none" if fields is None else str(fields["item"])
