"""What an edit starts from, what it changes, and what is to mind."""

import pytest

from billingbot.domain.client_settings import ClientSettings, Setting
from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.ui.client_draft import differing, own_modifiers, warnings

PAX8 = Integration("pax8", "Pax8", modifiers=Modifiers(drop_azure=True))


@pytest.mark.parametrize(
    ("seen", "start"),
    [
        (ClientSettings(), PAX8.modifiers),
        (ClientSettings(excluded=True, version=4), PAX8.modifiers),
        (ClientSettings(modifiers=Modifiers(drop_zero_dollar=True), version=2), Modifiers(drop_zero_dollar=True)),
        (ClientSettings(use_global=False, version=2), Modifiers()),
    ],
    ids=["never edited", "edited, but never its rules", "remembered", "its own are all off"],
)
def test_own_rules_start_as_they_were_last_or_as_they_hold_now(seen: ClientSettings, start: Modifiers) -> None:
    assert own_modifiers(seen, PAX8) == start


def test_only_what_differs_is_an_edit() -> None:
    seen = ClientSettings(assignment=Assignment.LAST, last_invoice_id=7, version=3)
    wanted = ClientSettings(assignment=None, last_invoice_id=7, modifiers=Modifiers(collapse_azure=True))

    assert differing(seen, wanted) == {Setting.ASSIGNMENT: None, Setting.COLLAPSE_AZURE: True}


def test_usual_settings_need_no_warning() -> None:
    assert warnings(ClientSettings(), PAX8) == []


def test_drop_and_collapse_are_warned_of_where_they_hold() -> None:
    both = Modifiers(drop_azure=True, collapse_azure=True)

    [own] = warnings(ClientSettings(use_global=False, modifiers=both), PAX8)
    [inherited] = warnings(ClientSettings(), Integration("pax8", "Pax8", modifiers=both))

    assert own == inherited
    assert "drop wins" in own
    assert warnings(ClientSettings(modifiers=both), PAX8) == []


def test_an_assignment_without_a_target_is_warned_of_own_or_inherited() -> None:
    [own] = warnings(ClientSettings(assignment=Assignment.RECURRING, last_invoice_id=7), PAX8)
    [inherited] = warnings(ClientSettings(), Integration("pax8", "Pax8", assignment=Assignment.LAST))

    assert "no recurring invoice" in own
    assert "no invoice" in inherited
    assert warnings(ClientSettings(assignment=Assignment.LAST, last_invoice_id=7), PAX8) == []


def test_do_not_invoice_makes_all_other_warnings_moot() -> None:
    wanted = ClientSettings(
        use_global=False, modifiers=Modifiers(True, True), assignment=Assignment.LAST, excluded=True
    )

    [warning] = warnings(wanted, PAX8)

    assert warning.startswith("Do Not Invoice is on")
