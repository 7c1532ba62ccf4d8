"""What each action on the store needs, in one table: what is not in it cannot be done by a signed-in person."""

from collections.abc import Mapping
from enum import StrEnum

from billingbot.domain.access import Permission

VIEW, OPERATE, ADMINISTER = Permission.VIEW, Permission.OPERATE, Permission.ADMINISTER


class Special(StrEnum):
    """What no permission says."""

    NOTHING = "nothing"
    """It finishes what was begun by right, or asks about rights itself."""
    OF_THE_BATCH = "of the batch"
    """To undo needs what the changes needed."""
    OF_THE_USER = "of the user"
    """To administer, unless it is about oneself."""
    AS_ASKED = "as asked"
    """The permission that is asked about."""
    MACHINE = "machine"
    """Only BillingBot itself does that, under nobody's name: the threads of refreshes, the schedule, the commands."""


Needed = Permission | Special

NEEDED: Mapping[str, Needed] = {
    # To see
    **dict.fromkeys(
        (
            "accounts",
            "acknowledged",
            "actors",
            "batch_changes",
            "batches",
            "candidates",
            "changed_clients",
            "changed_integrations",
            "charge_periods",
            "charge_snapshot",
            "charges",
            "charges_of",
            "checks",
            "client_rows",
            "company_names",
            "credentials",
            "decided_pairs",
            "free_companies",
            "history",
            "integration",
            "integrations",
            "latest_run",
            "latest_success",
            "ledger",
            "links",
            "newest_entries",
            "newest_period_sent_to",
            "newest_revisions",
            "plan",
            "present_client_ids",
            "present_clients",
            "present_companies",
            "present_company_ids",
            "products",
            "products_state",
            "recurring_sent_before",
            "refresh_set_at",
            "rejected_pairs",
            "removed_integrations",
            "revision",
            "run",
            "runs",
            "sent_before",
            "setting",
            "settings",
            "setup_figures",
            "unmapped_products",
        ),
        VIEW,
    ),
    # To decide about clients and products, to refresh, to fetch, plan and send
    "begin_entry": OPERATE,
    "cancel_run": OPERATE,
    "decide": OPERATE,
    "keep_plan": OPERATE,
    "map_products": OPERATE,
    "replace_charges": OPERATE,
    "start_run": OPERATE,
    "take_send_lease": OPERATE,
    "undo": Special.OF_THE_BATCH,
    # To set up
    "add_integration": ADMINISTER,
    "change_user": ADMINISTER,
    "edit_integration": ADMINISTER,
    "forget_check": ADMINISTER,
    "purge_integration": ADMINISTER,
    "record_check": ADMINISTER,
    "remove_integration": ADMINISTER,
    "save_credentials": ADMINISTER,
    "save_setting": ADMINISTER,
    "sign_out_everywhere": Special.OF_THE_USER,
    "users": ADMINISTER,
    # To finish: what was sent is written down, whatever became of its sender's rights
    "acknowledge": Special.NOTHING,
    "end_entry": Special.NOTHING,
    "extend_send_lease": Special.NOTHING,
    "release_send_lease": Special.NOTHING,
    # To ask about the disk, which says nothing of anybody's data
    "require_space": Special.NOTHING,
    # To come, to ask and to go
    "arrive": Special.NOTHING,
    "permit": Special.NOTHING,
    "require": Special.AS_ASKED,
    "sign_out": Special.NOTHING,
    # What nobody who is signed in does
    "abandon_expired": Special.MACHINE,
    "apply_refresh": Special.MACHINE,
    "claim": Special.MACHINE,
    "claim_scheduled_refresh": Special.MACHINE,
    "close": Special.MACHINE,
    "end_run": Special.MACHINE,
    "extend_lease": Special.MACHINE,
    "report": Special.MACHINE,
    "reseal": Special.MACHINE,
}

OF_USERS = frozenset({"arrive", "change_user", "permit", "sign_out", "sign_out_everywhere", "users"})
"""What is done where users are, also by somebody who looks at the sandbox."""
