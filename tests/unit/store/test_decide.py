"""Decisions in the database: all or none, each with its audit row, and no request carried out twice."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from billingbot.domain.client_settings import ClientSettings, Setting, SettingValue
from billingbot.domain.decision import (
    ConfirmLink,
    Decision,
    EditSettings,
    LinkCompany,
    Receipt,
    RejectPair,
    Stamp,
    UnlinkCompany,
)
from billingbot.domain.integration import Assignment, Modifiers
from billingbot.domain.match import Outcome
from billingbot.domain.party import Client, Company
from billingbot.errors import DecisionRefused, NotFound
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import by_hand, decide, edit, select, stamp
from tests.unit.store.refreshes import NOON, fetched, refresh
from tests.unit.store.tables import counts, decided

HOSTILE = ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "x" * 300, "شركة القمر", "🦊🍕", "O'Brien; --", "%_\\"]
ONE_OF_EACH: list[Decision] = [
    EditSettings(4, 0, {Setting.EXCLUDED: True, Setting.LAST_INVOICE_ID: 2**60 + 1}),
    UnlinkCompany("c1", 1),
    by_hand("c1", 4),
    ConfirmLink("c2", 2),
    RejectPair("c3", 3),
]


def test_settings_come_back_as_they_were_decided(listed: DatabaseStore) -> None:
    wanted: dict[Setting, SettingValue] = {
        Setting.USE_GLOBAL: False,
        Setting.COLLAPSE_AZURE: True,
        Setting.DROP_ZERO_DOLLAR: True,
        Setting.ASSIGNMENT: Assignment.RECURRING,
        Setting.LAST_INVOICE_ID: 2**60 + 1,
        Setting.RECURRING_INVOICE_ID: -12,
    }
    assert listed.settings("pax8", 1) == ClientSettings()

    edit(listed, 1, wanted)

    first = ClientSettings(
        use_global=False,
        modifiers=Modifiers(collapse_azure=True, drop_zero_dollar=True),
        assignment=Assignment.RECURRING,
        last_invoice_id=2**60 + 1,
        recurring_invoice_id=-12,
        version=1,
    )
    assert listed.settings("pax8", 1) == first

    edit(listed, 1, {Setting.ASSIGNMENT: None, Setting.RECURRING_INVOICE_ID: None})

    assert listed.settings("pax8", 1) == replace(first, assignment=None, recurring_invoice_id=None, version=2)
    assert listed.settings("twilio", 1) == ClientSettings()


def test_two_edits_of_a_client_in_one_request_are_one_version(listed: DatabaseStore) -> None:
    decide(listed, EditSettings(1, 0, {Setting.EXCLUDED: True}), EditSettings(1, 0, {Setting.USE_GLOBAL: False}))

    assert listed.settings("pax8", 1) == ClientSettings(use_global=False, excluded=True, version=1)


def test_one_request_does_all_kinds_of_things(listed: DatabaseStore, engine: Engine) -> None:
    decide(listed, *ONE_OF_EACH)

    assert decided(engine) == {
        "settings": [(4, True, False, False, False, False, None, True, 2**60 + 1, None)],
        "mapping": [
            ("c1", 4, "confident", None, "by hand", "ann", NOON, None),
            ("c2", 2, "confident", 91.0, "One word differs", "auto", NOON, "r1"),
        ],
        "rejected": [("c1", 1, "ann", NOON, "Unlinked."), ("c3", 3, "ann", NOON, "Rejected.")],
    }
    assert select(engine, "select company_id, version from mapping order by company_id") == [("c1", 2), ("c2", 2)]


def test_each_change_has_an_audit_row_in_the_batch_of_its_request(listed: DatabaseStore, engine: Engine) -> None:
    listed.decide("pax8", ONE_OF_EACH, Stamp("q1", "ann", NOON, "Cleaning up."))

    rows = select(
        engine,
        "select request_id, entity, entity_key, action, client_id, company_id, before, after"
        " from audit where batch = 'q1' order by audit_id",
    )
    assert [row[:6] for row in rows] == [
        ("q1:0", "client_settings", "pax8/4", "edit", 4, None),
        ("q1:1", "mapping", "pax8/c1", "unlink", 1, "c1"),
        ("q1:2", "rejected_pair", "pax8/c1/1", "reject", 1, "c1"),
        ("q1:3", "mapping", "pax8/c1", "link", 4, "c1"),
        ("q1:4", "mapping", "pax8/c2", "confirm", 2, "c2"),
        ("q1:5", "rejected_pair", "pax8/c3/3", "reject", 3, "c3"),
    ]
    assert [json.loads(text) for text in rows[0][6:]] == [
        {"excluded": False, "last_invoice_id": None},
        {"excluded": True, "last_invoice_id": 2**60 + 1},
    ]
    shared = select(
        engine, "select distinct actor, recorded_at, integration, revision, reason from audit where batch = 'q1'"
    )
    assert shared == [("ann", NOON, "pax8", listed.revision().latest, "Cleaning up.")]


def test_a_link_without_another_reason_is_recorded_with_its_own(listed: DatabaseStore, engine: Engine) -> None:
    decide(listed, LinkCompany("c3", 3, 79.0, "Looks alike"))
    decide(listed, RejectPair("c4", 4))

    reasons = select(engine, "select reason from audit where actor = 'ann' order by audit_id")
    assert reasons == [("Looks alike",), ("Rejected.",)]


def test_a_repeated_request_changes_nothing_and_gets_the_former_receipt(listed: DatabaseStore, engine: Engine) -> None:
    first = listed.decide("pax8", ONE_OF_EACH, Stamp("q1", "ann", NOON))
    tables, counted = decided(engine), counts(engine)

    again = listed.decide("pax8", ONE_OF_EACH, Stamp("q1", "ann", NOON + timedelta(minutes=1)))

    assert (len(first.changes), again) == (6, first)
    assert (decided(engine), counts(engine)) == (tables, counted)


def test_a_repeated_request_is_not_refused_for_what_it_did_itself(listed: DatabaseStore) -> None:
    first = listed.decide("pax8", [UnlinkCompany("c1", 1)], Stamp("q1", "ann", NOON))
    edit(listed, 4, {Setting.EXCLUDED: True})

    assert listed.decide("pax8", [UnlinkCompany("c1", 1)], Stamp("q1", "ann", NOON)) == first


def test_what_stands_already_leaves_no_trace(listed: DatabaseStore, engine: Engine) -> None:
    before = counts(engine)

    receipt = listed.decide("pax8", [LinkCompany("c1", 1), EditSettings(1, 0, {})], Stamp("q1", "ann", NOON))

    assert receipt == Receipt("q1", ())
    assert counts(engine) == before
    assert listed.decide("pax8", [], Stamp("q2", "ann", NOON)) == Receipt("q2", ())


@pytest.mark.fault(12)
def test_one_clash_refuses_everything_and_all_clashes_are_named(listed: DatabaseStore, engine: Engine) -> None:
    edit(listed, 1, {Setting.EXCLUDED: True}, actor="bob")
    before, counted = decided(engine), counts(engine)

    with pytest.raises(DecisionRefused) as refused:
        decide(listed, *ONE_OF_EACH, EditSettings(1, 0, {Setting.USE_GLOBAL: False}), RejectPair("c2", 2))

    sentences = [clash.sentence for clash in refused.value.clashes]
    assert sentences == [
        "Client 1 was changed by bob meanwhile.",
        "Company c2 was linked to Client 2 by a refresh meanwhile.",
    ]
    assert str(refused.value) == " ".join(sentences)
    assert (decided(engine), counts(engine)) == (before, counted)


def test_a_clash_names_the_last_who_edited_the_client_in_this_integration(listed: DatabaseStore) -> None:
    for actor, excluded in (("bob", True), ("cy", False), ("dora", True)):
        edit(listed, 1, {Setting.EXCLUDED: excluded}, actor=actor)
    edit(listed, 2, {Setting.EXCLUDED: True}, actor="eve")
    listed.decide("twilio", [EditSettings(1, 0, {Setting.EXCLUDED: True})], stamp("fay"))
    decide(listed, UnlinkCompany("c1", 1), actor="gus")

    with pytest.raises(DecisionRefused, match="Client 1 was changed by dora meanwhile") as refused:
        decide(listed, EditSettings(1, 2, {Setting.EXCLUDED: False}))

    [clash] = refused.value.clashes
    assert (clash.version, clash.theirs, clash.mine) == (3, {"excluded": True}, {"excluded": False})


@pytest.mark.fault(12)
def test_a_suggestion_is_refused_when_its_client_got_another_company_meanwhile(listed: DatabaseStore) -> None:
    decide(listed, by_hand("c4", 4), actor="bob")
    decide(listed, UnlinkCompany("c1", 1), actor="bob")

    with pytest.raises(DecisionRefused, match=r"Company c4 was linked to Client 4 by bob meanwhile\."):
        decide(listed, LinkCompany("c1", 4, 91.0, "R", suggested=True))

    assert [link.company_id for link in listed.links("pax8", 4)] == ["c4"]


def test_an_unknown_integration_is_an_error(listed: DatabaseStore) -> None:
    with pytest.raises(NotFound, match="nobody"):
        listed.decide("nobody", [UnlinkCompany("c1", 1)], stamp())


def test_companies_of_other_integrations_are_others(listed: DatabaseStore) -> None:
    with pytest.raises(DecisionRefused, match="Twilio has no company c4"):
        listed.decide("twilio", [LinkCompany("c4", 4)], stamp())


def test_the_time_is_kept_in_utc_to_the_microsecond(listed: DatabaseStore) -> None:
    at = datetime(2026, 11, 22, 14, 0, 0, 123456, timezone(timedelta(hours=2)))

    receipt = listed.decide("pax8", [by_hand("c4", 4)], Stamp("q1", "ann", at))

    [link] = listed.links("pax8", 4)
    assert link.created_at == at
    assert link.created_at.tzinfo == UTC
    assert receipt == listed.decide("pax8", [by_hand("c4", 4)], Stamp("q1", "ann", at))
    assert (link.outcome, link.score, link.actor) == (Outcome.CONFIDENT, None, "ann")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_actors_and_reasons_stand_as_they_are(store: DatabaseStore, text: str) -> None:
    refresh(store, fetched([Client(-1, text), Client(2, "B")], [Company(text, text), Company("c", "C")]))

    linked = store.decide("pax8", [by_hand(text, -1)], Stamp("q1", text, NOON, text))
    with pytest.raises(DecisionRefused) as refused:
        decide(store, by_hand(text, 2))

    assert str(refused.value) == f"{text} was linked to {text} by {text} meanwhile."
    [link] = store.links("pax8", -1)
    assert (link.company_id, link.company, link.actor) == (text, text, text)
    [recorded] = store.history("pax8", -1, 10)
    assert (recorded.client, recorded.company, recorded.actor, recorded.reason) == (text, text, text, text)
    assert (recorded.change,) == linked.changes
    assert store.actors().count(text) == 1


def test_characters_that_no_database_keeps_hinder_nothing(listed: DatabaseStore) -> None:
    odd = Stamp("q\0\ud800", "ann\0\ud800", NOON, "why\0\ud800")

    first = listed.decide("pax8", [LinkCompany("c4", 4, None, "so\0\ud800")], odd)

    assert listed.decide("pax8", [by_hand("c4", 4)], odd).changes == first.changes
    [link] = listed.links("pax8", 4)
    assert (link.actor, link.reason) == ("ann?", "so?")
    with pytest.raises(DecisionRefused, match="has no company"):
        decide(listed, by_hand("c\0\ud800", 4))
    assert len(listed.undo("q\0\ud800", stamp()).changes) == 1
