"""Bulk edit: choose, look at what will change, change it as one."""

from typing import Any

from billingbot.domain.client_settings import Setting
from billingbot.domain.integration import Assignment
from billingbot.domain.match import ClientStatus
from billingbot.ui.client_page import DialogKind
from tests.unit.ui.dialogs.dialog_page import HOSTILE, Desk, DialogPage
from tests.unit.ui.dialogs.tables import table_with


def some(desk: Desk, number: int = 4) -> list[int]:
    rows = desk.app.store.client_rows("pax8")
    found: list[int] = rows.loc[rows["status"] == ClientStatus.MAPPED.value, "client_id"].tolist()[:number]
    return found


def opened(desk: Desk, client_ids: list[int]) -> DialogPage:
    page = desk.page()
    page.state.open(DialogKind.BULK_EDIT, client_ids)
    return page.run()


def choose(page: DialogPage, name: str, option: str) -> None:
    page.at.selectbox(key=page.key(name)).select(option)
    page.run()


def chosen(page: DialogPage, name: str) -> Any:
    return page.at.selectbox(key=page.key(name)).value


def test_everything_is_left_as_it_is_until_something_is_chosen(desk: Desk) -> None:
    page = opened(desk, some(desk))

    assert {box.value for box in page.at.selectbox} == {"Leave as is"}
    assert [box.label for box in page.at.selectbox] == [
        "Invoice Assignment",
        "Exclude",
        "Global Setting",
        "Distributor Client",
        "Drop Azure Lines",
        "Collapse Azure Lines",
        "Drop Favorable Prorates",
        "Drop Zero Dollar Lines",
    ]
    assert page.is_disabled("save")
    assert page.tables() == []
    assert "4 clients selected, 0 will change, 4 stay as they are" in page.said()


def test_what_will_change_is_shown_before_it_does(desk: Desk) -> None:
    first, second, third, fourth = some(desk)
    desk.edit(first, {Setting.ASSIGNMENT: Assignment.RECURRING, Setting.RECURRING_INVOICE_ID: 7})
    desk.edit(second, {Setting.ASSIGNMENT: Assignment.LAST})
    page = opened(desk, [first, second, third, fourth])

    choose(page, "assignment", "Last")
    choose(page, "excluded", "On")

    said = page.said().replace("\\", "")
    assert "Assignment · 2 of 4: Default (New) → Last · 1 of 4: Recurring → Last" in said
    assert "Exclude · 4 of 4: off → on" in said
    assert "4 clients selected, 4 will change, 0 stay as they are" in said
    table = table_with(page, "Before")
    assert len(table) == 7
    assert table.columns.tolist() == ["Halo Id", "Halo Client", "What", "Before", "After"]
    assert "Change 4 clients" in page.buttons()


def test_the_change_is_one_batch_that_is_undone_as_one(desk: Desk) -> None:
    client_ids = some(desk)
    before = [desk.settings(client_id).values() for client_id in client_ids]
    page = opened(desk, client_ids)
    choose(page, "assignment", "Recurring")
    choose(page, "use_global", "Off")
    choose(page, "drop_azure", "On")

    page.click("save")

    notice = page.state.notice
    assert notice is not None
    assert (notice.text, page.state.dialog) == ("Changed 4 clients.", None)
    for client_id in client_ids:
        settings = desk.settings(client_id)
        assert (settings.assignment, settings.use_global) == (Assignment.RECURRING, False)
        assert settings.modifiers.drop_azure

    desk.app.store.undo(notice.batch, desk.app.stamp("ann"))

    assert [desk.settings(client_id).values() for client_id in client_ids] == before


def test_it_warns_of_what_an_operator_would_not_want(desk: Desk) -> None:
    first, *others = some(desk)
    desk.edit(first, {Setting.USE_GLOBAL: False})
    page = opened(desk, [first, *others])

    choose(page, "assignment", "Last")
    choose(page, "drop_azure", "On")
    choose(page, "collapse_azure", "On")

    (warning,) = page.at.warning
    assert warning.value.replace("\\", "").splitlines() == [
        "- 4 clients will have no target: charges have nowhere to go until somebody picks an invoice with Assign "
        "Invoice.",
        "- 1 client will drop Azure lines and collapse them too: drop wins.",
        "- 3 clients keep the modifiers of Pax8: Global Setting is on.",
    ]


def test_modifiers_alone_change_nothing_while_global_setting_is_on_and_that_is_said(desk: Desk) -> None:
    page = opened(desk, some(desk))

    choose(page, "drop_azure", "On")

    assert page.is_disabled("save")
    (warning,) = page.at.warning
    assert warning.value == "- 4 clients keep the modifiers of Pax8\\: Global Setting is on."


def test_companies_are_unlinked(desk: Desk) -> None:
    client_ids = some(desk)
    page = opened(desk, client_ids)

    choose(page, "unlink", "Unlink companies")

    assert "Distributor Client · 4 of 4: linked → none" in page.said().replace("\\", "")
    page.click("save")
    assert [desk.links(client_id) for client_id in client_ids] == [[], [], [], []]


def test_a_client_that_was_changed_meanwhile_stops_all_and_what_was_chosen_stays(desk: Desk) -> None:
    first, *others = some(desk)
    page = opened(desk, [first, *others])
    choose(page, "excluded", "On")
    choose(page, "assignment", "Last")
    desk.edit(first, {Setting.ASSIGNMENT: Assignment.RECURRING})

    page.click("save")

    assert "bob" in page.said()
    assert "nothing was saved" in page.said()
    assert not any(desk.settings(client_id).excluded for client_id in others)
    assert (chosen(page, "excluded"), chosen(page, "assignment")) == ("On", "Last")
    # What the other operator set stands in the preview now, as what will be changed.
    assert "1 of 4: Recurring → Last" in page.said().replace("\\", "")

    page.click("save")

    assert page.state.dialog is None
    assert desk.settings(first).assignment is Assignment.LAST
    assert all(desk.settings(client_id).excluded for client_id in [first, *others])


def test_of_many_clashes_the_first_are_named_and_the_others_counted(desk: Desk) -> None:
    client_ids = some(desk, 12)
    page = opened(desk, client_ids)
    choose(page, "excluded", "On")
    for client_id in client_ids:
        desk.edit(client_id, {Setting.LAST_INVOICE_ID: 7})

    page.click("save")

    assert page.at.warning[0].value.count("was changed by bob meanwhile") == 10
    assert "… and 2 more" in page.at.warning[0].value


def test_cancel_saves_nothing(desk: Desk) -> None:
    client_ids = some(desk)
    page = opened(desk, client_ids)
    choose(page, "excluded", "On")

    page.click("cancel")

    assert (page.state.dialog, page.state.notice) == (None, None)
    assert not any(desk.settings(client_id).excluded for client_id in client_ids)


def test_hostile_names_stand_in_the_table_as_they_are_and_nowhere_else(desk: Desk) -> None:
    (client_id,) = some(desk, 1)
    (link,) = desk.links(client_id)
    desk.rename_company(link.company_id, HOSTILE)
    page = opened(desk, [client_id])

    choose(page, "unlink", "Unlink companies")

    assert table_with(page, "Before")["Before"].tolist() == [HOSTILE]
    assert HOSTILE not in page.said()
