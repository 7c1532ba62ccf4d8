"""Edit Company: what is shown, what is saved, and what happens when somebody else was faster."""

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import LinkCompany
from billingbot.domain.integration import Assignment, Modifiers
from billingbot.domain.match import ClientStatus
from billingbot.ui.client_page import DialogKind
from tests.unit.ui.dialogs.dialog_page import HOSTILE, HOSTILE_IN_MARKDOWN, Desk, DialogPage

EDIT = DialogKind.EDIT_COMPANY


def opened(desk: Desk, client_id: int) -> DialogPage:
    return desk.open(EDIT, client_id)


def test_a_linked_client_says_to_what_and_how_it_came_about(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)

    page = opened(desk, client_id)

    [link] = desk.links(client_id)
    assert f"**{link.company}**" in page.said()
    assert "linked automatically, 20" in page.said()


def test_save_is_disabled_until_something_differs(desk: Desk) -> None:
    page = opened(desk, desk.client(ClientStatus.MAPPED))
    before = page.is_disabled("save")

    page.switch("0-excluded", True)
    changed = page.is_disabled("save")
    page.switch("0-excluded", False)

    assert (before, changed, page.is_disabled("save")) == (True, False, True)


def test_only_what_differs_is_saved_and_the_notice_says_it(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    page = opened(desk, client_id)

    page.switch("0-excluded", True)
    page.click("save")

    assert page.state.dialog is None
    assert page.state.notice is not None
    assert page.state.notice.text.endswith(": Exclude: off → on")
    assert desk.settings(client_id).excluded
    [recorded] = desk.app.store.history("pax8", client_id, 1)
    assert recorded.change.client_id == client_id
    assert recorded.batch == page.state.notice.batch
    assert recorded.actor == "operator"


def test_with_global_setting_on_the_rules_are_shown_but_cannot_be_switched(desk: Desk) -> None:
    desk.write("update integration set drop_azure = true where key = 'pax8'")

    page = opened(desk, desk.client(ClientStatus.MAPPED))

    rules = [toggle for toggle in page.at.toggle if toggle.key and toggle.key.endswith("-shown")]
    assert [(toggle.label, toggle.value, toggle.disabled) for toggle in rules] == [
        ("Drop Azure Lines", True, True),
        ("Collapse Azure Lines", False, True),
        ("Drop Favorable Prorates", False, True),
        ("Drop Zero Dollar Lines", False, True),
    ]
    assert page.said().count(":gray-badge[from Pax8]") == 4


def test_own_rules_of_a_client_that_never_had_any_start_with_those_of_the_integration(desk: Desk) -> None:
    desk.write("update integration set drop_azure = true where key = 'pax8'")
    client_id = desk.client(ClientStatus.MAPPED)
    page = opened(desk, client_id)

    page.switch("0-use_global", False)
    page.switch("0-drop_zero_dollar", True)
    page.click("save")

    settings = desk.settings(client_id)
    assert (settings.use_global, settings.modifiers) == (False, Modifiers(drop_azure=True, drop_zero_dollar=True))


def test_own_rules_are_remembered_while_global_setting_is_on(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    desk.edit(client_id, {Setting.USE_GLOBAL: False, Setting.COLLAPSE_AZURE: True})
    page = opened(desk, client_id)
    page.switch("0-use_global", True)
    page.click("save")
    desk.write("update integration set drop_azure = true where key = 'pax8'")

    page = opened(desk, client_id)
    page.switch("0-use_global", False)
    page.click("save")

    assert desk.settings(client_id).modifiers == Modifiers(collapse_azure=True)


def test_switching_global_setting_to_and_fro_keeps_what_was_switched_below(desk: Desk) -> None:
    page = opened(desk, desk.client(ClientStatus.MAPPED))
    page.switch("0-use_global", False)
    page.switch("0-drop_azure", True)

    page.switch("0-use_global", True)
    page.switch("0-use_global", False)

    assert page.at.toggle(key=page.key("0-drop_azure")).value


def test_drop_and_collapse_together_are_warned_of(desk: Desk) -> None:
    page = opened(desk, desk.client(ClientStatus.MAPPED))
    page.switch("0-use_global", False)
    page.switch("0-drop_azure", True)
    silent = list(page.at.warning)
    page.switch("0-collapse_azure", True)

    assert not silent
    assert "drop wins" in page.at.warning[0].value


def test_saving_recurring_without_a_target_asks_for_one_at_once(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    page = opened(desk, client_id)

    page.at.segmented_control(key=page.key("0-assignment")).set_value("recurring")
    page.run()
    warned = page.said()
    page.click("save")

    assert "no recurring invoice to put charges on yet" in warned
    assert desk.settings(client_id).assignment is Assignment.RECURRING
    assert page.state.dialog is not None
    assert (page.state.dialog.kind, page.state.dialog.client_id) == (DialogKind.ASSIGN_INVOICE, client_id)
    assert page.state.notice is not None
    assert page.state.notice.text.endswith(": Assignment: default → Recurring")


def test_a_client_that_is_not_invoiced_is_not_asked_for_a_target(desk: Desk) -> None:
    page = opened(desk, desk.client(ClientStatus.MAPPED))

    page.at.segmented_control(key=page.key("0-assignment")).set_value("last")
    page.switch("0-excluded", True)
    page.click("save")

    assert page.state.dialog is None


def test_the_default_is_named_and_chosen_while_nobody_decided(desk: Desk) -> None:
    desk.write("update integration set assignment = 'last' where key = 'pax8'")

    page = opened(desk, desk.client(ClientStatus.MAPPED))

    control = page.at.segmented_control(key=page.key("0-assignment"))
    assert control.options[0] == "Default (Last)"
    assert control.value == "default"


class TestTwoOperators:
    def test_a_stale_edit_is_refused_and_shows_theirs_and_mine(self, desk: Desk) -> None:
        client_id = desk.client(ClientStatus.MAPPED)
        page = opened(desk, client_id)
        page.switch("0-excluded", True)
        desk.edit(client_id, {Setting.ASSIGNMENT: Assignment.LAST, Setting.LAST_INVOICE_ID: 7})

        page.click("save")

        assert page.state.dialog is not None
        assert "was changed by bob meanwhile" in page.said()
        assert page.at.table[0].value.to_numpy().tolist() == [["Exclude", "off", "on"]]
        assert page.at.toggle(key=page.key("0-excluded")).value
        assert not desk.settings(client_id).excluded

    def test_mine_can_be_saved_over_theirs(self, desk: Desk) -> None:
        client_id = desk.client(ClientStatus.MAPPED)
        page = opened(desk, client_id)
        page.at.segmented_control(key=page.key("0-assignment")).set_value("new")
        page.run()
        desk.edit(client_id, {Setting.ASSIGNMENT: Assignment.LAST, Setting.LAST_INVOICE_ID: 7})
        page.click("save")
        refused = desk.settings(client_id).assignment

        page.click("save")

        assert refused is Assignment.LAST
        assert page.state.dialog is None
        settings = desk.settings(client_id)
        assert (settings.assignment, settings.last_invoice_id) == (Assignment.NEW, 7)

    def test_theirs_can_be_taken_and_edited_further(self, desk: Desk) -> None:
        client_id = desk.client(ClientStatus.MAPPED)
        page = opened(desk, client_id)
        page.at.segmented_control(key=page.key("0-assignment")).set_value("new")
        page.run()
        desk.edit(client_id, {Setting.ASSIGNMENT: Assignment.LAST, Setting.LAST_INVOICE_ID: 7})
        page.click("save")

        page.click("take")
        taken = page.at.segmented_control(key=page.key("1-assignment")).value
        page.switch("1-excluded", True)
        page.click("save")

        assert taken == "last"
        settings = desk.settings(client_id)
        assert (settings.assignment, settings.excluded) == (Assignment.LAST, True)


def test_the_second_click_of_a_double_click_saves_nothing_again(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    page = opened(desk, client_id)
    page.switch("0-excluded", True)
    dialog = page.state.dialog
    page.click("save")
    first = page.state.notice

    page.state.dialog = dialog
    page.run()
    page.switch("0-excluded", True) if not page.at.toggle(key=page.key("0-excluded")).value else None
    page.click("save")

    assert page.state.notice == first
    assert len(desk.app.store.history("pax8", client_id, 10)) == 2


def test_cancel_saves_nothing(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    page = opened(desk, client_id)
    page.switch("0-excluded", True)

    page.click("cancel")

    assert page.state.dialog is None
    assert page.state.notice is None
    assert desk.settings(client_id).version == 0


def test_a_client_that_is_gone_can_still_be_edited_as_its_rules_are_kept(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.MAPPED)
    desk.lose_client(client_id)
    page = opened(desk, client_id)
    said = page.said()

    page.switch("0-excluded", True)
    page.click("save")

    assert ":red-badge[Gone]" in said
    assert "Not billed until it is back" in said
    assert desk.settings(client_id).excluded


def test_hostile_names_are_shown_as_they_are(desk: Desk) -> None:
    client_id = desk.client(ClientStatus.UNMAPPED)
    company = desk.app.store.free_companies("pax8")[0]
    desk.rename_company(company.company_id, HOSTILE)
    desk.decide(LinkCompany(company.company_id, client_id))

    page = opened(desk, client_id)

    assert HOSTILE_IN_MARKDOWN in page.said()
