"""Who may do what: every action on the store × every kind of person. What is denied is refused, and changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from billingbot.domain.access import LONGEST_SIGN_IN, Permission, Role, SignIn
from billingbot.errors import AccessRefused
from billingbot.ports import Store
from billingbot.store import DatabaseStore, guarded
from billingbot.store.engine import Engine
from billingbot.store.guarded_store import SEEN_FOR
from billingbot.store.needed import NEEDED
from tests.unit.store.access_actions import ADMINISTRATION, FINISHING, MACHINERY, OPERATIONS, READS, Act, prepared
from tests.unit.store.all_rows import all_rows
from tests.unit.store.decisions import stamp
from tests.unit.store.people import arrive, change, sign_in, user
from tests.unit.store.refreshes import NOON

ACTIONS = {**READS, **OPERATIONS, **ADMINISTRATION, **FINISHING, **MACHINERY}


def roles(role: Role) -> Callable[[DatabaseStore], SignIn]:
    return lambda store: arrive(store, "ann", role)


def unknown(_: DatabaseStore) -> SignIn:
    return sign_in("ann")


def disabled(store: DatabaseStore) -> SignIn:
    ann = arrive(store, "ann", Role.ADMIN)
    change(store, "ann", Role.ADMIN, disabled=True)
    return ann


def signed_out(store: DatabaseStore) -> SignIn:
    ann = arrive(store, "ann", Role.ADMIN)
    store.sign_out(ann, NOON)
    return ann


def signed_out_everywhere(store: DatabaseStore) -> SignIn:
    ann = arrive(store, "ann", Role.ADMIN)
    store.sign_out_everywhere(user(store, "ann").user_id, stamp("root"))
    return ann


def revoked_before_it_arrived(store: DatabaseStore) -> SignIn:
    signed_out_everywhere(store)
    return sign_in("ann", "another one")


def too_old(store: DatabaseStore) -> SignIn:
    return arrive(store, "ann", Role.ADMIN, NOON - LONGEST_SIGN_IN - timedelta(seconds=1))


def too_old_by_our_clock(store: DatabaseStore) -> SignIn:
    ann = arrive(store, "ann", Role.ADMIN, NOON - LONGEST_SIGN_IN - timedelta(seconds=1))
    return replace(ann, issued_at=NOON)


def from_the_future(store: DatabaseStore) -> SignIn:
    ann = arrive(store, "ann", Role.ADMIN)
    return replace(ann, issued_at=NOON + timedelta(minutes=5, seconds=1))


def never_arrived(store: DatabaseStore) -> SignIn:
    arrive(store, "ann", Role.ADMIN)
    return sign_in("ann", "another one")


def with_the_sign_in_of_somebody_else(store: DatabaseStore) -> SignIn:
    arrive(store, "ann", Role.ADMIN)
    return sign_in("ann", arrive(store, "bob", Role.ADMIN).sign_in_id)


def of_another_provider(store: DatabaseStore) -> SignIn:
    return replace(arrive(store, "ann", Role.ADMIN), issuer="https://other.example")


EVERYTHING = ACTIONS.keys() - MACHINERY.keys()
PEOPLE: list[tuple[Callable[[DatabaseStore], SignIn], set[str]]] = [
    (roles(Role.NONE), set(FINISHING)),
    (roles(Role.VIEWER), {*FINISHING, *READS}),
    (roles(Role.OPERATOR), {*FINISHING, *READS, *OPERATIONS}),
    (roles(Role.ADMIN), set(EVERYTHING)),
    *(
        (refused, set(FINISHING))
        for refused in (
            unknown,
            disabled,
            signed_out,
            signed_out_everywhere,
            revoked_before_it_arrived,
            too_old,
            too_old_by_our_clock,
            from_the_future,
            never_arrived,
            with_the_sign_in_of_somebody_else,
            of_another_provider,
        )
    ),
]
NAMES = ["none", "viewer", "operator", "admin", *(person.__name__ for person, _ in PEOPLE[4:])]


def public_methods(port: type) -> set[str]:
    return {name for name in dir(port) if not name.startswith("_") and callable(getattr(port, name))}


def test_the_table_names_every_action_of_the_store_and_no_other() -> None:
    assert NEEDED.keys() == public_methods(Store)


def test_the_matrix_tries_every_action_but_the_question_itself() -> None:
    assert ACTIONS.keys() | {"require"} == NEEDED.keys()


def at_noon() -> datetime:
    return NOON


@pytest.mark.fault(21)
@pytest.mark.parametrize(("person", "allowed"), PEOPLE, ids=NAMES)
def test_what_is_denied_is_refused_and_changes_nothing(
    listed: DatabaseStore, engine: Engine, person: Callable[[DatabaseStore], SignIn], allowed: set[str]
) -> None:
    about = prepared(listed)
    own = guarded(listed, listed, person(listed), at_noon)
    before = all_rows(engine)

    for name, act in ACTIONS.items():
        if name not in allowed:
            with pytest.raises(AccessRefused, match=r"nothing was changed\."):
                act(own, about)
    assert all_rows(engine) == before


@pytest.mark.parametrize(("person", "allowed"), PEOPLE, ids=NAMES)
def test_what_is_allowed_is_done(
    listed: DatabaseStore, engine: Engine, person: Callable[[DatabaseStore], SignIn], allowed: set[str]
) -> None:
    about = prepared(listed)
    own = guarded(listed, listed, person(listed), at_noon)
    idle = {"arrive", "permit", "require_space", "sign_out", "take_send_lease", "users"}

    for name, act in ACTIONS.items():
        if name in allowed:
            changes = name not in READS and name not in idle
            before = all_rows(engine) if changes else {}
            act(own, about)
            assert not changes or all_rows(engine) != before, name


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_what_reaches_outside_of_the_database_can_ask_first(
    store: DatabaseStore, role: Role, permission: Permission
) -> None:
    own = guarded(store, store, arrive(store, "ann", role), at_noon)

    if role.permits(permission):
        own.require(permission)
    else:
        with pytest.raises(AccessRefused):
            own.require(permission)


@pytest.mark.fault(21)
def test_what_is_not_declared_cannot_be_called(store: DatabaseStore) -> None:
    own = guarded(store, store, arrive(store, "ann", Role.ADMIN), at_noon)

    for name in ("engine", "_engine_of", "drop_everything"):
        with pytest.raises(AttributeError, match="not declared"):
            getattr(own, name)


@pytest.mark.fault(21)
def test_changes_of_what_is_set_up_are_undone_by_administrators_only(listed: DatabaseStore, engine: Engine) -> None:
    about = prepared(listed)
    operator, admin = arrive(listed, "ann", Role.OPERATOR), arrive(listed, "bob", Role.ADMIN)
    before = all_rows(engine)

    with pytest.raises(AccessRefused, match="Your role is operator; this needs admin"):
        guarded(listed, listed, operator, at_noon).undo(about.settings_batch, stamp())

    assert all_rows(engine) == before
    assert guarded(listed, listed, admin, at_noon).undo(about.settings_batch, stamp()).changes


@pytest.mark.fault(21)
def test_what_went_with_a_deleted_integration_is_brought_back_by_administrators_only(listed: DatabaseStore) -> None:
    operator, admin = arrive(listed, "ann", Role.OPERATOR), arrive(listed, "bob", Role.ADMIN)
    listed.remove_integration("pax8", stamp())
    purged = listed.purge_integration("pax8", stamp())

    with pytest.raises(AccessRefused, match="Your role is operator; this needs admin"):
        guarded(listed, listed, operator, at_noon).undo(purged.batch, stamp())

    assert guarded(listed, listed, admin, at_noon).undo(purged.batch, stamp()).changes


@pytest.mark.parametrize("role", Role)
def test_everybody_may_sign_oneself_out_everywhere(store: DatabaseStore, role: Role) -> None:
    ann = arrive(store, "ann", role)
    own = guarded(store, store, ann, at_noon)

    own.sign_out_everywhere(user(store, "ann").user_id, stamp("ann"))

    with pytest.raises(AccessRefused, match="You were signed out"):
        own.integrations()


def test_a_new_role_holds_from_the_next_action_on(listed: DatabaseStore) -> None:
    own = guarded(listed, listed, arrive(listed, "ann", Role.VIEWER), at_noon)
    act: Act = OPERATIONS["decide"]
    about = prepared(listed)
    change(listed, "ann", Role.OPERATOR)
    assert act(own, about)

    change(listed, "ann", Role.VIEWER)

    with pytest.raises(AccessRefused, match="Your role is viewer; this needs operator"):
        act(own, about)


def test_whoever_may_not_see_any_more_sees_nothing_new_after_two_seconds(store: DatabaseStore) -> None:
    now = [NOON]
    ann = arrive(store, "ann", Role.VIEWER)
    own = guarded(store, store, ann, lambda: now[0])
    assert own.integrations()
    store.sign_out(ann, NOON)

    now[0] = NOON + SEEN_FOR

    with pytest.raises(AccessRefused, match="You were signed out"):
        own.integrations()
