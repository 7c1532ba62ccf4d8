"""Who arrives, who becomes the first administrator, who may be changed, and what ends a sign-in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from billingbot.domain.access import LONGEST_SIGN_IN, Role
from billingbot.domain.decision import Entity
from billingbot.domain.history import ActivityFilter
from billingbot.errors import AccessRefused, DecisionRefused, NotFound, Refusal
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.all_rows import all_rows
from tests.unit.store.decisions import select, stamp
from tests.unit.store.people import arrive, change, sign_in, user
from tests.unit.store.refreshes import MINUTE, NOON


def test_somebody_new_has_no_role(store: DatabaseStore) -> None:
    ann = store.arrive(sign_in("ann", name="Ann"), "", NOON)

    assert (ann.issuer, ann.subject, ann.name, ann.email) == ("https://idp.example", "ann", "Ann", "ann@msp.test")
    assert (ann.role, ann.disabled, ann.first_seen, ann.last_seen) == (Role.NONE, False, NOON, NOON)
    assert store.users() == [ann]


def test_the_same_subject_of_another_provider_is_somebody_else(store: DatabaseStore) -> None:
    ann = store.arrive(sign_in("ann"), "", NOON)

    other = store.arrive(sign_in("ann", "another", issuer="https://other.example"), "", NOON)

    assert other.user_id != ann.user_id


def test_an_address_that_somebody_else_has_now_gives_no_role(store: DatabaseStore) -> None:
    arrive(store, "ann", Role.ADMIN)

    assert store.arrive(sign_in("eve", email="ann@msp.test"), "", NOON).role is Role.NONE


def test_nothing_is_written_while_nothing_has_changed(store: DatabaseStore, engine: Engine) -> None:
    store.arrive(sign_in("ann"), "", NOON)
    before = all_rows(engine)

    store.arrive(sign_in("ann"), "", NOON + MINUTE - timedelta(seconds=1))

    assert all_rows(engine) == before


def test_name_address_and_when_somebody_was_seen_are_kept_up_to_date(store: DatabaseStore) -> None:
    store.arrive(sign_in("ann"), "", NOON)

    assert store.arrive(sign_in("ann", name="Ann B"), "", NOON).name == "Ann B"
    assert store.arrive(sign_in("ann", name="Ann B"), "", NOON + MINUTE).last_seen == NOON + MINUTE


@pytest.mark.parametrize(
    ("first_admin", "said", "becomes"),
    [
        ("ann", {}, True),
        ("ANN@msp.test", {}, True),
        ("Ann@MSP.test", {"email_verified": True}, True),
        ("ann@msp.test", {"email_verified": False}, False),
        ("ann", {"email_verified": False}, True),
        ("bob@msp.test", {}, False),
        ("", {"email": ""}, False),
        (" ", {"email": " "}, False),
    ],
)
def test_the_first_administrator_is_named_by_subject_or_by_an_address_that_is_not_known_to_be_unverified(
    store: DatabaseStore, first_admin: str, said: dict[str, Any], becomes: bool
) -> None:
    there = store.arrive(sign_in("ann", **said), first_admin, NOON)

    assert there.role is (Role.ADMIN if becomes else Role.NONE)


def test_an_id_that_is_written_like_an_address_is_not_that_address(store: DatabaseStore) -> None:
    assert store.arrive(sign_in("ann@msp.test", email=""), "ann@msp.test", NOON).role is Role.NONE


def test_there_is_no_second_first_administrator(store: DatabaseStore) -> None:
    store.arrive(sign_in("ann"), "ann", NOON)

    assert store.arrive(sign_in("bob"), "bob", NOON).role is Role.NONE


def test_whoever_was_there_before_becomes_the_first_administrator_when_the_settings_say_so(
    store: DatabaseStore,
) -> None:
    store.arrive(sign_in("ann"), "", NOON)

    assert store.arrive(sign_in("ann"), "ann", NOON).role is Role.ADMIN


def test_changes_of_users_are_on_record_and_not_undone(store: DatabaseStore) -> None:
    arrive(store, "ann", Role.OPERATOR)
    request = stamp("root")

    store.change_user(user(store, "ann").user_id, user(store, "ann").version, Role.VIEWER, True, request)

    [recorded] = store.batch_changes(request.request_id, 5)
    assert (recorded.change.entity, recorded.actor) == (Entity.USER, "root")
    assert recorded.change.before == {"name": "ann@msp.test", "role": "operator", "disabled": False}
    assert recorded.change.after == {"name": "ann@msp.test", "role": "viewer", "disabled": True}
    newest, *_ = store.batches(ActivityFilter(), 5)
    assert (newest.batch, newest.setup, newest.subject) == (request.request_id, Entity.USER, "ann@msp.test")
    with pytest.raises(DecisionRefused, match="not undone here"):
        store.undo(request.request_id, stamp())


def test_a_change_that_rests_on_an_older_version_is_refused(store: DatabaseStore) -> None:
    arrive(store, "ann", Role.OPERATOR)
    seen = user(store, "ann")
    change(store, "ann", Role.VIEWER)

    with pytest.raises(DecisionRefused, match=r"ann@msp.test was changed meanwhile") as refused:
        store.change_user(seen.user_id, seen.version, Role.ADMIN, False, stamp())

    [clash] = refused.value.clashes
    assert (clash.theirs, clash.mine) == ({"role": "viewer", "disabled": False}, {"role": "admin", "disabled": False})
    assert user(store, "ann").role is Role.VIEWER


def test_a_change_that_was_carried_out_before_does_nothing_again(store: DatabaseStore) -> None:
    arrive(store, "ann", Role.OPERATOR)
    seen, request = user(store, "ann"), stamp()
    changed = store.change_user(seen.user_id, seen.version, Role.VIEWER, False, request)

    assert store.change_user(seen.user_id, seen.version, Role.VIEWER, False, request) == changed


@pytest.mark.parametrize(("role", "disabled"), [(Role.OPERATOR, False), (Role.ADMIN, True)])
def test_the_last_administrator_stays(store: DatabaseStore, role: Role, disabled: bool) -> None:
    arrive(store, "ann", Role.ADMIN)
    change(store, "root", Role.ADMIN, disabled=True)

    with pytest.raises(DecisionRefused, match="only administrator who can sign in"):
        change(store, "ann", role, disabled=disabled)

    assert (user(store, "ann").role, user(store, "ann").disabled) == (Role.ADMIN, False)


def test_a_user_that_does_not_exist_is_not_found(store: DatabaseStore) -> None:
    with pytest.raises(NotFound):
        store.change_user("nobody", 1, Role.VIEWER, False, stamp())
    with pytest.raises(NotFound):
        store.sign_out_everywhere("nobody", stamp())


def test_a_sign_in_that_was_ended_stays_ended(store: DatabaseStore) -> None:
    ann = arrive(store, "ann", Role.VIEWER)
    store.sign_out(ann, NOON)

    with pytest.raises(AccessRefused) as refused:
        store.arrive(ann, "", NOON)

    assert refused.value.refusal is Refusal.SIGNED_OUT
    assert store.arrive(sign_in("ann", "another"), "", NOON).role is Role.VIEWER


def test_a_sign_in_that_was_ended_before_it_arrived_never_does(store: DatabaseStore) -> None:
    arrive(store, "ann", Role.VIEWER)
    unseen = sign_in("ann", "another")
    store.sign_out(unseen, NOON)

    with pytest.raises(AccessRefused, match="signed out"):
        store.arrive(unseen, "", NOON)


def test_whoever_was_signed_out_everywhere_can_sign_in_again(store: DatabaseStore) -> None:
    ann = arrive(store, "ann", Role.VIEWER)
    store.sign_out_everywhere(user(store, "ann").user_id, stamp("root"))
    with pytest.raises(AccessRefused):
        store.arrive(ann, "", NOON)
    with pytest.raises(AccessRefused):
        store.arrive(sign_in("ann", "dated before"), "", NOON + MINUTE)

    later = NOON + MINUTE
    assert store.arrive(sign_in("ann", "later", issued_at=later), "", later).role is Role.VIEWER


def test_a_working_day_is_the_longest(store: DatabaseStore) -> None:
    ann = arrive(store, "ann", Role.VIEWER)
    store.arrive(ann, "", NOON + LONGEST_SIGN_IN)

    with pytest.raises(AccessRefused) as refused:
        store.arrive(ann, "", NOON + LONGEST_SIGN_IN + timedelta(seconds=1))

    assert (refused.value.refusal, str(refused.value)) == (
        Refusal.TOO_OLD,
        "You signed in more than 10 hours ago. Sign in again; nothing was changed.",
    )


def test_a_provider_whose_clock_is_ahead_lengthens_nothing(store: DatabaseStore) -> None:
    ahead = sign_in("ann", issued_at=NOON + timedelta(minutes=5))
    store.arrive(ahead, "", NOON)

    with pytest.raises(AccessRefused, match="more than 10 hours"):
        store.arrive(ahead, "", NOON + LONGEST_SIGN_IN + timedelta(seconds=1))
    with pytest.raises(AccessRefused, match="dated in the future"):
        store.arrive(replace(ahead, issued_at=NOON + timedelta(minutes=5, seconds=1)), "", NOON)


def test_somebody_who_is_refused_at_the_first_arrival_becomes_no_user(store: DatabaseStore) -> None:
    with pytest.raises(AccessRefused):
        store.arrive(sign_in("ann", issued_at=NOON - LONGEST_SIGN_IN - MINUTE), "ann", NOON)

    assert store.users() == []


def test_one_sign_in_is_one_persons(store: DatabaseStore) -> None:
    arrive(store, "ann", Role.ADMIN)

    with pytest.raises(AccessRefused):
        store.arrive(sign_in("eve", sign_in("ann").sign_in_id), "", NOON)

    assert "eve" not in {one.subject for one in store.users()}


def test_sign_ins_are_forgotten_when_their_date_alone_refuses_them(store: DatabaseStore, engine: Engine) -> None:
    ended = arrive(store, "ann", Role.VIEWER)
    store.sign_out(ended, NOON)
    later = NOON + LONGEST_SIGN_IN + timedelta(days=1, seconds=1)

    store.arrive(sign_in("ann", "later", issued_at=later), "", later)

    assert select(engine, "select sign_in_id from sign_in") == [("later",)]
    with pytest.raises(AccessRefused, match="more than 10 hours"):
        store.arrive(ended, "", later)


def test_nobody_passes_for_the_machine_by_its_name() -> None:
    names = [sign_in(subject, email="").actor for subject in ("auto", " Operator", "schedule", "42")]

    assert names == ["auto (signed in)", " Operator (signed in)", "schedule (signed in)", "42"]


def test_nobody_passes_for_somebody_else_by_an_address_or_a_name_of_their_own_choice() -> None:
    proven, not_proven = sign_in("1"), sign_in("2", email="1@msp.test", email_verified=False)
    named = sign_in("3", email="", name="1@msp.test")

    assert [proven.actor, not_proven.actor, named.actor] == ["1@msp.test", "1@msp.test (2)", "1@msp.test (3)"]
