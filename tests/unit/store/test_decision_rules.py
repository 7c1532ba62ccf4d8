"""What each decision does to what stands, and what it is refused for; without a database."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from billingbot.domain.client_settings import ClientSettings, Setting, SettingValue
from billingbot.domain.decision import (
    Action,
    Change,
    ConfirmLink,
    Decision,
    EditSettings,
    Entity,
    LinkCompany,
    RejectPair,
    Stamp,
    UnlinkCompany,
)
from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.errors import Clash
from billingbot.store.decision_rules import Outcomes, carry_out
from billingbot.store.decision_state import Listed, MappingRow, RejectedRow, State
from tests.unit.store.refreshes import NOON

EARLIER = NOON - timedelta(days=1)
BY_BOB = MappingRow(2, "confident", None, "Linked by hand.", "bob", EARLIER)
BY_MACHINE = MappingRow(1, "review", 91.0, "One word differs", "auto", EARLIER, "r1")
BY_BOB_FIELDS = {
    "client_id": 2,
    "outcome": "confident",
    "score": None,
    "reason": "Linked by hand.",
    "actor": "bob",
    "created_at": "2026-11-21T12:00:00+00:00",
    "linked_run": None,
}
EXCLUDE: Mapping[Setting, SettingValue] = {Setting.EXCLUDED: True}


@pytest.fixture
def state() -> State:
    """Return four clients and companies: 1 and c1 under review, 2 and c2 linked by bob, 3 and c3 rejected, 9 gone."""
    return State(
        integration=Integration("pax8", "Pax8"),
        clients={number: Listed(f"Client {number}", number == 9) for number in (1, 2, 3, 9)},
        companies={f"c{number}": Listed(f"Company {number}", number == 9) for number in (1, 2, 3, 9)},
        settings={2: ClientSettings(version=4, excluded=True, modifiers=Modifiers(drop_azure=True))},
        mapping={"c1": BY_MACHINE, "c2": BY_BOB},
        rejected={("c3", 3): RejectedRow("bob", EARLIER, "Rejected.")},
    )


def outcomes(state: State, *decisions: Decision, reason: str = "") -> Outcomes:
    return carry_out(state, decisions, Stamp("q1", "ann", NOON, reason), {2: "bob"})


def changes(state: State, *decisions: Decision, reason: str = "") -> list[Change]:
    found = outcomes(state, *decisions, reason=reason)
    assert found.clashes == []
    return found.changes


def clash(state: State, *decisions: Decision) -> Clash:
    before = state.copy()
    [found] = outcomes(state, *decisions).clashes
    assert state == before
    return found


def test_an_edit_changes_the_fields_that_differ(state: State) -> None:
    wanted: dict[Setting, SettingValue] = {
        Setting.EXCLUDED: True,
        Setting.ASSIGNMENT: Assignment.LAST,
        Setting.LAST_INVOICE_ID: 7,
    }

    made = changes(state, EditSettings(2, 4, wanted))

    before, after = {"assignment": None, "last_invoice_id": None}, {"assignment": "last", "last_invoice_id": 7}
    assert made == [Change(Entity.CLIENT_SETTINGS, Action.EDIT, 2, None, before, after)]
    assert state.settings[2] == ClientSettings(
        version=4, excluded=True, modifiers=Modifiers(drop_azure=True), assignment=Assignment.LAST, last_invoice_id=7
    )


def test_the_first_edit_starts_from_what_nobody_decided(state: State) -> None:
    made = changes(state, EditSettings(1, 0, {Setting.USE_GLOBAL: False, Setting.DROP_AZURE: False}))

    assert made == [Change(Entity.CLIENT_SETTINGS, Action.EDIT, 1, None, {"use_global": True}, {"use_global": False})]
    assert state.settings[1] == ClientSettings(use_global=False)


def test_an_edit_that_wants_what_is_there_changes_nothing_whatever_version_it_saw(state: State) -> None:
    assert changes(state, EditSettings(2, 4, EXCLUDE), EditSettings(2, 3, EXCLUDE)) == []


@pytest.mark.parametrize("version", [0, 3, 5])
def test_an_edit_of_another_version_is_refused_with_theirs_and_mine(state: State, version: int) -> None:
    fields: dict[Setting, SettingValue] = {Setting.ASSIGNMENT: Assignment.NEW, Setting.EXCLUDED: True}

    found = clash(state, EditSettings(2, version, fields))

    assert found == Clash(
        2,
        "Client 2 was changed by bob meanwhile.",
        version=4,
        theirs={"assignment": None, "excluded": True},
        mine={"assignment": Assignment.NEW, "excluded": True},
    )


def test_two_edits_that_saw_the_same_version_are_both_made(state: State) -> None:
    made = changes(
        state, EditSettings(2, 4, {Setting.EXCLUDED: False}), EditSettings(2, 4, {Setting.USE_GLOBAL: False})
    )

    assert [change.after for change in made] == [{"excluded": False}, {"use_global": False}]
    assert (state.settings[2].excluded, state.settings[2].use_global, state.settings[2].version) == (False, False, 4)


def test_a_client_that_is_gone_can_be_edited(state: State) -> None:
    assert len(changes(state, EditSettings(9, 0, EXCLUDE))) == 1


def test_a_free_company_is_linked_in_the_name_of_whoever_decides(state: State) -> None:
    state.rejected.clear()

    [made] = changes(state, LinkCompany("c3", 1, 88.5, "The names are the same."))

    assert state.mapping["c3"] == MappingRow(1, "confident", 88.5, "The names are the same.", "ann", NOON)
    assert made == Change(
        Entity.MAPPING,
        Action.LINK,
        1,
        "c3",
        None,
        {
            "client_id": 1,
            "outcome": "confident",
            "score": 88.5,
            "reason": "The names are the same.",
            "actor": "ann",
            "created_at": "2026-11-22T12:00:00+00:00",
            "linked_run": None,
        },
    )


def test_linking_a_rejected_pair_forgets_the_rejection_first(state: State) -> None:
    forgotten, linked = changes(state, LinkCompany("c3", 3))

    fields = {"actor": "bob", "created_at": "2026-11-21T12:00:00+00:00", "reason": "Rejected."}
    assert forgotten == Change(Entity.REJECTED_PAIR, Action.FORGET, 3, "c3", fields, None)
    assert (linked.action, state.rejected) == (Action.LINK, {})


def test_accepting_a_suggestion_that_was_rejected_meanwhile_is_refused(state: State) -> None:
    found = clash(state, LinkCompany("c3", 3, suggested=True))

    assert found == Clash(3, "Company 3 was rejected for Client 3 by bob meanwhile.")
    assert list(state.rejected) == [("c3", 3)]


def test_accepting_a_suggestion_for_a_client_that_got_a_company_meanwhile_is_refused(state: State) -> None:
    found = clash(state, LinkCompany("c3", 2, suggested=True))

    assert found == Clash(2, "Company 2 was linked to Client 2 by bob meanwhile.")


def test_linking_another_client_keeps_the_rejection(state: State) -> None:
    assert [change.action for change in changes(state, LinkCompany("c3", 1))] == [Action.LINK]
    assert list(state.rejected) == [("c3", 3)]


def test_unlinking_ends_the_row_and_rejects_the_pair(state: State) -> None:
    unlinked, rejected = changes(state, UnlinkCompany("c2", 2))

    assert unlinked == Change(Entity.MAPPING, Action.UNLINK, 2, "c2", BY_BOB_FIELDS, None)
    fields = {"actor": "ann", "created_at": "2026-11-22T12:00:00+00:00", "reason": "Unlinked."}
    assert rejected == Change(Entity.REJECTED_PAIR, Action.REJECT, 2, "c2", None, fields)
    assert "c2" not in state.mapping
    assert ("c2", 2) in state.rejected


def test_the_reason_of_the_request_is_the_reason_of_the_rejection(state: State) -> None:
    changes(state, UnlinkCompany("c2", 2), RejectPair("c1", 3), reason="They merged.")

    assert {state.rejected[pair].reason for pair in (("c2", 2), ("c1", 3))} == {"They merged."}


def test_a_link_under_review_is_confirmed(state: State) -> None:
    [made] = changes(state, ConfirmLink("c1", 1))

    before, after = {"outcome": "review"}, {"outcome": "confident"}
    assert made == Change(Entity.MAPPING, Action.CONFIRM, 1, "c1", before, after)
    assert state.mapping["c1"] == MappingRow(1, "confident", 91.0, "One word differs", "auto", EARLIER, "r1")


def test_a_pair_is_rejected(state: State) -> None:
    [made] = changes(state, RejectPair("c3", 1))

    assert (made.action, made.client_id, made.company_id) == (Action.REJECT, 1, "c3")
    assert state.rejected["c3", 1] == RejectedRow("ann", NOON, "Rejected.")


def test_a_pair_whose_company_has_another_client_can_be_rejected(state: State) -> None:
    assert [change.action for change in changes(state, RejectPair("c2", 1))] == [Action.REJECT]


@pytest.mark.parametrize(
    "decision",
    [LinkCompany("c2", 2), LinkCompany("c1", 1), ConfirmLink("c2", 2), RejectPair("c3", 3)],
    ids=["linked", "linked under review", "confirmed", "rejected"],
)
def test_what_stands_already_changes_nothing(state: State, decision: Decision) -> None:
    before = state.copy()

    assert changes(state, decision) == []
    assert state == before


CLASHES: dict[str, tuple[Decision, int, str]] = {
    "edit of an unknown client": (EditSettings(123, 0, EXCLUDE), 123, "HaloPSA has no client 123."),
    "link to an unknown client": (LinkCompany("c3", -5), -5, "HaloPSA has no client -5."),
    "link of an unknown company": (LinkCompany("x", 1), 1, "Pax8 has no company x."),
    "link to a gone client": (
        LinkCompany("c3", 9),
        9,
        "HaloPSA no longer lists Client 9, so no company can be linked to it.",
    ),
    "link of a gone company": (LinkCompany("c9", 1), 1, "Pax8 no longer lists Company 9, so it cannot be linked."),
    "link of a taken company": (LinkCompany("c2", 3), 3, "Company 2 was linked to Client 2 by bob meanwhile."),
    "link of a company that a refresh took": (
        LinkCompany("c1", 3),
        3,
        "Company 1 was linked to Client 1 by a refresh meanwhile.",
    ),
    "unlink of a free company": (UnlinkCompany("c3", 3), 3, "Company 3 is not linked to Client 3 any more."),
    "unlink from another client": (UnlinkCompany("c2", 3), 3, "Company 2 was linked to Client 2 by bob meanwhile."),
    "unlink of what nobody knows": (UnlinkCompany("x", 77), 77, "company x is not linked to client 77 any more."),
    "confirm of a free company": (ConfirmLink("c3", 3), 3, "Company 3 is not linked to Client 3 any more."),
    "confirm of another client": (ConfirmLink("c2", 3), 3, "Company 2 was linked to Client 2 by bob meanwhile."),
    "reject of a linked pair": (RejectPair("c2", 2), 2, "Company 2 was linked to Client 2 by bob meanwhile."),
    "reject of an unknown client": (RejectPair("c3", 123), 123, "HaloPSA has no client 123."),
    "reject of an unknown company": (RejectPair("x", 1), 1, "Pax8 has no company x."),
}


@pytest.mark.parametrize(("decision", "client_id", "sentence"), CLASHES.values(), ids=CLASHES)
def test_what_cannot_be_done_any_more_is_refused_in_a_sentence(
    state: State, decision: Decision, client_id: int, sentence: str
) -> None:
    assert clash(state, decision) == Clash(client_id, sentence)


def test_what_is_gone_can_still_be_unlinked_confirmed_and_rejected(state: State) -> None:
    state.mapping["c9"] = BY_MACHINE

    made = changes(state, ConfirmLink("c9", 1), UnlinkCompany("c9", 1), RejectPair("c9", 9))

    assert [change.action for change in made] == [Action.CONFIRM, Action.UNLINK, Action.REJECT, Action.REJECT]


def test_a_company_moves_when_it_is_unlinked_first(state: State) -> None:
    made = changes(state, UnlinkCompany("c2", 2), LinkCompany("c2", 3))

    assert [change.action for change in made] == [Action.UNLINK, Action.REJECT, Action.LINK]
    assert state.mapping["c2"].client_id == 3


def test_a_company_that_was_linked_earlier_in_the_request_is_taken(state: State) -> None:
    found = outcomes(state, LinkCompany("c3", 1), LinkCompany("c3", 2))

    assert [clash.sentence for clash in found.clashes] == ["Company 3 was linked to Client 1 by ann meanwhile."]


def test_all_clashes_are_named_in_the_order_of_the_decisions(state: State) -> None:
    found = outcomes(state, RejectPair("c2", 2), ConfirmLink("c1", 1), EditSettings(2, 1, {Setting.EXCLUDED: False}))

    assert [clash.sentence for clash in found.clashes] == [
        "Company 2 was linked to Client 2 by bob meanwhile.",
        "Client 2 was changed by bob meanwhile.",
    ]
