"""Every action on the store, with arguments that make it do something on the store that `prepared` returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from billingbot.domain.access import Permission, Role, SignIn
from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, RejectPair
from billingbot.domain.history import ActivityFilter
from billingbot.domain.integration import Integration
from billingbot.domain.ledger import SendLease, SentState
from billingbot.domain.plan import KeptPlan
from billingbot.domain.product import HaloItem
from billingbot.domain.refresh import RefreshRun, Step
from billingbot.domain.target import TargetKind
from billingbot.store import DatabaseStore
from tests.unit.store.decisions import stamp
from tests.unit.store.entries import entry
from tests.unit.store.people import arrive, sign_in, user
from tests.unit.store.product_rows import map_products
from tests.unit.store.refreshes import MINUTE, NOON, fetched, match_frame, new_run
from tests.unit.store.statements import NOVEMBER, OCTOBER, statement

_PLAN = KeptPlan("cafe", "pax8", NOVEMBER, "{}", "ann", NOON)
_ANY = ActivityFilter()


@dataclass(frozen=True)
class Prepared:
    """What actions are about: a decision, its batch, a running refresh, the right to send, other users."""

    batch: str
    settings_batch: str
    run: RefreshRun
    lease: SendLease
    other: str
    guest: SignIn


def prepared(store: DatabaseStore) -> Prepared:
    """Prepare a store on which pax8 has been refreshed."""
    decision = store.decide("pax8", [EditSettings(4, 0, {Setting.EXCLUDED: True})], stamp())
    edited = stamp()
    store.edit_integration("twilio", store.integration("twilio").version, {"threshold": 95}, edited)
    map_products(store, {"P1": None, "P2": HaloItem(7, "Seven")})
    store.keep_plan(_PLAN)
    lease = store.take_send_lease("pax8", "the machine", MINUTE)
    store.begin_entry(entry("e1"), lease)
    store.save_credentials("pax8", {"client_id": ("id", False)}, stamp())
    run = store.start_run(new_run("running", "twilio"), timedelta(days=1))
    arrive(store, "other", Role.VIEWER)
    other, guest = user(store, "other").user_id, arrive(store, "guest", Role.VIEWER)
    return Prepared(decision.batch, edited.request_id, run, lease, other, guest)


Act = Callable[[Any, Prepared], object]

READS: Mapping[str, Act] = {
    "accounts": lambda store, _: store.accounts("pax8"),
    "acknowledged": lambda store, _: store.acknowledged("boot"),
    "actors": lambda store, _: store.actors(),
    "batch_changes": lambda store, at: store.batch_changes(at.batch, 5),
    "batches": lambda store, _: store.batches(_ANY, 5),
    "candidates": lambda store, _: store.candidates("pax8", [3]),
    "changed_clients": lambda store, _: store.changed_clients("pax8", 0),
    "changed_integrations": lambda store, _: store.changed_integrations(),
    "charge_periods": lambda store, _: store.charge_periods("pax8"),
    "charge_snapshot": lambda store, _: store.charge_snapshot("pax8", NOVEMBER),
    "charges": lambda store, _: store.charges("pax8", NOVEMBER),
    "charges_of": lambda store, _: store.charges_of("pax8", NOVEMBER, ["c1"]),
    "checks": lambda store, _: store.checks(),
    "client_rows": lambda store, _: store.client_rows("pax8"),
    "company_names": lambda store, _: store.company_names("pax8", ["c1"]),
    "credentials": lambda store, _: store.credentials(),
    "decided_pairs": lambda store, _: store.decided_pairs("pax8"),
    "free_companies": lambda store, _: store.free_companies("pax8"),
    "history": lambda store, _: store.history("pax8", 4, 5),
    "integration": lambda store, _: store.integration("pax8"),
    "integrations": lambda store, _: store.integrations(),
    "latest_run": lambda store, _: store.latest_run("pax8"),
    "latest_success": lambda store, _: store.latest_success("pax8"),
    "ledger": lambda store, _: store.ledger("pax8"),
    "links": lambda store, _: store.links("pax8", 1),
    "newest_entries": lambda store, _: store.newest_entries("pax8", NOVEMBER),
    "newest_period_sent_to": lambda store, _: store.newest_period_sent_to("pax8", TargetKind.INVOICE, 1),
    "newest_revisions": lambda store, _: store.newest_revisions("pax8", NOVEMBER),
    "plan": lambda store, _: store.plan("cafe"),
    "present_client_ids": lambda store, _: store.present_client_ids(),
    "present_clients": lambda store, _: store.present_clients(),
    "present_companies": lambda store, _: store.present_companies("pax8"),
    "present_company_ids": lambda store, _: store.present_company_ids("pax8"),
    "products": lambda store, _: store.products("pax8"),
    "products_state": lambda store, _: store.products_state(),
    "recurring_sent_before": lambda store, _: store.recurring_sent_before("pax8", NOVEMBER),
    "refresh_set_at": lambda store, _: store.refresh_set_at("pax8"),
    "rejected_pairs": lambda store, _: store.rejected_pairs("pax8"),
    "removed_integrations": lambda store, _: store.removed_integrations(),
    "revision": lambda store, _: store.revision(),
    "run": lambda store, at: store.run(at.run.run_id),
    "runs": lambda store, _: store.runs(_ANY, 5),
    "sent_before": lambda store, _: store.sent_before("pax8", NOVEMBER),
    "setting": lambda store, _: store.setting("time_zone"),
    "settings": lambda store, _: store.settings("pax8", 1),
    "setup_figures": lambda store, _: store.setup_figures(),
    "unmapped_products": lambda store, _: store.unmapped_products(),
}
OPERATIONS: Mapping[str, Act] = {
    "begin_entry": lambda store, at: store.begin_entry(entry("e2", 2), at.lease),
    "cancel_run": lambda store, at: store.cancel_run(at.run.run_id, "ann", NOON),
    "decide": lambda store, _: store.decide("pax8", [RejectPair("c3", 3)], stamp()),
    "keep_plan": lambda store, _: store.keep_plan(KeptPlan("beef", "pax8", OCTOBER, "{}", "ann", NOON)),
    "map_products": lambda store, _: store.map_products("pax8", {"P1": HaloItem(1, "One")}, {"P1": 0}, stamp()),
    "replace_charges": lambda store, _: store.replace_charges("pax8", statement("x", period=OCTOBER), "ann", NOON),
    "start_run": lambda store, _: store.start_run(new_run("r9"), MINUTE),
    "take_send_lease": lambda store, _: store.take_send_lease("pax8", "the machine", MINUTE),
    "undo": lambda store, at: store.undo(at.batch, stamp()),
}
ADMINISTRATION: Mapping[str, Act] = {
    "add_integration": lambda store, _: store.add_integration(Integration("new", "New"), "ann", NOON),
    "change_user": lambda store, at: store.change_user(at.other, 2, Role.OPERATOR, False, stamp()),
    "edit_integration": lambda store, _: store.edit_integration("pax8", 1, {"threshold": 92}, stamp()),
    "record_check": lambda store, _: store.record_check("pax8", "It failed.", NOON),
    "forget_check": lambda store, _: store.forget_check("pax8"),
    "save_credentials": lambda store, _: store.save_credentials("pax8", {"client_id": ("x", False)}, stamp()),
    "save_setting": lambda store, _: store.save_setting("time_zone", "Europe/Berlin", stamp()),
    "sign_out_everywhere": lambda store, at: store.sign_out_everywhere(at.other, stamp()),
    "users": lambda store, _: store.users(),
    "remove_integration": lambda store, _: store.remove_integration("pax8", stamp()),
    "purge_integration": lambda store, _: store.purge_integration("pax8", stamp()),
}
FINISHING: Mapping[str, Act] = {
    "acknowledge": lambda store, _: store.acknowledge("boot", 3, NOON),
    "end_entry": lambda store, at: store.end_entry("e1", at.lease, SentState.SENT, NOON, invoice_id=1),
    "extend_send_lease": lambda store, at: store.extend_send_lease(at.lease, MINUTE),
    "require_space": lambda store, _: store.require_space(),
    "release_send_lease": lambda store, at: store.release_send_lease(at.lease),
    "arrive": lambda store, at: store.arrive(at.guest, "", NOON),
    "permit": lambda store, at: store.permit(at.guest, Permission.VIEW, NOON),
    "sign_out": lambda store, _: store.sign_out(sign_in("stranger"), NOON),
}
MACHINERY: Mapping[str, Act] = {
    "abandon_expired": lambda store, _: store.abandon_expired(),
    "apply_refresh": lambda store, at: store.apply_refresh(at.run, fetched([1], ["c1"]), match_frame(), NOON),
    "claim": lambda store, _: store.claim("real data"),
    "claim_scheduled_refresh": lambda store, _: store.claim_scheduled_refresh("pax8", date(2026, 11, 22), NOON),
    "close": lambda store, _: store.close(),
    "end_run": lambda store, at: store.end_run(at.run, NOON, "It failed."),
    "extend_lease": lambda store, at: store.extend_lease(at.run.run_id, at.run.token, MINUTE),
    "report": lambda store, at: store.report(at.run.run_id, at.run.token, Step.HALO_CLIENTS, 1, 2),
    "reseal": lambda store, _: store.reseal({"sealed": "anew"}),
}
