"""A change and the end of its permission at the same moment: whoever is told that it ended sees no later change."""

from collections.abc import Callable
from datetime import datetime

import pytest

from billingbot.domain.access import Role
from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings
from billingbot.errors import AccessRefused
from billingbot.ports import Store
from billingbot.store import DatabaseStore, guarded
from tests.unit.store.at_once import at_once
from tests.unit.store.decisions import stamp
from tests.unit.store.people import arrive, change, sign_in, user
from tests.unit.store.refreshes import NOON

ROUNDS = 12
TRIES = 4


def at_noon() -> datetime:
    return NOON


def lowered(store: DatabaseStore, name: str) -> None:
    change(store, name, Role.VIEWER)


def disabled(store: DatabaseStore, name: str) -> None:
    change(store, name, Role.OPERATOR, disabled=True)


def signed_out(store: DatabaseStore, name: str) -> None:
    store.sign_out(sign_in(name), NOON)


def signed_out_everywhere(store: DatabaseStore, name: str) -> None:
    store.sign_out_everywhere(user(store, name).user_id, stamp("root"))


def changes_of(store: DatabaseStore, actor: str) -> int:
    return sum(recorded.actor == actor for recorded in store.history("pax8", 4, 1000))


def edits(own: Store, actor: str) -> Callable[[], object]:
    def edit() -> None:
        for _ in range(TRIES):
            seen = own.settings("pax8", 4)
            changed = EditSettings(4, seen.version, {Setting.EXCLUDED: not seen.excluded})
            own.decide("pax8", [changed], stamp(actor))

    return edit


@pytest.mark.fault(21)
@pytest.mark.parametrize("ending", [lowered, disabled, signed_out, signed_out_everywhere])
def test_nothing_is_changed_after_the_permission_has_ended(
    listed: DatabaseStore, ending: Callable[[DatabaseStore, str], None]
) -> None:
    refused = 0
    for number in range(ROUNDS):
        name = f"ann{number}"
        own = guarded(listed, listed, arrive(listed, name, Role.OPERATOR), at_noon)

        def end(name: str = name) -> int:
            ending(listed, name)
            return changes_of(listed, name)

        outcome, recorded = at_once(edits(own, name), end)

        assert isinstance(recorded, int)
        assert changes_of(listed, name) == recorded
        refused += isinstance(outcome, AccessRefused)
        with pytest.raises(AccessRefused):
            edits(own, name)()
        assert changes_of(listed, name) == recorded
    assert refused > 0


@pytest.mark.fault(21)
def test_of_two_administrators_who_lower_each_other_one_stays(store: DatabaseStore) -> None:
    arrive(store, "ann", Role.ADMIN)
    arrive(store, "bob", Role.ADMIN)
    change(store, "root", Role.NONE)
    for _ in range(ROUNDS):
        at_once(lambda: lowered(store, "ann"), lambda: lowered(store, "bob"))

        [left] = [one for one in store.users() if one.role is Role.ADMIN]
        change_to = "bob" if left.subject == "ann" else "ann"
        change(store, change_to, Role.ADMIN)


def test_somebody_who_arrives_many_times_at_once_is_one_user(store: DatabaseStore) -> None:
    found = at_once(*[lambda: store.arrive(sign_in("ann"), "ann", NOON)] * 6)

    assert {getattr(one, "user_id", one) for one in found} == {store.users()[0].user_id}
    assert [(one.subject, one.role) for one in store.users()] == [("ann", Role.ADMIN)]
